/**
 * What one call of a function hands over, where it says more than all calls together: `register(child, { ask: false })`,
 * `next(new Error("no consent"))`, `ensure(await hasConsent(id))`.
 */
import type { Argument, InstructionOf, ValueId } from "../../../contracts/file-graph.js";
import type { CallbackEdge, CallEdge, PointsTo } from "../../points-to/points-to.js";
import type { Definition, FunctionNode } from "../../program/program.js";
import { definitionOf, originOf } from "../../paths/value-places.js";
import type { GivenFacts, Known, Written } from "../handlers/given-facts.js";
import { branchingParameters } from "./branching-parameters.js";
import { foldedConstant } from "./folded-constant.js";
import type { Scalar } from "./outcome.js";
import { sideTaken } from "./side-taken.js";

/** `object`: some object or list, or a function, which may be known. */
type Part =
  | { readonly kind: "scalar"; readonly value: Scalar }
  | { readonly kind: "object"; readonly function: FunctionNode | null };

interface Handed {
  readonly whole: Part;
  /** Of an object that is written down in the call, all its properties (null: not told); null where others may be there. */
  readonly parts: ReadonlyMap<string, Part | null> | null;
}

const nothing: Handed = { whole: { kind: "scalar", value: undefined }, parts: null };
const someObject: Part = { kind: "object", function: null };
const settling = /^(?:then|catch|finally)$/u;
/** Calls inside each other that are told apart by what each hands over. */
const mostCallsWithin = 3;

export class ArgumentFacts implements GivenFacts {
  readonly key: string;
  private readonly depth: number;

  constructor(
    readonly callee: FunctionNode,
    private readonly handed: ReadonlyMap<number, Handed>,
    /** What is known besides. */
    readonly besides: GivenFacts | null,
    /** The call, where what it hands over may tell that a guard agreed; null: all calls are meant. */
    readonly call: CallEdge | null = null,
    /** What the call of the function hands over that this call stands in. */
    readonly around: ArgumentFacts | null = null,
  ) {
    this.depth = around === null ? 1 : around.depth + 1;
    const told = [...handed].map(([index, { whole, parts }]) =>
      [
        String(index),
        textOf(whole),
        ...[...(parts ?? [])].map(([name, part]) => `${name}=${part === null ? "?" : textOf(part)}`),
      ].join(),
    );
    const at = call === null ? "" : `@${String(call.site.caller.index)}:${String(call.site.point)}`;
    const outside = around === null ? "" : around.key;
    this.key = `${besides?.key ?? ""}${outside}(${String(callee.index)}${at}:${told.join(";")})`;
  }

  /** The same call, with something else known besides. */
  with(besides: GivenFacts): ArgumentFacts {
    return new ArgumentFacts(
      this.callee,
      this.handed,
      besides,
      this.call,
      this.around?.with(besides) ?? null,
    );
  }

  /** The same for another call, as far as calls inside each other are told apart. */
  get within(): ArgumentFacts | null {
    return this.call === null || this.depth >= mostCallsWithin ? null : this;
  }

  valueOf(node: FunctionNode, value: ValueId): Known | null {
    const part = node === this.callee ? this.partOf(value) : null;
    if (part?.kind === "scalar") return { value: part.value, isTold: true };
    return this.besides?.valueOf(node, value) ?? null;
  }

  isObject(node: FunctionNode, value: ValueId): boolean {
    const part = node === this.callee ? this.partOf(value) : null;
    return part?.kind === "object" || this.besides?.isObject?.(node, value) === true;
  }

  functionOf(node: FunctionNode, value: ValueId): FunctionNode | null {
    const part = node === this.callee ? this.partOf(value) : null;
    return part?.kind === "object" ? part.function : (this.besides?.functionOf?.(node, value) ?? null);
  }

  callOf(node: FunctionNode): CallEdge | null {
    return node === this.callee ? this.call : (this.besides?.callOf?.(node) ?? null);
  }

  mayHaveWritten(writer: FunctionNode): boolean {
    return this.besides?.mayHaveWritten?.(writer) ?? true;
  }

  hasWritten(places: readonly Written[]): boolean {
    return this.besides?.hasWritten?.(places) ?? false;
  }

  private partOf(value: ValueId): Part | null {
    const own = this.handedTo(value);
    if (own !== null) return own.whole;
    const load = definitionOf(this.callee, originOf(this.callee, value));
    if (load?.kind !== "load" || load.property.kind !== "name") return null;
    const holder = this.handedTo(load.object);
    if (holder?.parts == null) return null;
    const part = holder.parts.get(load.property.name);
    return part === undefined ? nothing.whole : part;
  }

  /** What comes in by the parameter that the value is, or by its default: `{ ask = true } = {}`. */
  private handedTo(value: ValueId): Handed | null {
    const { callee } = this;
    const definition = callee.definitions[originOf(callee, value)];
    if (definition?.kind === "phi") {
      const inputs = definition.phi.inputs.map((input) =>
        definitionOf(callee, originOf(callee, input.value)),
      );
      const parameter = inputs.find((each) => each?.kind === "parameter");
      const other = inputs.find((each) => each !== parameter);
      if (inputs.length !== 2 || parameter?.kind !== "parameter") return null;
      // Where a loop changes it, that is no default.
      if (!isDefaulted(callee, definition)) return null;
      const handed = this.handed.get(parameter.index);
      if (handed === undefined || !isNothing(handed.whole)) return handed ?? null;
      return other?.kind === "object" ? writtenObject(callee, other, null) : null;
    }
    const instruction = definition?.kind === "instruction" ? definition.instruction : null;
    return instruction?.kind === "parameter" ? (this.handed.get(instruction.index) ?? null) : null;
  }
}

