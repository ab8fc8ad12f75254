import { describe, expect, test } from "vitest";
import { markedProject, namesOf } from "./marked-project.js";

const marked = "/** @childData contact */ email";

describe("keys of schemas carry over to the inferred types", () => {
  test("zod: infer, parse, safeParse, and what is made of a schema", () => {
    const project = markedProject({
      "schema.ts": `
import { z } from "zod";
export const Base = z.object({ ${marked}: z.string().email(), pet: z.string(), address: z.object({ /** @childData location */ street: z.string() }).optional() }).strict();
export const More = Base.extend({ /** @childData health */ allergies: z.array(z.string()).nullable() });
export const Few = More.pick({ email: true, pet: true }).partial();
export const Less = Base.omit({ email: true });
export const List = z.array(More).min(1);
export type Child = z.infer<typeof More>; export type In = z.input<typeof Base>;
`,
      "use.ts": `
import { Base, Few, Less, List, type Child, type In } from "./schema.js"; import { z } from "zod";
function show(child: Child, input: In) { child.email; child.pet; child.allergies; child.address?.street; input.email; }
const few = Few.parse({}); few.email; const less = Less.parse({}); less.pet; /**/ less.email;
for (const one of List.parse([])) one.allergies;
const safe = Base.safeParse({}); if (safe.success) safe.data.email;
async function f() { const { email: letterbox, pet } = await Base.parseAsync({}); }
const wrapped: z.ZodType<Child> = null!; wrapped.parse(1).allergies; Base.shape.email; z.object({ email: z.string() });
`,
    });
    expect(project.fields).toEqual([
      "Base.address.street location schema schema.ts:3",
      "Base.email contact schema schema.ts:3",
      "More.allergies health schema schema.ts:4",
    ]);
    for (const code of ["child.email", "input.email", "few.email", "safe.data.email"])
      expect([code, project.at(code)]).toEqual([code, ["Base.email"]]);
    expect(project.at("child.pet")).toEqual([]);
    expect(project.at("child.allergies")).toEqual(["More.allergies"]);
    expect(project.at("child.address?.street")).toEqual(["Base.address.street"]);
    expect(project.at("less.email")).toEqual([]);
    expect(project.at("one.allergies")).toEqual(["More.allergies"]);
    expect(project.at("wrapped.parse(1).allergies")).toEqual(["More.allergies"]);
    expect(project.at("Base.shape.email")).toEqual([]);
    expect(project.at("const { email")).toEqual(["Base.email"]);
    expect(project.within("letterbox")).toEqual(["[] Base.email"]);
    expect([...project.within("child: Child")].sort()).toEqual([
      "[address.street] Base.address.street",
      "[allergies] More.allergies",
      "[email] Base.email",
    ]);
    expect([...project.within("Base.parseAsync({})")].sort()).toEqual([
      "[address.street] Base.address.street",
      "[email] Base.email",
    ]);
    expect(project.at("z.object({ email")).toEqual([]);
  });

  test.each([
    [
      "valibot",
      `import * as v from "valibot"; const S = v.object({ ${marked}: v.pipe(v.string(), v.email()), pet: v.optional(v.string()) }); const T = v.omit(S, ["pet"]); type C = v.InferOutput<typeof T>; declare const c: C; c.email; const d = v.parse(S, 1); d.pet; d.email;`,
    ],
    [
      "typebox",
      `import { Type, type Static } from "@sinclair/typebox"; const S = Type.Object({ ${marked}: Type.String(), pet: Type.Optional(Type.String()) }); type C = Static<typeof S>; declare const c: C; c.email; const d: Static<typeof S> = c; d.pet; d.email;`,
    ],
    [
      "yup",
      `import { object, string, type InferType } from "yup"; const S = object({ ${marked}: string().required(), pet: string() }).noUnknown(); type C = InferType<typeof S>; declare const c: C; c.email; const d = S.validateSync(1); d.pet; d.email;`,
    ],
    [
      "drizzle",
      `import { pgTable, text, serial } from "drizzle-orm/pg-core"; import type { InferSelectModel } from "drizzle-orm"; const S = pgTable("s", { id: serial("id"), ${marked}: text("email").notNull(), pet: text("pet") }, (t) => [t.id]); type C = typeof S.$inferSelect; declare const c: C; c.email; declare const d: InferSelectModel<typeof S>; d.pet; d.email; S.email;`,
    ],
    [
      "drizzle callback",
      `import { sqliteTable } from "drizzle-orm/sqlite-core"; const S = sqliteTable("s", (t) => ({ ${marked}: t.text(), pet: t.text() })); declare const c: typeof S.$inferInsert; c.email; const d = c; d.pet; d.email;`,
    ],
    [
      "mongoose",
      `import { Schema, type InferSchemaType } from "mongoose"; const S = new Schema({ ${marked}: { type: String, required: true }, pet: String, inner: { ${marked.replace("email", "tel")}: String } }); type C = InferSchemaType<typeof S>; declare const c: C; c.email; const d = c; d.pet; d.email; c.inner.tel;`,
    ],
  ])("%s", (_, text) => {
    const project = markedProject(text);
    expect(project.problems).toEqual([]);
    expect(namesOf(project)).toContain("S.email");
    expect([...project.table.fields.values()].every(({ form }) => form === "schema")).toBe(true);
    expect(project.at("c.email")).toEqual(["S.email"]);
    expect(project.at("d.email")).toEqual(["S.email"]);
    expect(project.at("d.pet")).toEqual([]);
    if (text.includes("S.email;")) expect(project.at("S.email")).toEqual([]);
    if (text.includes("c.inner.tel")) expect(project.at("c.inner.tel")).toEqual(["S.inner.tel"]);
  });

  test("a schema marked as a whole marks its keys", () => {
    const project = markedProject(
      'import { z } from "zod";\n/** @childData health */\nconst S = z.object({ a: z.string(), b: z.number().optional(), /** @notChildData */ id: z.string(), c: z.object({ d: z.date() }) });',
    );
    expect(project.problems).toEqual([]);
    expect(namesOf(project)).toEqual(["S.a", "S.b", "S.c.d"]);
  });
});

