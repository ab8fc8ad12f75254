import picomatch from "picomatch";
import type ts from "typescript";
import type { FilePath } from "../base/keys.js";
import type { Location } from "../base/location.js";
import { isPackageName } from "../base/package-name.js";
import type { FunctionAnnotation, Retention } from "../contracts/annotation.js";
import type { Category, Purpose } from "../contracts/vocabulary.js";
import { type ImportedName, importedNames } from "../project/foreign-imports.js";
import type { Project } from "../project/project.js";
import { walkBelow } from "../project/walk-tree.js";
import { functionIds, functionsOf, nameNodes, siteOf, wrappedFunctions } from "./declaration-sites.js";
import { type Marks, noMarks } from "./marks.js";
import { PropertyPath } from "./property-path.js";
import type { TableBuilder } from "./table-builder.js";
import { defaultDeclarations, topLevelDeclarations } from "./top-level-declarations.js";

/** An entry of the config's `fields:`, resolved: its path is relative to the analysed folder. */
export interface FieldEntry {
  readonly path: string;
  readonly category: Category;
  readonly purposes: readonly Purpose[];
  readonly retention: Retention | null;
  readonly location: Location;
}

/** The config's `fields:`: own types by file, columns of Prisma schemas, types of packages. */
export function readConfigFields(
  project: Project,
  table: TableBuilder,
  entries: readonly FieldEntry[],
): void {
  for (const entry of entries) {
    const hash = entry.path.lastIndexOf("#");
    const place = entry.path.slice(0, hash);
    const names = entry.path.slice(hash + 1).split(".");
    const marks: Marks = {
      ...noMarks(),
      category: entry.category,
      form: "config",
      purposes: entry.purposes,
      ...(entry.retention === null ? {} : { retention: entry.retention }),
    };
    const files = matchingPaths(project, place);
    if (files.length > 0) readOwn(project, table, entry, files, names, marks);
    else if (isPackageName(place)) readForeign(project, table, entry, place, names, marks);
    else reportUnresolved(table, entry, null);
  }
}

