/** Arrays, maps, sets, iterators and generators. */
import { listOf, mapOf, setOf, text } from "../shape.js";
import { gadgetsOf } from "./define-gadget.js";

export const collectionGadgets = gadgetsOf("collections", {
  "array literal"(c, x) {
    return [c.bindTyped(`[${x.text}]`, listOf(x.shape), "items")];
  },
  "array by index"(c, x, y) {
    const list = c.fresh("pair");
    c.emit(`const ${list} = [${c.text(x)}, ${c.text(y)}] as const;`);
    return [c.bind(`${list}[1]`, text), c.bind(`${list}[0]`, text)];
  },
  "array write by index"(c, x, y) {
    const list = c.fresh("cells");
    c.emit(
      `const ${list}: string[] = ["a", "b", "c"];`,
      `${list}[0] = ${c.text(x)};`,
      `${list}[2] = ${c.text(y)};`,
    );
    return [c.bind(`${list}[1]!`, text), c.bind(`${list}[${String(c.pick(3))}]!`, text)];
  },
  "array adding"(c, x, y) {
    const list = c.fresh("items");
    c.emit(
      `const ${list}: string[] = [];`,
      c.pickOf(
        `${list}.push(${c.text(x)}, ${c.text(y)});`,
        `${list}.unshift(${c.text(x)});`,
        `${list}.splice(0, 0, ${c.text(x)});`,
        `${list}.push(...[${c.text(x)}]);`,
        `${list}[${list}.length] = ${c.text(x)};`,
      ),
    );
    return [{ text: list, shape: listOf(text) }];
  },
  "array taking"(c, x) {
    const list = c.fresh("items");
    c.emit(`const ${list} = [${c.text(x)}];`);
    return [
      c.bind(
        c.pickOf(
          `${list}.pop()!`,
          `${list}.shift()!`,
          `${list}.at(-1)!`,
          `${list}.slice()[0]!`,
          `${list}.splice(0, 1)[0]!`,
          `${list}.find((item) => item !== "")!`,
          `${list}.findLast(Boolean)!`,
          `${list}.concat(["z"])[0]!`,
          `${list}.toReversed()[0]!`,
          `["v", ...${list}].with(0, "w")[1]!`,
          `[...${list}][0]!`,
        ),
        text,
      ),
    ];
  },
  "array order"(c, x, y) {
    const list = c.fresh("items");
    c.emit(`const ${list} = [${c.text(x)}, ${c.text(y)}];`);
    return [c.bind(c.pickOf(`${list}.pop()!`, `${list}.shift()!`, `${list}[1]!`, `[...${list}][0]!`), text)];
  },
  "array mapping"(c, x, y) {
    const list = c.fresh("items");
    c.emit(`const ${list} = [${c.text(x)}, ${c.text(y)}];`);
    return [
      c.bind(
        c.pickOf(
          `${list}.map((item) => item.trim())`,
          `${list}.filter((item) => item.length > 0)`,
          `${list}.flatMap((item) => [item, "sep"])`,
          `[${list}].flat()`,
          `${list}.map((item) => item.length).map(String)`,
          `${list}.map(() => "x")`,
          `${list}.map(String)`,
          `Array.from(${list}, (item) => \`<\${item}>\`)`,
          `${list}.toSorted()`,
          `${list}.map((_, index, all) => all[index]!)`,
          `Array.of(...${list})`,
          `${list}.slice().sort((a, b) => (a < b ? -1 : 1))`,
        ),
        listOf(text),
      ),
    ];
  },
  "array of objects"(c, x, y) {
    const list = c.fresh("rows");
    c.emit(`const ${list} = [{ a: ${c.text(x)}, b: ${c.text(y)} }];`);
    return [
      c.bind(`${list}.map((row) => row.b).join()`, text),
      c.bind(
        c.pickOf(
          `${list}.map(({ a }) => a)[0]!`,
          `${list}[0]!.a`,
          `${list}.find((row) => row.b !== "")!.a`,
          `${list}.reduce((all, row) => all + row.a, "")`,
        ),
        text,
      ),
    ];
  },
  "array reduce"(c, x, y) {
    const list = c.fresh("items");
    c.emit(`const ${list} = ${c.either(`[${c.text(x)}]`, "[] as string[]")};`);
    return [
      c.bind(
        c.pickOf(
          `${list}.reduce((all, item) => all + item, ${c.text(y)})`,
          `${list}.reduce((all, item) => all + item.length, 0).toString()`,
          `${list}.reduceRight((_, item) => item, ${c.text(y)})`,
          `${list}.reduce((all) => all, ${c.text(y)})`,
          `${list}.reduce<{ seen: string }>((all, item) => ({ ...all, seen: item }), { seen: "" }).seen`,
          `${list}.reduce<string[]>((all, item) => {\n  all.push(item);\n  return all;\n}, []).join()`,
        ),
        text,
      ),
    ];
  },
  "array forEach"(c, x) {
    const [list, out] = [c.fresh("items"), c.fresh("out")];
    c.emit(
      `const ${list} = [${c.text(x)}];`,
      `let ${out} = "";`,
      c.pickOf(
        `${list}.forEach((item) => {\n  ${out} = item;\n});`,
        `for (const [, item] of ${list}.entries()) ${out} += item;`,
        `for (const index in ${list}) ${out} += ${list}[index]!;`,
        `for (const index of ${list}.keys()) ${out} += String(index);`,
        `for (let i = 0; i < ${list}.length; i++) ${out} += ${list}[i]!;`,
        `${list}.some((item) => {\n  ${out} = item;\n  return true;\n});`,
      ),
    );
    return [c.bind(out, text)];
  },
  "array to text"(c, x, y) {
    const list = c.fresh("items");
    c.emit(`const ${list} = ["a", ${c.text(x)}];`);
    return [
      c.bind(
        c.pickOf(
          `${list}.join("-")`,
          `String(${list})`,
          `\`\${${list}}\``,
          `${list}.toString()`,
          `["a", "b"].join(${c.text(y)})`,
          `String(${list}.length)`,
          `String(${list}.indexOf(${c.text(y)}))`,
          `String(${list}.includes(${c.text(y)}))`,
          `String(${list}.every((item) => item !== ""))`,
        ),
        text,
      ),
    ];
  },
  "array emptied"(c, x) {
    const list = c.fresh("items");
    c.emit(
      `const ${list} = [${c.text(x)}];`,
      c.pickOf(`${list}.length = 0;`, `${list}.splice(0);`, `${list}.fill("x");`, `${list}.pop();`),
      `${list}.push("after");`,
    );
    return [c.bind(`${list}[0]!`, text)];
  },
  "array fill"(c, x) {
    return [
      c.bind(
        c.pickOf(
          `new Array<string>(2).fill(${c.text(x)})`,
          `Array.from({ length: 2 }, () => ${c.text(x)})`,
          `["a", "b"].fill(${c.text(x)}, 1)`,
          `["a", ${c.text(x)}].copyWithin(0, 1)`,
          `["a", "b"].toSpliced(1, 1, ${c.text(x)})`,
        ),
        listOf(text),
      ),
    ];
  },
  "array destructuring"(c, x, y) {
    const [a, b, r] = [c.fresh("one"), c.fresh("two"), c.fresh("rest")];
    c.emit(
      c.pickOf(
        `const [${a}, ${b} = "none", ...${r}] = [${c.text(x)}, ${c.text(y)}, "tail"];`,
        `const [, ${a}, ${b}, ...${r}]: [string, string, string, ...string[]] = ["head", ${c.text(x)}, ${c.text(y)}];`,
        `const [[${a}], { b: ${b} }, ...${r}] = [[${c.text(x)}] as [string], { b: ${c.text(y)} }, "z"] as const;`,
      ),
    );
    return [c.bind(`${r}.join()`, text), c.bind(b, text), c.bind(a, text)];
  },
  "array rest"(c, x, y) {
    const r = c.fresh("others");
    c.emit(`const [, ...${r}] = [${c.text(x)}, ${c.text(y)}];`);
    return [c.bind(`${r}[0]!`, text)];
  },
  "map by key"(c, x, y) {
    const map = c.fresh("byKey");
    c.emit(
      `const ${map} = new Map<string, string>();`,
      `${map}.set("one", ${c.text(x)});`,
      `${map}.set("two", ${c.text(y)});`,
    );
    return [c.bind(`${map}.get("two")!`, text), c.bind(`${map}.get("one")!`, text)];
  },
  "map of values"(c, x) {
    return [c.bind(`new Map<string, ${c.type(x.shape)}>([["k", ${x.text}]])`, mapOf(x.shape), "map")];
  },
  "map reading"(c, x, y) {
    const map = c.fresh("map");
    c.emit(`const ${map} = new Map([[${c.text(y)}, ${c.text(x)}]]);`);
    return [
      c.bind(
        c.pickOf(
          `[...${map}.values()][0]!`,
          `[...${map}.keys()][0]!`,
          `[...${map}][0]![1]`,
          `[...${map}.entries()].map(([key]) => key).join()`,
          `Array.from(${map}.values()).join()`,
          `Object.fromEntries(${map})[${c.text(y)}] ?? "none"`,
          `String(${map}.size)`,
          `String(${map}.has("q"))`,
          `${map}.values().next().value!`,
        ),
        text,
      ),
    ];
  },
  "map forEach"(c, x, y) {
    const [map, out] = [c.fresh("map"), c.fresh("out")];
    c.emit(
      `const ${map} = new Map([[${c.text(x)}, ${c.text(y)}]]);`,
      `let ${out} = "";`,
      c.pickOf(
        `${map}.forEach((value) => {\n  ${out} = value;\n});`,
        `${map}.forEach((_, key) => {\n  ${out} = key;\n});`,
        `for (const [key] of ${map}) ${out} = key;`,
        `for (const [, value] of ${map}) ${out} = value;`,
      ),
    );
    return [c.bind(out, text)];
  },
  "map replaced"(c, x) {
    const map = c.fresh("map");
    c.emit(
      `const ${map} = new Map([["k", ${c.text(x)}]]);`,
      c.pickOf(
        `${map}.delete("k");`,
        `${map}.clear();`,
        `${map}.set("k", "new");`,
        `${map}.set("other", "new");`,
      ),
    );
    return [c.bind(`${map}.get("k") ?? "missing"`, text)];
  },
  "map in module"(c, x, y) {
    c.remember();
    const map = c.helper("cache", (name) => [`const ${name} = new Map<string, string>();`]);
    c.emit(`${map}.set("a", ${c.text(x)});`, `${map}.set("b", ${c.text(y)});`);
    return [c.bind(`${map}.get("b")!`, text), c.bind(`${map}.get("a")!`, text)];
  },
  "map grouping"(c, x, y) {
    const map = c.fresh("groups");
    c.emit(
      `const ${map} = new Map<string, string[]>();`,
      `for (const item of [${c.text(x)}, ${c.text(y)}]) {`,
      `  const group = ${map}.get("g") ?? [];`,
      "  group.push(item);",
      `  ${map}.set("g", group);`,
      "}",
    );
    return [c.bind(`${map}.get("g")!`, listOf(text))];
  },
  "set of values"(c, x) {
    return [c.bindTyped(`new Set([${x.text}])`, setOf(x.shape), "unique")];
  },
  "set reading"(c, x) {
    const set = c.fresh("set");
    c.emit(`const ${set} = new Set<string>();`, `${set}.add(${c.text(x)}).add(${c.text(x)});`);
    return [
      c.bind(
        c.pickOf(
          `[...${set}][0]!`,
          `Array.from(${set}).join()`,
          `String(${set}.size)`,
          `String(${set}.has("q"))`,
          `[...${set}.values()].at(-1)!`,
          `[...${set}.entries()][0]![0]`,
        ),
        text,
      ),
    ];
  },
  weakmap(c, x, y) {
    const [map, key] = [c.fresh("notes"), c.fresh("key")];
    c.emit(
      `const ${map} = new WeakMap<object, string>();`,
      `const ${key} = { id: "k" };`,
      `${map}.set(${key}, ${c.text(x)});`,
    );
    return [y, c.bind(`${map}.get(${key})!`, text)];
  },
  "weakmap by object"(c, x, y) {
    const [map, one, two] = [c.fresh("notes"), c.fresh("key"), c.fresh("key")];
    c.emit(
      `const ${map} = new WeakMap<object, string>();`,
      `const ${one} = {};`,
      `const ${two} = {};`,
      `${map}.set(${one}, ${c.text(x)}).set(${two}, ${c.text(y)});`,
    );
    return [c.bind(`${map}.get(${two})!`, text), c.bind(`${map}.get(${one})!`, text)];
  },
  generator(c, x, y) {
    const gen = c.helper("each", (name) => [
      `function* ${name}<T>(one: T, two: T): Generator<T, string> {`,
      "  yield one;",
      "  yield two;",
      '  return "done";',
      "}",
    ]);
    return [
      c.bind(
        c.pickOf(
          `[...${gen}(${c.text(x)}, ${c.text(y)})].join()`,
          `${gen}(${c.text(x)}, "z").next().value`,
          `Array.from(${gen}("z", ${c.text(x)}))[1]!`,
        ),
        text,
      ),
    ];
  },
  "generator loop"(c, x, y) {
    const gen = c.helper("walk", (name) => [
      `function* ${name}(...parts: string[]): Generator<string> {`,
      "  for (const part of parts) yield part;",
      '  yield* ["end"];',
      "}",
    ]);
    const out = c.fresh("last");
    c.emit(
      `let ${out} = "";`,
      `for (const part of ${gen}(${c.text(x)}, ${c.text(y)})) ${out} = \`\${${out}}\${part}\`;`,
    );
    return [c.bind(out, text)];
  },
  "generator delegating"(c, x) {
    const gen = c.helper("outer", (name, _type, file) => {
      file.add([
        `function* ${name}Inner(value: string): Generator<string, string> {`,
        '  yield "first";',
        "  return value;",
        "}",
      ]);
      return [
        `function* ${name}(value: string): Generator<string> {`,
        `  const end = yield* ${name}Inner(value);`,
        `  yield ${c.pickOf("end", '"closed"')};`,
        "}",
      ];
    });
    return [c.bind(`[...${gen}(${c.text(x)})].join()`, text)];
  },
  "generator receiving"(c, x, y) {
    const gen = c.helper("echo", (name) => [
      `function* ${name}(): Generator<string, void, string> {`,
      '  let got = "start";',
      "  while (true) got = yield got;",
      "}",
    ]);
    const it = c.fresh("it");
    c.emit(`const ${it} = ${gen}();`, `${it}.next("ignored");`);
    return [y, c.bind(`${it}.next(${c.text(x)}).value ?? "end"`, text)];
  },
  "generator throw"(c, x) {
    const gen = c.helper("trap", (name) => [
      `function* ${name}(): Generator<string> {`,
      "  try {",
      '    yield "armed";',
      "  } catch (error) {",
      "    yield (error as Error).message;",
      "  }",
      "}",
    ]);
    const it = c.fresh("it");
    c.emit(`const ${it} = ${gen}();`, `${it}.next();`);
    return [c.bind(`String(${it}.throw(new Error(${c.text(x)})).value)`, text)];
  },
  "generator destructured"(c, x) {
    const gen = c.helper("two", (name) => [
      `function* ${name}(a: string, b: string): Generator<string> {`,
      "  yield a;",
      "  yield b;",
      "}",
    ]);
    const [a, b] = [c.fresh("a"), c.fresh("b")];
    c.emit(`const [${a} = "", ${b} = ""] = ${gen}(${c.text(x)}, ${c.text(x)});`);
    return [
      { text: b, shape: text },
      { text: a, shape: text },
    ];
  },
  "own iterator"(c, x) {
    const make = c.helper("once", (name) => [
      `function ${name}(value: string): Iterable<string> {`,
      "  return {",
      "    [Symbol.iterator]() {",
      "      let sent = false;",
      "      return {",
      "        next(): IteratorResult<string> {",
      "          if (sent) return { done: true, value: undefined };",
      "          sent = true;",
      "          return { done: false, value };",
      "        },",
      "      };",
      "    },",
      "  };",
      "}",
    ]);
    return [c.bind(`[...${make}(${c.text(x)})][0]!`, text)];
  },
  "iterator by hand"(c, x) {
    const it = c.fresh("cursor");
    c.emit(`const ${it} = [${c.text(x)}][Symbol.iterator]();`);
    return [c.bind(`${it}.next().value!`, text)];
  },
  queue(c, x, y) {
    const Queue = c.helper("Queue", (name) => [
      `class ${name}<T> {`,
      "  private readonly waiting: T[] = [];",
      "  add(item: T): void {",
      "    this.waiting.push(item);",
      "  }",
      "  take(): T | undefined {",
      "    return this.waiting.shift();",
      "  }",
      "}",
    ]);
    const [one, two] = [c.fresh("queue"), c.fresh("queue")];
    c.emit(
      `const ${one} = new ${Queue}<string>();`,
      `const ${two} = new ${Queue}<string>();`,
      `${one}.add(${c.text(x)});`,
      `${two}.add(${c.text(y)});`,
    );
    return [c.bind(`${two}.take() ?? "none"`, text), c.bind(`${one}.take() ?? "none"`, text)];
  },
});
