/** Stretches of time and points in it, as far as code tells them: constants, arithmetic, settings with a default. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { TimeUnit } from "../../contracts/model.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { WrittenProperties } from "../guards/evidence/written-properties.js";
import type { AgeTools } from "../guards/ages/age-tools.js";
import { isPlain, unitsPerYear, type Quantity } from "../guards/ages/quantity.js";
import type { Passage } from "../guards/open-way.js";
import { ReadQuantities } from "../guards/ages/read-quantities.js";
import type { CallEdge, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { definitionOf, originOf } from "../paths/value-places.js";

export const secondsOf: Readonly<Record<TimeUnit, number>> = {
  year: 31_536_000,
  month: 2_592_000,
  week: 604_800,
  day: 86_400,
  hour: 3_600,
  minute: 60,
  second: 1,
  millisecond: 0.001,
};

/** Units by the last part of the names under which a date of the language is read and set. */
const unitsOfDates: Readonly<Record<string, TimeUnit>> = {
  FullYear: "year",
  Month: "month",
  Date: "day",
  Hours: "hour",
  Minutes: "minute",
  Seconds: "second",
};
const dateMethod = /\.(?<way>get|set)(?:UTC)?(?<part>FullYear|Month|Date|Hours|Minutes|Seconds)$/u;

export class TimeValues {
  private readonly quantities: ReadQuantities;

  constructor(
    private readonly tools: AgeTools,
    private readonly properties: WrittenProperties,
    callersOf?: (node: FunctionNode) => readonly CallEdge[],
  ) {
    const unnamed = { of: () => null, birthOf: () => null, isShaped: () => true };
    this.quantities = new ReadQuantities(tools, unnamed, properties, callersOf);
  }

  /** The same of what is reached by some calls only: `purge("bookings", 90)`, and not `purge("phones", 30)`. */
  along(passages: ReadonlySet<Passage>): TimeValues {
    const { pointsTo } = this.tools;
    return new TimeValues(this.tools, this.properties, (node) => callersAlong(pointsTo, passages, node));
  }

  /** The shortest stretch of time that the value may be, in seconds; null where none is known. */
  stretchOf(node: FunctionNode, value: ValueId, unit: TimeUnit): number | null {
    return shortest(this.quantities.of(node, value), unit);
  }

  /** The same of values that are wherever. */
  stretchOfValues(values: Iterable<AbstractValue>, unit: TimeUnit): number | null {
    return shortest(this.quantities.ofValues(values), unit);
  }

  /** By how many seconds a point in time lies behind the present one, less than zero before it; null: it is none. */
  offsetOf(node: FunctionNode, value: ValueId): number | null {
    const offsets = this.quantities
      .of(node, value)
      .filter(({ now, birth }) => now === 1 && birth === 0)
      .map(({ add, perYear }) => (add / perYear) * unitsPerYear.second);
    if (offsets.length === 0) return this.offsetInText(node, value);
    const offset = offsets.reduce((one, other) => (Math.abs(other) < Math.abs(one) ? other : one));
    return offset + this.shiftOf(node, value);
  }

  /** `${day}.log`: a text that is made of a point in time and of nothing else that is not constant. */
  private offsetInText(node: FunctionNode, value: ValueId): number | null {
    const definition = definitionOf(node, value);
    if (definition?.kind !== "template") return null;
    const [only, ...others] = definition.values;
    return only === undefined || others.length > 0 ? null : this.offsetOf(node, only);
  }

  /** `cutoff.setDate(cutoff.getDate() - 90)` */
  private shiftOf(node: FunctionNode, value: ValueId): number {
    const origin = originOf(node, value);
    let shift = 0;
    for (const call of node.code) {
      if (call.kind !== "call" || call.receiver === null || originOf(node, call.receiver) !== origin)
        continue;
      const set = dateMethod.exec(call.name)?.groups;
      const given = call.arguments[0] === undefined ? undefined : definitionOf(node, call.arguments[0].value);
      if (set?.["way"] !== "set" || given?.kind !== "binary" || !/^[+-]$/u.test(given.operator)) continue;
      const read = definitionOf(node, given.left);
      const got = read?.kind === "call" ? dateMethod.exec(read.name)?.groups : undefined;
      const unit = unitsOfDates[set["part"] ?? ""];
      if (got?.["way"] !== "get" || got["part"] !== set["part"] || unit === undefined) continue;
      const amount = this.stretchOf(node, given.right, unit) ?? 0;
      shift += given.operator === "-" ? -amount : amount;
    }
    return shift;
  }
}

/** The callers that one of the ways comes by; all where none of them does. */
export function callersAlong(
  pointsTo: PointsTo,
  passages: ReadonlySet<Passage>,
  callee: FunctionNode,
): readonly CallEdge[] {
  const all = pointsTo.callersOf(callee);
  const passed = all.filter(({ site }) =>
    [...passages].some(({ node, point }) => node === site.caller && point === site.point),
  );
  return passed.length > 0 ? passed : all;
}

/** Of what several callers hand to one helper, nobody can tell here which it is: the shortest accuses nobody falsely. */
function shortest(quantities: readonly Quantity[], unit: TimeUnit): number | null {
  const plain = quantities.filter(isPlain).map(({ add }) => add * secondsOf[unit]);
  return plain.length === 0 ? null : Math.min(...plain);
}
