/** Where the secret of a cipher and its initialisation vector come from: the code, the environment, chance. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Address, Role } from "../../contracts/model.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { channelModule } from "../points-to/abstract-value.js";
import { givenPart } from "../tabulation/channel-mouths.js";
import type { ReadValues } from "../models/address-values.js";
import { hasDefault } from "../models/environment-defaults.js";
import { operandsAt, operandsOfSite, valuesAt } from "../models/address-values.js";
import { noContext } from "../contexts/context.js";
import { ContextValues } from "../contexts/context-values.js";
import { fillingsOf } from "../heap/fillers.js";
import type { CallEdge, CallSite, PointsTo } from "../points-to/points-to.js";
import { originOf } from "../paths/value-places.js";
import type { FunctionNode } from "../program/program.js";
import { selectModels } from "../models/select-models.js";

/**
 * `literal`: written in the code; `zeros`: bytes that nothing was put into; `empty`: a text of no letters; `once`: chance,
 * but the same while the process runs; `unknown`: anything else, as what a service or a file gives.
 */
export type Origin = "literal" | "zeros" | "empty" | "environment" | "random" | "once" | "unknown";

type FlowRole = Extract<Role, { kind: "flow" }>;

/** Values made of one another that are looked through; a few frames of the stack each. */
const deepest = 60;
/** Calls into own functions that are told apart one below the other. */
const mostCalls = 3;
const none: ReadonlySet<Origin> = new Set();
const unknown: ReadonlySet<Origin> = new Set(["unknown"]);

/** The alternatives that values may come from, as a function that uses them sees it. */
export function originsOf(
  pointsTo: PointsTo,
  values: Iterable<AbstractValue>,
  user: FunctionNode,
  read?: ReadValues,
): ReadonlySet<Origin> {
  return new Origins(pointsTo, user, read).ofValues(values, 0);
}

/** The same of what stands at an address of a call. */
export function originsAt(
  pointsTo: PointsTo,
  site: CallSite,
  address: Address,
  names: readonly string[],
  read?: ReadValues,
): ReadonlySet<Origin> {
  const origins = new Origins(pointsTo, site.caller, read);
  const places = placesAt(pointsTo, site, address, read);
  return places === null
    ? origins.ofValues(valuesAt(pointsTo, site, address, names, read), 0)
    : origins.ofPlaces(places);
}

/** Operands that stand at an address: of the call, or of the calls that made its receiver; null: not told. */
function placesAt(
  pointsTo: PointsTo,
  site: CallSite,
  address: Address,
  read?: ReadValues,
): readonly (readonly [FunctionNode, ValueId])[] | null {
  const [step] = address.steps;
  const operands = operandsAt(site, address);
  if (step === undefined) return operands.map((operand) => [site.caller, operand]);
  if (step.kind !== "created" || address.steps.length > 1 || address.root.kind !== "this") return null;
  const places: (readonly [FunctionNode, ValueId])[] = [];
  for (const operand of operands)
    for (const value of read?.(site.caller, operand) ?? pointsTo.valuesOf(site.caller, operand)) {
      const made =
        value.kind === "foreign" && value.site !== null ? pointsTo.sites.get(value.site) : undefined;
      if (made === undefined) return null;
      const argument = operandsOfSite(made).arguments[step.index];
      if (argument?.spread === true) return null;
      if (argument !== undefined) places.push([made.caller, argument.value]);
    }
  return places;
}

