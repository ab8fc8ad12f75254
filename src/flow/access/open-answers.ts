/** Answers with child data that anybody gets: no authorization stands before them, as it does before others. */
import type { OpenAnswer } from "../../contracts/access.js";
import type { FieldId } from "../../contracts/annotation.js";
import type { Span } from "../../base/location.js";
import type { StepNote, TraceStep } from "../../contracts/flow.js";
import type { Answer, AnswerArrival } from "../sinks/answers.js";
import { nameOfOutset } from "../guards/entries/outset-name.js";
import type { OpenWay, Passage } from "../guards/open-way.js";
import type { CallSite } from "../points-to/points-to.js";
import type { Entry } from "../tabulation/entry.js";
import { locationOf, type FunctionNode } from "../program/program.js";
import type { Tables } from "../stores/tables.js";
import type { Tabulation } from "../tabulation/tabulation.js";
import { flatten, type Trace } from "../tabulation/trace.js";
import type { AccessTools, AccessWays } from "./access-ways.js";
import { AuthorizedRoutes } from "./authorized-routes.js";
import { FieldResolvers } from "./field-resolvers.js";
import { WithheldAnswers } from "../models/withheld-answers.js";
import { returnedAnswers } from "./returned-answers.js";
import type { StoreOrigins } from "./store-origins.js";

interface Found {
  readonly node: FunctionNode;
  readonly point: number;
  readonly at: Span;
  readonly field: FieldId;
  readonly isAssumed: boolean;
  readonly arrivals: readonly AnswerArrival[];
  readonly callee: string;
  readonly module: string;
}

export interface OpenAnswersInput extends AccessTools {
  readonly answers: readonly Answer[];
  readonly tabulation: Tabulation;
  readonly tables: Tables;
}

export function findOpenAnswers(
  input: OpenAnswersInput,
  ways: AccessWays,
  origins: StoreOrigins,
): OpenAnswer[] {
  const { tools, chains, answers, tabulation, tables } = input;
  const withheld = new WithheldAnswers(tables.withheld, tools.pointsTo, tools.models, chains);
  const found: Found[] = [
    ...answers.flatMap(({ site, ...answer }): Found[] => {
      const { instruction, caller, point } = site;
      const callee =
        instruction.kind === "call"
          ? instruction.name
          : instruction.kind === "store" && instruction.property.kind === "name"
            ? instruction.property.name
            : "";
      const [match] = tools.models.at(site);
      const module = (match?.callee.module ?? "").replace(/^npm:/u, "");
      return [{ ...answer, node: caller, point, at: instruction.at, callee, module }];
    }),
    ...returnedAnswers(tools.pointsTo, tools.models, chains, tabulation, withheld).map((answer) => ({
      ...answer,
      callee: "return",
      module: "",
    })),
  ];
  if (found.length === 0) return [];
  const routes = new AuthorizedRoutes(tools.pointsTo, chains, ways);
  const fields = new FieldResolvers(tools.pointsTo, chains, routes);
  return found.flatMap((each): OpenAnswer[] => {
    if (each.node.copy !== null) return [];
    const arrivals = origins.ofOthers(each);
    if (arrivals.length === 0) return [];
    const open = ways
      .to("authorization", { node: each.node, point: each.point })
      .filter(
        (way) =>
          way.outset.kind === "handler" &&
          way.outset.isJob !== true &&
          !fields.isBehindAuthorized(way.outset.node) &&
          arrivals.some((arrival) => comesBy(arrival, way) !== null),
      );
    const [first, ...others] = open;
    if (first === undefined || !routes.exist) return [];
    for (const arrival of arrivals) {
      const by = comesBy(arrival, first);
      if (by !== null) return [tell(input, each, flatten(arrival.trace, by), first, others)];
    }
    return [];
  });
}

/** A helper that answers for many is handed the data on that way (`answer(res, rows)`): by whom its runs were entered. */
function comesBy({ entry }: AnswerArrival, { passages }: OpenWay): ReadonlyMap<Trace, Trace> | null {
  const by = new Map<Trace, Trace>();
  return isHanded(entry, passages.slice(1), by) ? by : null;
}

function isHanded(run: Entry, [next, ...others]: readonly Passage[], by: Map<Trace, Trace>): boolean {
  // What arises in the run itself is there whoever calls; so is what a package's call hands to its callback.
  if (run.fact === null || next === undefined || run.incoming.length === 0) return true;
  return run.incoming.some(({ entry, site, callback, trace }) => {
    const isHere = callback !== null || (isAt(site, next) && isHanded(entry, others, by));
    if (isHere) by.set(run.start, trace);
    return isHere;
  });
}

/** A copy of a function stands where the function does. */
function isAt({ caller, point }: CallSite, passage: Passage): boolean {
  return (
    point === passage.point && caller.file === passage.node.file && caller.graph.id === passage.node.graph.id
  );
}

function tell(
  { chains }: OpenAnswersInput,
  { node, at, field, isAssumed, callee, module }: Found,
  steps: readonly TraceStep[],
  { outset }: OpenWay,
  others: readonly OpenWay[],
): OpenAnswer {
  const name = nameOfOutset(outset, chains);
  const start = locationOf(
    outset.site?.caller ?? outset.node,
    outset.site === null ? outset.node.graph.nameAt : outset.site.instruction.at,
  );
  const location = locationOf(node, at);
  const [first] = steps;
  const assumptions: StepNote[] = steps
    .map(({ note }) => note)
    .filter(({ kind }) => kind === "assumed-through" || kind === "assumed-called");
  if (isAssumed && assumptions.length === 0) assumptions.push({ kind: "assumed-called", callee });
  return {
    field,
    outset: { kind: outset.kind, name, location: start },
    otherOutsets: [...new Set(others.map((other) => nameOfOutset(other.outset, chains)))]
      .filter((other) => other !== name)
      .sort(),
    sink: {
      role: "public",
      package: module,
      path: callee,
      callee,
      medium: null,
      target: name,
      recipient: null,
      recipientRole: null,
      purpose: null,
      host: null,
      addressName: null,
      protectedBy: null,
      location,
      enclosing: node.graph.path ?? node.graph.name,
    },
    trace: [
      ...(first === undefined ? [] : steps),
      { location: start, note: { kind: "enters-at", outset: name } },
      { location, note: { kind: "sink", callee } },
    ],
    assumptions,
  };
}
