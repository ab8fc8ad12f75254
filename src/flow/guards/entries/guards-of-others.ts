/** Guards that do not stand before an entry, but before others of its class or of the app. */
import type { IneffectiveGuard } from "../../../contracts/flow.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { AbstractValue } from "../../points-to/abstract-value.js";
import type { FunctionNode } from "../../program/program.js";
import { locationOf } from "../../program/program.js";
import { handlerPlaces } from "../handlers/handler-places.js";
import type { OpenWays } from "../open-ways.js";
import { rolesOf } from "./decorated-entries.js";
import type { EntryGuards, MissingGuard } from "./entry-guards.js";
import type { FoundEntry } from "./entry-found.js";

/** What is registered too late first, then what is registered for others, then what decorates others of the class. */
export function guardsOfOthers(entries: EntryGuards, entry: FoundEntry, open: OpenWays): IneffectiveGuard[] {
  const { pointsTo } = open.tools;
  return [
    ...entries.missing(entry, open).flatMap((each) => tell(pointsTo, each)),
    ...decoratedBeside(pointsTo, entries, entry, open),
  ];
}

function tell(pointsTo: PointsTo, { site, places, isLate, wanted }: MissingGuard): IneffectiveGuard[] {
  const [handler] = places.flatMap(({ handlers }) => handlers.flatMap((each) => each ?? []));
  if (handler === undefined) return [];
  const { function: node } = handler;
  const guard = {
    name: nameOf(pointsTo, node),
    location: site === null ? locationOf(node, node.graph.nameAt) : at(site),
  };
  if (isLate) return [{ ...guard, reason: "too-late" }];
  const words = wanted.map((each) => wordOf(pointsTo, each));
  const place = words.every((each) => each !== null) && words.length > 0 ? words.join(", ") : null;
  return [{ ...guard, reason: "other-scope", ...(place === null ? {} : { place }) }];
}

/** Of its own class, what other members are decorated with. */
function decoratedBeside(
  pointsTo: PointsTo,
  entries: EntryGuards,
  { self, node }: FoundEntry,
  open: OpenWays,
): IneffectiveGuard[] {
  if (self === null) return [];
  return self.graph.members.flatMap(({ function: id }) => {
    const member = id === null ? undefined : pointsTo.program.memberOf(self, id);
    if (member === undefined || member === node) return [];
    return entries.of(member).flatMap((other) =>
      rolesOf(entries.decorated.decorations.ofMember(self, nameOfMember(member)), "handles").flatMap(
        ({ role, decoration }) => {
          const places = handlerPlaces(pointsTo, decoration.site, role);
          const [handler] = places.flatMap(({ handlers }) => handlers.flatMap((each) => each ?? []));
          if (handler === undefined || !entries.isGuard(places, role, other, open)) return [];
          const guard = { name: nameOf(pointsTo, handler.function), location: at(decoration.at) };
          return [{ ...guard, reason: "other-scope" as const, place: other.name }];
        },
      ),
    );
  });
}

function nameOfMember({ graph }: FunctionNode): string {
  return graph.name.slice(graph.name.lastIndexOf(".") + 1);
}

function at({ caller, instruction }: CallSite): IneffectiveGuard["location"] {
  return locationOf(caller, instruction.at);
}

/** Of a method that a framework calls, the class says more. */
function nameOf({ program }: PointsTo, node: FunctionNode): string {
  return program.homeClass(node)?.graph.name ?? node.graph.name;
}

/** `/api/notes`, the name of a class, the `path` or `source` of an object. */
function wordOf(pointsTo: PointsTo, value: AbstractValue): string | null {
  if (value.kind === "class") return value.class.graph.name;
  if (value.kind === "constant") return typeof value.value === "string" ? value.value : null;
  if (value.kind !== "object") return null;
  const inner = value.array ? ["*"] : ["path", "source"];
  const words = inner.flatMap((name) =>
    [...pointsTo.fieldNode(value, name).values].map((each) => wordOf(pointsTo, each)),
  );
  return words.length > 0 && words.every((each) => each !== null) ? words.join(", ") : null;
}
