/**
 * What a loader of folders does, as if the program had written it out: a function that hands each file's export to
 * what the loader was given, one call after the other. Its parameters are that, the options, and the exports.
 */
import type { FilePath } from "../../base/keys.js";
import type { Span } from "../../base/location.js";
import type { FileGraph, FunctionGraph, Instruction, ValueId } from "../../contracts/file-graph.js";

/** One file's export, and how it is handed on. */
export interface HandedFile {
  readonly file: FilePath;
  /** It works on what it is handed to, and in no scope of its own. */
  readonly isCalled: boolean;
  /** What the option that names the address says; null: nothing. */
  readonly address: string | null;
}

/** What stands in one scope: what `first` does there is for all of them. */
export interface HandedFolder {
  readonly first: readonly HandedFile[];
  readonly files: readonly HandedFile[];
}

export interface LoaderGraph {
  readonly graph: FileGraph;
  /** By the id of a function: the files whose exports are its parameters, from the third on. */
  readonly given: ReadonlyMap<number, readonly FilePath[]>;
}

interface Loader {
  /** The file and the place of the call that loads. */
  readonly of: FileGraph;
  readonly at: Span;
  /** The name of the graph's file, and of its function. */
  readonly file: FilePath;
  readonly name: string;
  /** The method that is called with each export, and the option that names the address. */
  readonly register: string;
  readonly prefix: string | null;
}

export const loaderFunction = 1;

export function buildLoader(loader: Loader, folders: readonly HandedFolder[]): LoaderGraph {
  const given = new Map<number, readonly FilePath[]>();
  const inside: FunctionGraph[] = [];
  const main = new Body(loader);
  for (const { first, files } of folders) {
    if (first.length === 0) {
      for (const each of files) main.hand(each);
      continue;
    }
    const scope = new Body(loader);
    for (const each of [...first, ...files]) scope.hand(each);
    const id = loaderFunction + 1 + inside.length;
    inside.push(scope.finish(id, "arrow", loaderFunction));
    given.set(id, scope.files);
    main.scope(id);
  }
  given.set(loaderFunction, main.files);
  const module = new Body(loader).finish(0, "module", null);
  const { of, file } = loader;
  return {
    given,
    graph: {
      format: of.format,
      file,
      shownIn: of.file,
      lineStarts: of.lineStarts,
      functions: [module, main.finish(loaderFunction, "function", 0), ...inside],
      classes: [],
      imports: [],
      exports: [],
      specifiers: [],
      directives: [],
      types: [],
      errors: [],
    },
  };
}

class Body {
  /** What the third parameter and those behind it are. */
  readonly files: FilePath[] = [];
  private readonly code: Instruction[] = [];
  private count = 0;
  private readonly receiver: ValueId;
  private readonly options: ValueId;

  constructor(private readonly loader: Loader) {
    this.receiver = this.parameter(0);
    this.options = this.parameter(1);
  }

  hand({ file, isCalled, address }: HandedFile): void {
    const { at, prefix } = this.loader;
    this.files.push(file);
    const given = this.parameter(this.files.length + 1);
    const options = this.next();
    // What the options say of the address is part of each file's own.
    const excluded = prefix === null ? [] : [{ kind: "name", name: prefix } as const];
    this.code.push({ kind: "object-rest", out: options, object: this.options, excluded, at });
    if (address !== null && prefix !== null) {
      const value = this.next();
      this.code.push({ kind: "constant", out: value, value: address, type: "string", at });
      this.code.push({
        kind: "store",
        object: options,
        property: { kind: "name", name: prefix },
        value,
        nameAt: at,
        initial: true,
        at,
      });
    }
    if (isCalled) this.call(given, null, [this.receiver, options], this.loader.name);
    else this.register([given, options]);
  }

  /** A function of the loader's own that is handed on like a file's. */
  scope(id: number): void {
    const out = this.next();
    this.code.push({ kind: "function", out, function: id, captures: [], at: this.loader.at });
    this.register([out]);
  }

  finish(id: number, kind: FunctionGraph["kind"], parent: number | null): FunctionGraph {
    const { at, name } = this.loader;
    return {
      id,
      kind,
      name: kind === "module" ? "module" : name,
      path: null,
      at,
      nameAt: at,
      async: false,
      generator: false,
      parent,
      class: null,
      static: false,
      typeParameters: [],
      parameters: Array.from({ length: kind === "module" ? 0 : this.files.length + 2 }, (_, index) => ({
        index,
        name: null,
        nameAt: at,
        rest: false,
        optional: false,
        type: null,
        property: false,
      })),
      returnType: null,
      captures: [],
      blocks: [
        {
          id: 0,
          handler: null,
          phis: [],
          instructions: kind === "module" ? [] : this.code,
          end: { kind: "return", value: null, at },
        },
      ],
      valueCount: this.count,
      directives: [],
      capturesThis: false,
    };
  }

  private register(given: readonly ValueId[]): void {
    const { at, register } = this.loader;
    const out = this.next();
    const property = { kind: "name", name: register } as const;
    this.code.push({ kind: "load", out, object: this.receiver, property, nameAt: at, at });
    this.call(out, this.receiver, given, register);
  }

  private call(callee: ValueId, receiver: ValueId | null, given: readonly ValueId[], name: string): void {
    const { at } = this.loader;
    this.code.push({
      kind: "call",
      out: this.next(),
      callee,
      receiver,
      arguments: given.map((value) => ({ value, spread: false, at })),
      new: false,
      optional: false,
      name,
      typeArguments: [],
      at,
    });
  }

  private parameter(index: number): ValueId {
    const out = this.next();
    this.code.push({ kind: "parameter", out, index, at: this.loader.at });
    return out;
  }

  private next(): ValueId {
    return this.count++;
  }
}
