/**
 * Which store a function works on, call by call: what `purge("bookings", 90)` removes, `purge("phones", 30)` does not,
 * though both run one statement. A function inside it (the callback of a transaction) works on the same.
 */
import type { Phi, ValueId } from "../../contracts/file-graph.js";
import type { InstanceValues } from "../contexts/instance-values.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { capturedFrom } from "../program/captured-from.js";
import { argumentsFor } from "../program/edge-arguments.js";
import type { Passage } from "../guards/open-way.js";
import type { CallEdge, CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { ReadValues } from "../program/read-values.js";
import { originOf } from "../paths/value-places.js";

/** The calls that lead to a place, the innermost first. */
export type CallChain = readonly CallEdge[];

interface Known {
  readonly pointsTo: PointsTo;
  readonly instances: Pick<InstanceValues, "memberOf">;
}

interface TargetsByCall {
  readonly targets: readonly string[];
  readonly chains: readonly CallChain[];
}

const deepest = 4;
const mostChains = 64;
const mostHops = 12;

/** Null: it is the same whoever calls, or nobody can tell. */
export function targetsByCall(
  { pointsTo, instances }: Known,
  site: CallSite,
  whole: readonly string[],
  targetsIn: (read: ReadValues) => readonly string[],
): readonly TargetsByCall[] | null {
  const groups = new Map<string, { targets: readonly string[]; chains: CallChain[] }>();
  const settle = (chain: CallChain, targets: readonly string[]): void => {
    const key = targets.join("\n");
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { targets, chains: [chain] });
    else known.chains.push(chain);
  };
  const queue: { readonly chain: CallChain; readonly targets: readonly string[] }[] = [
    { chain: [], targets: whole },
  ];
  for (let next = 0; next < queue.length; next++) {
    const { chain, targets } = queue[next] ?? { chain: [], targets: whole };
    const edges =
      isSettled(targets) || chain.length >= deepest
        ? []
        : callsOf(pointsTo, chain.at(-1)?.site.caller ?? site.caller, chain);
    if (edges.length === 0) settle(chain, targets);
    else if (queue.length + edges.length > mostChains) return null;
    else
      for (const edge of edges) {
        const longer = [...chain, edge];
        queue.push({
          chain: longer,
          targets: targetsIn(readerAlong(pointsTo, longer, undefined, instances)),
        });
      }
  }
  return groups.size < 2 ? null : [...groups.values()];
}

/** Nothing is to be told apart any more. */
export function isSettled(targets: readonly string[]): boolean {
  return targets.length < 2 && !targets.some((target) => target.includes("*"));
}

/** Who calls the function, or the nearest around it that is called with something. */
function callsOf(pointsTo: PointsTo, start: FunctionNode, chain: CallChain): readonly CallEdge[] {
  for (let node: FunctionNode | undefined = start; node !== undefined;) {
    const inner: FunctionNode = node;
    if (chain.some(({ callee }) => callee === inner)) return [];
    const edges = pointsTo.callersOf(inner);
    if (edges.length > 0 && inner.graph.parameters.length > 0) return edges;
    node = inner.graph.parent === null ? undefined : pointsTo.program.functionIn(inner, inner.graph.parent);
  }
  return [];
}

