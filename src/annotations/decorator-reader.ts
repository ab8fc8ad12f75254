import type ts from "typescript";
import { categories } from "../contracts/vocabulary.js";
import type { Project } from "../project/project.js";
import { childDataNames, isChildDataName } from "../project/annotations-import.js";
import { walkTree } from "../project/walk-tree.js";
import { type Marks, noMarks } from "./marks.js";

/** `@ChildData("identity")` on classes, fields, accessors, methods and parameters. */
export function decoratorMarks({ ts }: Project, _path: string, source: ts.SourceFile): [ts.Node, Marks][] {
  const names = childDataNames(ts, source);
  const found: [ts.Node, Marks][] = [];
  if (names.direct.size + names.namespaces.size === 0) return found;
  walkTree(ts, source, (node) => {
    for (const decorator of ts.canHaveDecorators(node) ? (ts.getDecorators(node) ?? []) : []) {
      const { expression } = decorator;
      const callee = ts.isCallExpression(expression) ? expression.expression : expression;
      if (!isChildDataName(ts, callee, names)) continue;
      const argument = ts.isCallExpression(expression) ? expression.arguments[0] : undefined;
      const word = argument !== undefined && ts.isStringLiteralLike(argument) ? argument.text : undefined;
      found.push([
        node,
        {
          ...noMarks(),
          category: categories.find((category) => category === word) ?? null,
          form: "decorator",
        },
      ]);
    }
  });
  return found;
}
