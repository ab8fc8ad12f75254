import type ts from "typescript";
import type { Project } from "../project/project.js";

/** Where a schema's type keeps the shape of the data that it lets through, package by package. */
const outputs = ["_output", "~out", "static", "__outputType", "$inferSelect"];
const packages =
  /^npm:(?:@?zod(?:\/|$)|valibot$|arktype$|@sinclair\/typebox|typebox$|yup$|drizzle-orm|mongoose$)/;

/** Whether a value of this type describes data instead of being some. */
export function isSchemaType(project: Project, type: ts.Type): boolean {
  const { ts } = project;
  const symbols = type.isIntersection() ? type.types.map((each) => each.getSymbol()) : [type.getSymbol()];
  return symbols.some((symbol) => {
    // What a schema lets through is written in the package's terms too, but has no name there.
    const isNamed =
      symbol !== undefined && (symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface)) !== 0;
    const declaration = isNamed ? symbol.declarations?.[0] : undefined;
    const origin = declaration === undefined ? undefined : project.originOf(declaration.getSourceFile());
    return origin?.kind === "package" && packages.test(origin.module);
  });
}

/** The type of the data that a schema describes. */
export function schemaOutput(project: Project, type: ts.Type, at: ts.Node): ts.Type | undefined {
  const checker = project.program.getTypeChecker();
  if (!isSchemaType(project, type)) return undefined;
  for (const name of outputs) {
    const property = checker.getPropertyOfType(type, name);
    if (property !== undefined) return checker.getTypeOfSymbolAtLocation(property, at);
  }
  const shape =
    type.getSymbol()?.name === "Schema" ? checker.getTypeArguments(type as ts.TypeReference)[0] : undefined;
  return shape;
}

/** The call or `new` that an object literal of keys is handed to, through nested literals and callbacks. */
export function builderOf(
  project: Project,
  literal: ts.Node,
): ts.CallExpression | ts.NewExpression | undefined {
  const { ts } = project;
  for (let node = literal; !ts.isSourceFile(node); node = node.parent) {
    if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && node !== literal) return node;
    const goesOn =
      node === literal ||
      ts.isObjectLiteralExpression(node) ||
      ts.isPropertyAssignment(node) ||
      ts.isParenthesizedExpression(node) ||
      ts.isArrayLiteralExpression(node) ||
      ts.isArrowFunction(node) ||
      ts.isAsExpression(node) ||
      ts.isSatisfiesExpression(node);
    if (!goesOn) return undefined;
  }
  return undefined;
}

/** Whether a property of an object literal is the key of a schema. */
export function isSchemaKey(project: Project, declaration: ts.Node): boolean {
  const { ts } = project;
  if (!ts.isPropertyAssignment(declaration) && !ts.isShorthandPropertyAssignment(declaration)) return false;
  const builder = builderOf(project, declaration.parent);
  if (builder === undefined) return false;
  return isSchemaType(project, project.program.getTypeChecker().getTypeAtLocation(builder));
}
