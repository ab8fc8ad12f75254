/** Scope analysis of a file: resolves references and decides where each variable lives. */
import type ts from "typescript";
import type { TypeScript } from "../project/typescript-instance.js";
import { addScopeForms } from "./scope-forms.js";
import type { Reference } from "./scope-walk.js";
import { ScopeWalk, capture } from "./scope-walk.js";
import type { Bindings, FunctionScope, Scope, Variable } from "./scopes.js";
import { isConstantVariable, lookUp } from "./scopes.js";

export function bindFile(ts: TypeScript, source: ts.SourceFile): Bindings {
  const walk = new ScopeWalk(ts, source);
  addScopeForms(walk);
  walk.run();
  const free = new Set<string>();
  for (const name of walk.exportedNames) {
    const variable = walk.moduleScope.variables.get(name.text);
    if (variable === undefined) continue;
    variable.exported = true;
    walk.bind(name, variable);
  }
  for (const reference of walk.references) resolve(walk, reference, free);
  const cells = new Set<string>(walk.moduleScope.variables.keys());
  for (const variable of walk.declared) decideStorage(walk, variable, cells);
  return {
    module: walk.module,
    moduleScope: walk.moduleScope,
    scopes: walk.scopes,
    functions: walk.functions,
    folds: walk.folds,
    variableOf: walk.variableOf,
    imports: walk.imports,
    specifiers: walk.specifiers,
    commonJs: !walk.isModule && ["module", "exports", "require"].some((name) => free.has(name)),
  };
}

function resolve(walk: ScopeWalk, reference: Reference, free: Set<string>): void {
  const variable = lookUp(reference.node.text, reference.scope);
  if (variable === undefined) {
    free.add(reference.node.text);
    return;
  }
  walk.bind(reference.node, variable);
  if (reference.write) variable.writes++;
  const owner = variable.scope.function;
  if (variable.kind === "import" || reference.scope.function === owner) return;
  variable.captured = true;
  if (reference.write) variable.writtenByClosure = true;
  const outermost = captureFrom(reference.scope.function, owner, variable);
  if (outermost !== null && outermost.createdAt < variable.initialisedAt) variable.capturedEarly = true;
}

/** Every function between the use and the owner carries the variable, except the module's, which are cells. */
function captureFrom(user: FunctionScope, owner: FunctionScope, variable: Variable): FunctionScope | null {
  let outermost: FunctionScope | null = null;
  for (let at: FunctionScope | null = user; at !== null && at !== owner; at = at.parent) {
    if (owner.parent !== null) capture(at, variable);
    outermost = at;
  }
  return outermost;
}

function decideStorage(walk: ScopeWalk, variable: Variable, cells: Set<string>): void {
  if (variable.storage === "import" || variable.storage === "member") return;
  const constant = isConstantVariable(variable);
  variable.direct = constant && variable.kind !== "var" && !variable.scope.branching;
  if (variable.scope.function === walk.module) {
    if (!variable.captured && !variable.exported) return;
    variable.storage = "cell";
    if (variable.scope !== walk.moduleScope) variable.cell = innerCell(variable, cells);
    return;
  }
  if (variable.captured && !(constant && !variable.capturedEarly)) variable.storage = "box";
}

/** A cell for a variable of a block or namespace: its name, told apart from others of that name. */
function innerCell(variable: Variable, cells: Set<string>): string {
  const spaces: string[] = [];
  for (let at: Scope | null = variable.scope; at !== null; at = at.parent)
    if (at.namespace !== null) spaces.unshift(at.namespace.name);
  const name = [...spaces, variable.name].join(".");
  const cell = cells.has(name) ? `${name}@${String(variable.nameAt[0])}` : name;
  cells.add(cell);
  return cell;
}
