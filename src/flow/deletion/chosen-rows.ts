/** Where the rows were read that a deletion is told by: `for (const { kid } of due) await erase(kid)`, up to the query. */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { EntryWay } from "../duties/entry-ways.js";
import type { Passage } from "../guards/open-way.js";
import { functionAddress } from "../models/function-addresses.js";
import type { SiteModels } from "../models/site-models.js";
import type { CallEdge, CallSite } from "../points-to/points-to.js";
import type { Writers } from "../points-to/writers.js";
import { capturedFrom } from "../program/captured-from.js";
import { argumentsFor } from "../program/edge-arguments.js";
import type { FunctionNode } from "../program/program.js";
import { callersAlong } from "../retention/time-values.js";
import { chainOf } from "./erases-one.js";
import { type AskedOfRows, type RowCondition, unread } from "./row-tests.js";
import { testsChosenBy } from "./rows-tested.js";

interface Asked extends AskedOfRows {
  readonly models: SiteModels;
  readonly writers: Writers;
}

export interface RowsRead {
  readonly site: CallSite;
  /** What was asked of the rows behind the query: `.filter((each) => each.isDue)`. */
  readonly passed: readonly RowCondition[];
  /** The calls by which the functions were come to in which the query stands. */
  readonly calls: ReadonlyMap<FunctionNode, CallEdge>;
}

interface Search extends Asked {
  readonly found: RowsRead[];
  readonly calls: ReadonlyMap<FunctionNode, CallEdge>;
  readonly passed: readonly RowCondition[];
  readonly passages: ReadonlySet<Passage>;
  readonly seen: Map<FunctionNode, Set<ValueId>>;
  readonly budget: { left: number };
}

const mostValues = 400;
const choosing = /(?:^|\.)(?:filter|find|findLast|reject|partition|pickBy|takeWhile|dropWhile)$/u;

/** The calls that read rows of which something is handed to the call, on these ways to it. */
export function readsBefore(asked: Asked, site: CallSite, ways: readonly EntryWay[]): readonly RowsRead[] {
  const search: Search = {
    ...asked,
    found: [],
    passed: [],
    calls: new Map(),
    passages: new Set(ways.flatMap(({ way }) => way.passages)),
    seen: new Map(),
    budget: { left: mostValues },
  };
  const { caller, instruction } = site;
  if (instruction.kind !== "call") return [];
  for (const call of chainOf(caller, instruction)) operands(search, caller, call);
  return search.found.filter((each) => each.site !== site);
}

function operands(
  search: Search,
  node: FunctionNode,
  { receiver, arguments: list }: InstructionOf<"call">,
): void {
  if (receiver !== null) follow(search, node, receiver);
  for (const { value } of list) follow(search, node, value);
}

function follow(search: Search, node: FunctionNode, value: ValueId): void {
  let seen = search.seen.get(node);
  if (seen === undefined) search.seen.set(node, (seen = new Set()));
  if (seen.has(value) || search.budget.left-- <= 0) return;
  seen.add(value);
  const definition = node.definitions[value];
  if (definition === undefined) return;
  if (definition.kind === "phi") {
    for (const input of definition.phi.inputs) follow(search, node, input.value);
    return;
  }
  const { instruction, point } = definition;
  switch (instruction.kind) {
    case "declare":
    case "cast":
    case "await":
      follow(search, node, instruction.value);
      return;
    case "load":
    case "iterate":
      follow(search, node, instruction.object);
      return;
    case "template":
      for (const each of instruction.values) follow(search, node, each);
      return;
    case "object":
    case "array":
      heldIn(search, node, value);
      return;
    case "call":
      made(search, node, point, instruction);
      return;
    case "parameter":
      given(search, node, instruction.index);
      return;
    case "capture": {
      const captured = capturedFrom(search.pointsTo, node, instruction.slot);
      if (captured !== null) follow(search, captured.node, captured.value);
      return;
    }
    // A constant of the module.
    case "cell-read": {
      const [only, ...others] = search.writers.ofCell(node.file, instruction.cell);
      if (only !== undefined && others.length === 0) follow(search, only.node, only.value);
      return;
    }
    default:
  }
}

/** `{ id: { in: ids } }`, `[kid.id]`, and what was put into a list: `ids.push(kid.id)`. */
function heldIn(search: Search, node: FunctionNode, value: ValueId): void {
  for (const each of node.code) {
    if (each.kind === "store" && each.object === value) follow(search, node, each.value);
    if (each.kind === "call" && each.receiver === value && /\.(?:push|unshift|add)$/u.test(each.name))
      for (const argument of each.arguments) follow(search, node, argument.value);
  }
  for (const object of search.pointsTo.valuesOf(node, value))
    for (const writer of search.writers.ofObject(object)) follow(search, writer.node, writer.value);
}

