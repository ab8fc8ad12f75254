import type ts from "typescript";
import { internalsOf, type TypeScript } from "./typescript-instance.js";

/**
 * Scripts (files without import or export) share one global scope. Where two of them, or one and the standard
 * library, declare the same class, function, constant or alias, they were never meant to meet in one program;
 * each then counts as a module of its own.
 */
export function clashingScripts(
  ts: TypeScript,
  root: string,
  libraryLocation: string,
  program: ts.Program,
): Set<string> {
  const scripts = program.getSourceFiles().filter((file) => isOwnScript(ts, root, file));
  const clashing = new Set<string>();
  if (scripts.length === 0) return clashing;
  program.getTypeChecker();
  const libraryNames = new Map<ts.__String, ts.SymbolFlags>();
  for (const file of program.getSourceFiles()) {
    if (!file.fileName.startsWith(libraryLocation)) continue;
    for (const [name, symbol] of internalsOf(file).locals ?? []) libraryNames.set(name, symbol.flags);
  }
  const owners = new Map<ts.__String, ts.SourceFile>();
  for (const file of scripts) {
    for (const [name, symbol] of internalsOf(file).locals ?? []) {
      const other = owners.get(name);
      const mergesWithLibrary =
        libraryNames.has(name) &&
        (symbol.flags &
          ~(
            ts.SymbolFlags.Interface |
            ts.SymbolFlags.NamespaceModule |
            ts.SymbolFlags.FunctionScopedVariable
          )) ===
          0;
      if (other !== undefined) clashing.add(other.fileName).add(file.fileName);
      else owners.set(name, file);
      if (libraryNames.has(name) && !mergesWithLibrary) clashing.add(file.fileName);
    }
  }
  return clashing;
}

function isOwnScript(ts: TypeScript, root: string, file: ts.SourceFile): boolean {
  if (file.isDeclarationFile || !file.fileName.startsWith(`${root}/`)) return false;
  return !ts.isExternalModule(file) && internalsOf(file).commonJsModuleIndicator === undefined;
}
