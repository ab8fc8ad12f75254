/** Functions called in every way. */
import { indented } from "../scope.js";
import { isSame, text, thunkOf } from "../shape.js";
import { gadgetsOf } from "./define-gadget.js";

export const callGadgets = gadgetsOf("calls", {
  generic(c, x) {
    const same = c.helper("same", (name) => [`function ${name}<T>(value: T): T {`, "  return value;", "}"]);
    return [c.bind(`${same}(${x.text})`, x.shape)];
  },
  "two callers"(c, x, y) {
    const same = c.helper("same", (name) => [
      `function ${name}<T>(value: T): T {`,
      "  const kept = value;",
      "  return kept;",
      "}",
    ]);
    return [c.bind(`${same}(${x.text})`, x.shape), c.bind(`${same}(${y.text})`, y.shape)];
  },
  function(c, x, y) {
    const { reference, result } = c.bodied("handle", [x, y]);
    return [c.bind(`${reference}(${x.text}, ${y.text}${c.inputArgument()})`, result)];
  },
  "arrow function"(c, x) {
    const inner = c.inner([{ text: "item", shape: x.shape }], { isAsync: false, captures: true });
    const f = c.fresh("step");
    c.emit(`const ${f} = (item: ${c.type(x.shape)}) => {`, ...c.returning(inner), "};");
    return [c.bind(`${f}(${x.text})`, inner.result.shape)];
  },
  iife(c, x) {
    const inner = c.inner([{ text: "given", shape: x.shape }], { isAsync: false, captures: true });
    const name = c.fresh("made");
    c.emit(`const ${name} = ((given: ${c.type(x.shape)}) => {`, ...c.returning(inner), `})(${x.text});`);
    return [{ text: name, shape: inner.result.shape }];
  },
  overloads(c, x, y) {
    const takesFirst = c.pick(2) === 0;
    const f = c.helper("choose", (name, type) => [
      `function ${name}(one: ${type(x.shape)}): ${type(x.shape)};`,
      `function ${name}(one: ${type(x.shape)}, two: ${type(y.shape)}): ${type(takesFirst ? x.shape : y.shape)};`,
      `function ${name}(one: ${type(x.shape)}, two?: ${type(y.shape)}): unknown {`,
      `  return two === undefined ? one : ${takesFirst ? "one" : "two"};`,
      "}",
    ]);
    if (takesFirst || !isSame(x.shape, y.shape))
      return [c.bind(`${f}(${x.text}, ${y.text})`, takesFirst ? x.shape : y.shape)];
    return [c.bind(c.either(`${f}(${x.text}, ${y.text})`, `${f}(${x.text})`), y.shape)];
  },
  "optional call"(c, x) {
    const tools = c.fresh("tools");
    const type = c.type(x.shape);
    c.emit(
      `const ${tools}: { keep?: (value: ${type}) => ${type}; drop?: () => string } = { keep: (value) => value };`,
    );
    return [c.bind(`${tools}.drop?.() ?? "absent"`, text), c.bind(`${tools}.keep?.(${x.text})!`, x.shape)];
  },
  "tagged template"(c, x, y) {
    const index = c.pick(2);
    const tag = c.helper("tag", (name) => [
      `function ${name}(parts: TemplateStringsArray, ...holes: string[]): string {`,
      `  return parts.join("|") + holes[${String(index)}]!;`,
      "}",
    ]);
    return [c.bind(`${tag}\`a \${${c.text(x)}} b \${${c.text(y)}}\``, text)];
  },
  "getter and setter"(c, x, y) {
    const box = c.fresh("box");
    const type = c.type(x.shape);
    c.emit(
      `const ${box} = {`,
      `  held: ${x.text} as ${type},`,
      `  label: ${c.text(y)},`,
      `  get value(): ${type} {`,
      "    return this.held;",
      "  },",
      `  set value(next: ${type}) {`,
      "    this.held = next;",
      "  },",
      "};",
    );
    if (c.pick(2) === 0) c.emit(`${box}.value = ${x.text};`);
    return [c.bind(`${box}.label`, text), c.bind(`${box}.value`, x.shape)];
  },
  "setter alone"(c, x, y) {
    const cell = c.fresh("cell");
    c.emit(
      `const ${cell} = {`,
      `  inside: "",`,
      "  set text(next: string) {",
      "    this.inside = `<${next}>`;",
      "  },",
      "};",
      `${cell}.text = ${c.text(y)};`,
    );
    if (c.pick(2) === 0) c.emit(`${cell}.text = ${c.text(x)};`);
    return [c.bind(`${cell}.inside`, text)];
  },
  "key from union"(c, x, y) {
    const take = c.helper("take", (name) => [
      `function ${name}<L, R>(sides: { left: L; right: R }, key: "left" | "right"): L | R {`,
      "  return sides[key];",
      "}",
    ]);
    const isLeft = c.pick(2) === 0;
    const chosen = isLeft ? x : y;
    return [
      c.bind(
        `${take}({ left: ${x.text}, right: ${y.text} }, "${isLeft ? "left" : "right"}") as ${c.type(chosen.shape)}`,
        chosen.shape,
      ),
    ];
  },
  "call apply bind"(c, x, y) {
    const second = c.pick(2) === 1;
    const f = c.helper("pair", (name) => [
      `function ${name}<A, B>(this: unknown, one: A, two: B): ${second ? "B" : "A"} {`,
      `  return ${second ? "two" : "one"};`,
      "}",
    ]);
    const shape = second ? y.shape : x.shape;
    const type = c.type(shape);
    const call = c.pickOf(
      `${f}.call(null, ${x.text}, ${y.text}) as ${type}`,
      `${f}.apply(undefined, [${x.text}, ${y.text}]) as ${type}`,
      `${f}.bind(null, ${x.text})(${y.text} as never) as ${type}`,
      `Reflect.apply(${f}, undefined, [${x.text}, ${y.text}]) as ${type}`,
    );
    return [c.bind(call, shape)];
  },
  "this by call"(c, x, y) {
    const f = c.helper("own", (name, type) => [
      `function ${name}(this: { mine: ${type(x.shape)} }, _other: ${type(y.shape)}): ${type(x.shape)} {`,
      "  return this.mine;",
      "}",
    ]);
    return [
      c.bind(
        c.pickOf(
          `${f}.call({ mine: ${x.text} }, ${y.text})`,
          `${f}.bind({ mine: ${x.text} })(${y.text})`,
          `${f}.apply({ mine: ${x.text} }, [${y.text}])`,
        ),
        x.shape,
      ),
    ];
  },
  currying(c, x, y) {
    const second = c.pick(2) === 1;
    const f = c.helper("curry", (name) => [
      `const ${name} =`,
      "  <A>(one: A) =>",
      `  <B>(two: B): ${second ? "B" : "A"} =>`,
      `    ${second ? "two" : "one"};`,
    ]);
    const half = c.fresh("half");
    c.emit(`const ${half} = ${f}(${x.text});`);
    return [c.bind(`${half}(${y.text})`, second ? y.shape : x.shape)];
  },
  "default parameter"(c, x, y) {
    const f = c.helper("label", (name) => [
      `function ${name}(one: string, two = \`\${one}!\`): string {`,
      "  return two;",
      "}",
    ]);
    return [
      c.bind(
        c.pick(2) === 0 ? `${f}(${c.text(x)})` : `${f}(${c.text(x)}, ${c.either(c.text(y), "undefined")})`,
        text,
      ),
    ];
  },
  "rest parameter"(c, x, y) {
    const index = c.pick(3);
    const f = c.helper("gather", (name) => [
      `function ${name}(head: string, ...tail: string[]): string {`,
      `  return ${index === 2 ? "head" : `tail[${String(index)}]!`};`,
      "}",
    ]);
    return [c.bind(`${f}("start", ${c.text(x)}, ${c.text(y)})`, text)];
  },
  "spread arguments"(c, x, y) {
    const f = c.helper("second", (name) => [
      `function ${name}<A, B>(_one: A, two: B): B {`,
      "  return two;",
      "}",
    ]);
    const list = c.fresh("list");
    c.emit(`const ${list}: [${c.type(x.shape)}, ${c.type(y.shape)}] = [${x.text}, ${y.text}];`);
    return [c.bind(`${f}(...${list})`, y.shape)];
  },
  arguments(c, x, y) {
    const index = c.pick(2);
    const shape = index === 0 ? x.shape : y.shape;
    const f = c.helper("loose", (name, type) => [
      `function ${name}(_one: ${type(x.shape)}, _two: ${type(y.shape)}): ${type(shape)} {`,
      `  return arguments[${String(index)}] as ${type(shape)};`,
      "}",
    ]);
    return [c.bind(`${f}(${x.text}, ${y.text})`, shape)];
  },
  "handlers in object"(c, x, y) {
    const table = c.helper("handlers", (name) => [
      `const ${name} = {`,
      "  keep: (value: string): string => value,",
      '  hide: (_value: string): string => "hidden",',
      "  count: (value: string): string => `n${value.length}`,",
      "};",
    ]);
    const key = c.pickOf("keep", "hide", "count");
    return [c.bind(`${table}.${key}(${c.text(y)})`, text), c.bind(`${table}["keep"](${c.text(x)})`, text)];
  },
  "handlers in map"(c, x) {
    const table = c.helper("routes", (name) => [
      `const ${name} = new Map<string, (value: string) => string>([`,
      '  ["keep", (value) => `kept ${value}`],',
      '  ["hide", () => "hidden"],',
      "]);",
    ]);
    return [c.bind(`${table}.get("${c.pickOf("keep", "hide")}")!(${c.text(x)})`, text)];
  },
  "handlers in array"(c, x) {
    const steps = c.fresh("steps");
    c.emit(
      `const ${steps}: ((value: string) => string)[] = [(value) => value.trim(), (value) => \`[\${value}]\`];`,
    );
    return [
      c.bind(
        c.pickOf(`${steps}.reduce((value, step) => step(value), ${c.text(x)})`, `${steps}[1]!(${c.text(x)})`),
        text,
      ),
    ];
  },
  "returned closure"(c, x) {
    const make = c.helper("later", (name) => [
      `function ${name}<T>(value: T): () => T {`,
      "  return () => value;",
      "}",
    ]);
    return [c.bind(`${make}(${x.text})`, thunkOf(x.shape), "later")];
  },
  "module of closures"(c, x, y) {
    const make = c.helper("cell", (name) => [
      `function ${name}<T>(initial: T): { read: () => T; write: (next: T) => void } {`,
      "  let held = initial;",
      "  return {",
      "    read: () => held,",
      "    write: (next) => {",
      "      held = next;",
      "    },",
      "  };",
      "}",
    ]);
    const one = c.fresh("cell");
    const two = c.fresh("cell");
    c.emit(
      `const ${one} = ${make}("empty");`,
      `const ${two} = ${make}(${c.text(y)});`,
      `${one}.write(${c.text(x)});`,
    );
    return [c.bind(`${two}.read()`, text), c.bind(`${one}.read()`, text)];
  },
  recursion(c, x) {
    const down = c.helper("down", (name) => [
      `function ${name}<T>(value: T, depth: number): T {`,
      `  return depth === 0 ? value : ${name}(value, depth - 1);`,
      "}",
    ]);
    return [c.bind(`${down}(${x.text}, 3)`, x.shape)];
  },
  "recursion over parts"(c, x, y) {
    const join = c.helper("joined", (name) => [
      `function ${name}(parts: readonly string[]): string {`,
      '  if (parts.length === 0) return "";',
      `  return \`\${parts[0]!};\${${name}(parts.slice(1))}\`;`,
      "}",
    ]);
    return [c.bind(`${join}([${c.text(x)}, ${c.text(y)}])`, text)];
  },
  "mutual recursion"(c, x, y) {
    const other = c.fresh("odd");
    const even = c.helper("even", (name) => [
      `function ${name}<T>(n: number, one: T, two: T): T {`,
      `  return n === 0 ? one : ${other}(n - 1, one, two);`,
      "}",
      "",
      `function ${other}<T>(n: number, one: T, two: T): T {`,
      `  return n === 0 ? two : ${name}(n - 1, one, two);`,
      "}",
    ]);
    return [c.bind(`${even}(${c.count()}, ${c.text(x)}, ${c.text(y)})`, text)];
  },
  "write through parameter"(c, x, y) {
    const fill = c.helper("fill", (name) => [
      `function ${name}(target: { note: string; other: string }, note: string): void {`,
      "  target.note = note;",
      "}",
    ]);
    const target = c.fresh("target");
    c.emit(`const ${target} = { note: "none", other: ${c.text(y)} };`, `${fill}(${target}, ${c.text(x)});`);
    return [c.bind(`${target}.other`, text), c.bind(`${target}.note`, text)];
  },
  "captured write"(c, x, y) {
    const held = c.fresh("held");
    const set = c.fresh("set");
    c.emit(
      `let ${held} = ${c.text(y)};`,
      `const ${set} = (next: string): void => {`,
      `  ${held} = next;`,
      "};",
    );
    if (c.pick(3) !== 0) c.emit(`${set}(${c.text(x)});`);
    return [c.bind(held, text)];
  },
  pipe(c, x) {
    const pipe = c.helper("pipe", (name) => [
      `function ${name}(...steps: ((value: string) => string)[]): (value: string) => string {`,
      "  return (value) => {",
      "    let current = value;",
      "    for (const step of steps) current = step(current);",
      "    return current;",
      "  };",
      "}",
    ]);
    return [
      c.bind(
        `${pipe}((value) => value.trim(), ${c.pickOf("(value) => `<${value}>`", '() => "gone"', "(value) => value.toUpperCase()")})(${c.text(x)})`,
        text,
      ),
    ];
  },
  "callback parameter"(c, x) {
    const use = c.helper("using", (name) => [
      `function ${name}<T, R>(value: T, use: (value: T) => R): R {`,
      "  return use(value);",
      "}",
    ]);
    const inner = c.inner([{ text: "lent", shape: x.shape }], { isAsync: false, captures: true });
    const name = c.fresh("used");
    c.emit(`const ${name} = ${use}(${x.text}, (lent) => {`, ...c.returning(inner), "});");
    return [{ text: name, shape: inner.result.shape }];
  },
  "callback given twice"(c, x, y) {
    const use = c.helper("apply", (name) => [
      `function ${name}<T>(value: T, use: (value: T) => void): void {`,
      "  use(value);",
      "}",
    ]);
    const one = c.fresh("got");
    const two = c.fresh("got");
    c.emit(
      `let ${one} = "";`,
      `let ${two} = "";`,
      `${use}(${c.text(x)}, (value) => {`,
      `  ${one} = value;`,
      "});",
      `${use}(${c.text(y)}, (value) => {`,
      `  ${two} = value;`,
      "});",
    );
    return [c.bind(two, text), c.bind(one, text)];
  },
  "function as value"(c, x, y) {
    const keep = c.helper("keep", (name) => [
      `function ${name}(value: string): string {`,
      "  return value;",
      "}",
    ]);
    const mask = c.helper("mask", (name) => [
      `function ${name}(_value: string): string {`,
      '  return "masked";',
      "}",
    ]);
    const chosen = c.fresh("chosen");
    c.emit(`const ${chosen} = ${c.pickOf(keep, mask)};`);
    return [c.bind(`${keep}(${c.text(y)})`, text), c.bind(`${chosen}(${c.text(x)})`, text)];
  },
  "logging helper"(c, x, y) {
    const f = c.helper("report", (name, type) => [
      `function ${name}(subject: ${type(x.shape)}, note: string): void {`,
      ...indented([
        c.sink("log", { text: "subject", shape: x.shape }),
        c.sink("store", { text: "note", shape: text }),
      ]),
      "}",
    ]);
    c.emit(`${f}(${x.text}, ${c.text(y)});`);
    return [];
  },
  "sink as callback"(c, x, y) {
    const each = c.helper("each", (name) => [
      `function ${name}<T>(items: readonly T[], use: (item: T) => void): void {`,
      "  for (const item of items) use(item);",
      "}",
    ]);
    const callee = c.sink("log", { text: "item", shape: text });
    c.emit(`${each}([${c.text(x)}, ${c.text(y)}], (item) => {`, `  ${callee}`, "});");
    return [];
  },
  "function property"(c, x) {
    const f = c.fresh("counted");
    c.emit(`function ${f}(): string {`, `  return ${f}.last;`, "}", `${f}.last = "never";`);
    if (c.pick(2) === 0) c.emit(`${f}.last = ${c.text(x)};`);
    return [c.bind(`${f}()`, text)];
  },
  memoised(c, x, y) {
    const memo = c.helper("memo", (name) => [
      `function ${name}<T>(make: () => T): () => T {`,
      "  let known: { value: T } | undefined;",
      "  return () => (known ??= { value: make() }).value;",
      "}",
    ]);
    const once = c.fresh("once");
    c.emit(`const ${once} = ${memo}(() => ${c.text(x)});`, `${once}();`);
    return [c.bind(`${memo}(() => ${c.text(y)})()`, text), c.bind(`${once}()`, text)];
  },
  "destructured parameter"(c, x, y) {
    const f = c.helper("named", (name, type) => [
      `function ${name}({ one, two: renamed = one as never }: { one: ${type(x.shape)}; two?: ${type(y.shape)} }): { a: ${type(x.shape)}; b: ${type(y.shape)} } {`,
      "  return { a: one, b: renamed };",
      "}",
    ]);
    const made = c.fresh("pair");
    c.emit(`const ${made} = ${f}({ one: ${x.text}, two: ${c.either(y.text, "undefined as never")} });`);
    return [c.bind(`${made}.b`, y.shape), c.bind(`${made}.a`, x.shape)];
  },
});
