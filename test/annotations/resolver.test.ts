import { describe, expect, test } from "vitest";
import { markedProject } from "./marked-project.js";

const child =
  "export interface Child { /** @childData contact */ email: string; /** @childData identity */ name?: string; pet: string; age(): number }\n";

describe("fieldsAt", () => {
  test("reads, writes, bindings, keys and attributes", () => {
    const project = markedProject({
      "a.tsx": `${child}
declare const c: Child, m: Child | null, list: Child[], any: any;
/**/ c.email; c.pet; c["email" as const]; c['name']; m?.email; list[0].name; any.email; c.age;
c.email = "1"; const {email, pet: p, ...rest } = c; let n: string; ({ name: n = "" } = c); for (const { email: e2 } of list) {} for ({ email: n } of list) {} [{ email: n }] = list; ({ one: { email: n } = c } = { one: c });
function f({ email: inParameter }: Child, [{ name: nested }]: Child[]) {}
const a: Child = { email: "2", pet: "" }; const plain = { email: "3" }; const s = { email: "4", pet: "" } satisfies Child; take({ email: "5", pet: "" }); const short = { email } as Child;
declare function take(c: Child): void; function give(): Child { return { email: "6", pet: "" }; }
function Card(props: { child: Child; email: string } & Pick<Child, "name">) { return <div title={props.name} />; } <Card child={c} email="7" name="8" />;
`,
    });
    for (const [code, want] of [
      ["/**/ c.email", "Child.email"],
      ["c.pet", ""],
      ["m?.email", "Child.email"],
      ["list[0].name", "Child.name"],
      ["any.email", ""],
      ["c.age", ""],
      ["const {email", "Child.email"],
      ["({ name", "Child.name"],
      ["for (const { email", "Child.email"],
      ["for ({ email", "Child.email"],
      ["{} [{ email", "Child.email"],
      ["one: { email", "Child.email"],
      ["f({ email", "Child.email"],
      ["[{ name", "Child.name"],
      ["a: Child = { email", "Child.email"],
      ["plain = { email", ""],
      ["s = { email", "Child.email"],
      ["take({ email", "Child.email"],
      ["short = { email", "Child.email"],
      ["return { email", "Child.email"],
      ["props.name", "Child.name"],
      ["child={c} email", ""],
      ['="7" name', "Child.name"],
      ["...rest", ""],
    ] as const)
      expect([code, project.at(code).join()]).toEqual([code, want]);
    expect(
      project.resolver.fieldsAt("a.tsx", project.project.file("a.tsx")?.text.indexOf("'name'") ?? -1),
    ).toEqual(["file:a.tsx#Child.name"]);
    expect(project.resolver.fieldsAt("a.tsx", 3)).toEqual([]);
    expect(project.resolver.fieldsAt("gone.ts", 3)).toEqual([]);
  });

  test("through generics, utility types, intersections, mapped and conditional types", () => {
    const project = markedProject(`${child}
type Nullable<T> = { [K in keyof T]: T[K] | null }; type Get<T> = T extends { one: infer U } ? U : never; class Box<T> { constructor(readonly value: T) {} map<U>(f: (t: T) => U): Box<U> { return null!; } }
declare const partial: Partial<Child>, omit: Omit<Child, "pet">, without: Omit<Child, "email">, both: Child & { extra: string }, mapped: Nullable<Child>, got: Get<{ one: Child }>, box: Box<Child>, rec: Record<string, Child>, tuple: [string, Child], req: Required<Readonly<Child>>, pick: Pick<Child, "email" | "pet">;
partial.email; omit.email; without.email; both.email; mapped.email; got.email; box.value.email; box.map((inner) => inner.email); rec["x"].email; tuple[1].email; req.name; pick.email;
function id<T extends Child>(t: T, k: keyof Child) { t.email; return t; } id(partial as Child, "pet").email; async function g(p: Promise<Child>) { (await p).email; } new Map<string, Child>().get("")!.email; [partial].map((x) => x.email);
`);
    for (const code of [
      "partial.email",
      "omit.email",
      "both.email",
      "mapped.email",
      "got.email",
      "box.value.email",
      "inner.email",
      'rec["x"].email',
      "tuple[1].email",
      "pick.email",
      "{ t.email",
      'id(partial as Child, "pet").email',
      "(await p).email",
      'get("")!.email',
      "x.email",
    ]) {
      expect([code, project.at(code)]).toEqual([code, ["Child.email"]]);
    }
    expect(project.at("req.name")).toEqual(["Child.name"]);
    expect(project.at("without.email")).toEqual([]);
  });

  test("unions by what narrowing leaves, literals by their discriminant", () => {
    const project = markedProject(`${child.replace("pet: string", 'kind: "child"; pet: string')}
interface Robot { kind: "robot"; email: string }
function f(x: Child | Robot) { x.email; if (x.kind === "robot") { (x).email; return; } ((x)).email; }
const r: Child | Robot = { kind: "robot", email: "" }; const k: Child | Robot = { kind: "child", email: "", pet: "", age: null! };
`);
    expect(project.at("{ x.email")).toEqual(["Child.email"]);
    expect(project.at("{ (x).email")).toEqual([]);
    expect(project.at("((x)).email")).toEqual(["Child.email"]);
    expect(project.at('"robot", email')).toEqual([]);
    expect(project.at('"child", email')).toEqual(["Child.email"]);
  });

  test("a class that implements a marked interface, and what overrides it", () => {
    const project = markedProject(`${child}
class Kid implements Child { email = ""; pet = ""; age() { return 1; } self() { this.email; } } interface Sub extends Child { email: string; more: string } class Loose { email = ""; }
declare const kid: Kid, sub: Sub, loose: Loose; kid.email; kid.pet; sub.email; loose.email;
`);
    for (const code of ["kid.email", "sub.email", "this.email", "class Kid implements Child { email"])
      expect([code, project.at(code)]).toEqual([code, ["Child.email"]]);
    expect(project.at("kid.pet")).toEqual([]);
    expect(project.at("loose.email")).toEqual([]);
  });
});

