/**
 * The file graph: what a source file means for data flow, as plain JSON.
 *
 * One graph a file, one function graph a function body (index 0 is the module body). A function is in SSA
 * form: every `ValueId` is defined once; blocks are listed so that a block's dominators come before it.
 * Nothing here refers to a syntax node, a type or another file's graph: other files are named by import
 * specifier, types only as written. The graph depends on nothing but the file's text and the format version,
 * which is why its cache key is `graphFormat` + the hash of the text.
 */
import type { FilePath } from "../base/keys.js";
import type { Span } from "../base/location.js";
import type { TypeDeclaration, TypeReference } from "./type-reference.js";

/** Changes whenever the meaning of a graph changes; part of the cache key. */
export const graphFormat = 5;

/** A value of one function, dense from 0. */
export type ValueId = number;
/** Index into `FunctionGraph.blocks`. */
export type BlockId = number;
/** Index into `FileGraph.functions`. */
export type FunctionId = number;
/** Index into `FileGraph.classes`. */
export type ClassId = number;

export interface FileGraph {
  readonly format: number;
  readonly file: FilePath;
  /** Of a graph that is made of no text: the file whose call it belongs to, and whose places are its own. */
  readonly shownIn?: FilePath;
  readonly lineStarts: readonly number[];
  readonly functions: readonly FunctionGraph[];
  readonly classes: readonly ClassGraph[];
  readonly imports: readonly ImportBinding[];
  readonly exports: readonly ExportBinding[];
  /** Every module specifier that the file mentions, in order of first mention. */
  readonly specifiers: readonly string[];
  /** `"use server"`, `"use client"`, `"use strict"` at the head of the file. */
  readonly directives: readonly string[];
  /** Named types declared here (interfaces, type aliases), for evaluators that work without a checker. */
  readonly types: readonly TypeDeclaration[];
  /** Places where the file could not be parsed; the rest of the graph is what error recovery gave. */
  readonly errors: readonly { readonly at: number; readonly message: string }[];
}

/** `import d, { a as b }, * as ns from "m"`; `import x = require("m")` has name `=`. */
export interface ImportBinding {
  readonly local: string;
  readonly specifier: string;
  /** Exported name; `default`; `*` for a namespace; `=` for `import = require`. */
  readonly name: string;
  readonly typeOnly: boolean;
  readonly at: Span;
}

export type ExportBinding =
  /** A module cell of this file; `default` expressions live in the cell `*default`. */
  | { readonly kind: "cell"; readonly name: string; readonly cell: string }
  /** `export { a as b } from "m"` and `export * as ns from "m"` (imported `*`). */
  | { readonly kind: "from"; readonly name: string; readonly specifier: string; readonly imported: string }
  /** `export * from "m"`. */
  | { readonly kind: "all"; readonly specifier: string };

export type FunctionKind =
  | "module"
  | "function"
  | "arrow"
  | "method"
  | "constructor"
  | "getter"
  | "setter"
  /** Instance field initialisers of a class, run with `this` before the constructor's own body. */
  | "field-initializer";

export interface FunctionGraph {
  readonly id: FunctionId;
  readonly kind: FunctionKind;
  /** As a reader would call it: `save`, `Store.save`, `anonymous`, `module`. */
  readonly name: string;
  /** Path of the declaration in the file (`Store.save`, `save`), unique among named ones; null for anonymous. */
  readonly path: string | null;
  readonly at: Span;
  /** The name's span, or the span of the `function`/`=>`/`constructor` token: what annotations are keyed by. */
  readonly nameAt: Span;
  readonly async: boolean;
  readonly generator: boolean;
  readonly parent: FunctionId | null;
  readonly class: ClassId | null;
  readonly static: boolean;
  /** What a loop does in each round: `for (const step of steps) text = step(text)` is lowered as a fold. */
  readonly isRound?: true;
  readonly typeParameters: readonly TypeParameter[];
  readonly parameters: readonly Parameter[];
  readonly returnType: TypeReference | null;
  /** Variables of enclosing functions (never of the module) that the body reads or writes, in slot order. */
  readonly captures: readonly Capture[];
  readonly blocks: readonly Block[];
  readonly valueCount: number;
  /** The body has a directive such as `"use server"`. */
  readonly directives: readonly string[];
  /** The function's `this` is its caller's (arrow functions): slot of the captured `this`, if it uses it. */
  readonly capturesThis: boolean;
}