class Origins {
  /** Each value is asked once: what rests on an answer that is still being looked for takes it as unknown. */
  private readonly answers = new Map<AbstractValue, ReadonlySet<Origin>>();
  private readonly values: ContextValues;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly user: FunctionNode,
    private readonly read: ReadValues | undefined,
    /** The calls by which what is asked about is come to. */
    private readonly calls: readonly CallEdge[] = [],
  ) {
    this.values = new ContextValues(pointsTo);
  }

  ofPlaces(places: readonly (readonly [FunctionNode, ValueId])[]): ReadonlySet<Origin> {
    return new Set(
      places.flatMap(([node, operand]) => [
        ...(this.byCalls(node, operand, 0) ?? this.ofKnown(node, operand)),
      ]),
    );
  }

  private ofKnown(node: FunctionNode, operand: ValueId): ReadonlySet<Origin> {
    return this.ofValues(this.valuesOf(node, operand), 0);
  }

  ofValues(values: Iterable<AbstractValue>, depth: number): ReadonlySet<Origin> {
    const found = new Set<Origin>();
    for (const value of values) for (const origin of this.ofValue(value, depth)) found.add(origin);
    return found;
  }

  private ofValue(value: AbstractValue, depth: number): ReadonlySet<Origin> {
    if (value.kind === "constant") return ofConstant(value.value);
    const known = this.answers.get(value);
    if (known !== undefined) return known;
    this.answers.set(value, unknown);
    if (depth > deepest) return unknown;
    const origins = this.compute(value, depth + 1);
    this.answers.set(value, origins);
    return origins;
  }

  private compute(value: AbstractValue, depth: number): ReadonlySet<Origin> {
    switch (value.kind) {
      case "computed":
        return this.ofText(value.function, value.point, depth);
      case "object":
        return value.array ? this.ofElements(value, depth) : unknown;
      case "foreign":
        return this.ofForeign(value, depth);
      default:
        return unknown;
    }
  }

  private ofElements(list: AbstractValue, depth: number): ReadonlySet<Origin> {
    const parts = [...this.pointsTo.fieldsOf(list)].flatMap(([name, { values }]) =>
      name === "*" || values.size === 0 ? [] : [this.ofValues(values, depth)],
    );
    // Numbers written one by one are a text of their own.
    return together(parts.map((part) => (part.has("zeros") ? asLiteral(part) : part)));
  }

  private ofText(node: FunctionNode, point: number, depth: number): ReadonlySet<Origin> {
    const instruction = node.code[point];
    const operands =
      instruction?.kind === "template"
        ? instruction.values
        : instruction?.kind === "binary" && instruction.operator === "+"
          ? [instruction.left, instruction.right]
          : null;
    if (operands === null) return unknown;
    return together(operands.map((operand) => this.ofOperand(node, operand, depth)));
  }

  /** Of which nothing is known comes from somewhere else. */
  private ofOperand(node: FunctionNode, operand: ValueId, depth: number): ReadonlySet<Origin> {
    const byCalls = this.byCalls(node, operand, depth);
    if (byCalls !== null) return byCalls;
    const values = [...this.valuesOf(node, operand)];
    if (values.length === 0) return unknown;
    const made = this.calls.length === 0 ? null : this.ofMadeHere(node, operand, values, depth);
    return made ?? this.ofValues(values, depth);
  }

  /** Of a package's call in a function that others call too: what it makes of what it is given here. */
  private ofMadeHere(
    node: FunctionNode,
    operand: ValueId,
    values: readonly AbstractValue[],
    depth: number,
  ): ReadonlySet<Origin> | null {
    const site = callBehind(this.pointsTo, node, operand);
    const own = values.filter((value) => value.kind === "foreign" && value.site === site?.id);
    if (own.length === 0 || own.length === values.length) return null;
    const found = this.ofValues(own, depth);
    return found.has("unknown") ? null : found;
  }

  /**
   * What own functions give that others call as well, with what this call gives them: `bytes(secret)`; null where there
   * are none.
   */
  private byCalls(node: FunctionNode, operand: ValueId, depth: number): ReadonlySet<Origin> | null {
    const site = this.calls.length < mostCalls ? callBehind(this.pointsTo, node, operand) : null;
    if (site?.instruction.kind !== "call" || site.foreign.size > 0) return null;
    const edges = [...site.edges.values()];
    const areShared = edges.every(
      (edge) =>
        edge.shape === "call" &&
        !this.calls.includes(edge) &&
        this.pointsTo.callersOf(edge.callee).length > 1,
    );
    if (edges.length === 0 || !areShared || site.instruction.arguments.some(({ spread }) => spread))
      return null;
    const given = site.instruction.arguments.map(({ value }) => new Set(this.valuesOf(node, value)));
    const found = new Set<Origin>();
    for (const edge of edges) for (const origin of this.ofReturns(edge, given, depth)) found.add(origin);
    return found;
  }

  private ofReturns(
    edge: CallEdge,
    given: readonly ReadonlySet<AbstractValue>[],
    depth: number,
  ): ReadonlySet<Origin> {
    const { callee } = edge;
    const context = { ...noContext, key: "called", parameters: new Map(given.entries()) };
    const read: ReadValues = (node, value) =>
      (node === callee ? this.values.valuesIn(context, node, value) : null) ?? this.valuesOf(node, value);
    const inside = new Origins(this.pointsTo, this.user, read, [...this.calls, edge]);
    const ends = callee.graph.blocks.flatMap(({ end }) =>
      end.kind === "return" && end.value !== null ? [end.value] : [],
    );
    return new Set(ends.flatMap((end) => [...inside.ofOperand(callee, end, depth + 1)]));
  }

  private valuesOf(node: FunctionNode, operand: ValueId): Iterable<AbstractValue> {
    return this.read?.(node, operand) ?? this.pointsTo.valuesOf(node, operand);
  }

  private ofForeign(value: Extract<AbstractValue, { kind: "foreign" }>, depth: number): ReadonlySet<Origin> {
    const { module, path, site } = value;
    if (module === "global" && path[0] === "process" && path[1] === "env")
      return new Set(["environment", ...(hasDefault(this.pointsTo, path[2]) ? ["literal" as const] : [])]);
    const made = site === null ? undefined : this.pointsTo.sites.get(site);
    if (made === undefined) return this.isSize(value) ? new Set(["zeros"]) : unknown;
    if (this.pointsTo.isFilled(value)) return new Set([this.chance(made)]);
    const roles = this.rolesOf(made);
    if (roles.some(({ role }) => role.kind === "random")) return new Set([this.chance(made)]);
    if (roles.some(({ role }) => role.kind === "input")) return unknown;
    return this.ofSources(made, roles, depth);
  }

  /** A number that a package exports: `secretbox.nonceLength`. */
  private isSize({ module, path }: Extract<AbstractValue, { kind: "foreign" }>): boolean {
    const number = "lib#Number";
    return (
      `${module}#${path.join(".")}` === number ||
      this.pointsTo.catalogue
        .match(module, path, "read")
        .some(({ model }) => model.roles.some((role) => role.kind === "type" && role.type === number))
    );
  }

  /** What the models of the call that made it say to have gone in. */
  private ofSources(
    made: CallSite,
    roles: readonly { readonly role: Role; readonly names: readonly string[] }[],
    depth: number,
  ): ReadonlySet<Origin> {
    const parts: ReadonlySet<Origin>[] = [];
    let isFed = false;
    for (const { role, names } of roles) {
      const given = role.kind === "flow" ? this.givenToMouths(made, role) : [];
      if (given.length > 0) parts.push(this.ofValues(given, depth));
      const sources =
        role.kind === "flow"
          ? role.to.every(isRejection)
            ? []
            : role.from
          : role.kind === "encrypt" || role.kind === "decrypt"
            ? role.input
            : [];
      for (const source of sources) {
        const gathered = isGathered(source) ? this.ofFillings(made, depth) : none;
        if (gathered.size > 0) {
          parts.push(gathered);
          continue;
        }
        isFed ||= source.root.kind === "this" || operandsAt(made, source).length > 0;
        const values = valuesAt(this.pointsTo, made, source, names, this.read);
        if (values.length > 0) parts.push(this.ofSource(made, source, values, depth));
      }
    }
    if (parts.length > 0) return together(parts);
    const isMadeOfNothing = !isFed && roles.some(({ role }) => role.kind === "flow");
    return isMadeOfNothing ? new Set(["zeros"]) : unknown;
  }

  private ofSource(
    made: CallSite,
    source: Address,
    values: readonly AbstractValue[],
    depth: number,
  ): ReadonlySet<Origin> {
    const operands = source.steps.length === 0 ? operandsAt(made, source) : [];
    const [operand] = operands;
    const byCalls =
      operand === undefined || operands.length > 1 ? null : this.byCalls(made.caller, operand, depth);
    return byCalls ?? this.ofValues(values, depth);
  }

  /** What `resolve` is called with in `new Promise((resolve) => …)`. */
  private givenToMouths(made: CallSite, { from, to }: FlowRole): readonly AbstractValue[] {
    return from.flatMap((source) => {
      const given = givenPart(source);
      if (given === null || given.steps.length > 0) return [];
      return to.flatMap((target) => {
        if (target.root.kind !== "return" || target.steps.length > 0) return [];
        const mouth = this.pointsTo.values.foreign(channelModule, [made.id, source.text, target.text], null);
        return mouth === null || this.pointsTo.channelOf(mouth.id) === undefined
          ? []
          : [...this.pointsTo.fieldNode(mouth, `<given ${String(given.index)}>`).values];
      });
    });
  }

  /** What several calls put into one object is there together. */
  private ofFillings(made: CallSite, depth: number): ReadonlySet<Origin> {
    return together(
      fillingsOf(made)
        .filter(({ index }) => index === 0)
        .map(({ value }) => this.ofOperand(made.caller, value, depth)),
    );
  }

  private rolesOf(site: CallSite): { readonly role: Role; readonly names: readonly string[] }[] {
    return [...site.foreign].flatMap((callee) =>
      selectModels(this.pointsTo, site, callee).flatMap(({ model, names }) =>
        model.roles.map((role) => ({ role, names })),
      ),
    );
  }

  /** Made while a module loads, it is the same for whatever a function is called with later. */
  private chance({ caller }: CallSite): Origin {
    return runsOnLoad(this.pointsTo, caller) && !runsOnLoad(this.pointsTo, this.user) ? "once" : "random";
  }
}