/** What values are when a place is reached by these calls; `otherwise`: those that the calls do not tell. */
export function readerAlong(
  pointsTo: PointsTo,
  chain: CallChain,
  otherwise?: ReadValues,
  instances?: Known["instances"],
): ReadValues {
  const untold = (node: FunctionNode, value: ValueId): ReadonlySet<AbstractValue> =>
    otherwise === undefined ? pointsTo.valuesOf(node, value) : new Set(otherwise(node, value));
  const edges = new Map(chain.map((edge) => [edge.callee, edge]));
  const read = (node: FunctionNode, start: ValueId, hops: number): ReadonlySet<AbstractValue> | null => {
    if (hops > mostHops) return null;
    const value = originOf(node, start);
    const definition = node.definitions[value];
    if (definition === undefined) return null;
    if (definition.kind === "phi") {
      const values = definition.phi.inputs.map((input) => input.value);
      const looked = values.find((each) => isTestedLookup(node, each));
      const there = looked === undefined ? null : read(node, looked, hops + 1);
      // `renamed[table] ?? table` of a table that stands there.
      if (there !== null && ![...there].some(isNothing)) return there;
      return chosenOf(
        values.map((each) => ({
          told: read(node, each, hops + 1),
          untold: () => untold(node, each),
        })),
        isDefaulted(node, definition.phi),
      );
    }
    const { instruction } = definition;
    switch (instruction.kind) {
      case "await":
        return read(node, instruction.value, hops + 1);
      case "parameter": {
        const edge = edges.get(node);
        const given = edge === undefined ? [] : argumentsFor(edge, instruction.index);
        if (edge === undefined) return null;
        if (isLeftOut(edge, instruction.index)) return new Set([pointsTo.values.constant(undefined)]);
        if (given.length !== 1) return null;
        const all = allOf(edge.site.caller, given[0]?.value, hops);
        const nothing = pointsTo.values.constant(undefined);
        return isByUnknownKey(edge.site.caller, given[0]?.value) ? new Set([...all, nothing]) : all;
      }
      case "capture": {
        const captured = capturedFrom(pointsTo, node, instruction.slot);
        return captured === null ? null : read(captured.node, captured.value, hops + 1);
      }
      case "call": {
        const called = onlyCallee(pointsTo, node, definition.point);
        if (called === null || (edges.get(called.callee) ?? called) !== called) return null;
        edges.set(called.callee, called);
        const given = returnedBy(called.callee);
        const all = new Set(given.flatMap((each) => [...allOf(called.callee, each, hops + 1)]));
        return all.size === 0 ? null : all;
      }
      case "load": {
        const objects = read(node, instruction.object, hops + 1);
        const { property } = instruction;
        const names =
          property.kind === "name"
            ? [property.name]
            : property.kind === "computed"
              ? textsOf(allOf(node, property.value, hops))
              : null;
        if (names === null) return null;
        const told =
          objects ?? (property.kind === "name" ? null : pointsTo.valuesOf(node, instruction.object));
        return told === null ? null : membersOf(pointsTo, told, names, instances);
      }
      default:
        return null;
    }
  };
  const allOf = (node: FunctionNode, value: ValueId | undefined, hops: number): ReadonlySet<AbstractValue> =>
    value === undefined ? new Set() : (read(node, value, hops + 1) ?? untold(node, value));
  return (node, value) => allOf(node, value, 0);
}

/** Null: nobody can tell. */
function membersOf(
  pointsTo: PointsTo,
  objects: ReadonlySet<AbstractValue>,
  names: readonly string[],
  instances: Known["instances"] | undefined,
): ReadonlySet<AbstractValue> | null {
  const found: AbstractValue[] = [];
  for (const object of objects)
    for (const name of names) {
      const held = memberOf(pointsTo, object, name, instances);
      if (held === null) return null;
      found.push(...held);
    }
  return found.length === 0 ? null : new Set(found);
}

function memberOf(
  pointsTo: PointsTo,
  object: AbstractValue,
  name: string,
  instances: Known["instances"] | undefined,
): Iterable<AbstractValue> | null {
  if (object.kind === "instance" && instances !== undefined)
    // `event.constructor.name`
    return name === "constructor" ? [pointsTo.values.class(object.class)] : instances.memberOf(object, name);
  if (object.kind === "class" && name === "name") return [pointsTo.values.constant(object.class.graph.name)];
  if (object.kind === "class" || (object.kind === "object" && !object.array))
    return pointsTo.fieldNode(object, name).values;
  return null;
}

function returnedBy({ graph }: FunctionNode): readonly ValueId[] {
  return graph.blocks.flatMap(({ end }) => (end.kind === "return" && end.value !== null ? [end.value] : []));
}

/** A call that is written out hands over fewer arguments. */
function isLeftOut({ shape, site, callee }: CallEdge, index: number): boolean {
  return (
    shape === "call" &&
    site.instruction.kind === "call" &&
    callee.graph.parameters[index]?.rest !== true &&
    site.instruction.arguments.length <= index &&
    !site.instruction.arguments.some(({ spread }) => spread)
  );
}

function isNothing(value: AbstractValue): boolean {
  return value.kind === "constant" && (value.value ?? "") === "";
}

interface Choice {
  /** What the calls tell of it. */
  readonly told: ReadonlySet<AbstractValue> | null;
  readonly untold: () => ReadonlySet<AbstractValue>;
}

