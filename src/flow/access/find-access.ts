/** The door of the access analysis: what is read by staff, and what is lacking on the way there. */
import { compareLocations } from "../../base/location.js";
import type { FieldId } from "../../contracts/annotation.js";
import type { AccessGap, OpenAnswer, StaffRead } from "../../contracts/access.js";
import type { Sink, TraceStep } from "../../contracts/flow.js";
import { foldParts } from "../models/address-values.js";
import { GuardPlaces } from "../guards/marks/guard-places.js";
import type { Guards } from "../guards/marks/guards.js";
import type { Passage } from "../guards/open-way.js";
import type { CallSite } from "../points-to/points-to.js";
import { locationOf, type FunctionNode } from "../program/program.js";
import type { RowsSeen } from "../stores/rows-seen.js";
import type { SeededValue } from "../sources/seeds.js";
import { called } from "../paths/step-names.js";
import { AccessWays, type AccessTools, type Through } from "./access-ways.js";
import { ChildReads, type ChildRead } from "./child-reads.js";
import { isExported } from "./export-signs.js";
import { findOpenAnswers, type OpenAnswersInput } from "./open-answers.js";
import { StoreOrigins } from "./store-origins.js";
import { StaffPaths, type StaffWay } from "./staff-paths.js";
import { TakenFields } from "./taken-fields.js";
import { isOnChain, toldReads, type ToldRead } from "./told-reads.js";

export interface AccessInput extends OpenAnswersInput {
  readonly rows: ReadonlyMap<CallSite, RowsSeen>;
  readonly seeded: readonly SeededValue[];
}

interface Candidate {
  readonly told: ToldRead;
  readonly place: Passage;
  readonly through: Through;
  readonly ways: readonly StaffWay[];
}

/** One field that is read at one place, with one thing lacking there. */
interface Gap {
  readonly gap: AccessGap;
  readonly field: FieldId;
  readonly ways: { readonly told: ToldRead; readonly staff: StaffWay }[];
}

const asked = ["authorization", "approval", "record"] as const;

export function findAccess(input: AccessInput): {
  readonly staffReads: readonly StaffRead[];
  readonly openAnswers: readonly OpenAnswer[];
} {
  const { tools, rows, seeded } = input;
  const reading = new ChildReads(tools.pointsTo, tools.models, input.annotations);
  const reads = reading.find(rows, seeded);
  const ways = new AccessWays(input, [...new Set(reads.map(({ site }) => site.caller))]);
  return {
    staffReads: findStaffReads(input, ways, reading, reads),
    openAnswers: findOpenAnswers(input, ways, new StoreOrigins(input.tools.pointsTo, reading, rows)),
  };
}

function findStaffReads(
  input: AccessInput,
  ways: AccessWays,
  reading: ChildReads,
  reads: readonly ChildRead[],
): StaffRead[] {
  const { tools, chains, tabulation, annotations } = input;
  const paths = new StaffPaths(ways, chains);
  const taken = new TakenFields(tools.pointsTo, tabulation, annotations, reading);
  const told = reads.flatMap((read) => {
    const place = { node: read.site.caller, point: read.site.point };
    return paths.among(ways.to("any", place), place).length === 0
      ? []
      : toldReads(tools.pointsTo, taken, read);
  });
  const candidates = told.flatMap((each): Candidate[] => {
    const place = { node: each.read.site.caller, point: each.read.site.point };
    const through = throughOf(each);
    const found = paths.among(ways.to("any", place, through), place, through);
    return found.length === 0 ? [] : [{ told: each, place, through, ways: found }];
  });
  const points = pointsOf(candidates);
  const gaps = new Map<string, Gap>();
  for (const candidate of candidates) {
    const { place, through } = candidate;
    const { at, chain, read, fields } = candidate.told;
    const note = (gap: AccessGap, left: readonly StaffWay[]): void => {
      for (const field of left.length === 0 ? [] : fields) {
        const key = `${at.id} ${gap} ${field}`;
        let known = gaps.get(key);
        if (known === undefined) gaps.set(key, (known = { gap, field, ways: [] }));
        known.ways.push(...left.map((staff) => ({ told: candidate.told, staff })));
      }
    };
    for (const gap of asked) {
      const open = paths.among(ways.to(gap, place, through), place, through);
      const isSecond = open.length > 0 && candidates.some((other) => isShared(candidate, other));
      note(
        gap,
        isSecond ? paths.among(ways.toFirst(gap, place, points, through, chain), place, through) : open,
      );
    }
    note(
      "export",
      candidate.ways.filter(({ way, name }) => isOfMany(read, name) && isExported(tools.pointsTo, way, name)),
    );
  }
  return [...gaps.values()]
    .map((each) => tell(input, ways, each))
    .sort(
      (a, b) =>
        compareLocations(a.sink.location, b.sink.location) ||
        (a.field < b.field ? -1 : a.field > b.field ? 1 : 0),
    );
}

