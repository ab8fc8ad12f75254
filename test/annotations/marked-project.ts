import { createResolver } from "../../src/annotations/create-resolver.js";
import { type AnnotationInput, readAnnotations } from "../../src/annotations/read-annotations.js";
import type { AnnotationTable, FieldId } from "../../src/contracts/annotation.js";
import type { Resolver } from "../../src/contracts/resolver.js";
import { openProject } from "../../src/project/open-project.js";
import type { Project } from "../../src/project/project.js";
import { temporaryFolder } from "../project/temporary-folder.js";

export interface MarkedProject {
  readonly project: Project;
  readonly table: AnnotationTable;
  readonly resolver: Required<Resolver>;
  /** `Child.email contact tag a.ts:3`, sorted by name. */
  readonly fields: readonly string[];
  /** `unknown-category contct ~contact a.ts:3`, in order. */
  readonly problems: readonly string[];
  /** Names of the fields of the last name in a piece of code that occurs once. */
  at(code: string): readonly string[];
  /** `[path] field` of a piece of code as an expression or name. */
  within(code: string): readonly string[];
  /** Keys of the types of a piece of code. */
  types(code: string): readonly string[];
  untyped(code: string): boolean;
}

/** A project of one file (`a.ts`, or what `files` say) with its annotations read. */
export function markedProject(
  files: string | Readonly<Record<string, string>>,
  input: AnnotationInput = {},
): MarkedProject {
  const all = typeof files === "string" ? { "a.ts": files } : files;
  const project = openProject({ root: temporaryFolder({ "tsconfig.json": "{}", ...all }) });
  const table = readAnnotations(project, input);
  const resolver = createResolver(project, table);
  const name = (id: FieldId): string => table.fields.get(id)?.name ?? `unknown ${id}`;
  const find = (code: string): { file: string; start: number; end: number } => {
    for (const [file, text] of Object.entries(all)) {
      const start = text.indexOf(code);
      if (start === -1) continue;
      if (text.includes(code, start + 1)) throw new Error(`"${code}" occurs twice in ${file}`);
      return { file, start, end: start + code.length };
    }
    throw new Error(`"${code}" does not occur`);
  };
  const span = (code: string): [string, [number, number]] => {
    const { file, start, end } = find(code);
    return [file, [start, end]];
  };
  return {
    project,
    table,
    resolver,
    fields: [...table.fields.values()]
      .map(
        (field) =>
          `${field.name} ${field.category} ${field.form} ${field.declaration.file}:${String(field.declaration.line)}`,
      )
      .sort(),
    problems: table.problems.map(
      ({ kind, word, nearest, location }) =>
        `${kind} ${word}${nearest === null ? "" : ` ~${nearest}`} ${location.file}:${String(location.line)}:${String(location.column)}`,
    ),
    at: (code) => {
      const { file, end } = find(code);
      const last = /[\w$#]+$/.exec(code)?.[0] ?? code;
      return resolver.fieldsAt(file, end - last.length).map(name);
    },
    within: (code) =>
      resolver.childDataIn(...span(code)).map(({ path, field }) => `[${path.join(".")}] ${name(field)}`),
    types: (code) =>
      resolver
        .typesAt(...span(code))
        .map(({ key, arguments: given }) =>
          given.length === 0 ? key : `${key}<${given.map((each) => each.key).join(", ")}>`,
        ),
    untyped: (code) => resolver.isUntyped(...span(code)),
  };
}

/** The names of fields alone. */
export function namesOf({ table }: MarkedProject): string[] {
  return [...table.fields.values()].map((field) => field.name).sort();
}
