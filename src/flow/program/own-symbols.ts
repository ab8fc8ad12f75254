/**
 * Symbols as keys: `const pulse = Symbol("pulse")` names one property and no other. What a module makes once, and what
 * `Symbol.for` gives for one text, is a key like a text that is written nowhere else.
 */
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { Operands } from "../points-to/call-operands.js";
import { registeredSymbolKey, symbolKey } from "../paths/path-components.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";

type Foreign = Extract<AbstractValue, { kind: "foreign" }>;

export function addSymbol(
  { graph, values }: PointsTo,
  { id, caller }: CallSite,
  { module, path: [name, method, ...others] }: Foreign,
  { arguments: [key], out }: Operands,
): void {
  if (module !== "global" || name !== "Symbol" || others.length > 0) return;
  // A function that is called twice makes two symbols.
  if (method === undefined && caller.graph.kind === "module") graph.add(out, values.constant(symbolKey(id)));
  if (method === "for" && key !== undefined && !key.spread)
    graph.onValue(key.node, (text) => {
      if (text.kind === "constant") graph.add(out, values.constant(registeredSymbolKey(String(text.value))));
    });
}
