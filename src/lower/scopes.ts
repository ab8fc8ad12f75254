/** Variables, scopes and functions of one file, as syntax alone tells them. `scope-walk.ts` fills them in. */
import type ts from "typescript";
import type { Span } from "../base/location.js";
import type { ImportBinding } from "../contracts/file-graph.js";

export type VariableKind =
  | "var"
  | "let"
  | "const"
  | "parameter"
  | "function"
  | "class"
  | "catch"
  | "import"
  | "enum"
  | "namespace"
  | "enum-member";

/**
 * Where a variable lives: `local` is an SSA value (copied into closures that capture it), `box` is shared by
 * reference between closures, `cell` belongs to the module, `member` is an enum's bare member name.
 */
export type Storage = "local" | "box" | "cell" | "import" | "member";

export interface Variable {
  readonly name: string;
  readonly kind: VariableKind;
  readonly nameAt: Span;
  readonly scope: Scope;
  /** How often a declaration gives it a value, and how often an assignment does. */
  initialisers: number;
  writes: number;
  writtenByClosure: boolean;
  captured: boolean;
  /** A closure that uses it comes into being before the variable has its value. */
  capturedEarly: boolean;
  /** Offset from which on the variable has its value. */
  initialisedAt: number;
  exported: boolean;
  /** The namespace that it is an exported member of. */
  memberOf: Variable | null;
  storage: Storage;
  /** Name of its module cell. */
  cell: string;
  /** One definition, which stands before every use. */
  direct: boolean;
  /** The declaration that says by its type or comment what assignments give (`let x: T;`, `let child: Child | null = null;`). */
  told: ts.VariableDeclaration | null;
  /** Initialiser of a `const`, for folding. */
  constant: ts.Expression | null;
  /** Index into the file's imports. */
  importIndex: number;
}

export interface Scope {
  readonly parent: Scope | null;
  readonly function: FunctionScope;
  readonly variables: Map<string, Variable>;
  readonly start: number;
  /** `var` declarations below it are its variables. */
  readonly holdsVars: boolean;
  /** In a `switch` a declaration need not stand before its uses. */
  readonly branching: boolean;
  readonly inLoop: boolean;
  /** Static initialisers have their class as `this`. */
  readonly ownsThis: boolean;
  /** Function declarations that come into being when the scope is entered. */
  readonly hoisted: ts.FunctionDeclaration[];
  /** The namespace or enum whose exported names are variables here. */
  readonly namespace: Variable | null;
}

export type CaptureKey = Variable | "this" | "arguments";

export interface FunctionScope {
  readonly parent: FunctionScope | null;
  readonly arrow: boolean;
  /** Offset at which the closure comes into being. */
  readonly createdAt: number;
  /** What it captures, with the slot. */
  readonly captures: Map<CaptureKey, number>;
  usesSuper: boolean;
}

/** A variable that a loop hands through the functions of a list: the loop has one of its own in each round. */
export interface Fold {
  readonly outer: Variable;
  readonly inner: Variable;
  /** Where the loop gives it a value. */
  readonly target: ts.Identifier;
  /** Stands behind the loop in place of in it. */
  readonly leaving: ts.IfStatement | null;
}

/** What the scope analysis of a file found. */
export interface Bindings {
  readonly module: FunctionScope;
  readonly moduleScope: Scope;
  /** By the node that opens the scope: source file, function, block, loop, switch body, catch, class, namespace, enum. */
  readonly scopes: ReadonlyMap<ts.Node, Scope>;
  /** By function node; a class node stands for its instance field initialiser. */
  readonly functions: ReadonlyMap<ts.Node, FunctionScope>;
  /** By the loop; it stands among the functions, too. */
  readonly folds: ReadonlyMap<ts.Node, Fold>;
  /** The variable of an identifier that refers to it or declares it. */
  readonly variableOf: (node: ts.Identifier) => Variable | undefined;
  readonly imports: readonly ImportBinding[];
  /** Specifiers in order of mention. */
  readonly specifiers: Set<string>;
  /** The file uses `module.exports`, `exports` or `require` and has no import or export. */
  readonly commonJs: boolean;
}

/** The variable of a name, by what is declared so far. */
export function lookUp(name: string, scope: Scope): Variable | undefined {
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    const variable = at.variables.get(name);
    if (variable !== undefined) return variable;
  }
  return undefined;
}

export function isConstantVariable(variable: Variable): boolean {
  return variable.writes === 0 && variable.initialisers <= 1;
}