/** A module, or what only modules call while they load: the constructor of a client that the whole program shares. */
function runsOnLoad(pointsTo: PointsTo, node: FunctionNode, seen = new Set<FunctionNode>()): boolean {
  if (node.graph.kind === "module") return true;
  if (seen.has(node) || pointsTo.callbacksOf(node).length > 0) return false;
  seen.add(node);
  const callers = pointsTo.callersOf(node);
  return callers.length > 0 && callers.every(({ site }) => runsOnLoad(pointsTo, site.caller, seen));
}

/** The call whose result an operand is, also one that is waited for. */
function callBehind(pointsTo: PointsTo, node: FunctionNode, operand: ValueId): CallSite | null {
  let definition = node.definitions[originOf(node, operand)];
  if (definition?.kind === "instruction" && definition.instruction.kind === "await")
    definition = node.definitions[originOf(node, definition.instruction.value)];
  if (definition?.kind !== "instruction" || definition.instruction.kind !== "call") return null;
  return pointsTo.findSite(node, definition.point) ?? null;
}

function isRejection({ steps }: Address): boolean {
  return steps.some((step) => step.kind === "rejected");
}

/** A property of the receiver that earlier calls on it have put something into. */
function isGathered({ root, steps }: Address): boolean {
  return root.kind === "this" && steps[0]?.kind === "property";
}