function made(search: Search, node: FunctionNode, point: number, call: InstructionOf<"call">): void {
  const site = search.pointsTo.findSite(node, point);
  const reads = chainOf(node, call).filter((each) => isRead(search, node, each));
  // `find({ isGone: true }).select("_id")`: which columns come says nothing of which rows do.
  const reading = reads.find((each) => !choosesColumns(search, node, each)) ?? reads[0];
  if (reading !== undefined) {
    const read = search.pointsTo.findSite(node, node.code.indexOf(reading));
    if (read !== undefined) search.found.push({ site: read, passed: search.passed, calls: search.calls });
    return;
  }
  for (const edge of site?.edges.values() ?? []) {
    const { callee } = edge;
    if (search.calls.has(callee)) continue;
    // Another call of the same function may bring other rows.
    const within = { ...search, calls: new Map([...search.calls, [callee, edge]]), seen: new Map() };
    for (const { end } of callee.graph.blocks)
      if (end.kind === "return" && end.value !== null) follow(within, callee, end.value);
  }
  // `step.run("find", () => db.kids.findMany())`
  const makers = site === undefined ? [] : givenBack(search, site);
  for (const maker of makers)
    for (const { end } of maker.graph.blocks)
      if (end.kind === "return" && end.value !== null) follow(search, maker, end.value);
  if (site === undefined || (site.edges.size === 0 && makers.length === 0))
    operands(
      choosing.test(call.name)
        ? { ...search, passed: [...search.passed, ...chosenBy(search, node, call)] }
        : search,
      node,
      call,
    );
}

/** The functions that a package calls and whose results it gives back. */
function givenBack({ models }: Search, site: CallSite): readonly FunctionNode[] {
  const from = models
    .at(site)
    .flatMap(({ model }) =>
      model.roles.flatMap((role) =>
        role.kind === "flow" &&
        role.to.some(({ root, steps }) => root.kind === "return" && steps.length === 0)
          ? role.from.flatMap((address) =>
              address.steps.at(-1)?.kind === "result"
                ? [functionAddress(address, address.steps.length - 1)]
                : [],
            )
          : [],
      ),
    );
  return [...site.callbacks.values()].flatMap(({ address, callee }) =>
    from.includes(address) ? [callee] : [],
  );
}

/** What a call asks of each element that it lets pass. */
function chosenBy(search: Search, node: FunctionNode, call: InstructionOf<"call">): readonly RowCondition[] {
  const given = call.arguments.flatMap(({ value }) => [...search.pointsTo.valuesOf(node, value)]);
  if (given.some((each) => each.kind === "foreign" && each.path.at(-1) === "Boolean")) return [];
  const functions = given.flatMap((each) => (each.kind === "function" ? [each.function] : []));
  const [only, ...others] = functions;
  return only === undefined || others.length > 0 || !/(?:filter|find|findLast)$/u.test(call.name)
    ? [unread]
    : testsChosenBy(search, only);
}

function isRead({ pointsTo, models }: Search, node: FunctionNode, call: InstructionOf<"call">): boolean {
  const site = pointsTo.findSite(node, node.code.indexOf(call));
  return (
    site !== undefined &&
    models.at(site).some(({ model }) => model.roles.some(({ kind }) => kind === "rows" || kind === "sql"))
  );
}

/** All that it is called with are the columns that come. */
function choosesColumns(
  { pointsTo, models }: Search,
  node: FunctionNode,
  call: InstructionOf<"call">,
): boolean {
  const site = pointsTo.findSite(node, node.code.indexOf(call));
  const roles = site === undefined ? [] : models.at(site).flatMap(({ model }) => model.roles);
  const reading = roles.filter((role) => role.kind === "rows");
  return (
    roles.every(({ kind }) => kind !== "sql") &&
    reading.every(({ only }) =>
      only?.some(({ root, steps }) => root.kind === "argument" && root.index === 0 && steps.length === 0),
    )
  );
}

/** By its callers on the ways, or by the list that calls it for each element. */
function given(search: Search, node: FunctionNode, index: number): void {
  const called = search.calls.get(node);
  for (const edge of called === undefined ? callersAlong(search.pointsTo, search.passages, node) : [called])
    for (const { value } of argumentsFor(edge, index)) follow(search, edge.site.caller, value);
  for (const { site } of search.pointsTo.callbacksOf(node)) {
    const receiver = site.instruction.kind === "call" ? site.instruction.receiver : null;
    if (receiver !== null) follow(search, site.caller, receiver);
  }
}
