/** What all functions of a file share while it is lowered: syntax, bindings, forms, and the list of functions to lower. */
import type ts from "typescript";
import type { FilePath } from "../base/keys.js";
import type { Span } from "../base/location.js";
import type {
  ClassGraph,
  ExportBinding,
  FunctionGraph,
  FunctionId,
  ImportBinding,
  ValueId,
} from "../contracts/file-graph.js";
import type { TypeDeclaration } from "../contracts/type-reference.js";
import { childDataNames, type ChildDataNames } from "../project/annotations-import.js";
import type { TypeScript } from "../project/typescript-instance.js";
import { type AmbientTypes, ambientTypes } from "./ambient-types.js";
import { PathNames } from "./path-names.js";
import type { Bindings, FunctionScope } from "./scopes.js";

/** How each kind of syntax is lowered by `L`, a function's lowering; the families register their own. */
export interface Forms<L> {
  readonly expressions: ReadonlyMap<ts.SyntaxKind, (l: L, node: ts.Node) => ValueId>;
  readonly statements: ReadonlyMap<ts.SyntaxKind, (l: L, node: ts.Node) => void>;
}

/** How a function, class or object literal without a name of its own is called, by what it is assigned to. */
export interface NameHint {
  /** As a reader would say it: `Store.handlers.save`. */
  readonly name: string;
  /** Below the enclosing declaration: `handlers.save`. */
  readonly path: string;
  readonly nameAt: Span;
}

type Signature = Pick<FunctionGraph, "typeParameters" | "parameters" | "returnType">;

/** Of code that is nobody's function: a module, initialisers of fields. */
export function noSignature(): Signature {
  return { typeParameters: [], parameters: [], returnType: null };
}

/** A function that has an id and waits to be lowered. */
export interface FunctionPlan<L> {
  readonly head: Omit<FunctionGraph, "blocks" | "valueCount" | "captures" | keyof Signature>;
  readonly scope: FunctionScope;
  /** Path that declarations inside are named under. */
  readonly prefix: string;
  readonly signature: () => Signature;
  readonly body: (l: L) => void;
}

/** `L` is what lowers a function; who only asks about the file need not say it. */
export class FileLowering<L = never> {
  readonly plans: FunctionPlan<L>[] = [];
  readonly functionIds = new Map<ts.Node, FunctionId>();
  readonly classes: ClassGraph[] = [];
  readonly classIds = new Map<ts.Node, number>();
  readonly exports: ExportBinding[] = [];
  readonly types: TypeDeclaration[] = [];
  /** Bindings of `@import` tags; they come after those of the syntax. */
  readonly typeImports: ImportBinding[] = [];
  readonly errors: { readonly at: number; readonly message: string }[] = [];
  readonly hints = new Map<ts.Node, NameHint>();
  readonly paths = new PathNames();
  readonly isJavaScript: boolean;
  readonly childDataNames: ChildDataNames;
  /** Of variables that are only declared. */
  readonly ambientTypes: AmbientTypes;

  constructor(
    readonly ts: TypeScript,
    readonly source: ts.SourceFile,
    readonly file: FilePath,
    readonly bindings: Bindings,
    readonly forms: Forms<L>,
  ) {
    this.isJavaScript = /\.[cm]?jsx?$/i.test(source.fileName);
    this.childDataNames = childDataNames(ts, source);
    const packages = bindings.imports.filter(({ specifier }) => !specifier.startsWith("."));
    this.ambientTypes = ambientTypes(ts, source, new Set(packages.map(({ local }) => local)));
  }

  /** A specifier that only a type names. */
  readonly mention = (specifier: string): void => {
    this.bindings.specifiers.add(specifier);
  };

  span(node: ts.Node): Span {
    return [node.getStart(this.source), node.end];
  }

  /** An error inside the lowering itself: the function stays empty, the file goes on. */
  reportFailure(at: number, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.errors.push({ at, message: `not analysed: ${message}` });
  }
}
