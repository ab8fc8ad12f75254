/** Decorators that say of a property that other rows are found by it: `@BelongsTo(() => Sailor) sailor: Sailor`. */
import type ts from "typescript";
import type { Project } from "../project/project.js";
import type { TypeScript } from "../project/typescript-instance.js";

/** The packages for rows all use the same words. */
const relations: ReadonlySet<string> = new Set([
  "BelongsTo",
  "BelongsToMany",
  "HasMany",
  "HasOne",
  "ManyToMany",
  "ManyToOne",
  "OneToMany",
  "OneToOne",
]);

const anyRelation = new RegExp(`@(?:\\w+\\.)?(?:${[...relations].join("|")})\\(`, "u");

/** The related rows are not read along with the row (`eager: true`). */
export function isRelation(ts: TypeScript, declaration: ts.Node): boolean {
  if (!ts.canHaveDecorators(declaration)) return false;
  return (ts.getDecorators(declaration) ?? []).some(({ expression }) => {
    if (!ts.isCallExpression(expression)) return false;
    const { expression: called, arguments: given } = expression;
    const name = ts.isPropertyAccessExpression(called) ? called.name : called;
    return ts.isIdentifier(name) && relations.has(name.text) && !given.some((each) => isEager(ts, each));
  });
}

function isEager(ts: TypeScript, options: ts.Expression): boolean {
  return (
    ts.isObjectLiteralExpression(options) &&
    options.properties.some(
      (each) =>
        ts.isPropertyAssignment(each) &&
        ts.isIdentifier(each.name) &&
        each.name.text === "eager" &&
        each.initializer.kind === ts.SyntaxKind.TrueKeyword,
    )
  );
}

/** The names of such properties in the whole project. */
export function relationNames(project: Project): ReadonlySet<string> {
  const { ts } = project;
  const names = new Set<string>();
  for (const { path, text } of project.files) {
    const source = anyRelation.test(text) ? project.sourceFile(path) : undefined;
    for (const statement of source?.statements ?? [])
      if (ts.isClassDeclaration(statement))
        for (const member of statement.members)
          if (ts.isPropertyDeclaration(member) && ts.isIdentifier(member.name) && isRelation(ts, member))
            names.add(member.name.text);
  }
  return names;
}
