import { findLineStarts, locate } from "../base/location.js";
import type { EntityRelation, FieldId } from "../contracts/annotation.js";
import type { Purpose } from "../contracts/vocabulary.js";
import type { Project } from "../project/project.js";
import type { PrismaBlock, PrismaComment, PrismaField, PrismaSchema } from "../project/prisma-schema.js";
import { tagsInText } from "./jsdoc-tags.js";
import { isChildData, type Marks, type RawTag } from "./marks.js";
import { misplaced, notChildDataPlaces } from "./placement.js";
import { readMarks, type TagReader } from "./read-tag.js";
import type { TableBuilder } from "./table-builder.js";

/** `///` comments of Prisma schemas: models as entities, and their columns as fields `Model.field`. */
export function readPrismaAnnotations(
  project: Project,
  table: TableBuilder,
  purposes: readonly Purpose[],
): void {
  const blocks = project.schemas.flatMap((schema) => schema.blocks);
  const models = new Set(blocks.filter(({ kind }) => kind !== "enum").map(({ name }) => name));
  const composites = new Set(blocks.filter(({ kind }) => kind === "type").map(({ name }) => name));
  const isOther = project.schemas.some(({ text }) => otherEngine.test(text));
  for (const schema of project.schemas)
    new SchemaAnnotations(table, schema, purposes, { models, composites }, isOther ? [] : ["sql"]).read();
}

/** Of a project with such a schema, which may be of several files, it is not told what a model's client speaks to. */
const otherEngine = /^\s*provider\s*=\s*"mongodb"/mu;

class SchemaAnnotations {
  readonly #lineStarts: readonly number[];
  readonly #reader: TagReader;

  constructor(
    readonly table: TableBuilder,
    readonly schema: PrismaSchema,
    purposes: readonly Purpose[],
    readonly names: { readonly models: ReadonlySet<string>; readonly composites: ReadonlySet<string> },
    readonly engines: readonly string[],
  ) {
    this.#lineStarts = findLineStarts(schema.text);
    this.#reader = {
      purposes,
      report: ({ tag, ...problem }) => table.problems.push({ ...problem, location: this.#locate(tag) }),
    };
  }

  read(): void {
    for (const block of this.schema.blocks) {
      if (block.kind === "enum")
        for (const { comments } of [block, ...block.fields]) this.#reportAll(this.#tagsOf(comments));
      else this.#readModel(block);
    }
  }

  #readModel(block: PrismaBlock): void {
    const whole = this.#marksOf(block.comments);
    const fields = new Map<string, FieldId>();
    const relations = new Map<string, EntityRelation>();
    const mapped = new Map<string, string>();
    const encrypted = new Set<string>();
    for (const field of block.fields) {
      const column = mappedTo(field.attributes);
      if (column !== undefined) mapped.set(field.name, column);
      if (this.names.models.has(field.type))
        relations.set(field.name, relationOf(field, this.names.composites.has(field.type)));
      if (field.comments.some(({ text }) => /@encrypted\b/.test(text))) encrypted.add(field.name);
      const id = this.#readField(block, field, whole);
      if (id !== undefined) fields.set(field.name, id);
    }
    if (!isChildData(whole) && fields.size === 0) this.#reportMissing(whole);
    if (whole.notChildData !== undefined) this.#reportMisplaced(whole.notChildData, notChildDataPlaces);
    const table = block.attributes.map(mappedTo).find((name) => name !== undefined) ?? block.name;
    this.table.entities.push({
      name: block.name,
      table,
      engines: this.engines,
      fields,
      mapped,
      encrypted,
      relations,
      declaration: this.#locateSpan(block.nameAt),
    });
  }

  /** Columns are data; a relation is another model's, and only a tag of its own makes it a field. */
  #readField(block: PrismaBlock, field: PrismaField, whole: Marks): FieldId | undefined {
    const marks = this.#marksOf(field.comments);
    if (marks.notChildData !== undefined) {
      if (!isChildData(whole)) this.#reportMisplaced(marks.notChildData, notChildDataPlaces);
      return undefined;
    }
    if (!isChildData(marks) && (!isChildData(whole) || this.names.models.has(field.type))) {
      this.#reportMissing(marks);
      return undefined;
    }
    const key = `prisma:${block.name}.${field.name}`;
    const location = this.#locateSpan(field.nameAt);
    const id = this.table.addField(
      key,
      `${block.name}.${field.name}`,
      location,
      `${this.schema.path}@${String(field.nameAt[0])}`,
      marks,
      whole,
    );
    this.table.byDeclaration.set(`${this.schema.path}@${String(field.nameAt[0])}`, id);
    this.table.byKey.set(`npm:@prisma/client#${block.name}.${field.name}`, id);
    return id;
  }

  #marksOf(comments: readonly PrismaComment[]): Marks {
    const marks = readMarks(this.#tagsOf(comments), "schema", this.#reader);
    for (const { raw } of marks.roles) this.#reportMisplaced(raw, misplaced(raw)?.expected ?? []);
    return marks;
  }

  #tagsOf(comments: readonly PrismaComment[]): RawTag[] {
    return comments.flatMap(({ text, start }) => tagsInText(text, start));
  }

  #reportAll(raw: readonly RawTag[]): void {
    for (const tag of raw) {
      const problem = misplaced(tag);
      if (problem !== undefined) this.#reportMisplaced(tag, problem.expected);
    }
  }

  #reportMisplaced(tag: RawTag, expected: readonly string[]): void {
    this.table.problems.push({
      kind: "misplaced-tag",
      word: tag.name,
      nearest: null,
      expected,
      location: this.#locate(tag),
    });
  }

  #reportMissing(marks: Marks): void {
    for (const tag of [
      marks.purposes?.length ? marks.purpose : undefined,
      marks.retention === undefined ? undefined : marks.retentionTag,
    ]) {
      if (tag !== undefined)
        this.table.problems.push({
          kind: "missing-child-data",
          word: tag.name,
          nearest: null,
          expected: ["@childData"],
          location: this.#locate(tag),
        });
    }
  }

  #locate(tag: RawTag): ReturnType<typeof locate> {
    return locate(this.schema.path, this.#lineStarts, [tag.at, tag.at + tag.name.length + 1]);
  }

  #locateSpan(span: readonly [number, number]): ReturnType<typeof locate> {
    return locate(this.schema.path, this.#lineStarts, span);
  }
}

/** `children` of `@@map("children")`, `full_name` of `@unique @map(name: "full_name")`. */
function mappedTo(attributes: string): string | undefined {
  return /(?:^|\s)@@?map\(\s*(?:name:\s*)?"([^"]+)"/.exec(attributes)?.[1];
}

const onDelete = /@relation\([^)]*\bonDelete:\s*(Cascade|SetNull|SetDefault|Restrict|NoAction)\b/;

/** `@relation(fields: [guardianId], references: [id], onDelete: Cascade)` */
function relationOf({ type, list, attributes }: PrismaField, isPart: boolean): EntityRelation {
  const relation: EntityRelation = { entity: type, isList: list, ...(isPart ? { isPart } : {}) };
  const said = onDelete.exec(attributes)?.[1];
  if (said === undefined) return relation;
  if (said === "Cascade") return { ...relation, onDelete: "cascade" };
  return { ...relation, onDelete: said.startsWith("Set") ? "set-null" : "restrict" };
}
