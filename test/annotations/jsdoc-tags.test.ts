import { describe, expect, test } from "vitest";
import { declarationId } from "../../src/contracts/annotation.js";
import { markedProject, namesOf } from "./marked-project.js";

describe("places", () => {
  test("properties, fields, parameters, parameter properties, variables, accessors, results", () => {
    const { fields, problems } = markedProject(`
interface Child { /** @childData contact */ email?: string; pet: string; /** @childData */ readonly "full-name": string }
class Kid { /** @childData health */ #blood = ""; /** @childData location */ static where = ""; constructor(/** @childData identity */ private name: string, plain: string) {}
  /** @childData media */ get photo() { return ""; } set photo(v: string) {}
  /** @childData education */ marks(): number[] { return []; }
}
function f(/** @childData identity */ nick: string, /** @childData contact */ { mail, tel: phone }: { mail: string; tel: string }) {}
/** @childData contact */
export const a = "", b = "";
/** @childData identity */ const { first, rest: [second] } = JSON.parse("");
/** @childData family */ export function mother(): string { return ""; }
/** @childData family */ const father = () => "";
const box = { /** @childData account */ login: "", other: "" };
for (const /** @childData device */ id of []) {}
type T = { /** @childData belief */ faith: string };
function g(): { /** @childData status */ state: string } { return null!; }
`);
    expect(problems).toEqual([]);
    expect(fields).toEqual([
      "Child.email contact tag a.ts:2",
      "Child.full-name other tag a.ts:2",
      "Kid.#blood health tag a.ts:3",
      "Kid.marks education tag a.ts:5",
      "Kid.name identity tag a.ts:3",
      "Kid.photo media tag a.ts:4",
      "Kid.where location tag a.ts:3",
      "T.faith belief tag a.ts:15",
      "a contact tag a.ts:9",
      "b contact tag a.ts:9",
      "box.login account tag a.ts:13",
      "father family tag a.ts:12",
      "first identity tag a.ts:10",
      "g.state status tag a.ts:16",
      "id device tag a.ts:14",
      "mail contact tag a.ts:7",
      "mother family tag a.ts:11",
      "nick identity tag a.ts:7",
      "phone contact tag a.ts:7",
      "second identity tag a.ts:10",
    ]);
  });

  test("ids are symbol keys, and places in the text for locals", () => {
    const text =
      "export interface Child { /** @childData */ email: string }\nclass K { constructor(/** @childData */ public a: string) {} }\nfunction f(/** @childData */ nick: string) { interface L { /** @childData */ x: string } }";
    const { table } = markedProject(text);
    expect([...table.fields.keys()]).toEqual([
      "file:a.ts#Child.email",
      "file:a.ts#K.a",
      `a.ts@${String(text.indexOf("nick"))}`,
      `a.ts@${String(text.indexOf("x: string"))}`,
    ]);
    expect(table.byDeclaration.get(declarationId("a.ts", text.indexOf("email")))).toBe(
      "file:a.ts#Child.email",
    );
  });

  test("plain JavaScript: this.x in a constructor, exports, prototypes, typedefs", () => {
    const { fields, problems } = markedProject({
      "a.js": `
class Kid { constructor() { /** @childData identity */ this.name = ""; this.pet = ""; } }
/** @encrypts */
exports.seal = function (text) { return text; };
/**
 * @childData contact
 * @typedef {object} Parent
 * @property {string} mail
 * @property {string} tel
 */
/** @param {Parent} p */
function f(p) { return p.mail; }
/** @childData health @type {string[]} */
let allergies = [];
`,
    });
    expect(problems).toEqual([]);
    expect(fields).toEqual([
      "Kid.name identity tag a.js:2",
      "Parent.mail contact tag a.js:8",
      "Parent.tel contact tag a.js:9",
      "allergies health tag a.js:14",
    ]);
  });

  test("a comment that the parser attaches to nothing still counts, or is reported", () => {
    const { fields, problems } = markedProject(
      'function f() { const { /** @childData contact */ mail, pet } = JSON.parse("");\n  return [/** @childData identity */ mail, "/** @childData identity */", `/** @childData x */`];\n}\n/** @encrypts */',
    );
    expect(fields).toEqual(["mail contact tag a.ts:1"]);
    expect(problems).toEqual(["misplaced-tag childData a.ts:2:15", "misplaced-tag encrypts a.ts:4:5"]);
  });
});

