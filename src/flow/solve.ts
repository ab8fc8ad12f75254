/** The solver's door: graphs, types, annotations and models in, flows and blind spots out. */
import type { AnnotationTable } from "../contracts/annotation.js";
import type { Companies } from "../contracts/company.js";
import type { FileGraph } from "../contracts/file-graph.js";
import type { ConsentPolicy } from "../contracts/flow.js";
import type { SolveResult } from "../contracts/solve-result.js";
import type { ProjectFile } from "../contracts/project.js";
import type { Resolver } from "../contracts/resolver.js";
import type { FilePath } from "../base/keys.js";
import type { Catalogue } from "../models/catalogue.js";
import type { CallSite, PointsTo } from "./points-to/points-to.js";
import { bindArguments } from "./points-to/bound-functions.js";
import { BlindSpots } from "./tabulation/blind-spots.js";
import { Borders } from "./tabulation/borders.js";
import { findCaptures } from "./models/captures.js";
import { bindQueues } from "./heap/bound-queues.js";
import { buildPointsTo } from "./points-to/build-points-to.js";
import { findDuties } from "./duties/find-duties.js";
import { ForeignCalls } from "./tabulation/foreign-calls.js";
import { findOperations } from "./guards/find-operations.js";
import { findHollowSealers } from "./protection/hollow-sealers.js";
import { InstanceValues } from "./contexts/instance-values.js";
import { OwnCalls } from "./tabulation/own-calls.js";
import { isChangedByCallback, isChangedByLoop } from "./tabulation/loop-changes.js";
import { Program } from "./program/program.js";
import { apply } from "./protection/protection.js";
import { FieldUses } from "./uses/field-uses.js";
import { forgetRounds } from "./paths/rounds.js";
import { SinkRecorder } from "./sinks/sinks.js";
import { Sources } from "./sources/sources.js";
import { StoreStates } from "./stores/store-states.js";
import { Tables } from "./stores/tables.js";
import type { TabulationHooks } from "./tabulation/tabulation-hooks.js";
import { Tabulation } from "./tabulation/tabulation.js";
import { transfer } from "./tabulation/transfer.js";
import { writersOf } from "./points-to/writers.js";

export interface SolveInput {
  readonly files: readonly ProjectFile[];
  readonly graph: (file: FilePath) => FileGraph | undefined;
  readonly resolver: Resolver;
  readonly annotations: AnnotationTable;
  readonly catalogue: Catalogue;
  /** Texts that make and change tables, in the order in which they are run. */
  readonly sqlFiles: readonly { readonly path: FilePath; readonly text: string }[];
  /** Templates of stacks, which say when what lies in a store ends. */
  readonly stackFiles: readonly { readonly path: FilePath; readonly text: string }[];
  readonly companies: Companies;
  /** Whether the law, the register and the config ask for consent at a sink. */
  readonly consent: ConsentPolicy;
}

/** So many objects may be called here that some were left out. */
function isCutShort(pointsTo: PointsTo, { caller, instruction, edges }: CallSite): boolean {
  if (instruction.kind !== "call" || edges.size === 0) return false;
  const asked = [instruction.callee, instruction.receiver ?? instruction.callee];
  return asked.some((value) => pointsTo.valueNode(caller, value).isFull);
}

/** A function of the project is handed what an iterable gives: `add(...runners)`. */
function isSpreadToOwn({ edges }: CallSite): boolean {
  for (const { shape } of edges.values()) if (shape !== "iterate" && shape !== "next") return true;
  return false;
}

/** Nothing but functions of the project runs at the site. */
function callsOwnOnly({ instruction: { kind }, foreign, callbacks, edges }: CallSite): boolean {
  if (foreign.size > 0 || callbacks.size > 0) return false;
  if (kind !== "call" && kind !== "super-call" && kind !== "store") return false;
  for (const { shape } of edges.values()) if (shape === "getter") return false;
  return true;
}

function calleeName({ instruction, caller }: CallSite): string {
  return instruction.kind === "call" ? instruction.name : caller.graph.name;
}

interface Reaching {
  readonly tabulation: Tabulation;
  readonly pointsTo: PointsTo;
  readonly own: OwnCalls;
  readonly foreign: ForeignCalls;
  readonly blindSpots: BlindSpots;
}

/** What a fact does at a call that it reaches: it enters own functions and models, and goes on or ends there. */
function reachSites({ tabulation, pointsTo, own, foreign, blindSpots }: Reaching): Tabulation["reach"] {
  return (entry, point, fact, trace) => {
    const { node } = entry;
    const site = pointsTo.siteAt(node, point);
    bindArguments(tabulation, entry, site, fact, trace);
    const entered = own.enterAll(entry, site, fact, trace);
    if (isCutShort(pointsTo, site)) blindSpots.tell("budget", site, fact, calleeName(site));
    const cleared = foreign.atSite(entry, site, fact, trace);
    const { instruction } = site;
    if (
      cleared ||
      isChangedByCallback(tabulation, entry, site, fact, () => () => {
        tabulation.emitAfter(entry, point, fact, trace);
      }) ||
      ("out" in instruction && instruction.out === fact.base)
    )
      return false;
    const [first] = fact.path.components;
    const isTakenOver = entered && first !== undefined && !first.startsWith("^") && callsOwnOnly(site);
    return !isTakenOver;
  };
}

