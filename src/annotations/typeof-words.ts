/** What `typeof` says of a value by its type: where it is found to be something else, there is nothing. */
import type ts from "typescript";
import type { FilePath } from "../base/keys.js";
import type { AnnotationTable, FieldId } from "../contracts/annotation.js";
import type { Project } from "../project/project.js";

/** The word for whatever the type holds beside null and undefined; "": one of several; null: the type tells nothing. */
export function typeofWord(project: Project, type: ts.Type): string | null {
  const { TypeFlags } = project.ts;
  const held =
    (type.flags & TypeFlags.Instantiable) === 0 ? type : project.checkerFor("").getBaseConstraintOfType(type);
  if (held === undefined || (held.flags & (TypeFlags.Any | TypeFlags.Unknown)) !== 0) return null;
  const nothing = nothingOf(project);
  const members = (held.isUnion() ? held.types : [held]).filter(({ flags }) => (flags & nothing) === 0);
  const [word, ...others] = new Set(members.map(({ flags }) => wordOf(TypeFlags, flags)));
  return word === undefined || others.length > 0 ? "" : word;
}

/** The same of the elements of a list, by its type; null where it is none, or its elements tell nothing. */
export function typeofElements(project: Project, type: ts.Type): string | null {
  const checker = project.checkerFor("");
  const lists = (type.isUnion() ? type.types : [type]).filter(
    ({ flags }) => (flags & nothingOf(project)) === 0,
  );
  const words = lists.map((list) => {
    const element = checker.isArrayLikeType(list)
      ? checker.getIndexTypeOfType(list, project.ts.IndexKind.Number)
      : undefined;
    return element === undefined ? null : typeofWord(project, element);
  });
  const [word = null, ...others] = new Set(words);
  return others.length > 0 || word === "" ? null : word;
}

/** The same of a column, by its type in a Prisma schema; of a list, of its elements. */
export function typeofColumn({ schemas }: Project, file: FilePath, start: number): TypeofColumn | null {
  const column = schemas
    .find(({ path }) => path === file)
    ?.blocks.flatMap(({ fields }) => fields)
    .find(({ nameAt }) => nameAt[0] === start);
  if (column === undefined) return null;
  const word = wordsOfColumns.get(column.type) ?? "";
  return column.list ? { word: "", element: word === "" ? null : word } : { word, element: null };
}

export interface TypeofColumn {
  readonly word: string;
  readonly element: string | null;
}

const wordsOfColumns: ReadonlyMap<string, string> = new Map([
  ["String", "string"],
  ["Boolean", "boolean"],
  ["Int", "number"],
  ["Float", "number"],
  ["BigInt", "bigint"],
]);

function nothingOf({ ts: { TypeFlags } }: Project): number {
  return TypeFlags.Null | TypeFlags.Undefined | TypeFlags.Void | TypeFlags.Never;
}

function wordOf(flags: typeof ts.TypeFlags, of: ts.TypeFlags): string {
  if ((of & flags.StringLike) !== 0) return "string";
  if ((of & flags.NumberLike) !== 0) return "number";
  if ((of & flags.BooleanLike) !== 0) return "boolean";
  return (of & flags.BigIntLike) !== 0 ? "bigint" : "";
}

export type DeclarationsByField = ReadonlyMap<
  FieldId,
  readonly { readonly file: FilePath; readonly start: number }[]
>;

/** Where the names of each field's declarations stand. */
export function declarationsByField({ byDeclaration }: AnnotationTable): DeclarationsByField {
  const found = new Map<FieldId, { readonly file: FilePath; readonly start: number }[]>();
  for (const [declaration, field] of byDeclaration) {
    const split = declaration.lastIndexOf("@");
    const place = { file: declaration.slice(0, split), start: Number(declaration.slice(split + 1)) };
    const known = found.get(field);
    if (known === undefined) found.set(field, [place]);
    else known.push(place);
  }
  return found;
}
