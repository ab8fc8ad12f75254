/**
 * Functions that are looked up by a key and called: `reducers[key](state[key])`. What was read under the same key goes
 * only to the function that stands under it, and what a function gives that stands under one name came by that name.
 */
import type { Context } from "./context.js";
import type { ContextValues } from "./context-values.js";
import type { Entry } from "../tabulation/entry.js";
import type { FactTable, KeyNote, State } from "../tabulation/fact.js";
import type { KeyNotes } from "../constants/key-notes.js";
import { isSamePlace } from "../constants/key-places.js";
import { keyedCallee } from "../points-to/keyed-lookups.js";
import type { CallEdge, CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

export class KeyedCallees {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly values: ContextValues,
    private readonly keys: KeyNotes,
    private readonly facts: FactTable,
  ) {}

  /** What was read under the key that the callee is looked up by, where that is known to be another's name. */
  isOfOtherKey({ context }: Entry, { site, callee }: CallEdge, { key }: State): boolean {
    if (key === null || site.instruction.kind !== "call") return false;
    const keyed = keyedCallee(site.caller, site.instruction.callee);
    if (keyed === null || !isSamePlace(keyed.place, key.place)) return false;
    return this.namesOf(context, site, callee)?.has(key.name) === false;
  }

  /**
   * The state of what comes back: by the key of what went in, or by the name under which the callee stands; null where
   * control does not come to the call with this key.
   */
  stateOfResult(
    { node, context }: Entry,
    site: CallSite,
    callee: FunctionNode,
    state: State,
    entered: KeyNote | null,
  ): State | null {
    if (state.key !== null) return state;
    if (entered !== null) return this.facts.noteKey(state, entered);
    const keyed = site.instruction.kind === "call" ? keyedCallee(node, site.instruction.callee) : null;
    const [name, ...others] = keyed === null ? [] : (this.namesOf(context, site, callee) ?? []);
    if (keyed === null || name === undefined || others.length > 0) return state;
    const note = this.keys.ofRead(node, context, site.point, keyed.place, name);
    return note === "never" ? null : note === null ? state : this.facts.noteKey(state, note);
  }

  /** The names under which a function stands in the table that a call looks it up in; null where that is not told. */
  private namesOf(context: Context, site: CallSite, callee: FunctionNode): ReadonlySet<string> | null {
    const keyed = site.instruction.kind === "call" ? keyedCallee(site.caller, site.instruction.callee) : null;
    const tables = keyed === null ? null : this.values.valuesIn(context, site.caller, keyed.table);
    if (tables === null) return null;
    const names = new Set<string>();
    for (const table of tables) {
      if (table.kind !== "object" || table.array) return null;
      for (const [name, field] of this.pointsTo.fieldsOf(table)) {
        if (
          ![...field.values].some(
            (value) => value.kind === "function" && value.function.closureIndex === callee.closureIndex,
          )
        )
          continue;
        if (name === "*") continue;
        if (name === "[]") return null;
        names.add(name);
      }
    }
    return names.size === 0 ? null : names;
  }
}
