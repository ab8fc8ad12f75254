/** Every method of the standard library's types and namespaces has a model. */
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { createCatalogue } from "../../src/models/catalogue.js";
import { readModelFiles } from "../../src/project/catalogue-files.js";

const catalogue = createCatalogue(readModelFiles());
const program = ts.createProgram(
  ["/none.ts"],
  { lib: ["lib.esnext.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"], types: [], noResolve: false },
  hostOf(),
);
const checker = program.getTypeChecker();
const source = program.getSourceFile("/none.ts");

function hostOf(): ts.CompilerHost {
  const host = ts.createCompilerHost({});
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, options) =>
    name === "/none.ts" ? ts.createSourceFile(name, "", options) : read(name, options);
  host.fileExists = (name) => name === "/none.ts" || ts.sys.fileExists(name);
  return host;
}

function methodsOf(type: ts.Type): string[] {
  return type
    .getProperties()
    .filter((property) => isMethod(property))
    .map((property) => property.name)
    .filter((name) => !name.startsWith("__@"));
}

function isMethod(property: ts.Symbol): boolean {
  const type = source === undefined ? undefined : checker.getTypeOfSymbol(property);
  return type !== undefined && type.getCallSignatures().length > 0;
}

function globalSymbol(name: string, meaning: ts.SymbolFlags): ts.Symbol | undefined {
  return source === undefined ? undefined : checker.resolveName(name, source, meaning, false);
}

function instanceMethods(name: string): string[] {
  const symbol = globalSymbol(name, ts.SymbolFlags.Type);
  expect(symbol, name).toBeDefined();
  return symbol === undefined ? [] : methodsOf(checker.getDeclaredTypeOfSymbol(symbol));
}

function staticMethods(name: string): string[] {
  const symbol = globalSymbol(name, ts.SymbolFlags.Value);
  expect(symbol, name).toBeDefined();
  return symbol === undefined
    ? []
    : methodsOf(checker.getTypeOfSymbol(symbol)).filter(
        (each) => !["call", "apply", "bind", "toString"].includes(each),
      );
}

const types = [
  "String",
  "Array",
  "ReadonlyArray",
  "Map",
  "ReadonlyMap",
  "Set",
  "ReadonlySet",
  "WeakMap",
  "WeakSet",
  "WeakRef",
  "Promise",
  "Number",
  "BigInt",
  "Boolean",
  "Symbol",
  "Date",
  "RegExp",
  "Generator",
  "AsyncGenerator",
  "IteratorObject",
  "Uint8Array",
  "Float64Array",
  "BigInt64Array",
  "ArrayBuffer",
  "DataView",
  "Storage",
  "URL",
  "URLSearchParams",
  "FormData",
  "Headers",
  "Request",
  "Response",
  "Blob",
  "SubtleCrypto",
  "Crypto",
  "TextEncoder",
  "TextDecoder",
  "EventTarget",
  "AbortController",
  "BroadcastChannel",
  "ReadableStream",
];
const globals = [
  "Object",
  "JSON",
  "Array",
  "Map",
  "Promise",
  "String",
  "Number",
  "BigInt",
  "Symbol",
  "Date",
  "RegExp",
  "Math",
  "Reflect",
  "Uint8Array",
  "ArrayBuffer",
  "Error",
  "URL",
  "Response",
];
const functions = [
  "parseInt",
  "parseFloat",
  "isNaN",
  "isFinite",
  "encodeURI",
  "encodeURIComponent",
  "decodeURI",
  "decodeURIComponent",
  "escape",
  "unescape",
  "String",
  "Number",
  "BigInt",
  "Boolean",
  "Symbol",
  "Object",
  "Array",
  "Map",
  "Set",
  "WeakMap",
  "WeakSet",
  "WeakRef",
  "Promise",
  "Proxy",
  "Date",
  "RegExp",
  "Error",
  "TypeError",
  "RangeError",
  "SyntaxError",
  "EvalError",
  "ReferenceError",
  "URIError",
  "AggregateError",
  "ArrayBuffer",
  "DataView",
  "fetch",
  "setTimeout",
  "setInterval",
  "queueMicrotask",
  "btoa",
  "atob",
  "structuredClone",
  "URL",
  "URLSearchParams",
  "FormData",
  "Headers",
  "Request",
  "Response",
  "Blob",
  "TextEncoder",
  "TextDecoder",
  "EventTarget",
  "CustomEvent",
  "AbortController",
  "WebSocket",
  "XMLHttpRequest",
];
const consoleMethods = [
  "log",
  "info",
  "warn",
  "error",
  "debug",
  "trace",
  "dir",
  "dirxml",
  "table",
  "group",
  "groupCollapsed",
  "assert",
  "timeLog",
];

describe("the library's models are complete", () => {
  it.each(types)("every method of %s", (name) => {
    const methods = instanceMethods(name);
    expect(methods.length).toBeGreaterThan(0);
    expect(methods.filter((method) => catalogue.match("lib", [name, method], "call").length === 0)).toEqual(
      [],
    );
  });

  it.each(globals)("every function of %s", (name) => {
    const methods = staticMethods(name);
    expect(methods.length).toBeGreaterThan(0);
    expect(
      methods.filter((method) => catalogue.match("global", [name, method], "call").length === 0),
    ).toEqual([]);
  });

  it.each(functions)("%s itself", (name) => {
    expect(catalogue.match("global", [name], "call")).not.toEqual([]);
  });

  it("every method of console", () => {
    const methods = staticMethods("console");
    const logs = (method: string): boolean =>
      catalogue
        .match("global", ["console", method], "call")
        .some((match) => match.model.roles.some((role) => role.kind === "log"));
    expect(
      methods.filter((method) => catalogue.match("global", ["console", method], "call").length === 0),
    ).toEqual([]);
    expect(methods.filter(logs).sort()).toEqual([...consoleMethods].sort());
  });
});
