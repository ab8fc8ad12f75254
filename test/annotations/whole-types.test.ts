import { describe, expect, test } from "vitest";
import { markedProject, namesOf } from "./marked-project.js";

describe("a marked type", () => {
  test("every data property counts; methods, statics and other named types do not", () => {
    const marked = markedProject(`
import type { Decimal } from "decimal.js";
import { Relation } from "typeorm";
enum Side { L, R } type Cm = number; type Tags = string[]; type Branded = string & { __brand: 1 };
interface Clinic { city: string } class Doc { name = "" } type Box = { a: string };
/** @childData health */
interface Visit {
  /** @notChildData */ id: number;
  a: string; b?: Date | null; c: Side; d: Cm; e: Tags; f: Branded; g: Record<string, number>; h: Map<string, string>; i: Promise<string>; j: [string, number]; k: "x" | "y"; l: unknown; m: Decimal; n: Uint8Array;
  o: Clinic; p: Doc | null; q: Box; r: Clinic[]; s: Map<string, Clinic>; t(): string; u: () => string; v: Relation<Doc>; w: Promise<Clinic>;
  x: { in: string; deep: { er: number; /** @notChildData */ not: string; clinic: Clinic } }; y: { el: string }[]; z: string | Clinic;
}
/** @childData identity */
class Kid { static unit = ""; name = ""; #secret = ""; private age = 1; constructor(readonly nick: string, other: string) {} get full() { return this.name; } say() {} field = () => 1; }
`);
    expect(marked.problems).toEqual([]);
    expect(namesOf(marked)).toEqual([
      ..."#secret age name nick".split(" ").map((name) => `Kid.${name}`),
      ..."a b c d e f g h i j k l m n x.deep.er x.in y.el z".split(" ").map((name) => `Visit.${name}`),
    ]);
  });

  test("words of the type are the properties' unless they say their own", () => {
    const { table } = markedProject(
      "/** @childData health\n * @purpose service @retention 3d */\ninterface V { a: string; /** @childData contact */ b: string; /** @purpose support */ c: string; /** @retention 9d */ d: { e: string } }",
    );
    expect(
      [...table.fields.values()].map(({ name, category, purposes, retention }) => [
        name,
        category,
        purposes[0],
        retention?.days,
      ]),
    ).toEqual([
      ["V.a", "health", "service", 3],
      ["V.b", "contact", "service", 3],
      ["V.c", "health", "support", 3],
      ["V.d.e", "health", "service", 9],
    ]);
  });

  test("inherited properties are its own, and nobody else's", () => {
    const marked = markedProject(`
interface Person { first: string; last: string } interface Named extends Person { nick: string }
/** @childData identity */
interface Pupil extends Named { class: string }
interface Teacher extends Named { subject: string } interface Helper extends Pupil { shift: string; /** @notChildData */ nick: string }
declare const pupil: Pupil, teacher: Teacher, helper: Helper, part: Partial<Pick<Pupil, "first">>, read: Readonly<Pupil>;
pupil.first; pupil.class; teacher.first; helper.last; helper.shift; part.first; read.last; helper.nick;
`);
    expect(namesOf(marked)).toEqual(["Pupil.class", "Pupil.first", "Pupil.last", "Pupil.nick"]);
    expect(marked.problems).toEqual([]);
    expect(marked.at("pupil.first")).toEqual(["Pupil.first"]);
    expect(marked.at("teacher.first")).toEqual([]);
    expect(marked.at("helper.last")).toEqual(["Pupil.last"]);
    expect(marked.at("helper.shift")).toEqual([]);
    expect(marked.at("part.first")).toEqual(["Pupil.first"]);
    expect(marked.at("read.last")).toEqual(["Pupil.last"]);
    expect(marked.at("helper.nick")).toEqual([]);
  });

  test("aliases of object types, intersections, unions and utility types", () => {
    const marked = markedProject(`
interface Person { first: string } interface Address { street: string }
/** @childData */ type A = { a: string } & { b: number };
/** @childData */ type U = { kind: "x"; x: string } | { kind: "y"; y: string };
/** @childData */ type P = Pick<Person, "first">;
declare const a: A, u: U, p: P, person: Person; a.b; p.first; person.first; if (u.kind === "x") u.x;
`);
    expect(namesOf(marked)).toEqual(
      ["A.a", "A.b", "P.first", "U.kind", "U.kind", "U.x", "U.y"].filter(
        (name, index, all) => all.indexOf(name) === index || name === "U.kind",
      ),
    );
    expect(marked.at("a.b")).toEqual(["A.b"]);
    expect(marked.at("p.first")).toEqual(["P.first"]);
    expect(marked.at("person.first")).toEqual([]);
    expect(marked.at("u.x")).toEqual(["U.x"]);
  });

  test("an enum-like object's members, a plain object as a whole, an alias of a primitive where it is used", () => {
    const marked = markedProject({
      "a.ts": `
/** @childData health */ export const Allergy = { Nuts: "nuts", Milk: "milk" } as const;
/** @childData contact */ const profile = { mail: input(), pet: "" };
/** @childData contact */ export type Phone = string | null;
/** @childData health */ export enum Blood { A, B }
interface Box { phone: Phone; spare?: Phone[]; blood: Blood; other: string; /** @notChildData */ shop: Phone }
function f(p: Phone): void { p.length }
declare function input(): string;
`,
      "b.ts":
        'import type { Phone as Tel } from "./a.js";\nexport const call: Tel = ""; export function find(): Promise<Tel> { return null!; }',
    });
    expect(namesOf(marked)).toEqual([
      "Allergy.Milk",
      "Allergy.Nuts",
      "Box.blood",
      "Box.phone",
      "Box.spare",
      "call",
      "find",
      "p",
      "profile",
    ]);
  });

  test("exceptions outside of a marked type are misplaced", () => {
    expect(
      markedProject(
        "interface A { /** @notChildData */ a: string }\n/** @childData */ interface B { /** @notChildData */ b: string; /** @notChildData */ m(): void }\nfunction f(/** @notChildData */ x: string) {}",
      ).problems,
    ).toEqual([
      "misplaced-tag notChildData a.ts:1:19",
      "misplaced-tag notChildData a.ts:2:69",
      "misplaced-tag notChildData a.ts:3:16",
    ]);
  });
});