describe("words", () => {
  test("several tags on a line or on lines, lists that go on, explanations after a dash", () => {
    const { table, problems } = markedProject(`interface C {
  /** @childData contact @purpose service, notification @retention 180d */ a: string;
  /**
   * @childData identity - what the child is called
   * @purpose service,
   *   support
   * @retention until-deregistration
   */
  b: string;
  /** @childData - none in particular */ c: string;
  /** @childData health as the doctor says @retention P1Y6M */ d: string;
}`);
    expect(problems).toEqual([]);
    expect(
      [...table.fields.values()].map(({ category, purposes, retention }) => [category, purposes, retention]),
    ).toEqual([
      ["contact", ["service", "notification"], { days: 180, text: "180d" }],
      ["identity", ["service", "support"], { days: null, text: "until-deregistration" }],
      ["other", [], null],
      ["health", [], { days: 545, text: "P1Y6M" }],
    ]);
  });

  test("durations", () => {
    const { table, problems } = markedProject(
      `interface C { ${["30d", "2w", "6mo", "6m", "2y", "P180D", "P2Y", "0d", "soon", "P"].map((text, index) => `/** @childData @retention ${text} */ f${String(index)}: string;`).join("\n")} }`,
    );
    expect([...table.fields.values()].map(({ retention }) => retention?.days)).toEqual([
      30,
      14,
      180,
      180,
      730,
      180,
      730,
      undefined,
      undefined,
      undefined,
    ]);
    expect(problems.map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual([
      "malformed-duration 0d",
      "malformed-duration soon",
      "malformed-duration P",
    ]);
  });

  test("unknown words name the nearest known one, at the tag", () => {
    const { problems } = markedProject(`
interface C {
  /** @childData contct */ a: string;
  /** @childData contact @purpose servce */ b: string;
}
/** @guardianConsent colection for suport */ function f() {}
/** @deletionPath */ function g() {}
/** @deletionPath requst */ function h() {}
`);
    expect(problems).toEqual([
      "unknown-category contct ~contact a.ts:3:7",
      "unknown-purpose servce ~service a.ts:4:26",
      "unknown-operation colection ~collection a.ts:6:5",
      "unknown-purpose suport ~support a.ts:6:5",
      "unknown-deletion-kind  a.ts:7:5",
      "unknown-deletion-kind requst ~request a.ts:8:5",
    ]);
  });

  test("a config's purposes are known", () => {
    const text = "interface C { /** @childData @purpose enrolment */ a: string }";
    expect(markedProject(text).problems).toHaveLength(1);
    expect(markedProject(text, { purposes: ["enrolment"] }).problems).toEqual([]);
  });

  test("tags near ours are reported, others' are not", () => {
    const { problems } = markedProject(`interface C {
  /** @childdata contact */ a: string;
  /** @child-data contact */ b: string;
  /** @childDat contact */ c: string;
  /** @purposes service */ d: string;
  /** @encrypted */ e: string;
  /** @access private */ f: string;
  /** @deprecated @param x @returns y @record @redux */ g: string;
}`);
    expect(problems).toEqual([
      "unknown-tag childdata ~childData a.ts:2:7",
      "unknown-tag child-data ~childData a.ts:3:7",
      "unknown-tag childDat ~childData a.ts:4:7",
      "unknown-tag purposes ~purpose a.ts:5:7",
    ]);
  });

  test("a purpose or period without child data", () => {
    const { problems } = markedProject(
      "interface C { /** @purpose service */ a: string; /** @retention 3d */ b: string; /** @retention soon */ c: string }\n/** @purpose service */ interface D { /** @childData */ a: string }\n/** @retention 3d */ interface E { a: string }",
    );
    expect(problems).toEqual([
      "missing-child-data purpose a.ts:1:19",
      "missing-child-data retention a.ts:1:54",
      "malformed-duration soon a.ts:1:86",
      "missing-child-data retention a.ts:3:5",
    ]);
  });
});

describe("roles of functions", () => {
  test("are found by the name, the function and its arrow", () => {
    const text =
      "/** @encrypts */\nexport const seal = (text: string) => text;\n/** @guardianConsent collection, transfer for notification */\nfunction ask() { return true; }\n/** @deletionPath withdrawal */\nexport const leave = wrap(async () => {});\nclass S { /** @staffAccess */ open() {} /** @redacts */ mask = function () {}; /** @childCheck */ isChild = false }";
    const { table, problems } = markedProject(text);
    expect(problems).toEqual([]);
    const roles = (code: string): string[] =>
      (table.functions.get(declarationId("a.ts", text.indexOf(code))) ?? []).map(
        ({ tag, operations, purposes, deletion }) =>
          [tag, ...operations, ...purposes, deletion ?? ""].join(" ").trim(),
      );
    expect(roles("seal =")).toEqual(["encrypts"]);
    expect(roles("(text")).toEqual(["encrypts"]);
    expect(roles("=> text")).toEqual(["encrypts"]);
    expect(roles("ask()")).toEqual(["guardianConsent collection transfer notification"]);
    expect(roles("leave")).toEqual(["deletionPath withdrawal"]);
    expect(roles("async ()")).toEqual(["deletionPath withdrawal"]);
    expect(roles("open()")).toEqual(["staffAccess"]);
    expect(roles("mask")).toEqual(["redacts"]);
    expect(roles("function ()")).toEqual(["redacts"]);
    expect(roles("isChild")).toEqual(["childCheck"]);
    expect(roles("S {")).toEqual([]);
  });

  test("an overload's tag is the function's, an interface's is asked of the call", () => {
    const text =
      "/** @encrypts */\nfunction seal(a: string): string;\nfunction seal(a: number): string;\nfunction seal(a: unknown) { return String(a); }\ninterface Locker { /** @decrypts */ open(text: string): string; other(): void }\ndeclare const locker: Locker;\nlocker.open('');\nlocker.other();";
    const { table, resolver } = markedProject(text);
    expect(
      table.functions.get(declarationId("a.ts", text.indexOf("seal(a: unknown)")))?.map(({ tag }) => tag),
    ).toEqual(["encrypts"]);
    expect(resolver.rolesAt("a.ts", text.indexOf("open('')")).map(({ tag }) => tag)).toEqual(["decrypts"]);
    expect(resolver.rolesAt("a.ts", text.indexOf("other();"))).toEqual([]);
  });

  test("a tag where it means nothing says where it would", () => {
    const { table } = markedProject(
      "interface C { /** @encrypts */ a: string; /** @childCheck */ b: boolean; /** @childCheck */ c: string }\n/** @redacts */ class K {}\n/** @guardianConsent */ class G {}\n/** @childData */ import 'x';",
    );
    expect(table.problems.map(({ word, expected, location }) => [word, expected[0], location.line])).toEqual([
      ["encrypts", "a function", 1],
      ["childCheck", "a function", 1],
      ["redacts", "a function", 2],
      ["childData", "a property", 4],
    ]);
  });
});

test("files whose text holds no tag are not walked, and tests are not read", () => {
  expect(
    namesOf(
      markedProject({
        "a.ts": "interface A { /** @childData */ x: string }",
        "a.test.ts": "interface B { /** @childData */ y: string }",
        "c.ts": "// childData\nexport {};",
      }),
    ),
  ).toEqual(["A.x"]);
});