describe("Prisma", () => {
  const schema = `
generator client { provider = "prisma-client-js" }
model Child {
  id Int @id
  /// @childData identity
  /// @purpose service
  name String
  mail String? /// @childData contact
  // @childData contact
  pet String
  /// @encrypted
  /// @childData health
  notes String
  guardian Guardian @relation(fields: [guardianId], references: [id])
  guardianId Int
  @@map("children")
}
/// @childData guardian
model Guardian { 
  /// @notChildData
  id Int @id
  phone String
  children Child[]
}
/// @childData x
enum E { 
  A
}
`.replace(
    'generator client { provider = "prisma-client-js" }',
    'generator client {\n  provider = "prisma-client-js"\n}',
  );
  const project = markedProject({
    "prisma/schema.prisma": schema,
    "a.ts":
      'import type { Child, Guardian } from "@prisma/client"; import { Prisma } from "@prisma/client";\ndeclare const child: Child, guardian: Guardian, many: Child[]; child.name; child.pet; guardian.phone; guardian.id; const input: Prisma.ChildCreateInput = { name: "", pet: "" };',
  });

  test("columns are fields, whole models too; relations are not", () => {
    expect(project.fields).toEqual([
      "Child.mail contact schema prisma/schema.prisma:10",
      "Child.name identity schema prisma/schema.prisma:9",
      "Child.notes health schema prisma/schema.prisma:15",
      "Guardian.phone guardian schema prisma/schema.prisma:24",
    ]);
    expect(project.problems).toEqual(["misplaced-tag childData prisma/schema.prisma:27:5"]);
    expect([...project.table.fields.keys()].sort()[0]).toBe("prisma:Child.mail");
    expect(
      project.table.entities.map(({ name, table, encrypted, relations, fields }) => [
        name,
        table,
        [...encrypted],
        [...relations].map(([relation, { entity, isList }]) => `${relation}: ${entity}${isList ? "[]" : ""}`),
        [...fields.keys()],
      ]),
    ).toEqual([
      ["Child", "children", ["notes"], ["guardian: Guardian"], ["name", "mail", "notes"]],
      ["Guardian", "Guardian", [], ["children: Child[]"], ["phone"]],
    ]);
  });

  test("the client's model types carry them, generated or not", () => {
    expect(project.at("child.name")).toEqual(["Child.name"]);
    expect(project.at("child.pet")).toEqual([]);
    expect(project.at("guardian.phone")).toEqual(["Guardian.phone"]);
    expect(project.at("guardian.id")).toEqual([]);
    expect(project.within("many")).toEqual([
      "[[].name] Child.name",
      "[[].mail] Child.mail",
      "[[].notes] Child.notes",
    ]);
    expect(project.at("= { name")).toEqual(["Child.name"]);
  });
});