describe("brand and decorator", () => {
  const entry = "eslint-plugin-child-privacy/annotations";
  test("a brand marks what is declared with it, by import name", () => {
    const marked = markedProject({
      "a.ts": `
import type { ChildData, ChildData as CD } from "${entry}"; import type * as cp from "${entry}";
interface C { a: ChildData<Date, "identity">; b?: CD<string>[]; c: Map<string, cp.ChildData<string, "health">>; d: string; e: { f: ChildData<string> } }
type Phone = ChildData<string, "contact">; interface D { phone: Phone | null }
function f(x: ChildData<string>, y: string): Promise<ChildData<string, "family">> { const z: ChildData<string | null, "location"> = null; return null!; }
const g = (): ChildData<number> => 1; const h = x as ChildData<string>; class K { get v(): ChildData<string> { return "" } m(): ChildData<string> { return "" } }
/** @purpose support */ let i: ChildData<string>; declare const x: unknown;
`,
      "b.ts": 'import type { ChildData } from "./mine.js";\ninterface N { a: ChildData<string> }',
      "mine.ts": "export type ChildData<T> = T;",
      "c.js": `/** @type {import("${entry}").ChildData<string, "contact">} */\nlet mail = "";\n/** @param {import("${entry}").ChildData<string>} who */\nfunction greet(who) {}`,
    });
    expect(marked.problems).toEqual([]);
    expect(marked.fields).toEqual([
      "C.a identity brand a.ts:3",
      "C.b other brand a.ts:3",
      "C.c health brand a.ts:3",
      "C.e.f other brand a.ts:3",
      "D.phone contact brand a.ts:4",
      "K.m other brand a.ts:6",
      "K.v other brand a.ts:6",
      "f family brand a.ts:5",
      "g other brand a.ts:6",
      "i other brand a.ts:7",
      "mail contact brand c.js:2",
      "who other brand c.js:4",
      "x other brand a.ts:5",
      "z location brand a.ts:5",
    ]);
  });

  test("a decorator marks fields, accessors, parameters and whole classes", () => {
    const marked = markedProject({
      "a.ts": `
import { ChildData } from "${entry}"; import { Column } from "typeorm";
class E { @Column() @ChildData("identity") name!: string; @ChildData() mail = ""; @ChildData("media") get photo() { return "" } @Column() trade = ""; constructor(@ChildData("contact") private tel: string) {} }
@ChildData("health") export class H { pulse = 0; /** @notChildData */ id = 0; say() {} }
`,
      "b.ts": 'import { ChildData } from "other";\nclass N { @ChildData("identity") name = "" }',
    });
    expect(marked.fields).toEqual([
      "E.mail other decorator a.ts:3",
      "E.name identity decorator a.ts:3",
      "E.photo media decorator a.ts:3",
      "E.tel contact decorator a.ts:3",
      "H.pulse health decorator a.ts:4",
    ]);
    expect(marked.problems).toEqual([]);
  });
});
