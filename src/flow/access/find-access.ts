/** The door of the access analysis: what is read by staff, and what is lacking on the way there. */
import { compareLocations } from "../../base/location.js";
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
import { AccessWays, type AccessTools } from "./access-ways.js";
import { ChildReads, type ChildRead } from "./child-reads.js";
import { isExported } from "./export-signs.js";
import { findOpenAnswers, type OpenAnswersInput } from "./open-answers.js";
import { StoreOrigins } from "./store-origins.js";
import { StaffPaths, type StaffWay } from "./staff-paths.js";

export interface AccessInput extends OpenAnswersInput {
  readonly rows: ReadonlyMap<CallSite, RowsSeen>;
  readonly seeded: readonly SeededValue[];
}

interface Candidate {
  readonly read: ChildRead;
  readonly place: Passage;
  readonly ways: readonly StaffWay[];
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
    staffReads: findStaffReads(input, ways, reads),
    openAnswers: findOpenAnswers(input, ways, new StoreOrigins(reading, rows)),
  };
}

function findStaffReads(input: AccessInput, ways: AccessWays, reads: readonly ChildRead[]): StaffRead[] {
  const { tools, chains } = input;
  const paths = new StaffPaths(ways, chains);
  const candidates = reads.flatMap((read): Candidate[] => {
    const place = { node: read.site.caller, point: read.site.point };
    const found = paths.among(ways.to("any", place), place);
    return found.length === 0 ? [] : [{ read, place, ways: found }];
  });
  const points = pointsOf(candidates);
  const found = candidates.flatMap((candidate) => {
    const { place } = candidate;
    const first = asked.flatMap((gap) => {
      const open = paths.among(ways.to(gap, place), place);
      if (open.length === 0) return [];
      const left = candidates.some((other) => isShared(candidate, other))
        ? paths.among(ways.toFirst(gap, place, points), place)
        : open;
      return left.length === 0 ? [] : [{ gap, left }];
    });
    const exported = candidate.ways.filter(
      ({ way, name }) => isOfMany(candidate.read, name) && isExported(tools.pointsTo, way, name),
    );
    const gaps: { readonly gap: AccessGap; readonly left: readonly StaffWay[] }[] = [
      ...first,
      ...(exported.length === 0 ? [] : [{ gap: "export" as const, left: exported }]),
    ];
    return gaps.flatMap(({ gap, left }) => tell(input, ways, candidate.read, gap, left));
  });
  return found.sort(
    (a, b) => compareLocations(a.sink.location, b.sink.location) || (a.field < b.field ? -1 : 1),
  );
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

function pointsOf(candidates: readonly Candidate[]): ReadonlyMap<FunctionNode, ReadonlySet<number>> {
  const byNode = new Map<FunctionNode, Set<number>>();
  for (const { place } of candidates) {
    const known = byNode.get(place.node);
    if (known === undefined) byNode.set(place.node, new Set([place.point]));
    else known.add(place.point);
  }
  return byNode;
}

function tell(
  { tools }: AccessInput,
  ways: AccessWays,
  { site, fields, isAssumed }: ChildRead,
  gap: AccessGap,
  left: readonly StaffWay[],
): StaffRead[] {
  const [first, ...others] = [...left].sort((a, b) => a.way.passages.length - b.way.passages.length);
  if (first === undefined) return [];
  const { way, name, sign } = first;
  const { outset, passages } = way;
  const at = outset.site === null ? outset.node.graph.nameAt : outset.site.instruction.at;
  const start = locationOf(outset.site?.caller ?? outset.node, at);
  const sink = sinkOf(site, tools);
  const inner = [...passages].reverse();
  const steps = inner.flatMap(({ node, point }, index): TraceStep[] => {
    const next = inner[index + 1];
    const instruction = node.code[point];
    if (next === undefined || instruction === undefined) return [];
    return [
      { location: locationOf(node, instruction.at), note: { kind: "goes-into", ...called(next.node, node) } },
    ];
  });
  const near = gap === "approval" ? ways.approvals : gap === "record" ? ways.records : null;
  return [...fields].map((field) => ({
    gap,
    field,
    sink,
    sign,
    outset: { kind: outset.kind, name, location: start },
    otherOutsets: [...new Set(others.map((each) => each.name))].filter((each) => each !== name).sort(),
    near:
      near === null
        ? null
        : nearest(
            tools,
            near,
            passages.map(({ node }) => node),
          ),
    trace: [
      { location: start, note: { kind: "enters-at", outset: name } },
      ...steps,
      { location: sink.location, note: { kind: "sink", callee: sink.callee } },
    ],
    assumptions: isAssumed || way.isAssumed ? [{ kind: "assumed-called", callee: sink.callee }] : [],
  }));
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

function sinkOf(site: CallSite, { pointsTo, models }: AccessTools["tools"]): Sink {
  const { instruction, caller } = site;
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