export interface Parameter {
  readonly index: number;
  /** Simple name, or null for a pattern. */
  readonly name: string | null;
  readonly nameAt: Span;
  readonly rest: boolean;
  readonly optional: boolean;
  readonly type: TypeReference | null;
  /** `constructor(private readonly db: Pool)`: also stored into `this.name` at the constructor's start. */
  readonly property: boolean;
}

export interface Capture {
  readonly name: string;
  /** `value`: never reassigned, copied at creation. `box`: shared by reference; read with the box instructions. */
  readonly mode: "value" | "box";
}

export interface Block {
  readonly id: BlockId;
  /** Where an exception thrown in this block goes, or null: out of the function. */
  readonly handler: BlockId | null;
  readonly phis: readonly Phi[];
  readonly instructions: readonly Instruction[];
  readonly end: Terminator;
}

/** `inputs` has one entry a predecessor. */
export interface Phi {
  readonly out: ValueId;
  readonly inputs: readonly { readonly block: BlockId; readonly value: ValueId }[];
}

export type Terminator =
  | { readonly kind: "jump"; readonly to: BlockId }
  /** `test` "truthy", or "nullish" for `??` and `?.` (then = the value is not nullish). */
  | {
      readonly kind: "branch";
      readonly test: "truthy" | "defined";
      readonly value: ValueId;
      readonly then: BlockId;
      readonly else: BlockId;
      readonly at: Span;
    }
  /** Iteration: `body` may run zero times. */
  | { readonly kind: "loop"; readonly body: BlockId; readonly exit: BlockId; readonly at: Span }
  | { readonly kind: "return"; readonly value: ValueId | null; readonly at: Span }
  | { readonly kind: "throw"; readonly value: ValueId; readonly at: Span }
  /** Control cannot come here or leave (after `never`, an endless loop). */
  | { readonly kind: "unreachable" };

/** How a property is named. Private names keep their `#`. Number literals are names ("0"). */
export type PropertyName =
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "computed"; readonly value: ValueId }
  /** Some element: array literal after a spread, pattern rest. */
  | { readonly kind: "element" };

export interface Argument {
  readonly value: ValueId;
  readonly spread: boolean;
  readonly at: Span;
}

/** What a decorator call decorates. */
export interface DecoratorTarget {
  readonly kind: "class" | "method" | "field" | "accessor" | "parameter";
  readonly class: ClassId;
  readonly member: string | null;
  readonly parameter: number | null;
}

export type Instruction = InstructionBody & { readonly at: Span };

