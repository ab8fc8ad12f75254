/** Classes, instances and what `this` is. */
import { indented } from "../scope.js";
import { text } from "../shape.js";
import { gadgetsOf } from "./define-gadget.js";

export const classGadgets = gadgetsOf("classes", {
  "field between methods"(c, x, y) {
    const Box = c.helper("Box", (name, type) => [
      `class ${name} {`,
      `  private kept: ${type(x.shape)} | undefined;`,
      `  keep(value: ${type(x.shape)}): void {`,
      "    this.kept = value;",
      "  }",
      `  give(): ${type(x.shape)} {`,
      "    return this.kept!;",
      "  }",
      "}",
    ]);
    const box = c.fresh("box");
    c.emit(`const ${box} = new ${Box}();`, `${box}.keep(${x.text});`);
    return [y, c.bind(`${box}.give()`, x.shape)];
  },
  "two instances"(c, x, y) {
    const Slot = c.helper("Slot", (name) => [
      `class ${name} {`,
      '  private held = "";',
      "  put(value: string): void {",
      "    this.held = value;",
      "  }",
      "  take(): string {",
      "    return this.held;",
      "  }",
      "}",
    ]);
    const [one, two] = [c.fresh("slot"), c.fresh("slot")];
    c.emit(
      `const ${one} = new ${Slot}();`,
      `const ${two} = new ${Slot}();`,
      `${one}.put(${c.text(x)});`,
      `${two}.put(${c.text(y)});`,
    );
    return [c.bind(`${two}.take()`, text), c.bind(`${one}.take()`, text)];
  },
  "instances by constructor"(c, x, y) {
    const Tag = c.helper("Tag", (name) => [
      `class ${name} {`,
      "  constructor(private readonly value: string) {}",
      "  show(): string {",
      "    return `#${this.value}`;",
      "  }",
      "}",
    ]);
    return [c.bind(`new ${Tag}(${c.text(y)}).show()`, text), c.bind(`new ${Tag}(${c.text(x)}).show()`, text)];
  },
  "private names"(c, x, y) {
    const Safe = c.helper("Safe", (name) => [
      `class ${name} {`,
      "  #inner: string;",
      '  #spare = "spare";',
      "  constructor(inner: string) {",
      "    this.#inner = inner;",
      "  }",
      "  #open(): string {",
      "    return this.#inner;",
      "  }",
      "  open(): string {",
      "    return this.#open();",
      "  }",
      "  get spare(): string {",
      "    return this.#spare;",
      "  }",
      "  set spare(next: string) {",
      "    this.#spare = next;",
      "  }",
      "}",
    ]);
    const safe = c.fresh("safe");
    c.emit(`const ${safe} = new ${Safe}(${c.text(x)});`);
    if (c.pick(2) === 0) c.emit(`${safe}.spare = ${c.text(y)};`);
    return [c.bind(`${safe}.open()`, text), c.bind(`${safe}.spare`, text)];
  },
  inheritance(c, x, y) {
    const base = c.fresh("Base");
    const Derived = c.helper("Derived", (name) => [
      `class ${name} extends (class ${base} {`,
      "  constructor(protected readonly name: string) {}",
      "  greet(): string {",
      "    return `hi ${this.name}`;",
      "  }",
      "}) {",
      "  constructor(name: string, private readonly note: string) {",
      "    super(name);",
      "  }",
      "  override greet(): string {",
      "    return `${super.greet()}!`;",
      "  }",
      "  remark(): string {",
      "    return this.note;",
      "  }",
      "}",
    ]);
    const one = c.fresh("derived");
    c.emit(`const ${one} = new ${Derived}(${c.text(x)}, ${c.text(y)});`);
    return [c.bind(`${one}.remark()`, text), c.bind(`${one}.greet()`, text)];
  },
  "template method"(c, x, y) {
    const base = c.fresh("Exporter");
    const Derived = c.helper("Csv", (name, _type, file) => {
      file.add([
        `abstract class ${base} {`,
        "  protected abstract line(value: string): string;",
        "  run(value: string): string {",
        "    return this.line(value);",
        "  }",
        "}",
      ]);
      return [
        `class ${name} extends ${base} {`,
        "  protected line(value: string): string {",
        `    return ${c.pickOf("`${value};`", "value", '"line" + value.length')};`,
        "  }",
        "}",
      ];
    });
    return [y, c.bind(`new ${Derived}().run(${c.text(x)})`, text)];
  },
  "interface dispatch"(c, x, y) {
    const face = c.fresh("Formatter");
    const plain = c.fresh("Plain");
    const make = c.helper("formatter", (name) => [
      `function ${name}(isPlain: boolean): ${face} {`,
      `  return isPlain ? new ${plain}() : new ${plain}Mask();`,
      "}",
      "",
      `interface ${face} {`,
      "  format(value: string): string;",
      "}",
      "",
      `class ${plain} implements ${face} {`,
      "  format(value: string): string {",
      "    return value;",
      "  }",
      "}",
      "",
      `class ${plain}Mask implements ${face} {`,
      "  format(): string {",
      '    return "***";',
      "  }",
      "}",
    ]);
    const condition = c.condition() ?? "true";
    return [y, c.bind(`${make}(${condition}).format(${c.text(x)})`, text)];
  },
  "dispatch told apart"(c, x, y) {
    const face = c.fresh("Printer");
    const print = c.helper("printed", (name, _type, file) => {
      file.add([`interface ${face} {`, "  print(value: string): string;", "}"]);
      return [
        `function ${name}(printer: ${face}, value: string): string {`,
        "  return printer.print(value);",
        "}",
      ];
    });
    const open = c.helper("Open", (name) => [
      `class ${name} {`,
      "  print(value: string): string {",
      "    return value;",
      "  }",
      "}",
    ]);
    const shut = c.helper("Shut", (name) => [
      `class ${name} {`,
      "  print(_value: string): string {",
      '    return "shut";',
      "  }",
      "}",
    ]);
    return [
      c.bind(`${print}(new ${open}(), ${c.text(y)})`, text),
      c.bind(`${print}(new ${shut}(), ${c.text(x)})`, text),
    ];
  },
  statics(c, x, y) {
    c.remember();
    const Registry = c.helper("Registry", (name) => [
      `class ${name} {`,
      '  static last = "none";',
      "  static #count = 0;",
      "  static note(value: string): void {",
      `    ${name}.last = value;`,
      "    this.#count += 1;",
      "  }",
      "  static count(): string {",
      `    return \`seen \${${name}.#count}\`;`,
      "  }",
      "}",
    ]);
    c.emit(`${Registry}.note(${c.text(x)});`);
    if (c.pick(3) === 0) c.emit(`${Registry}.last = ${c.text(y)};`);
    return [c.bind(`${Registry}.count()`, text), c.bind(`${Registry}.last`, text)];
  },
  mixin(c, x, y) {
    const mixin = c.helper("withNote", (name) => [
      `function ${name}<B extends new (...args: any[]) => object>(Base: B) {`,
      "  return class extends Base {",
      '    note = "";',
      "    remember(value: string): this {",
      "      this.note = value;",
      "      return this;",
      "    }",
      "  };",
      "}",
    ]);
    const Noted = c.fresh("Noted");
    c.emit(
      `class ${Noted} extends ${mixin}(class { constructor(readonly own: string) {} }) {}`,
      `const ${Noted.toLowerCase()} = new ${Noted}(${c.text(y)}).remember(${c.text(x)});`,
    );
    return [c.bind(`${Noted.toLowerCase()}.own`, text), c.bind(`${Noted.toLowerCase()}.note`, text)];
  },
  "this in callback"(c, x, y) {
    const List = c.helper("Inbox", (name) => [
      `class ${name} {`,
      "  private readonly items: string[] = [];",
      '  private label = "";',
      "  addAll(values: readonly string[]): void {",
      "    values.forEach((value) => {",
      "      this.items.push(value);",
      "    });",
      "  }",
      "  name(label: string): void {",
      "    const set = () => {",
      "      this.label = label;",
      "    };",
      "    set();",
      "  }",
      "  title(): string {",
      "    return this.label;",
      "  }",
      "  first(): string {",
      "    return this.items[0]!;",
      "  }",
      "}",
    ]);
    const list = c.fresh("inbox");
    c.emit(
      `const ${list} = new ${List}();`,
      `${list}.addAll([${c.text(x)}]);`,
      `${list}.name(${c.text(y)});`,
    );
    return [c.bind(`${list}.title()`, text), c.bind(`${list}.first()`, text)];
  },
  "callback with function this"(c, x) {
    const Feed = c.helper("Feed", (name) => [
      `class ${name} {`,
      '  last = "";',
      "  read(values: readonly string[]): void {",
      `    values.forEach(function (this: ${name}, value) {`,
      "      this.last = value;",
      "    }, this);",
      "  }",
      "}",
    ]);
    const feed = c.fresh("feed");
    c.emit(`const ${feed} = new ${Feed}();`, `${feed}.read([${c.text(x)}]);`);
    return [c.bind(`${feed}.last`, text)];
  },
  accessors(c, x, y) {
    const Profile = c.helper("Profile", (name) => [
      `class ${name} {`,
      "  private raw: string;",
      "  constructor(raw: string) {",
      "    this.raw = raw;",
      "  }",
      "  get text(): string {",
      "    return this.raw.trim();",
      "  }",
      "  set text(next: string) {",
      "    this.raw = next;",
      "  }",
      "}",
    ]);
    const one = c.fresh("profile");
    c.emit(`const ${one} = new ${Profile}(${c.text(y)});`);
    const before = c.bind(`${one}.text`, text);
    c.emit(`${one}.text = ${c.text(x)};`);
    return [before, c.bind(`${one}.text`, text)];
  },
  builder(c, x, y) {
    const Builder = c.helper("Builder", (name) => [
      `class ${name} {`,
      "  private parts: string[] = [];",
      '  private title = "untitled";',
      "  add(part: string): this {",
      "    this.parts.push(part);",
      "    return this;",
      "  }",
      "  called(title: string): this {",
      "    this.title = title;",
      "    return this;",
      "  }",
      "  build(): { title: string; body: string } {",
      '    return { title: this.title, body: this.parts.join("\\n") };',
      "  }",
      "}",
    ]);
    const built = c.fresh("built");
    c.emit(`const ${built} = new ${Builder}().add(${c.text(x)}).called(${c.text(y)}).build();`);
    return [c.bind(`${built}.title`, text), c.bind(`${built}.body`, text)];
  },
  "class in a factory"(c, x) {
    const make = c.helper("classOf", (name) => [
      `function ${name}(prefix: string) {`,
      "  return class {",
      "    constructor(readonly value: string) {}",
      "    show(): string {",
      "      return prefix + this.value;",
      "    }",
      "  };",
      "}",
    ]);
    const K = c.fresh("Made");
    c.emit(`const ${K} = ${make}(${c.pickOf('"p:"', c.text(x))});`);
    return [c.bind(`new ${K}(${c.pickOf('"v"', c.text(x))}).show()`, text)];
  },
  singleton(c, x, y) {
    c.remember();
    const cls = c.fresh("Session");
    const one = c.helper("session", (name) => [
      `const ${name} = new (class ${cls} {`,
      '  private current = "nobody";',
      '  private other = "nothing";',
      "  enter(who: string): void {",
      "    this.current = who;",
      "  }",
      "  mark(other: string): void {",
      "    this.other = other;",
      "  }",
      "  who(): string {",
      "    return this.current;",
      "  }",
      "  what(): string {",
      "    return this.other;",
      "  }",
      "})();",
    ]);
    c.emit(`${one}.enter(${c.text(x)});`);
    if (c.pick(2) === 0) c.emit(`${one}.mark(${c.text(y)});`);
    return [c.bind(`${one}.what()`, text), c.bind(`${one}.who()`, text)];
  },
  "method with body"(c, x, y) {
    let result = x.shape;
    const Service = c.helper(
      "Service",
      (name, type, file) => {
        const inner = c.inner(
          [
            { text: "this.own", shape: y.shape },
            { text: "given", shape: x.shape },
          ],
          { isAsync: false, file, input: c.innerInput },
        );
        result = inner.result.shape;
        return [
          `class ${name} {`,
          `  constructor(private readonly own: ${type(y.shape)}) {}`,
          `  run(given: ${type(x.shape)}${c.inputParameter(file)}): ${type(result)} {`,
          ...indented(c.returning(inner)),
          "  }",
          "}",
        ];
      },
      false,
    );
    return [c.bind(`new ${Service}(${y.text}).run(${x.text}${c.inputArgument()})`, result)];
  },
  "arrow member"(c, x, y) {
    const Desk = c.helper("Desk", (name) => [
      `class ${name} {`,
      '  text = "";',
      "  readonly take = (value: string): void => {",
      "    this.text = value;",
      "  };",
      "}",
    ]);
    const [desk, take] = [c.fresh("desk"), c.fresh("take")];
    c.emit(`const ${desk} = new ${Desk}();`, `const { take: ${take} } = ${desk};`, `${take}(${c.text(x)});`);
    return [y, c.bind(`${desk}.text`, text)];
  },
  "implicit conversion"(c, x, y) {
    const Word = c.helper("Word", (name) => [
      `class ${name} {`,
      "  constructor(private readonly a: string, private readonly b: string) {}",
      "  toString(): string {",
      "    return this.a;",
      "  }",
      "  toJSON(): { b: string } {",
      "    return { b: this.b };",
      "  }",
      "}",
    ]);
    const word = c.fresh("word");
    c.emit(`const ${word} = new ${Word}(${c.text(x)}, ${c.text(y)});`);
    return [
      c.bind(c.pickOf(`\`\${${word}}\``, `String(${word})`, `"" + ${word}`), text),
      c.bind(`JSON.stringify(${word})`, text),
    ];
  },
  "iterable class"(c, x, y) {
    const Shelf = c.helper("Shelf", (name) => [
      `class ${name} {`,
      "  private readonly books: string[];",
      "  constructor(...books: string[]) {",
      "    this.books = books;",
      "  }",
      "  *[Symbol.iterator](): Generator<string> {",
      "    for (const book of this.books) yield book;",
      "  }",
      "}",
    ]);
    const list = c.fresh("books");
    c.emit(
      `const ${list} = [...new ${Shelf}(${c.text(x)})];`,
      `const ${list}Next = [...new ${Shelf}(${c.text(y)})];`,
    );
    return [c.bind(`${list}Next[0]!`, text), c.bind(`${list}[0]!`, text)];
  },
  "prototype functions"(c, x, y) {
    const make = c.helper("legacyBox", (name) => [
      `function ${name}(value: string, other: string): { get(): string; other: string } {`,
      "  function Box(this: { value: string; other: string }): void {",
      "    this.value = value;",
      "    this.other = other;",
      "  }",
      "  Box.prototype.get = function (this: { value: string }): string {",
      "    return this.value;",
      "  };",
      "  return new (Box as unknown as new () => { get(): string; other: string })();",
      "}",
    ]);
    const box = c.fresh("box");
    c.emit(`const ${box} = ${make}(${c.text(x)}, ${c.text(y)});`);
    return [c.bind(`${box}.other`, text), c.bind(`${box}.get()`, text)];
  },
  "shown instance"(c, x, y) {
    const Card = c.helper("Card", (name) => [
      `class ${name} {`,
      '  shown = "";',
      '  #hidden = "";',
      "  fill(shown: string, hidden: string): this {",
      "    this.shown = shown;",
      "    this.#hidden = hidden;",
      "    return this;",
      "  }",
      "  peek(): number {",
      "    return this.#hidden.length;",
      "  }",
      "}",
    ]);
    const card = c.fresh("card");
    c.emit(
      `const ${card} = new ${Card}().fill(${c.text(x)}, ${c.text(y)});`,
      c.sink("log", { text: card, shape: { kind: "record", fields: [] } }),
    );
    return [c.bind(`String(${card}.peek())`, text)];
  },
  "super field write"(c, x, y) {
    const base = c.fresh("Node");
    const Leaf = c.helper("Leaf", (name) => [
      `class ${name} extends (class ${base} {`,
      '  title = "";',
      "  set(title: string): void {",
      "    this.title = title;",
      "  }",
      "}) {",
      '  extra = "";',
      "  override set(title: string): void {",
      "    super.set(title);",
      `    this.extra = ${c.pickOf('"set"', "title")};`,
      "  }",
      "}",
    ]);
    const leaf = c.fresh("leaf");
    c.emit(`const ${leaf} = new ${Leaf}();`, `${leaf}.set(${c.text(x)});`);
    return [y, c.bind(`${leaf}.extra`, text), c.bind(`${leaf}.title`, text)];
  },
  "static block"(c, x, y) {
    const Words = c.helper("Words", (name) => [
      `class ${name} {`,
      "  static readonly known: string[] = [];",
      "  static prefix: string;",
      "  static {",
      '    this.prefix = "> ";',
      "  }",
      "  static learn(word: string): string {",
      "    this.known.push(word);",
      "    return this.prefix + this.known.length;",
      "  }",
      "}",
    ]);
    c.remember();
    const count = c.bind(`${Words}.learn(${c.text(x)})`, text);
    if (c.pick(2) === 0) c.emit(`${Words}.prefix = ${c.text(y)};`);
    return [c.bind(`${Words}.prefix`, text), count, c.bind(`${Words}.known.at(-1)!`, text)];
  },
  "injected service"(c, x, y) {
    const face = c.fresh("Notes");
    const Desk = c.helper("Desk", (name, _type, file) => {
      file.add([
        `interface ${face} {`,
        "  put(note: string): void;",
        "  all(): readonly string[];",
        "}",
        `class ${face}InMemory implements ${face} {`,
        "  private readonly notes: string[] = [];",
        "  put(note: string): void {",
        "    this.notes.push(note);",
        "  }",
        "  all(): readonly string[] {",
        "    return this.notes;",
        "  }",
        "}",
      ]);
      return [
        `class ${name} {`,
        `  constructor(private readonly notes: ${face} = new ${face}InMemory()) {}`,
        "  greet(who: string, title: string): string {",
        "    this.notes.put(who);",
        "    return title;",
        "  }",
        "  read(): string {",
        '    return this.notes.all().join(" ");',
        "  }",
        "}",
      ];
    });
    const desk = c.fresh("desk");
    c.emit(`const ${desk} = new ${Desk}();`);
    return [c.bind(`${desk}.greet(${c.text(x)}, ${c.text(y)})`, text), c.bind(`${desk}.read()`, text)];
  },
});
