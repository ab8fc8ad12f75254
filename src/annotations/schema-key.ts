/** Keys of a schema where it is written: `new Schema({ email: String, profile: { name: String } })`. */
import type ts from "typescript";
import type { TypeScript } from "../project/typescript-instance.js";
import { bare } from "./declaration-sites.js";

/** The key that a path of names leads to, from the variable that holds the schema. */
export function schemaKey(
  ts: TypeScript,
  declaration: ts.Node,
  names: readonly string[],
): ts.PropertyAssignment | null {
  if (!ts.isVariableDeclaration(declaration) || declaration.initializer === undefined) return null;
  const made = bare(ts, declaration.initializer);
  return isMade(ts, made) ? keyIn(ts, made, names) : null;
}

function isMade(ts: TypeScript, node: ts.Node): node is ts.CallExpression | ts.NewExpression {
  return ts.isCallExpression(node) || ts.isNewExpression(node);
}

function keyIn(ts: TypeScript, value: ts.Node, names: readonly string[]): ts.PropertyAssignment | null {
  const [name, ...more] = names;
  for (const literal of literalsIn(ts, value)) {
    const found = literal.properties.find(
      (each): each is ts.PropertyAssignment =>
        ts.isPropertyAssignment(each) &&
        (ts.isIdentifier(each.name) || ts.isStringLiteral(each.name)) &&
        each.name.text === name,
    );
    if (found === undefined) continue;
    return more.length === 0 ? found : keyIn(ts, bare(ts, found.initializer), more);
  }
  return null;
}

/** Literals that a value is, or that it is made of: through lists, builders that are chained, `type`. */
function literalsIn(ts: TypeScript, value: ts.Node): ts.ObjectLiteralExpression[] {
  if (ts.isObjectLiteralExpression(value)) {
    const type = value.properties.find(
      (each): each is ts.PropertyAssignment =>
        ts.isPropertyAssignment(each) && ts.isIdentifier(each.name) && each.name.text === "type",
    );
    return [value, ...(type === undefined ? [] : literalsIn(ts, bare(ts, type.initializer)))];
  }
  if (ts.isArrayLiteralExpression(value))
    return value.elements.flatMap((each) => literalsIn(ts, bare(ts, each)));
  if (!isMade(ts, value)) return [];
  const own = (value.arguments ?? []).flatMap((each) => literalsIn(ts, bare(ts, each)));
  const { expression } = value;
  return ts.isPropertyAccessExpression(expression)
    ? [...own, ...literalsIn(ts, bare(ts, expression.expression))]
    : own;
}