function ofConstant(value: string | number | boolean | null | undefined): ReadonlySet<Origin> {
  if (typeof value === "number") return new Set(["zeros"]);
  return typeof value === "string" ? new Set([value === "" ? "empty" : "literal"]) : none;
}

/** What is put together of parts is in the code only if all of them are; empty ones add nothing. */
function together(parts: readonly ReadonlySet<Origin>[]): ReadonlySet<Origin> {
  const known = parts.map(withoutEmpty).filter((part) => part.size > 0);
  if (known.length === 0) return parts.find((part) => part.size > 0) ?? none;
  const found = new Set<Origin>();
  for (const part of known)
    for (const origin of part) if (origin !== "literal" && origin !== "zeros") found.add(origin);
  if (known.length > 0 && known.every((part) => part.has("literal") || part.has("zeros")))
    found.add(known.some((part) => part.has("literal")) ? "literal" : "zeros");
  return found;
}

/** An empty text mostly stands where the type asks for one: `process.env.KEY ?? ""`. */
export function withoutEmpty(origins: ReadonlySet<Origin>): ReadonlySet<Origin> {
  return new Set([...origins].filter((each) => each !== "empty"));
}

function asLiteral(origins: ReadonlySet<Origin>): ReadonlySet<Origin> {
  return new Set([...[...origins].filter((each) => each !== "zeros"), "literal" as const]);
}