describe("childDataIn", () => {
  test("parts of objects, lists, maps and promises, to a depth, without end", () => {
    const project = markedProject(`${child}
interface Group { title: string; members: Set<Child>; byId: Map<string, Child>; parent: Group | null; when: Date; f: (c: Child) => void; deep: { a: { b: { c: Child; d: { e: Child } } } } }
class Kid { constructor(/** @childData identity */ private nick: string) {} /** @childData media */ get photo() { return ""; } say() {} }
declare const one: Child | undefined, list: Child[], group: Group, later: Promise<Child[]>, rec: Record<string, Child>, kid: Kid, text: string, pair: [number, Child]; function* gen(): Generator<Child> {}
[one, list, group, later, rec, kid, text, pair]; /*x*/ gen( );
`);
    const within = (code: string): string[] => [...project.within(code)].sort();
    expect(within("one: Child | undefined")).toEqual(["[email] Child.email", "[name] Child.name"]);
    expect(within("list: Child[]")).toEqual(["[[].email] Child.email", "[[].name] Child.name"]);
    expect(within("later: Promise<Child[]>")).toEqual(["[[].email] Child.email", "[[].name] Child.name"]);
    expect(within("rec: Record<string, Child>")).toEqual(["[[].email] Child.email", "[[].name] Child.name"]);
    expect(within("kid: Kid")).toEqual(["[nick] Kid.nick"]);
    expect(within("text: string")).toEqual([]);
    expect(within("pair: [number, Child]")).toEqual(["[1.email] Child.email", "[1.name] Child.name"]);
    expect(within("gen( )")).toEqual(["[[].email] Child.email", "[[].name] Child.name"]);
    expect(within("group: Group")).toEqual([
      "[byId.=*.email] Child.email",
      "[byId.=*.name] Child.name",
      "[deep.a.b.c.email] Child.email",
      "[deep.a.b.c.name] Child.name",
      "[members.[].email] Child.email",
      "[members.[].name] Child.name",
    ]);
  });

  test("what is marked by declaration is the whole value", () => {
    const project = markedProject(`${child}
/** @childData contact */ const mail = ""; function f(/** @childData identity */ nick: string, c: Child) {
  [nick]; (nick!); c.email; [c.email ?? "x"]; read(); [plain]; const { name: alias = "" } = c; [alias]; [true ? mail : nick]; [mail.length]; const copy = mail; [copy]; }
/** @childData family */ function read(): string { return ""; } const plain = ""; class S { /** @childData health */ async load(): Promise<string> { return ""; } } async function g(s: S) { await s.load(); }
`);
    const within = (code: string): string[] => [...project.within(code)];
    expect(within("nick!")).toEqual(["[] nick"]);
    expect(within('c.email ?? "x"')).toEqual(["[] Child.email"]);
    expect(within("await s.load()")).toEqual(["[] S.load"]);
    expect(within("true ? mail : nick")).toEqual(["[] mail", "[] nick"]);
    expect(within("mail.length")).toEqual([]);
    expect(within('alias = ""')).toEqual([]);
    expect(project.resolver.childDataIn("a.ts", [1, 2])).toEqual([]);
  });
});

