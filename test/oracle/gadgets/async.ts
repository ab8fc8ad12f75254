/** Promises, async functions, events and timers. */
import { indented } from "../scope.js";
import { promiseOf, text } from "../shape.js";
import { gadgetsOf } from "./define-gadget.js";

const settled = gadgetsOf("async", {
  "promise value"(c, x) {
    return [
      c.bind(
        `Promise.resolve(${x.text})`,
        promiseOf(x.shape.kind === "promise" ? x.shape.of : x.shape),
        "promise",
      ),
    ];
  },
  "then logging"(c, x) {
    c.emit(
      `void Promise.resolve(${c.text(x)}).then((value) => {`,
      `  ${c.sink("log", { text: "value", shape: text })}`,
      "});",
    );
    return [];
  },
  "catch logging"(c, x, y) {
    const instead = c.fresh("instead");
    c.emit(
      // Outside of the handler, where a text may be waited for.
      `const ${instead} = ${c.text(y)};`,
      `void Promise.reject(new Error(${c.text(x)})).catch((error: Error) => {`,
      `  ${c.sink("log", { text: "error.message", shape: text })}`,
      `  return ${instead};`,
      "});",
    );
    return [];
  },
  "event emitter"(c, x, y) {
    const bus = c.fresh("bus");
    c.scope.file.import('import { EventEmitter } from "node:events";');
    c.emit(
      `const ${bus} = new EventEmitter();`,
      `${bus}.on("saved", (value: string) => {`,
      `  ${c.sink("log", { text: "value", shape: text })}`,
      "});",
      `${bus}.${c.pickOf("on", "once", "addListener")}("closed", (value: string) => {`,
      `  ${c.sink("store", { text: "value", shape: text })}`,
      "});",
      `${bus}.emit("saved", ${c.text(x)});`,
    );
    if (c.pick(2) === 0) c.emit(`${bus}.emit("closed", ${c.text(y)});`);
    return [];
  },
  "emitter subclass"(c, x, y) {
    const Hub = c.helper("Hub", (name, _type, file) => {
      if (file.language === "cjs") file.import('const { EventEmitter } = require("node:events");');
      else file.import('import { EventEmitter } from "node:events";');
      return [
        `class ${name} extends EventEmitter {`,
        "  announce(value: string): void {",
        '    this.emit("announced", value);',
        "  }",
        "}",
      ];
    });
    const [hub, heard] = [c.fresh("hub"), c.fresh("heard")];
    c.emit(
      `const ${hub} = new ${Hub}();`,
      `let ${heard} = "nothing";`,
      `${hub}.on("${c.pickOf("announced", "other")}", (value: string) => {`,
      `  ${heard} = value;`,
      "});",
      `${hub}.announce(${c.text(x)});`,
    );
    return [y, c.bind(heard, text)];
  },
  "own emitter"(c, x, y) {
    const Topic = c.helper("Topic", (name) => [
      `class ${name} {`,
      "  private readonly listeners = new Map<string, ((value: string) => void)[]>();",
      "  on(event: string, listener: (value: string) => void): void {",
      "    const known = this.listeners.get(event) ?? [];",
      "    known.push(listener);",
      "    this.listeners.set(event, known);",
      "  }",
      "  emit(event: string, value: string): void {",
      "    for (const listener of this.listeners.get(event) ?? []) listener(value);",
      "  }",
      "}",
    ]);
    const [topic, a, b] = [c.fresh("topic"), c.fresh("a"), c.fresh("b")];
    c.emit(
      `const ${topic} = new ${Topic}();`,
      `let ${a} = "";`,
      `let ${b} = "";`,
      `${topic}.on("a", (value) => {`,
      `  ${a} = value;`,
      "});",
      `${topic}.on("b", (value) => {`,
      `  ${b} = value;`,
      "});",
      `${topic}.emit("a", ${c.text(x)});`,
      `${topic}.emit("b", ${c.text(y)});`,
    );
    return [c.bind(b, text), c.bind(a, text)];
  },
  timers(c, x) {
    c.emit(
      c.pickOf(
        "setTimeout(() => {",
        "setImmediate(() => {",
        "queueMicrotask(() => {",
        "process.nextTick(() => {",
      ),
      `  ${c.sink("log", c.asText(x))}`,
      c.pick(1) === 0 ? "});" : "}, 0);",
    );
    return [];
  },
  interval(c, x) {
    const timer = c.fresh("timer");
    c.emit(
      `const ${timer} = setInterval(() => {`,
      `  ${c.sink("log", c.asText(x))}`,
      `  clearInterval(${timer});`,
      "}, 3);",
    );
    return [];
  },
  "queue by name"(c, x, y) {
    c.scope.file.import('import { Queue, Worker } from "bullmq";');
    const [queue, title] = [c.fresh("mail"), c.program.globalName("mail")];
    const listens = c.pick(3) > 0 ? title : `${title}Other`;
    c.emit(
      `const ${queue} = new Queue("${title}");`,
      `new Worker("${listens}", async (job) => {`,
      `  ${c.sink("log", { text: "job.data.who", shape: text })}`,
      `  ${c.sink("log", { text: "job.data.why", shape: text })}`,
      "});",
      `void ${c.jobSink(queue)}("greet", { who: ${c.text(x)}, why: ${c.text(y)} });`,
    );
    return [];
  },
  "stream events"(c, x, y) {
    c.scope.file.import('import { PassThrough } from "node:stream";');
    const through = c.fresh("through");
    c.emit(
      `const ${through} = new PassThrough();`,
      `${through}.on("data", (chunk: Buffer) => {`,
      `  ${c.sink("log", { text: "chunk.toString()", shape: text })}`,
      "});",
      `${through}.on("end", () => {`,
      `  ${c.sink("log", c.asText(y))}`,
      "});",
      ...c.pickOf(
        [`${through}.end(${c.text(x)});`],
        [`${through}.write(${c.text(x)});`, `${through}.end();`],
      ),
    );
    return [];
  },
  "timer arguments"(c, x, y) {
    c.emit(
      `setTimeout((value: string, other: string) => {`,
      `  ${c.sink("log", { text: "value", shape: text })}`,
      `  ${c.sink("log", { text: "other", shape: text })}`,
      `}, 5, ${c.text(x)}, ${c.text(y)});`,
    );
    return [];
  },
  "node callback"(c, x, y) {
    const load = c.helper("load", (name) => [
      `function ${name}(value: string, done: (error: Error | null, result?: string) => void): void {`,
      "  if (value.length > 500) done(new Error(value));",
      "  else done(null, value);",
      "}",
    ]);
    const out = c.fresh("loaded");
    c.emit(
      `let ${out} = "";`,
      `${load}(${c.text(x)}, (error, result) => {`,
      `  ${out} = error === null ? result! : "failed";`,
      "});",
    );
    return [y, c.bind(out, text)];
  },
});

