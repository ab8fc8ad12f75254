import { describe, expect, test } from "vitest";
import type { FieldEntry } from "../../src/annotations/config-reader.js";
import { declarationId } from "../../src/contracts/annotation.js";
import { markedProject, type MarkedProject } from "./marked-project.js";

function entry(path: string, more: Partial<FieldEntry> = {}): FieldEntry {
  return {
    path,
    category: "contact",
    purposes: [],
    retention: null,
    location: { file: "child-privacy.yaml", line: 2, column: 11 },
    ...more,
  };
}

function withFields(files: string | Readonly<Record<string, string>>, ...paths: string[]): MarkedProject {
  return markedProject(files, { fields: paths.map((path) => entry(path)) });
}

describe("own types", () => {
  const text = `
export interface User { name: string; contact: { mail: string; phones: { number: string }[] } | null; email: string }
export class Account extends Base { login = ""; constructor(public tel: string) { super(); } } class Base { id = 1 }
export type Alias = { x: string } & { y: string }; export const State = { Ill: "ill" } as const; export namespace N { export interface Inner { z: string } }
declare const user: User, account: Account, base: Base, alias: Alias; user.name; user.email; user.contact?.mail; account.tel; account.id; base.id; alias.y;
`;
  test("properties at any depth, of interfaces, classes, aliases, objects; inherited ones only through the type", () => {
    const project = withFields(
      text,
      "a.ts#User.name",
      "a.ts#User.contact.mail",
      "a.ts#User.contact.phones.number",
      "a.ts#Account.login",
      "a.ts#Account.tel",
      "a.ts#Account.id",
      "a.ts#Alias.y",
      "a.ts#State.Ill",
      "a.ts#Inner.z",
    );
    expect(project.problems).toEqual([]);
    expect(project.fields).toEqual([
      "Account.id contact config a.ts:3",
      "Account.login contact config a.ts:3",
      "Account.tel contact config a.ts:3",
      "Alias.y contact config a.ts:4",
      "Inner.z contact config a.ts:4",
      "State.Ill contact config a.ts:4",
      "User.contact.mail contact config a.ts:2",
      "User.contact.phones.number contact config a.ts:2",
      "User.name contact config a.ts:2",
    ]);
    expect(project.at("user.name")).toEqual(["User.name"]);
    expect(project.at("user.email")).toEqual([]);
    expect(project.at("user.contact?.mail")).toEqual(["User.contact.mail"]);
    expect(project.at("account.id")).toEqual(["Account.id"]);
    expect(project.at("base.id")).toEqual([]);
    expect(project.at("alias.y")).toEqual(["Alias.y"]);
  });

  test("globs, and literal files with brackets before them", () => {
    const files = {
      "src/models/user.ts": "export interface User { mail: string }",
      "src/models/other.ts": "export interface User { mail: string }",
      "app/[id]/(g)/page.ts": "interface Props { mail: string }",
      "app/i/g/page.ts": "interface Props { mail: string }",
    };
    expect(withFields(files, "src/models/*.ts#User.mail").fields).toEqual([
      "User.mail contact config src/models/other.ts:1",
      "User.mail contact config src/models/user.ts:1",
    ]);
    expect(withFields(files, "app/[id]/(g)/page.ts#Props.mail").fields).toEqual([
      "Props.mail contact config app/[id]/(g)/page.ts:1",
    ]);
  });

  test("schema variables and Prisma columns", () => {
    const project = withFields(
      {
        "a.ts":
          'import { z } from "zod"; import type { Child } from "@prisma/client"; export const S = z.object({ mail: z.string(), pet: z.string() }); declare const s: z.infer<typeof S>, c: Child; s.mail; s.pet; c.name;',
        "prisma/schema.prisma": "model Child {\n  id Int @id\n  name String\n}\n",
      },
      "a.ts#S.mail",
      "prisma/schema.prisma#Child.name",
    );
    expect(project.problems).toEqual([]);
    expect(project.fields).toEqual([
      "Child.name contact config prisma/schema.prisma:3",
      "S.mail contact config a.ts:1",
    ]);
    expect(project.at("s.mail")).toEqual(["S.mail"]);
    expect(project.at("s.pet")).toEqual([]);
    expect(project.at("c.name")).toEqual(["Child.name"]);
  });

  test("a tag says it first; the words of the entry are the field's", () => {
    const files = "export interface U { /** @childData health */ a: string; b: string }";
    const { table } = markedProject(files, {
      fields: [
        entry("a.ts#U.a"),
        entry("a.ts#U.b", { category: "family", purposes: ["support"], retention: { days: 3, text: "3d" } }),
      ],
    });
    expect(
      [...table.fields.values()].map(({ category, purposes, retention, form }) => [
        category,
        purposes,
        retention?.days,
        form,
      ]),
    ).toEqual([
      ["health", [], undefined, "tag"],
      ["family", ["support"], 3, "config"],
    ]);
  });
});