/** One of the inputs comes where it has been seen to be there. */
function isDefaulted(node: FunctionNode, { phi, block }: Extract<Definition, { kind: "phi" }>): boolean {
  const target = node.graph.blocks[block]?.id;
  return (
    target !== undefined &&
    phi.inputs.some((input) => sideTaken(node, input.block, target, input.value) === "defined")
  );
}

/** Null where the call says nothing about what it hands over. `mayTell`: a guard may have answered what it hands over. */
export function argumentsGiven(
  pointsTo: PointsTo,
  edge: CallEdge,
  facts: GivenFacts | null,
  mayTell: boolean,
): ArgumentFacts | null {
  const { site, shape, callee } = edge;
  const { instruction, caller } = site;
  if (instruction.kind !== "call" || shape !== "call") return null;
  const handed = new Map<number, Handed>();
  const deciding = branchingParameters(pointsTo, callee);
  for (const [index, { rest }] of callee.graph.parameters.entries()) {
    const argument = instruction.arguments[index];
    if (deciding.size === 0 || rest || instruction.arguments.slice(0, index + 1).some(({ spread }) => spread))
      break;
    if (!deciding.has(index)) continue;
    const told = argument === undefined ? nothing : handedBy(pointsTo, caller, argument, facts);
    if (told !== null) handed.set(index, told);
  }
  const besides = besidesOf(facts);
  const { program } = pointsTo;
  // Of a function that calls itself, the parameters of both calls would be taken for one.
  if (!mayTell || deciding.size === 0 || program.isWithin(caller, callee))
    return handed.size === 0 ? null : new ArgumentFacts(callee, handed, besides);
  const around =
    facts instanceof ArgumentFacts && program.isWithin(caller, facts.callee) ? facts.within : null;
  return new ArgumentFacts(callee, handed, besides, edge, around);
}

/** What a promise calls back with is one value; where it has failed, that is an error. */
export function settledWith(
  { site, callee, address }: CallbackEdge,
  facts: GivenFacts | null,
): ArgumentFacts | null {
  const { instruction, foreign } = site;
  const { parameters } = callee.graph;
  if (instruction.kind !== "call" || foreign.size === 0) return null;
  const methods = [...foreign].map(({ module, path }) =>
    module === "lib" && /^(?:Promise|\*)$/u.test(path[0] ?? "") ? (path[1] ?? "") : "",
  );
  if (!methods.every((method) => settling.test(method))) return null;
  const isFailure = methods.every(
    (method) => address === (method === "then" ? "arg1" : "arg0") && method !== "finally",
  );
  const handed = parameters.flatMap(({ rest }, index): [number, Handed][] => {
    if (rest || (index === 0 && !isFailure)) return [];
    return [[index, index === 0 ? { whole: someObject, parts: null } : nothing]];
  });
  return handed.length === 0 ? null : new ArgumentFacts(callee, new Map(handed), besidesOf(facts));
}

function besidesOf(facts: GivenFacts | null): GivenFacts | null {
  return facts instanceof ArgumentFacts ? facts.besides : facts;
}

function handedBy(
  pointsTo: PointsTo,
  caller: FunctionNode,
  { value }: Argument,
  facts: GivenFacts | null,
): Handed | null {
  const whole = partOf(pointsTo, caller, value, facts);
  if (whole === null) return null;
  const made = definitionOf(caller, originOf(caller, value));
  return made?.kind === "object" ? writtenObject(caller, made, pointsTo, facts) : { whole, parts: null };
}

function partOf(
  pointsTo: PointsTo | null,
  node: FunctionNode,
  value: ValueId,
  facts: GivenFacts | null,
): Part | null {
  const definition = definitionOf(node, originOf(node, value));
  if (definition?.kind === "constant" && (definition.type === "regexp" || definition.type === "bigint"))
    return null;
  const known =
    facts?.valueOf(node, value) ?? (pointsTo === null ? null : foldedConstant(pointsTo, node, value));
  if (known !== null) return { kind: "scalar", value: known.value };
  const given =
    facts?.functionOf?.(node, value) ?? (pointsTo === null ? null : onlyFunction(pointsTo, node, value));
  if (given !== null || facts?.isObject?.(node, value) === true) return { kind: "object", function: given };
  switch (definition?.kind) {
    case "object":
    case "array":
    case "function":
    case "class":
      return someObject;
    case "call":
      return definition.new ? someObject : null;
    default:
      return null;
  }
}

function onlyFunction(pointsTo: PointsTo, node: FunctionNode, value: ValueId): FunctionNode | null {
  const [only, ...others] = pointsTo.valuesOf(node, value);
  return only?.kind === "function" && others.length === 0 ? only.function : null;
}

function writtenObject(
  node: FunctionNode,
  { out }: InstructionOf<"object">,
  pointsTo: PointsTo | null,
  facts: GivenFacts | null = null,
): Handed {
  const whole = someObject;
  const parts = new Map<string, Part | null>();
  for (const use of node.uses[out] ?? []) {
    const each = node.code[use];
    if (each?.kind === "copy-properties" && each.target === out) return { whole, parts: null };
    if (each?.kind !== "store" || each.object !== out) continue;
    if (each.property.kind !== "name") return { whole, parts: null };
    const { name } = each.property;
    parts.set(name, parts.has(name) ? null : partOf(pointsTo, node, each.value, facts));
  }
  return { whole, parts };
}

function isNothing(part: Part): boolean {
  return part.kind === "scalar" && part.value === undefined;
}

function textOf(part: Part): string {
  return part.kind === "object"
    ? `{${String(part.function?.index ?? "")}}`
    : `${typeof part.value}:${String(part.value)}`;
}
