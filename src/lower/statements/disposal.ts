/** `using` and `await using`: the resource's `[Symbol.dispose]()` is called on every way out of its block. */
import type ts from "typescript";
import type { Span } from "../../base/location.js";
import type { FunctionLowering } from "../function-lowering.js";
import { lowerGuarded } from "./guarded.js";

export interface Disposed {
  readonly name: ts.Identifier;
  readonly isAwaited: boolean;
}

/** The variables of a declaration that are disposed of, in order. */
export function disposedIn(l: FunctionLowering, list: ts.VariableDeclarationList): readonly Disposed[] {
  const { NodeFlags } = l.ts;
  const kind = list.flags & NodeFlags.BlockScoped;
  if (kind !== NodeFlags.Using && kind !== NodeFlags.AwaitUsing) return [];
  return list.declarations.flatMap(({ name }) =>
    l.ts.isIdentifier(name) ? [{ name, isAwaited: kind === NodeFlags.AwaitUsing }] : [],
  );
}

/** Lowers what comes after the declaration up to the end of its block, and the disposal, last declared first. */
export function lowerDisposed(
  l: FunctionLowering,
  resources: readonly Disposed[],
  start: number,
  rest: () => void,
): void {
  const first = resources[0];
  if (first === undefined) {
    rest();
    return;
  }
  const dispose = (): void => {
    for (const resource of [...resources].reverse()) if (l.reachable) lowerDispose(l, resource);
  };
  lowerGuarded(l, { start, at: l.span(first.name), body: rest, last: dispose, copy: dispose });
}

function lowerDispose(l: FunctionLowering, { name, isAwaited }: Disposed): void {
  const variable = l.variableOf(name);
  if (variable === undefined) return;
  const at = l.span(name);
  const receiver = l.read(variable, at);
  const key = symbolNamed(l, isAwaited ? "asyncDispose" : "dispose", at);
  const callee = l.define(
    { kind: "load", object: receiver, property: { kind: "computed", value: key }, nameAt: at },
    at,
  );
  const result = l.define(
    {
      kind: "call",
      callee,
      receiver,
      arguments: [],
      new: false,
      // There may be nothing to dispose of.
      optional: true,
      name: `${name.text}[Symbol.dispose]`,
      typeArguments: [],
    },
    at,
  );
  if (isAwaited) l.define({ kind: "await", value: result }, at);
}

function symbolNamed(l: FunctionLowering, name: string, at: Span): number {
  const object = l.define({ kind: "global", name: "Symbol" }, at);
  return l.define({ kind: "load", object, property: { kind: "name", name }, nameAt: at }, at);
}