/** The literal file before the glob: `app/[id]/(group)/page.ts` is a path first. */
function matchingPaths(project: Project, place: string): FilePath[] {
  const plain = place.replace(/^\.\//, "");
  const paths = [...project.files.map(({ path }) => path), ...project.schemas.map(({ path }) => path)];
  if (paths.includes(plain)) return [plain];
  const isMatch = picomatch(plain, { dot: true });
  return paths.filter((path) => isMatch(path)).sort();
}

function reportUnresolved(table: TableBuilder, entry: FieldEntry, nearest: string | null): void {
  table.problems.push({
    kind: "unresolved-field",
    word: entry.path,
    nearest,
    expected: [],
    location: entry.location,
  });
}

function readOwn(
  project: Project,
  table: TableBuilder,
  entry: FieldEntry,
  files: readonly FilePath[],
  names: readonly string[],
  marks: Marks,
): void {
  let found = false;
  let nearest: string | null = null;
  for (const file of files) {
    if (file.endsWith(".prisma")) found = markColumn(project, table, names, marks) || found;
    else {
      const result = new PropertyPath(project, table, file, names, marks).mark();
      if (result === true) found = true;
      else nearest ??= result;
    }
  }
  if (!found) reportUnresolved(table, entry, nearest);
}

function markColumn(
  project: Project,
  table: TableBuilder,
  [model = "", column = ""]: readonly string[],
  marks: Marks,
): boolean {
  const index = table.entities.findIndex(({ name }) => name === model);
  const entity = table.entities[index];
  const schema = project.schemas.find(({ blocks }) =>
    blocks.some((block) => block.name === model && block.fields.some(({ name }) => name === column)),
  );
  const field = schema?.blocks.find(({ name }) => name === model)?.fields.find(({ name }) => name === column);
  if (entity === undefined || schema === undefined || field === undefined) return false;
  if (entity.fields.has(column)) return true;
  const at = `${schema.path}@${String(field.nameAt[0])}`;
  const line = schema.text.slice(0, field.nameAt[0]).split("\n");
  const location = {
    file: schema.path,
    line: line.length,
    column: (line.at(-1) ?? "").length + 1,
    endLine: line.length,
    endColumn: (line.at(-1) ?? "").length + 1 + column.length,
  };
  const id = table.addField(
    `prisma:${model}.${column}`,
    `${model}.${column}`,
    location,
    at,
    marks,
    undefined,
  );
  table.byDeclaration.set(at, id);
  table.byKey.set(`npm:@prisma/client#${model}.${column}`, id);
  table.entities[index] = { ...entity, fields: new Map([...entity.fields, [column, id]]) };
  return true;
}

function readForeign(
  project: Project,
  table: TableBuilder,
  entry: FieldEntry,
  place: string,
  names: readonly string[],
  marks: Marks,
): void {
  if (place === "@prisma/client" && markColumn(project, table, names, marks)) return;
  const module = place.startsWith("node:") ? place : `npm:${place}`;
  const imports = importsOf(project, place, module);
  if (imports.length === 0) reportUnresolved(table, entry, null);
  // `import Billing from "billing"`: the type is `Billing.Charge` in the code and `Charge` in the module.
  const isWhole =
    names.length > 2 && imports.some(({ name, local }) => local === names[0] && /^(?:default)?$/.test(name));
  const key = `${module}#${names.slice(isWhole ? 1 : 0).join(".")}`;
  if (!table.byKey.has(key))
    table.byKey.set(key, table.addField(key, names.join("."), entry.location, key, marks, undefined));
}

/** How own code that is no test imports the module. */
function importsOf(project: Project, place: string, module: string): ImportedName[] {
  return project.files.flatMap(({ path, role }) => {
    const source = role === "test" ? undefined : project.sourceFile(path);
    if (source === undefined || !source.text.includes(place)) return [];
    return importedNames(project.ts, source).filter(
      ({ specifier }) => specifier === place || isModule(project, path, specifier, module),
    );
  });
}

function isModule(project: Project, from: FilePath, specifier: string, module: string): boolean {
  const target = project.moduleOf(from, specifier);
  return target !== null && "module" in target && target.module === module;
}

/** A package whose functions models say it of: see `consentModels`. */
function isImported(project: Project, place: string): boolean {
  const module = place.startsWith("node:") ? place : `npm:${place}`;
  return isPackageName(place) && importsOf(project, place, module).length > 0;
}

/** `consent.functions`: own functions, named `file#function`, that establish a guardian's consent. */
export function readConsentFunctions(
  project: Project,
  table: TableBuilder,
  entries: readonly string[],
  config: Location,
): void {
  for (const entry of entries) {
    const hash = entry.lastIndexOf("#");
    const [owner = "", member] = entry.slice(hash + 1).split(".");
    const files = matchingPaths(project, entry.slice(0, hash)).filter((path) => !path.endsWith(".prisma"));
    const found = files.flatMap((file) => {
      const source = project.sourceFile(file);
      if (source === undefined) return [];
      const declared =
        topLevelDeclarations(project.ts, source).get(owner) ??
        (owner === "default" ? defaultDeclarations(project.ts, source) : []);
      return declared.flatMap((declaration) =>
        member === undefined ? [declaration] : membersNamed(project.ts, declaration, member),
      );
    });
    for (const declaration of found) {
      const functions = functionsOf(project.ts, declaration);
      const role: FunctionAnnotation = {
        tag: "guardianConsent",
        operations: [],
        purposes: [],
        deletion: null,
        location: table.locate(nameNodes(project.ts, declaration)[0] ?? declaration),
      };
      table.addRoles(
        declaration,
        functionIds(
          project,
          declaration,
          functions.length > 0 ? functions : wrappedFunctions(project.ts, declaration),
        ),
        [role],
      );
    }
    if (found.length === 0 && !isImported(project, entry.slice(0, hash)))
      table.problems.push({
        kind: "unresolved-function",
        word: entry,
        nearest: null,
        expected: [],
        location: config,
      });
  }
}

function membersNamed(ts: Project["ts"], declaration: ts.Node, member: string): ts.Node[] {
  const found: ts.Node[] = [];
  walkBelow(ts, declaration, (node) => {
    const isWanted = siteOf(ts, node) !== undefined && nameNodes(ts, node)[0]?.getText() === member;
    if (isWanted) found.push(node);
    return isWanted || ts.isBlock(node) ? "skip" : undefined;
  });
  return found;
}