function hooksOf(
  { fields }: AnnotationTable,
  blindSpots: BlindSpots,
  uses: FieldUses,
  exitOfCallback: TabulationHooks["exitOfCallback"],
): TabulationHooks {
  return {
    exitOfCallback,
    arrives: (entry, point, fact, trace) => {
      uses.atPoint(entry, point, fact, trace);
    },
    ends: (entry, block, fact, trace) => {
      uses.atEnd(entry, block, fact, trace);
    },
    fieldName: (field) => fields.get(field)?.name ?? field,
    budgetReached: (node, fact, budget) => {
      blindSpots.budget(node, fact, budget);
    },
    failed: (node, error) => {
      blindSpots.failed(node, error);
    },
  };
}

/** Results of own functions come back as these say. */
function handBack(own: OwnCalls): Tabulation["returns"] {
  return {
    give: (entry, site, binding, fact, inner, incoming) => {
      own.give(entry, site, binding, fact, inner, incoming);
    },
    everywhere: (entry, fact, trace) => {
      own.everywhere(entry, fact, trace);
    },
  };
}

const nothingFound: SolveResult = {
  flows: [],
  operations: [],
  ageTests: [],
  hollowGuards: [],
  unversionedGuards: [],
  hollowSealers: [],
  captures: [],
  blindSpots: [],
  staffReads: [],
  deletions: {
    unreadSchemas: [],
    copies: [],
    sealingKeys: [],
    expiries: [],
    erasures: [],
    entries: [],
    tableNames: new Map(),
  },
  changes: [],
  openAnswers: [],
  uses: { used: new Set(), openReads: [], mentioned: new Set() },
  lowered: 0,
};

export function solve(input: SolveInput): SolveResult {
  if (input.annotations.fields.size === 0) return nothingFound;
  forgetRounds();
  const graphs = input.files.flatMap((file) => input.graph(file.path) ?? []);
  const program = new Program(graphs);
  const pointsTo = buildPointsTo({
    program,
    catalogue: input.catalogue,
    resolver: input.resolver,
    annotations: input.annotations,
  });
  const blindSpots = new BlindSpots(input.annotations);
  const [first] = program.functions;
  if (pointsTo.graph.isSpent && first !== undefined) blindSpots.entangled(first);
  const states = new StoreStates();
  const writers = writersOf(pointsTo);
  const tables = new Tables(pointsTo, input.annotations, writers);
  const instances = new InstanceValues(pointsTo);
  bindQueues(pointsTo);
  const sinks = new SinkRecorder(
    pointsTo,
    states,
    tables,
    input.companies,
    (state, protection) => apply(tabulation.facts, state, protection),
    (entry) => tabulation.contexts.reader(entry.context, entry.node),
    instances,
  );
  const exit: TabulationHooks["exitOfCallback"] = (entry, fact, trace) => {
    foreign.callbacks.exitEverywhere(entry, fact, trace);
  };
  const uses = new FieldUses(pointsTo, () => foreign.models);
  const tabulation: Tabulation = new Tabulation(pointsTo, hooksOf(input.annotations, blindSpots, uses, exit));
  const borders = new Borders(tabulation, pointsTo, input.resolver, input.annotations, writers);
  const own = new OwnCalls(tabulation, pointsTo, input.annotations, borders);
  const foreign: ForeignCalls = new ForeignCalls(
    tabulation,
    pointsTo,
    sinks,
    (kind, site, fact, subject) => {
      blindSpots.tell(kind, site, fact, subject);
    },
    tables,
  );
  tabulation.transfer = transfer;
  tabulation.endsInLoop = isChangedByLoop;
  tabulation.returns = handBack(own);
  own.meetElement = (entry, site, element, trace) => {
    if (isSpreadToOwn(site)) tabulation.reach(entry, site.point, element, trace);
    // The elements are made for the call, and lie nowhere in the object that gives them.
    else foreign.atSite(entry, site, element, trace);
  };
  tabulation.reach = reachSites({ tabulation, pointsTo, own, foreign, blindSpots });
  const sources = new Sources(
    tabulation,
    pointsTo,
    input.resolver,
    input.annotations,
    foreign,
    states,
    tables,
    borders,
  );
  sources.seedAll();
  do tabulation.run();
  while (states.release());
  const lowered = graphs.length;
  return {
    ...told({ input, tabulation, pointsTo, tables, instances, sinks, sources, foreign, borders, uses }),
    blindSpots: blindSpots.list(),
    lowered,
  };
}

interface Solved {
  readonly input: SolveInput;
  readonly tabulation: Tabulation;
  readonly pointsTo: PointsTo;
  readonly tables: Tables;
  readonly instances: InstanceValues;
  readonly sinks: SinkRecorder;
  readonly sources: Sources;
  readonly foreign: ForeignCalls;
  readonly borders: Borders;
  readonly uses: FieldUses;
}

/** What is told of the facts, once they have gone where they go. */
function told(solved: Solved): Omit<SolveResult, "blindSpots" | "lowered"> {
  const { input, tabulation, pointsTo, sinks, sources, foreign, borders } = solved;
  const { writers } = borders;
  const { models } = foreign;
  const hits = sinks.arrived(borders);
  const consent = findOperations({
    ...input,
    pointsTo,
    models,
    sources,
    conditions: tabulation.conditions,
    hits,
    borders,
    tables: solved.tables,
    tabulation,
  });
  const flows = sinks.flows(borders, models);
  return {
    ...consent.found,
    ...findDuties({
      ...input,
      ...consent,
      ...solved,
      models,
      hits,
      flows: flows.all,
      writers,
      answers: foreign.answers.all,
    }),
    flows: flows.told,
    hollowSealers: findHollowSealers(tabulation, input.annotations),
    captures: findCaptures(pointsTo, foreign.models),
  };
}
