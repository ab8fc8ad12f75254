import { describe, expect, it } from "vitest";
import { parseAddress } from "../../src/models/address.js";
import { expandAlternatives, parsePath } from "../../src/models/path.js";

function read(text: string): unknown {
  const result = parseAddress(text);
  return result.ok ? { root: result.value.root, steps: result.value.steps } : result.problem;
}

describe("parseAddress", () => {
  it.each([
    ["arg0", { kind: "argument", index: 0 }, []],
    ["args", { kind: "arguments", from: 0 }, []],
    ["arg1..", { kind: "arguments", from: 1 }, []],
    ["arg1...param0", { kind: "arguments", from: 1 }, [{ kind: "parameter", index: 0 }]],
    [
      "args.param0(4)",
      { kind: "arguments", from: 0 },
      [{ kind: "parameter", index: 0, of: { min: 4, max: 4 } }],
    ],
    [
      "arg0.param1(..3)",
      { kind: "argument", index: 0 },
      [{ kind: "parameter", index: 1, of: { min: 0, max: 3 } }],
    ],
    [
      "arg0.param1(2..3)",
      { kind: "argument", index: 0 },
      [{ kind: "parameter", index: 1, of: { min: 2, max: 3 } }],
    ],
    [
      "arg0.param1(2..)",
      { kind: "argument", index: 0 },
      [{ kind: "parameter", index: 1, of: { min: 2, max: Infinity } }],
    ],
    ["this.held(errors)", { kind: "this" }, [{ kind: "held", name: "errors" }]],
    ["args[].param1", { kind: "arguments", from: 0 }, [{ kind: "element" }, { kind: "parameter", index: 1 }]],
    [
      "arg1.data.email",
      { kind: "argument", index: 1 },
      [
        { kind: "property", name: "data" },
        { kind: "property", name: "email" },
      ],
    ],
    ["arg0.**", { kind: "argument", index: 0 }, [{ kind: "deep" }]],
    ["arg0.*", { kind: "argument", index: 0 }, [{ kind: "any" }]],
    ["arg1.$set", { kind: "argument", index: 1 }, [{ kind: "property", name: "$set" }]],
    ["return[0]", { kind: "return" }, [{ kind: "property", name: "0" }]],
    ["this['Content-Type']", { kind: "this" }, [{ kind: "property", name: "Content-Type" }]],
    ["this<keys>", { kind: "this" }, [{ kind: "keys" }]],
    ["this!", { kind: "this" }, [{ kind: "rejected" }]],
    ["return.awaited", { kind: "return" }, []],
    ["arg0.result!", { kind: "argument", index: 0 }, [{ kind: "result" }, { kind: "rejected" }]],
    ["arg0.receiver", { kind: "argument", index: 0 }, [{ kind: "receiver" }]],
    [
      "this.created.arg0.redact",
      { kind: "this" },
      [
        { kind: "created", index: 0 },
        { kind: "property", name: "redact" },
      ],
    ],
    ["this.chain(insert).arg0", { kind: "this" }, [{ kind: "chain", method: "insert", index: 0 }]],
    ["template*", { kind: "template", index: null }, []],
    ["template0", { kind: "template", index: 0 }, []],
    ["name1", { kind: "name", index: 1 }, []],
    ["value", { kind: "value" }, []],
    ["'text'", { kind: "literal", value: "text" }, []],
    ["3", { kind: "literal", value: 3 }, []],
    ["true", { kind: "literal", value: true }, []],
  ])("%s", (text, root, steps) => {
    expect(read(text)).toEqual({ root, steps });
  });

  it("reads entries keyed by another address", () => {
    expect(read("this[arg0].param0")).toEqual({
      root: { kind: "this" },
      steps: [
        { kind: "entry", key: { root: { kind: "argument", index: 0 }, steps: [], text: "arg0" } },
        { kind: "parameter", index: 0 },
      ],
    });
    expect(read("this[arg0 i]")).toMatchObject({
      steps: [{ kind: "entry", key: { text: "arg0" }, caseless: true }],
    });
    expect(read("this[arg0 I]")).toMatchObject({ word: " I]", expected: ["]"] });
    expect(read("arg0[arg1[]]")).toMatchObject({ steps: [{ kind: "entry", key: { text: "arg1[]" } }] });
  });

  it.each([
    ["agr0", "agr0", "arg0"],
    ["arg", "arg", "arg0"],
    ["retrun.data", "retrun", "return"],
    ["templates*", "templates*", "template*"],
    ["nam0", "nam0", "name0"],
    ["arg0.data[", "arg0.data[", null],
    ["arg0.created", ".created", ".created.arg0"],
    ["arg0.param0(x)", "(x)", null],
    ["arg0.param0()", "()", null],
    ["arg0 data", " data", null],
  ])("refuses %s", (text, word, nearest) => {
    const result = parseAddress(text);
    expect(result.ok ? null : [result.problem.word, result.problem.nearest]).toEqual(
      word === "arg0.data[" ? ["", null] : [word, nearest],
    );
  });
});

describe("parsePath", () => {
  it.each([
    ["Client.query", ["Client", "query"]],
    ["default().post", ["default", "()", "post"]],
    ["PrismaClient.*.create", ["PrismaClient", "*", "create"]],
    ["C.#secret", ["C", "#secret"]],
    ["Headers['x-y']", ["Headers", "x-y"]],
    ["f()()", ["f", "()", "()"]],
  ])("%s", (text, expected) => {
    const result = parsePath(text);
    expect(
      result.ok &&
        result.value.map((segment) =>
          segment.kind === "name" ? segment.name : segment.kind === "any" ? "*" : "()",
        ),
    ).toEqual(expected);
  });

  it.each(["", "a..b", "()", "a b", "a.[x]"])("refuses %j", (text) => {
    expect(parsePath(text).ok).toBe(false);
  });

  it("writes out alternatives", () => {
    expect(expandAlternatives("{Pool,Client}.query")).toEqual(["Pool.query", "Client.query"]);
    expect(expandAlternatives("{z.,}{a, b}")).toEqual(["z.a", "z.b", "a", "b"]);
    expect(expandAlternatives("plain")).toEqual(["plain"]);
  });
});
