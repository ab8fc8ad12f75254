/** Objects, keys, copies and destructuring. */
import { isPlain, recordOf, text } from "../shape.js";
import type { Value } from "../scope.js";
import type { StepContext } from "../step-context.js";
import { gadgetsOf } from "./define-gadget.js";

/** A record with two texts: the value itself if it has named fields, else one made of the two values. */
function pairOf(c: StepContext, x: Value, y: Value): { at: string; one: string; two: string } {
  const { shape } = x;
  const names = shape.kind === "marked" ? shape.type.fields : shape.kind === "record" ? shape.fields : [];
  const texts = names.filter((field) => field.shape.kind === "text");
  const [one, two] = [texts[c.pick(Math.max(1, texts.length))], texts[0]];
  if (one !== undefined && two !== undefined && one !== two)
    return { at: x.text, one: one.name, two: two.name };
  const made = c.fresh("pair");
  c.emit(`const ${made} = { left: ${c.text(x)}, right: ${c.text(y)} };`);
  return { at: made, one: "left", two: "right" };
}

export const objectGadgets = gadgetsOf("objects", {
  "object literal"(c, x, y) {
    return [
      c.bind(
        `{ inner: ${x.text}, other: ${y.text} }`,
        recordOf({ inner: x.shape, other: y.shape }),
        "record",
      ),
    ];
  },
  "nested object"(c, x, y) {
    const made = c.fresh("deep");
    c.emit(`const ${made} = { a: { b: { c: ${x.text}, d: ${y.text} } }, e: "plain" };`);
    return [c.bind(`${made}.e`, text), c.bind(`${made}.a.b.d`, y.shape), c.bind(`${made}.a.b.c`, x.shape)];
  },
  "deeper than paths"(c, x, y) {
    const made = c.fresh("deep");
    c.emit(`const ${made} = { a: { b: { c: { d: { e: { f: ${c.text(x)}, g: ${c.text(y)} } } } } } };`);
    return [c.bind(`${made}.a.b.c.d.e.g`, text), c.bind(`${made}.a.b.c.d.e.f`, text)];
  },
  destructuring(c, x, y) {
    const { at, one, two } = pairOf(c, x, y);
    const [a, b] = [c.fresh("a"), c.fresh("b")];
    c.emit(`const { ${one}: ${a}, ${two}: ${b} = "none" } = ${at};`);
    return [
      { text: b, shape: text },
      { text: a, shape: text },
    ];
  },
  "object rest"(c, x, y) {
    const { at, one } = pairOf(c, x, y);
    const [a, r] = [c.fresh("dropped"), c.fresh("rest")];
    c.emit(`const { ${one}: ${a}, ...${r} } = ${at};`, c.sink("log", { text: r, shape: recordOf({}) }));
    return [{ text: a, shape: text }];
  },
  "assignment destructuring"(c, x, y) {
    const [a, b] = [c.fresh("a"), c.fresh("b")];
    c.emit(
      `let ${a} = "";`,
      `let ${b} = "";`,
      `({ one: ${a}, two: [${b}] } = { one: ${c.text(x)}, two: [${c.text(y)}] as [string] });`,
    );
    return [c.bind(b, text), c.bind(a, text)];
  },
  "loop destructuring"(c, x, y) {
    const out = c.fresh("out");
    c.emit(
      `let ${out} = "";`,
      `for (const { ${c.pickOf("one", "two")}: picked } of [{ one: ${c.text(x)}, two: ${c.text(y)} }]) ${out} += picked;`,
    );
    return [c.bind(out, text)];
  },
  "computed destructuring"(c, x, y) {
    const [key, a, r] = [c.fresh("KEY"), c.fresh("a"), c.fresh("rest")];
    c.emit(
      `const ${key} = "left";`,
      `const { [${key}]: ${a}, ...${r} } = { left: ${c.text(x)}, right: ${c.text(y)} };`,
    );
    return [c.bind(`${r}.right`, text), c.bind(a, text)];
  },
  "spread copy"(c, x, y) {
    const { at, one, two } = pairOf(c, x, y);
    const copy = c.fresh("copy");
    c.emit(`const ${copy} = { ...${at}, ${one}: ${c.pickOf('"***"', c.text(y))}, extra: "plain" };`);
    if (c.pick(2) === 0) c.emit(c.sink("log", { text: copy, shape: recordOf({}) }));
    return [c.bind(`${copy}.extra`, text), c.bind(`${copy}.${two}`, text), c.bind(`${copy}.${one}`, text)];
  },
  "spread over"(c, x, y) {
    const { at, one } = pairOf(c, x, y);
    const copy = c.fresh("merged");
    c.emit(`const ${copy} = { ${one}: "before", note: ${c.text(y)}, ...${at} };`);
    return [c.bind(`${copy}.note`, text), c.bind(`${copy}.${one}`, text)];
  },
  "spread whole"(c, x) {
    if (x.shape.kind !== "marked" && x.shape.kind !== "record") return [x];
    return [
      c.bind(
        c.pickOf(
          `{ ...${x.text} }`,
          `Object.assign({}, ${x.text})`,
          `structuredClone(${x.text})`,
          `Object.freeze(${x.text})`,
        ),
        isPlain(x.shape) ? x.shape : x.shape,
        "copy",
      ),
    ];
  },
  "assign into"(c, x, y) {
    const { at, one, two } = pairOf(c, x, y);
    const target = c.fresh("target");
    c.emit(
      `const ${target} = { ${one}: "", ${two}: "", extra: "plain" };`,
      `Object.assign(${target}, ${at}${c.pickOf("", `, { ${one}: "over" }`)});`,
    );
    return [
      c.bind(`${target}.extra`, text),
      c.bind(`${target}.${two}`, text),
      c.bind(`${target}.${one}`, text),
    ];
  },
  "object entries"(c, x, y) {
    const { at } = pairOf(c, x, y);
    return [
      c.bind(
        c.pickOf(
          `Object.values(${at}).join()`,
          `Object.keys(${at}).join()`,
          `Object.entries(${at}).map(([key, value]) => \`\${key}=\${String(value)}\`).join("&")`,
          `Object.entries(${at}).map(([key]) => key).join()`,
          `JSON.stringify(Object.fromEntries(Object.entries(${at})))`,
          `String(Object.keys(${at}).length)`,
        ),
        text,
      ),
    ];
  },
  "from entries"(c, x, y) {
    const made = c.fresh("made");
    c.emit(
      `const ${made}: Record<string, string> = Object.fromEntries([["a", ${c.text(x)}], ["b", ${c.text(y)}]]);`,
    );
    return [c.bind(`${made}["b"]!`, text), c.bind(`${made}["a"]!`, text)];
  },
  "entries filtered"(c, x, y) {
    const { at, one } = pairOf(c, x, y);
    return [
      c.bind(
        `JSON.stringify(Object.fromEntries(Object.entries(${at}).filter(([key]) => key !== "${one}")))`,
        text,
      ),
    ];
  },
  "define property"(c, x, y) {
    const made = c.fresh("made");
    c.emit(
      `const ${made}: { one?: string; two?: string } = {};`,
      c.pickOf(
        `Object.defineProperty(${made}, "one", { value: ${c.text(x)}, enumerable: true });`,
        `Object.defineProperty(${made}, "one", { get: () => ${c.text(x)} });`,
        `Object.defineProperties(${made}, { one: { value: ${c.text(x)} } });`,
        `Reflect.set(${made}, "one", ${c.text(x)});`,
      ),
      `${made}.two = ${c.text(y)};`,
    );
    return [c.bind(`${made}.two`, text), c.bind(`${made}.one!`, text)];
  },
  "property reading"(c, x, y) {
    const made = c.fresh("made");
    c.emit(`const ${made} = { one: ${c.text(x)}, two: ${c.text(y)} };`);
    return [
      c.bind(
        c.pickOf(
          `Reflect.get(${made}, "one") as string`,
          `Object.getOwnPropertyDescriptor(${made}, "one")!.value as string`,
          `Object.create(${made}).one as string`,
          `${made}["on" + "e" as "one"]`,
          `${made}[\`\${"two"}\`]`,
          `String("one" in ${made})`,
          `String(Object.hasOwn(${made}, "one"))`,
        ),
        text,
      ),
    ];
  },
  "deleted property"(c, x, y) {
    const made = c.fresh("made");
    c.emit(
      `const ${made}: { one?: string; two: string } = { one: ${c.text(x)}, two: ${c.text(y)} };`,
      `delete ${made}.${c.pickOf("one", "one", "one")};`,
    );
    return [c.bind(`${made}.one ?? "deleted"`, text), c.bind(`JSON.stringify(${made})`, text)];
  },
  "constant key"(c, x, y) {
    const key = c.helper("KEY", (name) => [
      `const ${name} = ${c.pickOf('"one"', '"on" + "e"', '`o${"ne"}`')};`,
    ]);
    const made = c.fresh("made");
    c.emit(
      `const ${made}: Record<string, string> = { two: ${c.text(y)} };`,
      `${made}[${key}] = ${c.text(x)};`,
    );
    return [c.bind(`${made}["two"]!`, text), c.bind(`${made}["one"]!`, text)];
  },
  "enum key"(c, x, y) {
    const Key = c.helper("Key", (name) => [`enum ${name} {`, '  One = "one",', '  Two = "two",', "}"]);
    const made = c.fresh("made");
    c.emit(`const ${made} = { [${Key}.One]: ${c.text(x)}, [${Key}.Two]: ${c.text(y)} };`);
    return [c.bind(`${made}.two`, text), c.bind(`${made}[${Key}.One]`, text)];
  },
  "key from loop"(c, x, y) {
    const [made, out] = [c.fresh("made"), c.fresh("out")];
    c.emit(
      `const ${made} = { one: ${c.text(x)}, two: ${c.text(y)} };`,
      `let ${out} = "";`,
      `for (const key of [${c.pickOf('"one"', '"two"', '"one", "two"')}] as const) ${out} += ${made}[key];`,
    );
    return [c.bind(out, text)];
  },
  "key in object"(c, x, y) {
    const [made, out] = [c.fresh("made"), c.fresh("out")];
    c.emit(
      `const ${made}: Record<string, string> = { [${c.text(x)}]: ${c.text(y)} };`,
      `let ${out} = "";`,
      `for (const key in ${made}) ${out} += ${c.pickOf("key", `${made}[key]!`)};`,
    );
    return [c.bind(out, text)];
  },
  pick(c, x, y) {
    const { at, one, two } = pairOf(c, x, y);
    const pick = c.helper("pick", (name) => [
      `function ${name}<T extends object, K extends keyof T>(from: T, ...keys: K[]): Pick<T, K> {`,
      "  const out = {} as Pick<T, K>;",
      "  for (const key of keys) out[key] = from[key];",
      "  return out;",
      "}",
    ]);
    const made = c.fresh("picked");
    c.emit(`const ${made} = ${pick}(${at}, "${one}");`, c.sink("log", { text: made, shape: recordOf({}) }));
    return [c.bind(`${pick}(${at}, "${two}").${two}`, text)];
  },
  omit(c, x, y) {
    const { at, one } = pairOf(c, x, y);
    const omit = c.helper("omit", (name) => [
      `function ${name}<T extends object, K extends keyof T>(from: T, key: K): Omit<T, K> {`,
      "  const { [key]: _dropped, ...rest } = from;",
      "  return rest;",
      "}",
    ]);
    const made = c.fresh("without");
    c.emit(`const ${made} = ${omit}(${at}, "${one}");`, c.sink("log", { text: made, shape: recordOf({}) }));
    return [y];
  },
  "alias write"(c, x, y) {
    const [a, b] = [c.fresh("base"), c.fresh("alias")];
    c.emit(
      `const ${a} = { value: "start", other: ${c.text(y)} };`,
      `const ${b} = ${a};`,
      `${b}.value = ${c.text(x)};`,
    );
    return [c.bind(`${a}.other`, text), c.bind(`${a}.value`, text)];
  },
  "alias in container"(c, x, y) {
    const [a, list] = [c.fresh("base"), c.fresh("holders")];
    c.emit(
      `const ${a} = { value: "start" };`,
      `const ${list} = [{ target: ${a}, note: ${c.text(y)} }];`,
      `${list}[0]!.target.value = ${c.text(x)};`,
    );
    return [c.bind(`${list}[0]!.note`, text), c.bind(`${a}.value`, text)];
  },
  "json round trip"(c, x) {
    if (!isPlain(x.shape)) return [x];
    return [c.bind(`JSON.parse(JSON.stringify(${x.text})) as ${c.type(x.shape)}`, x.shape, "parsed")];
  },
  "json allow list"(c, x, y) {
    const { at, one, two } = pairOf(c, x, y);
    return [
      c.bind(
        c.pickOf(
          `JSON.stringify(${at}, ["${one}"])`,
          `JSON.stringify(${at}, ["${two}"], 2)`,
          `JSON.stringify(${at}, (key, value) => (key === "${one}" ? undefined : value))`,
          `JSON.stringify(${at}, null, 2)`,
        ),
        text,
      ),
    ];
  },
  "json reviver"(c, x, y) {
    const made = c.fresh("made");
    c.emit(
      `const ${made} = JSON.parse(JSON.stringify({ one: ${c.text(x)}, two: ${c.text(y)} }), ${c.pickOf('(key, value) => (key === "one" ? "hidden" : value)', "(_, value) => value")}) as { one: string; two: string };`,
    );
    return [c.bind(`${made}.two`, text), c.bind(`${made}.one`, text)];
  },
  "own field replaced"(c, x, y) {
    if (x.shape.kind !== "marked") return [x, y];
    const field = x.shape.type.fields.find((known) => known.shape.kind === "text");
    if (field === undefined) return [x];
    const copy = c.fresh("masked");
    c.emit(`const ${copy}: ${c.type(x.shape)} = { ...${x.text}, ${field.name}: "***" };`);
    return [{ text: copy, shape: x.shape }];
  },
  "field list"(c, x, y) {
    const { at, one, two } = pairOf(c, x, y);
    const read = c.helper("valueOf", (name) => [
      `function ${name}<T, K extends keyof T>(from: T, key: K): T[K] {`,
      "  return from[key];",
      "}",
    ]);
    return [c.bind(`${read}(${at}, "${two}")`, text), c.bind(`${read}(${at}, "${one}")`, text)];
  },
  "optional chain"(c, x, y) {
    const made = c.fresh("maybe");
    c.emit(
      `const ${made}: { inner?: { value: string } | undefined; other: string } = { inner: { value: ${c.text(x)} }, other: ${c.text(y)} };`,
    );
    return [c.bind(`${made}.other`, text), c.bind(`${made}.inner?.value ?? "absent"`, text)];
  },
  "string record"(c, x, y) {
    // Two keys may be two fields, which are equal where both are empty.
    c.program.hasFallbacks = true;
    const made = c.fresh("lookup");
    c.emit(`const ${made}: Record<string, string> = {};`, `${made}[${c.text(y)}] = ${c.text(x)};`);
    return [
      c.bind(
        c.pickOf(`Object.values(${made})[0]!`, `Object.keys(${made})[0]!`, `${made}[${c.text(y)}] ?? "none"`),
        text,
      ),
    ];
  },
  frozen(c, x, y) {
    const made = c.fresh("frozen");
    c.emit(
      `const ${made} = Object.${c.pickOf("freeze", "seal", "preventExtensions")}({ one: ${c.text(x)}, two: ${c.text(y)} });`,
    );
    return [c.bind(`${made}.two`, text), c.bind(`${made}.one`, text)];
  },
  "structured clone"(c, x, y) {
    const [made, copy] = [c.fresh("made"), c.fresh("clone")];
    c.emit(
      `const ${made} = { one: ${c.text(x)}, list: [{ two: ${c.text(y)} }] };`,
      `const ${copy} = structuredClone(${made});`,
      `${made}.one = "changed";`,
    );
    if (c.pick(2) === 0) c.emit(`${copy}.list[0]!.two = "changed";`);
    return [c.bind(`${made}.one`, text), c.bind(`${copy}.list[0]!.two`, text), c.bind(`${copy}.one`, text)];
  },
});
