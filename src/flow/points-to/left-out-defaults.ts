/**
 * Defaults of what a constructor, or a function that is looked at once for each call, is given: `constructor(log =
 * console.log)`, `options.log ?? console.log`. Where every call gives it, the default is nothing that is held.
 */
import type { Block, ValueId } from "../../contracts/file-graph.js";
import { argumentsFor } from "../program/edge-arguments.js";
import type { FunctionNode } from "../program/program.js";
import { originOf } from "../paths/value-places.js";
import type { AbstractValue } from "./abstract-value.js";
import type { CallEdge, PointsTo } from "./points-to.js";

const made = /^(?:function|bound|class|object|instance)$/u;

interface Phi {
  readonly out: ValueId;
  readonly inputs: readonly { readonly value: ValueId }[];
}

/** What is given, by parameter, and by its property where it is an option. */
interface Given {
  readonly value: ValueId;
  readonly parameter: number;
  readonly option: string | null;
}

/** Joins the inputs of a choice; a default once some call may leave out what it stands for. */
export function connectPhi(
  pointsTo: PointsTo,
  node: FunctionNode,
  { out, inputs }: Phi,
  but: readonly ValueId[] = [],
): void {
  const { graph } = pointsTo;
  const joined = pointsTo.valueNode(node, out);
  const given = pointsTo.isSolved ? null : gateIn(pointsTo, node, inputs);
  for (const { value } of inputs) {
    if (but.includes(value)) continue;
    if (given === null || value === given.value || isConstant(node, value))
      graph.edge(pointsTo.valueNode(node, value), joined);
    else
      graph.onQuiet(() => {
        const isDone = mayBeLeftOut(pointsTo, node, given);
        if (isDone) graph.edge(pointsTo.valueNode(node, value), joined);
        return isDone;
      });
  }
}

/** Null where it does not matter what is chosen, or where not all calls are seen. */
function gateIn(pointsTo: PointsTo, node: FunctionNode, inputs: Phi["inputs"]): Given | null {
  const given = givenIn(node, inputs);
  if (given === null || inputs.every(({ value }) => value === given.value || isConstant(node, value)))
    return null;
  const areCallsSeen =
    node.graph.kind === "constructor" || node.copy !== null || pointsTo.functionCopies.isCopiedByCall(node);
  return areCallsSeen ? given : null;
}

function isConstant(node: FunctionNode, value: ValueId): boolean {
  const definition = node.definitions[originOf(node, value)];
  return definition?.kind === "instruction" && definition.instruction.kind === "constant";
}

function givenIn(node: FunctionNode, inputs: Phi["inputs"]): Given | null {
  for (const { value } of inputs) {
    // `given && given.log` is tested the other way round.
    if (!node.graph.blocks.some(({ end }) => isTestedFor(end, value))) continue;
    const definition = node.definitions[originOf(node, value)];
    if (definition?.kind !== "instruction") continue;
    const { instruction } = definition;
    if (instruction.kind === "parameter") return { value, parameter: instruction.index, option: null };
    if (instruction.kind !== "load" || instruction.property.kind !== "name") continue;
    const parameter = parameterOf(node, instruction.object);
    if (parameter !== null) return { value, parameter, option: instruction.property.name };
  }
  return null;
}

function isTestedFor(end: Block["end"], value: ValueId): boolean {
  return end.kind === "branch" && end.test === "defined" && end.value === value;
}

/** The parameter that an object of options is, be it with a default of its own (`options = {}`). */
function parameterOf(node: FunctionNode, value: ValueId): number | null {
  const origin = originOf(node, value);
  const definition = node.definitions[origin];
  const values =
    definition?.kind === "phi" ? definition.phi.inputs.map((input) => originOf(node, input.value)) : [origin];
  for (const each of values) {
    const made = node.definitions[each];
    if (made?.kind === "instruction" && made.instruction.kind === "parameter") return made.instruction.index;
  }
  return null;
}

/** Nobody is seen to call it, or one that does may leave it out. */
function mayBeLeftOut(pointsTo: PointsTo, node: FunctionNode, given: Given): boolean {
  const callers = pointsTo.callersOf(node);
  return (
    callers.length === 0 ||
    pointsTo.callbacksOf(node).length > 0 ||
    callers.some((edge) => !isGivenAt(pointsTo, edge, given))
  );
}

function isGivenAt(pointsTo: PointsTo, edge: CallEdge, { parameter, option }: Given): boolean {
  if (!/^(?:call|construct|super)$/u.test(edge.shape)) return false;
  const [argument, ...others] = argumentsFor(edge, parameter);
  if (argument === undefined || others.length > 0 || argument.spread) return false;
  const { caller } = edge.site;
  if (option === null) return isSomething(pointsTo, pointsTo.valuesOf(caller, argument.value));
  const stored = optionIn(caller, argument.value, option);
  return stored !== null && isSomething(pointsTo, pointsTo.valuesOf(caller, stored));
}

/** What a literal that is handed over says of an option. */
function optionIn(node: FunctionNode, handed: ValueId, name: string): ValueId | null {
  const object = originOf(node, handed);
  const definition = node.definitions[object];
  if (definition?.kind !== "instruction" || definition.instruction.kind !== "object") return null;
  let found: ValueId | null = null;
  for (const point of node.uses[object] ?? []) {
    const use = node.code[point];
    if (use?.kind === "copy-properties" && use.target === object) return null;
    if (use?.kind === "store" && use.object === object && use.property.kind !== "name") return null;
    if (
      use?.kind === "store" &&
      use.object === object &&
      use.property.kind === "name" &&
      use.property.name === name
    )
      found = use.value;
  }
  return found;
}

/** Surely there: what the program makes, or a function that is known; a variable of the environment may be missing. */
function isSomething({ catalogue }: PointsTo, values: ReadonlySet<AbstractValue>): boolean {
  return (
    values.size > 0 &&
    [...values].every((value) => {
      if (value.kind === "constant") return value.value !== undefined && value.value !== null;
      if (value.kind !== "foreign") return made.test(value.kind);
      return value.site === null && catalogue.match(value.module, value.path, "call").length > 0;
    })
  );
}