const awaited = gadgetsOf(
  "async",
  {
    await: (c, x) => [c.bind(`await ${x.text}`, x.shape.kind === "promise" ? x.shape.of : x.shape)],
    "async function"(c, x, y) {
      const { reference, result } = c.bodied("load", [x, y], { isAsync: true });
      return [c.bind(`await ${reference}(${x.text}, ${y.text}${c.inputArgument()})`, result)];
    },
    "async function plain"(c, x, y) {
      const f = c.helper("fetchIt", (name, type) => [
        `async function ${name}(value: ${type(x.shape)}, _other: ${type(y.shape)}): Promise<${type(x.shape.kind === "promise" ? x.shape.of : x.shape)}> {`,
        "  return value;",
        "}",
      ]);
      return [c.bind(`await ${f}(${x.text}, ${y.text})`, x.shape.kind === "promise" ? x.shape.of : x.shape)];
    },
    then(c, x) {
      const inner = c.inner([{ text: "got", shape: text }], { isAsync: false, captures: true });
      const name = c.fresh("chained");
      c.emit(
        `const ${name} = await Promise.resolve(${c.text(x)}).then((got) => {`,
        ...c.returning(inner),
        "});",
      );
      return [
        {
          text: name,
          shape: inner.result.shape.kind === "promise" ? inner.result.shape.of : inner.result.shape,
        },
      ];
    },
    "then chain": (c, x, y) => [
      c.bind(
        `await Promise.resolve(${c.text(x)}).then((value) => value.trim()).then((value) => ${c.pickOf("`<${value}>`", "value.length", c.text(y))}).then(String)`,
        text,
      ),
    ],
    "both handlers"(c, x, y) {
      const ok = c.pick(2) === 0;
      return [
        c.bind(
          `await ${c.either(ok ? `Promise.resolve(${c.text(x)})` : `Promise.reject<string>(new Error(${c.text(x)}))`, ok ? 'Promise.reject<string>(new Error("no"))' : 'Promise.resolve("yes")')}.then((value) => ${c.pickOf("value", '"fine"')}, (error: Error) => ${c.pickOf("error.message", '"failed"', c.text(y))})`,
          text,
        ),
      ];
    },
    "catch returning": (c, x, y) => [
      c.bind(
        `await Promise.reject<string>(new Error(${c.text(x)})).catch((error: Error) => ${c.pickOf("error.message", '"failed"', c.text(y))})`,
        text,
      ),
    ],
    finally(c, x, y) {
      const out = c.fresh("seen");
      c.emit(`let ${out} = "";`);
      const value = c.bind(
        `await Promise.resolve(${c.text(x)}).finally(() => {\n  ${out} = ${c.text(y)};\n})`,
        text,
      );
      return [c.bind(out, text), value];
    },
    all(c, x, y) {
      const [a, b] = [c.fresh("a"), c.fresh("b")];
      c.emit(`const [${a}, ${b}] = await Promise.all([Promise.resolve(${c.text(x)}), ${c.text(y)}]);`);
      return [
        { text: b, shape: text },
        { text: a, shape: text },
      ];
    },
    "all mapped": (c, x, y) => [
      c.bind(
        `(await Promise.all([${c.text(x)}, ${c.text(y)}].map(async (item) => ${c.pickOf("item", "item.length", "`#${item}`")}))).join()`,
        text,
      ),
    ],
    "all settled"(c, x, y) {
      const list = c.fresh("settled");
      c.emit(
        `const ${list} = await Promise.allSettled([Promise.resolve(${c.text(x)}), Promise.reject<string>(new Error(${c.text(y)}))]);`,
      );
      return [
        c.bind(
          `${list}.map((one) => (one.status === "${c.pickOf("fulfilled", "rejected")}" ? one.status : "")).join()`,
          text,
        ),
        c.bind(
          c.pickOf(
            `${list}.map((one) => (one.status === "fulfilled" ? one.value : "")).join()`,
            `${list}.map((one) => (one.status === "rejected" ? (one.reason as Error).message : "")).join()`,
          ),
          text,
        ),
      ];
    },
    "race and any": (c, x, y) => [
      c.bind(
        `await Promise.${c.pickOf("race", "any")}([${c.text(x)}, new Promise<string>(() => ${c.text(y)})])`,
        text,
      ),
    ],
    "any failing"(c, x) {
      return [
        c.bind(
          `await Promise.any([Promise.reject<string>(new Error(${c.text(x)}))]).catch((error: AggregateError) => (error.errors[0] as Error).message)`,
          text,
        ),
      ];
    },
    "promise constructor"(c, x, y) {
      const name = c.fresh("made");
      const condition = c.condition();
      c.emit(
        `const ${name} = await new Promise<string>((resolve, reject) => {`,
        ...(condition === null ? [] : [`  if (${condition}) reject(new Error("no"));`]),
        c.pickOf(
          `  resolve(${c.text(x)});`,
          `  setTimeout(() => resolve(${c.text(x)}), 1);`,
          `  setTimeout(resolve, 1, ${c.text(x)});`,
          `  reject(new Error(${c.text(x)}));`,
        ),
        `}).catch(() => ${c.pickOf('"failed"', c.text(y))});`,
      );
      return [{ text: name, shape: text }];
    },
    "rejected with value": (c, x) => [
      c.bind(
        `await new Promise<string>((_, reject) => reject(new Error(${c.text(x)}))).catch((error: Error) => error.message)`,
        text,
      ),
    ],
    "with resolvers"(c, x, y) {
      const d = c.fresh("deferred");
      c.emit(
        `const ${d} = Promise.withResolvers<string>();`,
        c.pickOf(`${d}.resolve(${c.text(x)});`, `setTimeout(() => ${d}.resolve(${c.text(x)}), 1);`),
      );
      return [y, c.bind(`await ${d}.promise`, text)];
    },
    "async generator"(c, x, y) {
      const gen = c.helper("stream", (name) => [
        `async function* ${name}(...parts: string[]): AsyncGenerator<string> {`,
        "  for (const part of parts) {",
        "    await null;",
        "    yield part;",
        "  }",
        "}",
      ]);
      const out = c.fresh("out");
      c.emit(
        `let ${out} = "";`,
        `for await (const part of ${gen}(${c.text(x)}, ${c.text(y)})) ${out} = ${c.pickOf("part", `${out} + part`, '"piece"')};`,
      );
      return [c.bind(out, text)];
    },
    "await of promises"(c, x, y) {
      const out = c.fresh("out");
      c.emit(
        `let ${out} = "";`,
        `for await (const part of [Promise.resolve(${c.text(x)}), ${c.text(y)}]) ${out} += part;`,
      );
      return [c.bind(out, text)];
    },
    "await in try"(c, x, y) {
      const [fail, out] = [
        c.helper("fail", (name) => [
          `async function ${name}(why: string): Promise<never> {`,
          "  await null;",
          "  throw new Error(why);",
          "}",
        ]),
        c.fresh("why"),
      ];
      c.emit(
        `let ${out} = "";`,
        "try {",
        `  await ${fail}(${c.text(x)});`,
        `  ${out} = ${c.text(y)};`,
        "} catch (error) {",
        `  ${out} = ${c.pickOf("(error as Error).message", "String(error)", '"failed"')};`,
        "}",
      );
      return [c.bind(out, text)];
    },
    "async callback"(c, x) {
      const run = c.helper("retry", (name) => [
        `async function ${name}<T>(work: () => Promise<T>): Promise<T> {`,
        "  try {",
        "    return await work();",
        "  } catch {",
        "    return work();",
        "  }",
        "}",
      ]);
      const inner = c.inner([x], { isAsync: true, captures: true });
      const name = c.fresh("retried");
      c.emit(
        `const ${name} = await ${run}(async () => {`,
        ...indented(inner.lines),
        `  return ${c.text(inner.result)};`,
        "});",
      );
      return [{ text: name, shape: text }];
    },
    thenable(c, x) {
      const make = c.helper("lazy", (name) => [
        `function ${name}(value: string): PromiseLike<string> {`,
        "  return {",
        "    then(onFulfilled, onRejected) {",
        "      return Promise.resolve(value).then(onFulfilled, onRejected);",
        "    },",
        "  };",
        "}",
      ]);
      return [c.bind(`await ${make}(${c.text(x)})`, text)];
    },
    "dynamic import"(c, x, y) {
      const f = c.fresh("imported");
      const file = c.program.library("late", c.pickOf("ts", "cjs"));
      const lines = [`function ${f}(value: string, _other: string): string {`, "  return value;", "}"];
      file.export(f, lines, "named");
      c.program.cover("module dynamic import");
      const module = c.pickOf(
        `(await import("${file.specifier}"))`,
        `(await Promise.all([import("${file.specifier}")]))[0]`,
      );
      return [c.bind(`${module}.${f}(${c.text(x)}, ${c.text(y)})`, text)];
    },
    "events once"(c, x) {
      c.scope.file.import('import { EventEmitter, once } from "node:events";');
      const [bus, got] = [c.fresh("signals"), c.fresh("got")];
      c.emit(
        `const ${bus} = new EventEmitter();`,
        `setTimeout(() => ${bus}.emit("done", ${c.text(x)}), 1);`,
        `const [${got}] = (await once(${bus}, "done")) as [string];`,
      );
      return [c.bind(got, text)];
    },
    "work queue"(c, x, y) {
      const Jobs = c.helper("Jobs", (name) => [
        `class ${name} {`,
        "  private readonly jobs: { name: string; run: () => Promise<void> }[] = [];",
        "  add(name: string, run: () => Promise<void>): void {",
        "    this.jobs.push({ name, run });",
        "  }",
        "  async drain(): Promise<void> {",
        "    let job = this.jobs.shift();",
        "    while (job !== undefined) {",
        "      await job.run();",
        "      job = this.jobs.shift();",
        "    }",
        "  }",
        "}",
      ]);
      const [jobs, out] = [c.fresh("jobs"), c.fresh("out")];
      c.emit(
        `const ${jobs} = new ${Jobs}();`,
        `let ${out} = "";`,
        `${jobs}.add("one", async () => {`,
        `  ${out} = ${c.text(x)};`,
        "});",
        `await ${jobs}.drain();`,
      );
      return [y, c.bind(out, text)];
    },
    "own async iterator"(c, x, y) {
      const make = c.helper("pages", (name) => [
        `function ${name}(...parts: string[]): AsyncIterable<string> {`,
        "  return {",
        "    [Symbol.asyncIterator]() {",
        "      let index = 0;",
        "      return {",
        "        async next(): Promise<IteratorResult<string>> {",
        "          const value = parts[index++];",
        "          return value === undefined ? { done: true, value } : { done: false, value };",
        "        },",
        "      };",
        "    },",
        "  };",
        "}",
      ]);
      const out = c.fresh("out");
      c.emit(
        `let ${out} = "";`,
        `for await (const page of ${make}(${c.text(x)})) ${out} += page;`,
        `for await (const page of ${make}(${c.text(y)})) ${out} += ${c.pickOf('"."', "page")};`,
      );
      return [c.bind(out, text)];
    },
    "thenable run when awaited"(c, x, y) {
      const Query = c.helper("Query", (name) => [
        `class ${name} implements PromiseLike<string> {`,
        "  constructor(private readonly text: string, private readonly note: string) {}",
        "  then<A = string, B = never>(",
        "    done?: ((value: string) => A | PromiseLike<A>) | null,",
        "    _failed?: ((reason: unknown) => B | PromiseLike<B>) | null,",
        "  ): Promise<A> {",
        ...indented(indented([c.sink("log", { text: "this.note", shape: text })])),
        "    return Promise.resolve(done === undefined || done === null ? (this.text as A) : done(this.text));",
        "  }",
        "}",
      ]);
      const query = c.fresh("query");
      c.emit(`const ${query} = new ${Query}(${c.text(x)}, ${c.text(y)});`);
      return [c.bind(`await ${query}`, text)];
    },
    "stream read"(c, x, y) {
      c.scope.file.import('import { Readable } from "node:stream";');
      const out = c.fresh("out");
      c.emit(
        `let ${out} = "";`,
        `for await (const chunk of Readable.from([${c.text(x)}, ${c.text(y)}])) ${out} += ${c.pickOf("String(chunk)", "chunk", '"chunk"')};`,
      );
      return [c.bind(out, text)];
    },
    pipeline(c, x, y) {
      c.scope.file.import('import { Readable, Transform } from "node:stream";');
      c.scope.file.import('import { pipeline } from "node:stream/promises";');
      const [stage, out] = [c.fresh("stage"), c.fresh("out")];
      c.emit(
        `let ${out} = "";`,
        `const ${stage} = new Transform({`,
        "  transform(chunk: Buffer, _encoding, done) {",
        `    done(null, ${c.pickOf("chunk", "chunk.toString().toUpperCase()", '"beep"', c.text(y))});`,
        "  },",
        "});",
        `await pipeline(Readable.from([${c.text(x)}]), ${stage}, async (source: AsyncIterable<Buffer>) => {`,
        `  for await (const chunk of source) ${out} += chunk.toString();`,
        "});",
      );
      return [c.bind(out, text)];
    },
  },
  "async",
);

export const asyncGadgets = [...settled, ...awaited];
