import type ts from "typescript";

/** The TypeScript namespace that made a program: ts-morph's for the audit, the user's under lint. */
export type TypeScript = typeof ts;

export type Program = ts.Program;

/**
 * What the compiler keeps on its objects without typing it. Read only here, always as optional, so that a
 * version that drops one degrades instead of failing. All of them exist from 5.4 to 6.0.
 */
export interface SourceFileInternals {
  readonly imports?: readonly ts.StringLiteralLike[];
  readonly parseDiagnostics?: readonly ts.DiagnosticWithLocation[];
  readonly locals?: ReadonlyMap<ts.__String, ts.Symbol>;
  readonly externalModuleIndicator?: ts.Node | true;
  readonly commonJsModuleIndicator?: ts.Node | true;
  /** 0: every comment; anything else leaves tags out. */
  readonly jsDocParsingMode?: number;
  readonly symbol?: ts.Symbol;
}

/** The untyped parts of a source file. */
export function internalsOf(sourceFile: ts.SourceFile): SourceFileInternals {
  return sourceFile as unknown as SourceFileInternals;
}