type InstructionBody =
  | {
      readonly kind: "constant";
      readonly out: ValueId;
      readonly value: string | number | boolean | null;
      readonly type: "string" | "number" | "boolean" | "null" | "undefined" | "bigint" | "regexp";
    }
  /** The incoming argument; a rest parameter is an array of the remaining ones. */
  | { readonly kind: "parameter"; readonly out: ValueId; readonly index: number }
  | { readonly kind: "arguments"; readonly out: ValueId }
  | { readonly kind: "this"; readonly out: ValueId }
  | { readonly kind: "new-target"; readonly out: ValueId }
  /** What slot `slot` of the running closure holds: the value, or the box. */
  | { readonly kind: "capture"; readonly out: ValueId; readonly slot: number }
  /** A variable that is shared by reference between closures. */
  | { readonly kind: "box"; readonly out: ValueId; readonly name: string }
  | { readonly kind: "box-read"; readonly out: ValueId; readonly box: ValueId }
  | { readonly kind: "box-write"; readonly box: ValueId; readonly value: ValueId }
  /** Module-level variables that functions or other modules see. Cell names are the variables' names. */
  | { readonly kind: "cell-read"; readonly out: ValueId; readonly cell: string }
  | { readonly kind: "cell-write"; readonly cell: string; readonly value: ValueId }
  /** Index into `FileGraph.imports`. */
  | { readonly kind: "import-read"; readonly out: ValueId; readonly import: number }
  /** `require("m")` with a constant specifier. */
  | { readonly kind: "require"; readonly out: ValueId; readonly specifier: string }
  /** `import("m")`: a promise of the namespace; `specifier` null where it is not constant. */
  | {
      readonly kind: "import-call";
      readonly out: ValueId;
      readonly specifier: string | null;
      readonly argument: ValueId;
    }
  /** The CommonJS `module.exports` object of this file, and its replacement. */
  | { readonly kind: "module-exports"; readonly out: ValueId }
  | { readonly kind: "module-exports-write"; readonly value: ValueId }
  /**
   * A free identifier: `console`, `process`, `window`, `gtag`. `declared`: the file itself says that it is there
   * (`declare const page: Page`), be it of a package's type (`declare const db: Kysely<Tables>`) or a list or another
   * value of the language.
   */
  | {
      readonly kind: "global";
      readonly out: ValueId;
      readonly name: string;
      readonly declared?: "of-package" | "of-language" | "otherwise";
    }
  | { readonly kind: "global-write"; readonly name: string; readonly value: ValueId }
  /** Closure creation; `captures` are aligned with the function's slots. */
  | {
      readonly kind: "function";
      readonly out: ValueId;
      readonly function: FunctionId;
      readonly captures: readonly ValueId[];
    }
  /** `members` are the closures of methods, accessors, constructor and field initialiser, by function. */
  | {
      readonly kind: "class";
      readonly out: ValueId;
      readonly class: ClassId;
      readonly heritage: ValueId | null;
      readonly members: readonly { readonly function: FunctionId; readonly value: ValueId }[];
    }
  | { readonly kind: "object"; readonly out: ValueId }
  | { readonly kind: "array"; readonly out: ValueId }
  /** `iterates`: the element of an array pattern (`[a]`), which is what iterating gives at the position. */
  | {
      readonly kind: "load";
      readonly out: ValueId;
      readonly object: ValueId;
      readonly property: PropertyName;
      readonly nameAt: Span;
      readonly iterates?: true;
    }
  /** `initial`: part of a literal or a class field, not an assignment. `contextual`: the literal's property name span. */
  | {
      readonly kind: "store";
      readonly object: ValueId;
      readonly property: PropertyName;
      readonly value: ValueId;
      readonly nameAt: Span;
      readonly initial: boolean;
      readonly accessor?: "get" | "set";
      /** `super.x = v`: a setter is looked up from the home class's parent. */
      readonly above?: true;
    }
  | { readonly kind: "delete"; readonly object: ValueId; readonly property: PropertyName }
  /** `super.x`: looked up from the home class's parent, with the current `this` as receiver. */
  | {
      readonly kind: "super-load";
      readonly out: ValueId;
      readonly property: PropertyName;
      readonly nameAt: Span;
    }
  /** `{ ...source }` and JSX spread: copies own properties, later stores override. */
  | { readonly kind: "copy-properties"; readonly target: ValueId; readonly source: ValueId }
  /** `[...source]`: appends the elements that iterating gives. */
  | { readonly kind: "append-elements"; readonly target: ValueId; readonly source: ValueId }
  /** `{ a, ...rest }`: the object without the named properties. */
  | {
      readonly kind: "object-rest";
      readonly out: ValueId;
      readonly object: ValueId;
      readonly excluded: readonly PropertyName[];
    }
  /** `[a, ...rest]`: the elements from `from` on. */
  | { readonly kind: "array-rest"; readonly out: ValueId; readonly array: ValueId; readonly from: number }
  /** One element of an iterable (`of`), one awaited element (`await`), one key (`in`). */
  | {
      readonly kind: "iterate";
      readonly out: ValueId;
      readonly object: ValueId;
      readonly mode: "of" | "await" | "in";
    }
  | {
      readonly kind: "call";
      readonly out: ValueId;
      readonly callee: ValueId;
      readonly receiver: ValueId | null;
      readonly arguments: readonly Argument[];
      readonly new: boolean;
      readonly optional: boolean;
      /** Callee as a reader would name it: `save`, `db.query`. */
      readonly name: string;
      /** Texts between the holes of a tagged template; its holes are the arguments (the strings array is not). */
      readonly template?: readonly string[];
      readonly decorates?: DecoratorTarget;
      readonly typeArguments: readonly TypeReference[];
      /** `make() satisfies T`. */
      readonly satisfies?: TypeReference;
    }
  | { readonly kind: "super-call"; readonly out: ValueId; readonly arguments: readonly Argument[] }
  | {
      readonly kind: "jsx";
      readonly out: ValueId;
      /** A component value, or the name of an intrinsic element. */ readonly component: ValueId | null;
      readonly tag: string;
      readonly props: ValueId;
    }
  | { readonly kind: "await"; readonly out: ValueId; readonly value: ValueId }
  /** `out` is what `next(v)` sends in. */
  | {
      readonly kind: "yield";
      readonly out: ValueId;
      readonly value: ValueId | null;
      readonly delegate: boolean;
    }
  | { readonly kind: "unary"; readonly out: ValueId; readonly operator: string; readonly operand: ValueId }
  | {
      readonly kind: "binary";
      readonly out: ValueId;
      readonly operator: string;
      readonly left: ValueId;
      readonly right: ValueId;
    }
  | {
      readonly kind: "template";
      readonly out: ValueId;
      readonly texts: readonly string[];
      readonly values: readonly ValueId[];
    }
  /** `x as T`, `<T>x`; `!` lowers to nothing, and `satisfies` to a word at a call. */
  | {
      readonly kind: "cast";
      readonly out: ValueId;
      readonly value: ValueId;
      readonly type: TypeReference;
      readonly typeAt: Span;
    }
  /** A local or module variable (or pattern element) gets a value: the place annotations on variables hang on. `type` is the written annotation. */
  | {
      readonly kind: "declare";
      readonly out: ValueId;
      readonly value: ValueId;
      readonly name: string;
      readonly nameAt: Span;
      readonly type: TypeReference | null;
    }
  /** What a `catch` block receives; first instruction of a handler block. */
  | { readonly kind: "catch"; readonly out: ValueId };

export type InstructionKind = Instruction["kind"];
export type InstructionOf<K extends InstructionKind> = Extract<Instruction, { kind: K }>;

export interface ClassGraph {
  readonly id: ClassId;
  /** Declared name, or `anonymous`. */
  readonly name: string;
  readonly path: string | null;
  readonly at: Span;
  readonly nameAt: Span;
  readonly abstract: boolean;
  /** As they are declared: `class Rows<T extends PgTable>`. */
  readonly typeParameters: readonly TypeParameter[];
  /** The `extends` expression as a type, where it is a plain name. */
  readonly extends: TypeReference | null;
  readonly implements: readonly TypeReference[];
  readonly constructorFunction: FunctionId | null;
  readonly fieldInitializer: FunctionId | null;
  readonly members: readonly ClassMember[];
}

export interface TypeParameter {
  readonly name: string;
  readonly constraint: TypeReference | null;
}

export interface ClassMember {
  readonly name: PropertyName;
  readonly nameAt: Span;
  readonly static: boolean;
  readonly kind: "method" | "getter" | "setter" | "field";
  /** For methods and accessors with a body. */
  readonly function: FunctionId | null;
  readonly type: TypeReference | null;
}
