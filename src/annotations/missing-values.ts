/** Properties and variables that are declared so that they may be undefined or null. */
import type ts from "typescript";
import type { Project } from "../project/project.js";

export function mayBeMissing(project: Project, name: ts.Node): boolean {
  const { ts } = project;
  const checker = project.checkerFor("");
  const symbol = symbolOf(ts, checker, name);
  if (symbol === undefined) return false;
  if ((symbol.flags & ts.SymbolFlags.Optional) !== 0) return true;
  const type = checker.getTypeOfSymbol(symbol);
  const nothing = ts.TypeFlags.Null | ts.TypeFlags.Undefined;
  const members = type.isUnion() ? type.types : [type];
  return members.length > 1 && members.some((member) => (member.flags & nothing) !== 0);
}

/** In a pattern (`{ age }`) the property is meant. */
function symbolOf(compiler: typeof ts, checker: ts.TypeChecker, name: ts.Node): ts.Symbol | undefined {
  const { parent } = name;
  if (!compiler.isBindingElement(parent)) return checker.getSymbolAtLocation(name);
  const property = parent.propertyName ?? parent.name;
  if (!compiler.isIdentifier(property)) return undefined;
  return checker.getTypeAtLocation(parent.parent).getProperty(property.text);
}