function throughOf(told: ToldRead): Through {
  const chain = told.chain.map(({ node, point }) => `${String(node.index)}:${String(point)}`);
  return {
    key: `${chain.join("<")} not ${told.others.map(({ id }) => id).join(",")}`,
    isWanted: (passages) => isOnChain(told, passages),
    least: told.chain.length,
  };
}

/** One child's data is no export of many. */
function isOfMany({ isMany }: ChildRead, name: string): boolean {
  return isMany && !/\/(?::\w*|\[\w+\]|\{\w+\})(?=\/|$|\.)/u.test(name);
}

/** Two reads on a way of the same entry: one may stand before the other. */
function isShared(one: Candidate, other: Candidate): boolean {
  return (
    one !== other &&
    one.ways.some(({ way: { outset } }) =>
      other.ways.some(({ way }) => way.outset.node === outset.node && way.outset.site === outset.site),
    )
  );
}

/** Where something is read for certain: what comes behind it is not the first read. */
function pointsOf(candidates: readonly Candidate[]): ReadonlyMap<FunctionNode, ReadonlySet<number>> {
  const byNode = new Map<FunctionNode, Set<number>>();
  for (const { told } of candidates) {
    const last = told.chain.at(-1);
    if (last === undefined || !told.isSure) continue;
    const known = byNode.get(last.node);
    if (known === undefined) byNode.set(last.node, new Set([last.point]));
    else known.add(last.point);
  }
  return byNode;
}

function tell(input: AccessInput, ways: AccessWays, { gap, field, ways: left }: Gap): StaffRead {
  const { tools, annotations } = input;
  const [first, ...others] = [...left].sort(
    (a, b) => a.staff.way.passages.length - b.staff.way.passages.length,
  );
  if (first === undefined) throw new Error("a gap without a way");
  const { told, staff } = first;
  const { name, sign } = staff;
  const { outset, passages, isAssumed } = staff.way;
  const at = outset.site === null ? outset.node.graph.nameAt : outset.site.instruction.at;
  const start = locationOf(outset.site?.caller ?? outset.node, at);
  const { site } = told.read;
  const sink = sinkOf(site, told.at, tools);
  const inner = [...passages].reverse();
  const steps = inner.flatMap(({ node, point }, index): TraceStep[] => {
    const next = inner[index + 1];
    const instruction = node.code[point];
    if (next === undefined || instruction === undefined) return [];
    return [
      { location: locationOf(node, instruction.at), note: { kind: "goes-into", ...called(next.node, node) } },
    ];
  });
  if (told.at !== site)
    steps.push({
      location: locationOf(site.caller, site.instruction.at),
      note: { kind: "reads", field: annotations.fields.get(field)?.name ?? field },
    });
  const near = gap === "approval" ? ways.approvals : gap === "record" ? ways.records : null;
  const nodes = passages.map(({ node }) => node);
  return {
    gap,
    field,
    sink,
    sign,
    outset: { kind: outset.kind, name, location: start },
    otherOutsets: [...new Set(others.map(({ staff: other }) => other.name))]
      .filter((each) => each !== name)
      .sort(),
    near: near === null ? null : nearest(tools, near, nodes),
    trace: [
      { location: start, note: { kind: "enters-at", outset: name } },
      ...steps,
      { location: sink.location, note: { kind: "sink", callee: sink.callee } },
    ],
    assumptions: told.read.isAssumed || isAssumed ? [{ kind: "assumed-called", callee: sink.callee }] : [],
  };
}

/** A marked function that is called on the way, and did not take effect. */
function nearest(
  { pointsTo }: AccessTools["tools"],
  guards: Guards,
  nodes: readonly FunctionNode[],
): StaffRead["near"] {
  const places = new GuardPlaces(pointsTo, guards);
  for (const node of nodes)
    for (const { site, mark } of places.in(node))
      return { name: mark.name, location: locationOf(node, site.instruction.at) };
  return null;
}

/** The query, told where the row comes to what takes of it. */
function sinkOf(site: CallSite, at: CallSite, { pointsTo, models }: AccessTools["tools"]): Sink {
  const { instruction, caller } = at;
  const [match] = models.at(site);
  const rows = match?.model.roles.find((role) => role.kind === "rows");
  const foreign = [...site.foreign][0];
  return {
    role: "read",
    package: (match?.callee.module ?? foreign?.module ?? "").replace(/^npm:/u, ""),
    path: match?.model.text ?? foreign?.path.join(".") ?? "",
    callee: instruction.kind === "call" ? instruction.name : (match?.model.text ?? ""),
    medium: null,
    target:
      rows?.kind === "rows" && match !== undefined
        ? foldParts(pointsTo, site, rows.entity.parts, match.names)
        : null,
    recipient: null,
    recipientRole: null,
    purpose: null,
    host: null,
    addressName: null,
    protectedBy: null,
    location: locationOf(caller, instruction.at),
    enclosing: caller.graph.path ?? caller.graph.name,
  };
}