describe("packages", () => {
  test.each([false, true])("count wherever own code names the type (installed: %s)", (installed) => {
    const types: Record<string, string> = installed
      ? {
          "node_modules/@acme/kv/package.json": '{"name":"@acme/kv","types":"i.d.ts"}',
          "node_modules/@acme/kv/i.d.ts": "export interface Customer { email: string; id: string }",
        }
      : {};
    const project = withFields(
      {
        ...types,
        "a.ts":
          'import type { Customer } from "@acme/kv"; import type * as kv from "@acme/kv";\nfunction f(c: Customer, list: Customer[], other: kv.Order, k: Promise<kv.Customer>) { c.email; c.id; list[0]!.email; other.email; const { email: m } = c; k.then((one) => one.email); }\nclass Own implements Customer { email = ""; id = ""; }\nnew Own().email;',
      },
      "@acme/kv#Customer.email",
    );
    expect(project.problems).toEqual([]);
    expect([...project.table.byKey.keys()]).toEqual(["npm:@acme/kv#Customer.email"]);
    expect(project.at("c.email")).toEqual(["Customer.email"]);
    expect(project.at("c.id")).toEqual([]);
    expect(project.at("list[0]!.email")).toEqual(["Customer.email"]);
    expect(project.at("other.email")).toEqual([]);
    expect(project.at("const { email")).toEqual(["Customer.email"]);
    expect(project.at("one.email")).toEqual(["Customer.email"]);
    expect(project.at("new Own().email")).toEqual(["Customer.email"]);
    expect(project.within("list: Customer[]")).toEqual(["[[].email] Customer.email"]);
  });
});

test("entries that lead nowhere are reported at the entry, with the nearest name", () => {
  const project = withFields(
    { "a.ts": 'import "pg"; export interface User { email: string }' },
    "a.ts#User.emial",
    "a.ts#Usr.email",
    "b.ts#User.email",
    "src/**/*.ts#User.email",
    "nowhere#User.email",
    "pg#Client.password",
  );
  expect(project.problems).toEqual([
    "unresolved-field a.ts#User.emial ~a.ts#User.email child-privacy.yaml:2:11",
    "unresolved-field a.ts#Usr.email ~a.ts#User.email child-privacy.yaml:2:11",
    "unresolved-field b.ts#User.email child-privacy.yaml:2:11",
    "unresolved-field src/**/*.ts#User.email child-privacy.yaml:2:11",
    "unresolved-field nowhere#User.email child-privacy.yaml:2:11",
    "unresolved-field pg#Client.password child-privacy.yaml:2:11",
  ]);
});

test("consent functions have the role", () => {
  const text =
    "export async function ask() { return true; }\nexport class Guard { check() { return true; } other() {} }\nexport const wrapped = wrap(() => true);";
  const { table } = markedProject(
    { "src/consent.ts": text },
    { consentFunctions: ["src/consent.ts#ask", "src/*.ts#Guard.check", "src/consent.ts#gone"] },
  );
  const roles = (code: string): unknown =>
    table.functions.get(declarationId("src/consent.ts", text.indexOf(code)))?.map(({ tag }) => tag);
  expect(roles("ask")).toEqual(["guardianConsent"]);
  expect(roles("check")).toEqual(["guardianConsent"]);
  expect(roles("other")).toBeUndefined();
  expect(table.problems.map(({ word }) => word)).toEqual(["src/consent.ts#gone"]);
});

test("consent functions are found as what a file exports by default, and of packages that are imported", () => {
  const files = {
    "src/plain.ts": "export default async function () { return true; }",
    "src/named.ts": "const ask = () => true;\nexport { ask as default };",
    "src/uses.ts": 'import { requireGuardian } from "@yard/consent";\nrequireGuardian();',
  };
  const { table } = markedProject(files, {
    consentFunctions: [
      "src/plain.ts#default",
      "src/named.ts#default",
      "src/uses.ts#default",
      "@yard/consent#requireGuardian",
      "@yard/gone#requireGuardian",
    ],
  });
  const at = (file: keyof typeof files, code: string): unknown =>
    table.functions.get(declarationId(file, files[file].indexOf(code)))?.map(({ tag }) => tag);
  expect(at("src/plain.ts", "function")).toEqual(["guardianConsent"]);
  expect(at("src/named.ts", "ask")).toEqual(["guardianConsent"]);
  expect(table.problems.map(({ kind, word }) => `${kind} ${word}`)).toEqual([
    "unresolved-function src/uses.ts#default",
    "unresolved-function @yard/gone#requireGuardian",
  ]);
});
