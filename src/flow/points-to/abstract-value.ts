/** What a value can be, as far as callees, stores and constants need it. Interned: equal values are one object. */
import type { FilePath } from "../../base/keys.js";
import type { ClassNode, FunctionNode } from "../program/program.js";

/** `fn:point` of the instruction that made an object, unique in the program. */
export type Site = string;

export type AbstractValue = { readonly id: number } & AbstractValueBody;

type AbstractValueBody =
  | { readonly kind: "function"; readonly function: FunctionNode }
  | { readonly kind: "class"; readonly class: ClassNode }
  | { readonly kind: "object"; readonly site: Site; readonly array: boolean }
  /** `site` null: some instance that the program itself does not make (injected, handed in). */
  | { readonly kind: "instance"; readonly class: ClassNode; readonly site: Site | null }
  | { readonly kind: "module"; readonly file: FilePath }
  /** A value of a package, global or library type; `site` is the call that gave it. */
  | {
      readonly kind: "foreign";
      readonly module: string;
      readonly path: readonly string[];
      readonly site: Site | null;
    }
  | { readonly kind: "constant"; readonly value: string | number | boolean | null | undefined }
  /** A text or number computed by an instruction; folded when asked for. */
  | { readonly kind: "computed"; readonly function: FunctionNode; readonly point: number }
  /** `f.bind`, `f.call`, `f.apply` on their way to being called. */
  | { readonly kind: "invoker"; readonly method: "bind" | "call" | "apply"; readonly of: number }
  /** The result of `f.bind(self, a)` at a site. */
  | { readonly kind: "bound"; readonly target: number; readonly site: Site }
  /** An own function that is called with a callback behind its arguments, as `promisify` makes it. */
  | { readonly kind: "promised"; readonly function: FunctionNode };

/** Library types whose values are texts, numbers, dates or bytes: no object is put into one and comes out again. */
const scalarTypes =
  /^(?:string|number|boolean|bigint|symbol|String|Number|Boolean|BigInt|Symbol|Date|RegExp|Buffer|DataView|(?:Shared)?ArrayBuffer|(?:Typed|(?:Big)?(?:Ui|I)nt\d+|Uint8Clamped|Float\d+)Array)$/u;
const isScalarName = new Map<string, boolean>();

export function isScalarType(name: string): boolean {
  let known = isScalarName.get(name);
  if (known === undefined) {
    known = scalarTypes.test(name);
    isScalarName.set(name, known);
  }
  return known;
}

/** A text, number, date or bytes. */
export function isScalar(value: AbstractValue): boolean {
  if (value.kind === "constant" || value.kind === "computed") return true;
  return (
    value.kind === "foreign" &&
    value.module === "lib" &&
    value.path.length === 1 &&
    isScalarType(value.path[0] ?? "")
  );
}

/** Longest member path of a foreign value that is told apart. */
const longestPath = 8;

export class ValueTable {
  private readonly values: AbstractValue[] = [];
  private readonly keys = new Map<string, AbstractValue>();

  get(id: number): AbstractValue | undefined {
    return this.values[id];
  }

  private intern(key: string, body: AbstractValueBody): AbstractValue {
    let value = this.keys.get(key);
    if (value === undefined) {
      value = { id: this.values.length, ...body };
      this.values.push(value);
      this.keys.set(key, value);
    }
    return value;
  }

  function(node: FunctionNode): AbstractValue {
    return this.intern(`f${String(node.index)}`, { kind: "function", function: node });
  }

  class(node: ClassNode): AbstractValue {
    return this.intern(`c${String(node.index)}`, { kind: "class", class: node });
  }

  object(site: Site, array: boolean): AbstractValue {
    return this.intern(`o${site}`, { kind: "object", site, array });
  }

  instance(node: ClassNode, site: Site | null): AbstractValue {
    return this.intern(`i${String(node.index)}@${site ?? ""}`, { kind: "instance", class: node, site });
  }

  module(file: FilePath): AbstractValue {
    return this.intern(`m${file}`, { kind: "module", file });
  }

  foreign(module: string, path: readonly string[], site: Site | null): AbstractValue | null {
    if (path.length > longestPath) return this.foreignAgain(module, path, site);
    return this.intern(`p${module}#${path.join(".")}@${site ?? ""}`, { kind: "foreign", module, path, site });
  }

  /** `match(kind).with(…).with(…)`: what a long chain of calls of a package gives is what it gave at the same name. */
  private foreignAgain(module: string, path: readonly string[], site: Site | null): AbstractValue | null {
    const last = path.at(-1) === "()" ? -2 : -1;
    const before = path.indexOf(path.at(last) ?? "");
    if (!module.startsWith("npm:") || before < 0 || before === path.length + last) return null;
    return this.foreign(module, [...path.slice(0, before), ...path.slice(last)], site);
  }

  constant(value: string | number | boolean | null | undefined): AbstractValue {
    return this.intern(`k${typeof value}:${String(value)}`, { kind: "constant", value });
  }

  computed(node: FunctionNode, point: number): AbstractValue {
    return this.intern(`t${String(node.index)}:${String(point)}`, {
      kind: "computed",
      function: node,
      point,
    });
  }

  invoker(method: "bind" | "call" | "apply", of: AbstractValue): AbstractValue {
    return this.intern(`v${method}:${String(of.id)}`, { kind: "invoker", method, of: of.id });
  }

  promised(node: FunctionNode): AbstractValue {
    return this.intern(`w${String(node.index)}`, { kind: "promised", function: node });
  }

  /** What is bound again where it was bound (`this.run = this.run.bind(this)`) is what it was. */
  bound(target: AbstractValue, site: Site): AbstractValue {
    for (
      let inner: AbstractValue | undefined = target;
      inner?.kind === "bound";
      inner = this.get(inner.target)
    )
      if (inner.site === site) return inner;
    return this.intern(`b${String(target.id)}@${site}`, { kind: "bound", target: target.id, site });
  }
}

/** The module name of functions that a library hands out and that move what they are called with. */
export const channelModule = "channel";

/** Functions and objects tell runs apart; constants and what packages give do not. */
export function distinguishes(value: AbstractValue): boolean {
  return (
    value.kind === "function" ||
    value.kind === "object" ||
    value.kind === "instance" ||
    value.kind === "class" ||
    value.kind === "bound" ||
    value.kind === "promised" ||
    (value.kind === "foreign" && value.module === channelModule)
  );
}

/** A regular expression that the program makes. */
export function isPattern(value: AbstractValue): boolean {
  return value.kind === "foreign" && value.path[0] === "RegExp" && value.site !== null;
}

/** An object that is a key of its own: two that are made at different places are two keys. */
export function isIdentity(value: AbstractValue): boolean {
  return (
    value.kind === "object" ||
    value.kind === "function" ||
    value.kind === "class" ||
    (value.kind === "instance" && value.site !== null)
  );
}

/** The key that such an object is. */
export function identityKey({ id }: AbstractValue): string {
  return `@${String(id)}`;
}
