import type { PrismaBlock, PrismaField, PrismaSchema } from "../prisma-schema.js";

const scalars: Readonly<Record<string, string>> = {
  String: "string",
  Boolean: "boolean",
  Int: "number",
  BigInt: "bigint",
  Float: "number",
  Decimal: "Prisma.Decimal",
  DateTime: "Date",
  Json: "any",
  Bytes: "Uint8Array",
};

/**
 * The model types that `prisma generate` makes of the schemas. The client itself is left untyped: what a query
 * gives depends on its `select`, and the client's model says that.
 */
export function prismaStandIn(schemas: readonly PrismaSchema[]): string {
  const blocks = new Map<string, PrismaBlock>();
  for (const schema of schemas)
    for (const block of schema.blocks) if (!blocks.has(block.name)) blocks.set(block.name, block);
  const declarations = [...blocks.values()].map((block) =>
    block.kind === "enum" ? enumType(block) : modelType(block, blocks),
  );
  return `${declarations.join("\n")}\nexport declare namespace Prisma {\n  export class Decimal { #identity: unknown }\n${[
    ...blocks.values(),
  ]
    .filter(({ kind }) => kind !== "enum")
    .map((block) => `${inputTypes(block)}\n${payloadTypes(block, blocks)}`)
    .join("\n")}\n}\n`;
}

function enumType(block: PrismaBlock): string {
  const values = block.fields.map(({ name }) => JSON.stringify(name));
  return `export declare const ${block.name}: { ${block.fields.map(({ name }) => `${name}: ${JSON.stringify(name)}`).join("; ")} };\nexport type ${block.name} = ${values.join(" | ") || "never"};`;
}

/** As generated: scalar columns only, relations are not part of the type. */
function modelType(block: PrismaBlock, blocks: ReadonlyMap<string, PrismaBlock>): string {
  const fields = block.fields.filter(({ type }) => !isRelation(type, blocks));
  return `export interface ${block.name} {\n${fields.map((field) => `  ${field.name}: ${fieldType(field)};`).join("\n")}\n}`;
}

function isRelation(type: string, blocks: ReadonlyMap<string, PrismaBlock>): boolean {
  const kind = blocks.get(type)?.kind;
  return kind === "model" || kind === "view";
}

function fieldType({ type, list, optional }: PrismaField): string {
  const base = scalars[type] ?? (type.startsWith("Unsupported") ? "any" : type);
  return `${base}${list ? "[]" : ""}${optional ? " | null" : ""}`;
}

function inputTypes({ name }: PrismaBlock): string {
  const inputs = [
    "CreateInput",
    "UncheckedCreateInput",
    "CreateManyInput",
    "UpdateInput",
    "UncheckedUpdateInput",
    "UpdateManyMutationInput",
  ];
  return inputs
    .map((input) => `  export type ${name}${input} = Partial<${name}> & { [relation: string]: any };`)
    .join("\n");
}

/** What a query gives for its arguments, relations included; what is picked of these is not told apart. */
function payloadTypes({ name, fields }: PrismaBlock, blocks: ReadonlyMap<string, PrismaBlock>): string {
  const related = fields.filter(({ type }) => isRelation(type, blocks));
  const members = related.map(
    ({ name: own, type, list, optional }) =>
      `${own}: $${type}Payload${list ? "[]" : ""}${optional ? " | null" : ""};`,
  );
  const picked = (from: string): string => `Pick<$${name}Payload, keyof ${from} & keyof $${name}Payload>`;
  return [
    `  export interface $${name}Payload extends ${name} { ${members.join(" ")} }`,
    `  export type ${name}GetPayload<Args = {}> = Args extends { select: infer Selected } ? ${picked("Selected")}`,
    `    : Args extends { include: infer Included } ? ${name} & ${picked("Included")} : ${name};`,
  ].join("\n");
}
