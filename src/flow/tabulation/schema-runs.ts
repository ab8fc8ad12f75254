/** Values that go through a schema's own functions while they are parsed: what those give is what comes out. */
import { accessPath } from "../paths/access-path.js";
import { isElement } from "../points-to/alias-names.js";
import { noContext } from "../contexts/context.js";
import type { CallbackReturn, Entry } from "./entry.js";
import type { Base, State } from "./fact.js";
import { incoming, returned } from "./fact.js";
import type { CallSite } from "../points-to/points-to.js";
import type { SchemaChange } from "../sources/schema-changes.js";
import { called } from "../paths/step-names.js";
import type { Tabulation } from "./tabulation.js";
import type { Trace } from "./trace.js";
import { step, through } from "./trace.js";

/** Where what is parsed comes out of the call. */
export interface ParsedPlace {
  readonly base: Base;
  readonly prefix: readonly string[];
}

export class SchemaRuns {
  private readonly receivers = new Map<string, CallbackReturn>();

  constructor(private readonly tabulation: Tabulation) {}

  /** Something at a path of what is parsed goes through the functions from the first on that it comes to. */
  run(
    entry: Entry,
    site: CallSite,
    place: ParsedPlace,
    path: readonly string[],
    changes: readonly SchemaChange[],
    state: State,
    trace: Trace,
  ): void {
    const index = changes.findIndex((change) => restOf(path, change.path) !== null);
    const change = changes[index];
    if (change === undefined) {
      this.tabulation.put(
        entry,
        site.point,
        place.base,
        accessPath([...place.prefix, ...path]),
        state,
        trace,
      );
      return;
    }
    const rest = restOf(path, change.path) ?? [];
    const { facts } = this.tabulation;
    const fact = facts.fact(place.base, accessPath([...place.prefix, ...path]), state);
    for (const callee of change.functions) {
      const inside = facts.fact(incoming(0), accessPath(rest), state);
      const passed = step(
        entry.node,
        site.instruction.at,
        {
          kind: "passed",
          parameter: callee.graph.parameters[0]?.name ?? "argument 1",
          ...called(callee, entry.node),
        },
        trace,
      );
      this.tabulation.addIncoming(this.tabulation.entryOf(callee, inside, noContext), {
        entry,
        site,
        binding: { callee, links: [], result: null },
        callback: this.receiverOf(
          site,
          place,
          path.slice(0, path.length - rest.length),
          changes.slice(index + 1),
        ),
        takesPutBack: true,
        fact,
        trace: passed,
        before: trace,
      });
    }
  }

  /** Takes what a function gives to where the value stood, and on to the next function. */
  private receiverOf(
    site: CallSite,
    place: ParsedPlace,
    at: readonly string[],
    after: readonly SchemaChange[],
  ): CallbackReturn {
    const names = after.map(
      ({ path, functions }) => `${path.join(".")}=${functions.map(({ index }) => index).join()}`,
    );
    const key = [site.id, place.base, place.prefix.join("."), at.join("."), ...names].join("|");
    let receiver = this.receivers.get(key);
    if (receiver === undefined) {
      receiver = (entry, _site, fact, inner, previous) => {
        if (fact.base !== returned) return;
        const trace = previous === null ? inner : through(inner, previous);
        this.run(entry, site, place, [...at, ...fact.path.components], after, fact.state, trace);
      };
      this.receivers.set(key, receiver);
    }
    return receiver;
  }
}

/** What is left of a path below another; null: it does not lead there. */
function restOf(path: readonly string[], below: readonly string[]): readonly string[] | null {
  const isBelow = below.every((name, index) => {
    const component = path[index];
    return component === name || (component !== undefined && isElement(component) && isElement(name));
  });
  return isBelow ? path.slice(below.length) : null;
}
