import type ts from "typescript";
import type { DeclarationId } from "../contracts/annotation.js";
import type { Project } from "../project/project.js";
import { idOfName, nameNodes } from "./declaration-sites.js";

/** Where the property that a name reads is declared in own code: in a member access, or in a binding pattern. */
export function declarationsOfRead(project: Project, name: ts.Node): readonly DeclarationId[] {
  const { ts } = project;
  const checker = project.checkerFor("");
  const { parent } = name;
  const isAccess = ts.isPropertyAccessExpression(parent) && parent.name === name;
  const isBinding =
    ts.isBindingElement(parent) &&
    (parent.propertyName ?? parent.name) === name &&
    ts.isObjectBindingPattern(parent.parent);
  if ((!isAccess && !isBinding) || !(ts.isIdentifier(name) || ts.isPrivateIdentifier(name))) return [];
  const owner = checker.getTypeAtLocation(isAccess ? parent.expression : parent.parent);
  const owners = owner.isUnion() ? owner.types : [owner];
  const found = owners.flatMap((each) => {
    const property = checker.getPropertyOfType(checker.getApparentType(each), name.text);
    return (property?.declarations ?? []).filter(
      (declaration) => project.originOf(declaration.getSourceFile()).kind === "own",
    );
  });
  return [...new Set(found.flatMap((declaration) => nameNodes(ts, declaration)))].map((node) =>
    idOfName(project, node),
  );
}

/** The property that a name takes out of an object and gives its own name to: `const { isMinor } = account`. */
export function takenProperty(project: Project, name: ts.Node): ts.Symbol | undefined {
  const { ts } = project;
  const { parent } = name;
  if (!ts.isBindingElement(parent) || parent.name !== name || parent.propertyName !== undefined)
    return undefined;
  if (!ts.isObjectBindingPattern(parent.parent) || parent.dotDotDotToken !== undefined) return undefined;
  const checker = project.checkerFor("");
  const owner = checker.getApparentType(checker.getTypeAtLocation(parent.parent));
  return ts.isIdentifier(name) ? checker.getPropertyOfType(owner, name.text) : undefined;
}
