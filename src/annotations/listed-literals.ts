/** The texts and numbers that a type lists for a place, with what stands for none of them. */
import type ts from "typescript";
import type { Literal } from "../contracts/resolver.js";
import type { Project } from "../project/project.js";

/** None where it may be something else. */
export function literalsOf(project: Project, name: ts.Node, declared: ts.Type): readonly Literal[] {
  const { TypeFlags } = project.ts;
  const type = project.checkerFor("").getBaseConstraintOfType(declared) ?? declared;
  const alternatives = type.isUnion() ? type.types : [type];
  const members = alternatives.filter(({ flags }) => (flags & (TypeFlags.Undefined | TypeFlags.Null)) === 0);
  const literals = members.flatMap((member) =>
    member.isStringLiteral() || member.isNumberLiteral() ? [member.value] : [],
  );
  if (literals.length === 0 || literals.length < members.length) return [];
  const has = (flag: ts.TypeFlags): boolean => alternatives.some(({ flags }) => (flags & flag) !== 0);
  const isMissing = has(TypeFlags.Undefined) || mayBeLeftOut(project, name);
  return [...literals, ...(isMissing ? [undefined] : []), ...(has(TypeFlags.Null) ? [null] : [])];
}

/** The whole read of what is only named at a place, which tests before it may have told: `options.kind`. */
export function readBy({ ts }: Project, name: ts.Node): ts.Node {
  const { parent } = name;
  const isName = ts.isStringLiteralLike(name) || ts.isNumericLiteral(name);
  if (isName && ts.isElementAccessExpression(parent)) return parent;
  return ts.isPropertyAccessExpression(parent) && parent.name === name ? parent : name;
}

/** Where types do not tell that something may be missing, the question mark does. */
function mayBeLeftOut(project: Project, name: ts.Node): boolean {
  const { ts } = project;
  const { strictNullChecks, strict } = project.program.getCompilerOptions();
  if (strictNullChecks ?? strict ?? false) return false;
  const { parent } = name;
  if (ts.isParameter(parent)) return parent.questionToken !== undefined;
  const checker = project.checkerFor("");
  if (!ts.isBindingElement(parent)) return isOptional(project, checker.getSymbolAtLocation(name));
  const property = parent.propertyName ?? parent.name;
  // What is missing there is the default.
  if (parent.initializer !== undefined || !ts.isIdentifier(property)) return false;
  return isOptional(project, checker.getTypeAtLocation(parent.parent).getProperty(property.text));
}

function isOptional({ ts }: Project, symbol: ts.Symbol | undefined): boolean {
  return symbol !== undefined && (symbol.flags & ts.SymbolFlags.Optional) !== 0;
}
