/** Decorators that say of a property that other rows are found by it: `@BelongsTo(() => Sailor) sailor: Sailor`. */
import type ts from "typescript";
import { declarationId, type DeclarationId } from "../contracts/annotation.js";
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

/** Such properties of the whole project, by name. */
export function findRelations(project: Project): ReadonlyMap<string, ReadonlySet<DeclarationId>> {
  const { ts } = project;
  const found = new Map<string, Set<DeclarationId>>();
  for (const { path, text } of project.files) {
    const source = anyRelation.test(text) ? project.sourceFile(path) : undefined;
    for (const statement of source?.statements ?? [])
      if (ts.isClassDeclaration(statement))
        for (const member of statement.members)
          if (ts.isPropertyDeclaration(member) && ts.isIdentifier(member.name) && isRelation(ts, member)) {
            const { name } = member;
            const known = found.get(name.text) ?? new Set<DeclarationId>();
            known.add(declarationId(path, name.getStart(source)));
            found.set(name.text, known);
          }
  }
  return found;
}