/**
 * `days = 30` behind a parameter that is given: the default is no choice; any other constant is. What a call leaves
 * out, or may hand over as nothing, is what stands in its place.
 */
function chosenOf(choices: readonly Choice[], isDefault: boolean): ReadonlySet<AbstractValue> | null {
  const told = choices.flatMap((each) => (each.told === null ? [] : [each.told]));
  const others = choices.filter((each) => each.told === null);
  if (told.length === 0 || (others.length > 0 && !isDefault)) return null;
  const given = told.flatMap((each) => [...each]);
  if (!given.some(isNothing)) return new Set(given);
  const instead = others.flatMap(({ untold }) => [...untold()]);
  return new Set(instead.length === 0 ? given : [...given.filter((each) => !isNothing(each)), ...instead]);
}

/** One of several values is a parameter that was tested right before: another one stands where it is not given. */
function isDefaulted(node: FunctionNode, { inputs }: Phi): boolean {
  const parameters = inputs.flatMap(({ value }) => (isParameter(node, value) ? [originOf(node, value)] : []));
  const before = new Set(inputs.map(({ block }) => block));
  return node.graph.blocks.some(
    ({ id, end }) =>
      end.kind === "branch" &&
      [id, end.then, end.else].some((each) => before.has(each)) &&
      parameters.some((each) => isTestOf(node, end.value, each)),
  );
}

/** `host`, `!host`, `host === undefined`, `typeof host === "string"` */
function isTestOf(node: FunctionNode, value: ValueId, parameter: ValueId): boolean {
  const origin = originOf(node, value);
  if (origin === parameter) return true;
  const definition = node.definitions[origin];
  if (definition?.kind !== "instruction") return false;
  const { instruction } = definition;
  if (instruction.kind === "unary") return isTestOf(node, instruction.operand, parameter);
  // What stands under it somewhere: `renamed[table]`.
  if (instruction.kind === "load" && instruction.property.kind === "computed")
    return isTestOf(node, instruction.property.value, parameter);
  return (
    instruction.kind === "binary" &&
    [instruction.left, instruction.right].some((each) => isTestOf(node, each, parameter))
  );
}

function isParameter(node: FunctionNode, value: ValueId): boolean {
  const definition = node.definitions[originOf(node, value)];
  return definition?.kind === "instruction" && definition.instruction.kind === "parameter";
}

/** `byName[name]` in `byName[name] ?? name`, `byName[name] || name` */
function isTestedLookup(node: FunctionNode, value: ValueId): boolean {
  return (
    isByUnknownKey(node, value) &&
    node.graph.blocks.some(
      ({ end }) => end.kind === "branch" && originOf(node, end.value) === originOf(node, value),
    )
  );
}

/** `byName[name]`: there may be nothing under it. */
function isByUnknownKey(node: FunctionNode, value: ValueId | undefined): boolean {
  const definition = value === undefined ? undefined : node.definitions[originOf(node, value)];
  return (
    definition?.kind === "instruction" &&
    definition.instruction.kind === "load" &&
    definition.instruction.property.kind === "computed"
  );
}

/** The own function that a call runs and whose result it gives: `keyOf(prefix, id)`. */
function onlyCallee(pointsTo: PointsTo, node: FunctionNode, point: number): CallEdge | null {
  const site = pointsTo.findSite(node, point);
  const [edge, ...others] = site === undefined || site.foreign.size > 0 ? [] : [...site.edges.values()];
  return edge === undefined || others.length > 0 || edge.callee.graph.generator ? null : edge;
}

function textsOf(values: ReadonlySet<AbstractValue>): readonly string[] | null {
  const texts = [...values].flatMap((value) => (value.kind === "constant" ? [String(value.value)] : []));
  return texts.length > 0 && texts.length === values.size ? texts : null;
}

/** Whether a way goes along one of the chains; where it passes by none of their calls, it may. */
export function goesAlong(
  pointsTo: PointsTo,
  passages: readonly Passage[],
  chains: readonly CallChain[],
): boolean {
  return chains.some((chain) =>
    chain.every(({ callee, site }) => {
      const calls = pointsTo.callersOf(callee);
      const passed = passages.filter(({ node, point }) =>
        calls.some((each) => each.site.caller === node && each.site.point === point),
      );
      return (
        passed.length === 0 || passed.some(({ node, point }) => node === site.caller && point === site.point)
      );
    }),
  );
}
