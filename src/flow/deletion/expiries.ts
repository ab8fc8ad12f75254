/** Writes that end by themselves, or say when they end: how long what they put there is kept. */
import type { Expiry } from "../../contracts/deletion.js";
import type { ValueId } from "../../contracts/file-graph.js";
import type { Role } from "../../contracts/model.js";
import { operandsAt, valuesAt } from "../models/address-values.js";
import { foldValues } from "../constants/constants.js";
import type { ModelAt } from "../program/model-at.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { locationOf, type FunctionNode } from "../program/program.js";
import { secondsOf, type TimeValues } from "../retention/time-values.js";
import type { SiteModels } from "../models/site-models.js";
import type { Writers } from "../points-to/writers.js";
import { writtenInto } from "../heap/written-literals.js";

interface Solved {
  readonly pointsTo: PointsTo;
  readonly models: SiteModels;
  readonly times: TimeValues;
  readonly writers: Writers;
}

/** Columns that say when a row is to go. */
const endName =
  /^(?:ttl|expires?(?:_?(?:at|on|in))?|expir(?:y|ation)(?:_?(?:date|at|time))?|expire_?at|(?:delete|purge|remove|erase)_?(?:at|after|on)|(?:keep|retain|valid)_?until)$/iu;

export function findExpiries(solved: Solved): Expiry[] {
  const found: Expiry[] = [];
  for (const site of solved.pointsTo.sites.values())
    for (const match of solved.models.at(site)) {
      const { roles } = match.model;
      const location = locationOf(site.caller, site.instruction.at);
      const isWrite = !roles.some(({ kind }) => kind === "delete");
      if (isWrite && roles.some(({ kind }) => kind === "retention"))
        found.push({
          location,
          seconds: secondsAt(solved.pointsTo, solved.times, site, match),
          column: null,
        });
      for (const role of roles)
        if (role.kind === "store")
          for (const end of endsOf(solved, site, match, role)) found.push({ location, ...end });
    }
  return found;
}

/** After how many seconds it ends; null where that cannot be told. */
export function secondsAt(
  pointsTo: PointsTo,
  times: TimeValues,
  site: CallSite,
  { model, names }: ModelAt,
  kind: "retention" | "delays" = "retention",
): number | null {
  const periods = model.roles.flatMap((role) =>
    role.kind === kind && "period" in role ? periodAt(pointsTo, times, site, role, names) : [],
  );
  return periods.length === 0 || periods.some((period) => Number.isNaN(period)) ? null : Math.max(...periods);
}

function periodAt(
  pointsTo: PointsTo,
  times: TimeValues,
  site: CallSite,
  { period, unit }: Extract<Role, { kind: "retention" | "delays" }>,
  names: readonly string[],
): readonly number[] {
  const values = valuesAt(pointsTo, site, period, names);
  const told = foldValues(pointsTo, values).map((text) => secondsInText(text, unit));
  if (!told.some((each) => Number.isNaN(each))) return told;
  const operands = operandsAlong(site, period);
  for (const operand of operands) {
    const offset = times.offsetOf(site.caller, operand);
    const stretch = offset ?? times.stretchOf(site.caller, operand, unit);
    if (stretch !== null) return [stretch];
  }
  const stretch = times.stretchOfValues(values, unit);
  return stretch === null ? told : [stretch];
}

/** `3600`, `30d`, `12 hours`, `town=…; Max-Age=3600` */
function secondsInText(text: string, unit: keyof typeof secondsOf): number {
  if (text.trim() === "") return NaN;
  const ofCookie = /;\s*max-age\s*=\s*(?<n>\d+)/iu.exec(text)?.groups?.["n"];
  if (ofCookie !== undefined) return Number(ofCookie);
  const plain = Number(text);
  if (!Number.isNaN(plain)) return plain * secondsOf[unit];
  const groups = /^\s*(?:in\s+)?(?<n>\d+(?:\.\d+)?)\s*(?<u>ms|[smhdwMy]|[a-z]+?)s?\s*$/u.exec(text)?.groups;
  const named = unitNames[groups?.["u"] ?? ""];
  return groups === undefined || named === undefined ? NaN : Number(groups["n"]) * secondsOf[named];
}

const unitNames: Readonly<Record<string, keyof typeof secondsOf>> = {
  ms: "millisecond",
  s: "second",
  sec: "second",
  second: "second",
  m: "minute",
  min: "minute",
  minute: "minute",
  h: "hour",
  hr: "hour",
  hour: "hour",
  d: "day",
  day: "day",
  w: "week",
  week: "week",
  M: "month",
  mo: "month",
  month: "month",
  y: "year",
  year: "year",
};

/** What stands at an address of the call, where the function itself writes it. */
function operandsAlong(site: CallSite, { steps, ...address }: Parameters<typeof operandsAt>[1]): ValueId[] {
  let found = [...operandsAt(site, { ...address, steps: [] })];
  for (const step of steps) {
    if (step.kind !== "property") return [];
    found = found.flatMap((object) =>
      writtenInto(site.caller, object).flatMap(([name, value]) => (name === step.name ? [value] : [])),
    );
  }
  return found;
}

/** `create({ data: { …, expiresAt: addDays(new Date(), 30) } })` */
function endsOf(
  { pointsTo, times, writers }: Solved,
  site: CallSite,
  { names }: ModelAt,
  role: Extract<Role, { kind: "store" }>,
): Pick<Expiry, "seconds" | "column">[] {
  return role.data.flatMap((address) =>
    valuesAt(pointsTo, site, address, names).flatMap((object) =>
      writers
        .ofObject(object)
        .filter(({ name }) => endName.test(name))
        .map(({ node, name, value }) => ({ column: name, seconds: endOf(times, node, value) })),
    ),
  );
}

function endOf(times: TimeValues, node: FunctionNode, value: ValueId): number | null {
  return times.offsetOf(node, value);
}