describe("typesAt and isUntyped", () => {
  test("own classes with those behind an interface, packages, the library", () => {
    const project = markedProject({
      "a.ts": `
import { Pool as P } from "pg"; import type { Repository } from "typeorm"; import * as fs from "node:fs"; import Redis from "ioredis";
export interface Store { save(): void } abstract class Base implements Store { save() {} } class A extends Base {} class B implements Store { save() {} } class Other {} type Alias = { x: string };
declare const store: Store, a: A, pool: P, repo: Repository<A>, stream: fs.WriteStream, redis: Redis, date: Date, list: A[], map: Map<string, A>, text: string | null, num: 1 | 2, flag: boolean, later: Promise<P>, alias: Alias, any: any, unk: unknown, bad: Missing;
const made = new P(); const called = pool.query("x"); function t<T extends Store>(generic: T) {}
`,
    });
    expect(project.types("store: Store")).toEqual([
      "file:a.ts#Store",
      "file:a.ts#Base",
      "file:a.ts#B",
      "file:a.ts#A",
    ]);
    expect(project.types("a: A")).toEqual(["file:a.ts#A"]);
    expect(project.types("pool: P")).toEqual(["npm:pg#Pool"]);
    expect(project.types("made = new P()")).toEqual(["npm:pg#Pool"]);
    expect(project.types("repo: Repository<A>")).toEqual(["npm:typeorm#Repository<file:a.ts#A>"]);
    expect(project.types("stream: fs.WriteStream")).toEqual(["node:fs#WriteStream"]);
    expect(project.types("redis: Redis")).toEqual(["npm:ioredis#default"]);
    expect(project.types("date: Date")).toEqual(["lib#Date"]);
    expect(project.types("list: A[]")).toEqual(["lib#Array<file:a.ts#A>"]);
    expect(project.types("map: Map<string, A>")).toEqual(["lib#Map<lib#string, file:a.ts#A>"]);
    expect(project.types("text: string | null")).toEqual(["lib#string"]);
    expect(project.types("num: 1 | 2")).toEqual(["lib#number"]);
    expect(project.types("flag: boolean")).toEqual(["lib#boolean"]);
    expect(project.types("later: Promise<P>")).toEqual(["lib#Promise<npm:pg#Pool>"]);
    expect(project.types("alias: Alias")).toEqual(["file:a.ts#Alias"]);
    expect(project.types("generic: T")[0]).toBe("file:a.ts#Store");
    expect(project.types("any: any")).toEqual([]);
    expect([
      project.untyped("any: any"),
      project.untyped("unk: unknown"),
      project.untyped("bad: Missing"),
      project.untyped('pool.query("x")'),
      project.untyped("date: Date"),
      project.untyped("pool: P"),
    ]).toEqual([true, true, true, true, false, false]);
    expect(project.resolver.isUntyped("a.ts", [0, 1])).toBe(true);
  });

  test("declarations name own types", () => {
    const project = markedProject("export class Store { save() {} }\nconst store = new Store();");
    expect(project.resolver.typesAt("a.ts", [39, 44])).toEqual([
      { key: "file:a.ts#Store", declaration: "a.ts@13", arguments: [] },
    ]);
  });
});
