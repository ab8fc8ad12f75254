/** Where a key comes from, asked backwards: from stores that it was read from, from chance, or from anything else. */
import type { Instruction, ValueId } from "../../contracts/file-graph.js";
import type { Address, Role } from "../../contracts/model.js";
import { operandsAt } from "../models/address-values.js";
import type { SiteModels } from "../models/site-models.js";
import { originOf } from "../paths/value-places.js";
import type { CallEdge, CallSite, PointsTo } from "../points-to/points-to.js";
import { heldInSlot } from "../program/captured-from.js";
import type { FunctionNode } from "../program/program.js";
import { givenOperands } from "./given-operands.js";
import { statementsAt } from "../stores/sql-sinks.js";
import type { Writers } from "../points-to/writers.js";

/** What a key may be. Several calls are alternatives. */
export interface KeyOrigin {
  /** Calls that read it from a store. */
  readonly read: ReadonlySet<CallSite>;
  /** Calls that made it by chance. */
  readonly made: ReadonlySet<CallSite>;
  /** The last name of what was read there, as of a column. */
  readonly names: ReadonlySet<string>;
  /** What it is called where it is one for all: a variable of the environment, or the text itself. */
  readonly fixed: ReadonlySet<string>;
  /** It may come from somewhere else: a service, a file. */
  readonly isOther: boolean;
}

const nothing: KeyOrigin = {
  read: new Set(),
  made: new Set(),
  names: new Set(),
  fixed: new Set(),
  isOther: false,
};
const other: KeyOrigin = { ...nothing, isOther: true };
const deepest = 40;

export class KeyOrigins {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly models: SiteModels,
    private readonly writers: Writers,
  ) {}

  /** What stands at an address of a call that seals, come to by certain calls. */
  at(site: CallSite, address: Address, calls: readonly CallEdge[] = []): KeyOrigin {
    const operands = givenOperands(this.pointsTo, this.models, site, address);
    if (operands === null) return other;
    const trail = new Trail(new Set(), calls);
    return alternatives(operands.map(([node, value]) => this.of(node, value, trail)));
  }

  of(node: FunctionNode, value: ValueId, trail = new Trail()): KeyOrigin {
    const base = originOf(node, value);
    const below = trail.with(node, base);
    // Around a circle nothing new comes in.
    if (below === null) return nothing;
    const definition = node.definitions[base];
    if (definition === undefined || below.depth > deepest) return other;
    if (definition.kind === "phi")
      return alternatives(definition.phi.inputs.map((input) => this.of(node, input.value, below)));
    return this.ofInstruction(node, definition.instruction, definition.point, below);
  }

  private ofInstruction(
    node: FunctionNode,
    instruction: Instruction,
    point: number,
    trail: Trail,
  ): KeyOrigin {
    const again = (value: ValueId): KeyOrigin => this.of(node, value, trail);
    switch (instruction.kind) {
      // Where there is none, nothing is sealed with it.
      case "constant":
        return instruction.value == null || instruction.value === ""
          ? nothing
          : { ...nothing, fixed: new Set([String(instruction.value)]) };
      case "await":
        return again(instruction.value);
      case "load": {
        const variable = this.variableOf(node, instruction.out);
        if (variable !== null) return { ...nothing, fixed: new Set([`env:${variable}`]) };
        const given = again(instruction.object);
        if (given.isOther) return this.ofField(node, instruction, trail);
        return instruction.property.kind === "name"
          ? { ...given, names: new Set([instruction.property.name]) }
          : given;
      }
      case "iterate":
        return again(instruction.object);
      case "array-rest":
        return again(instruction.array);
      case "template":
        return parts(instruction.values.map(again));
      case "binary":
        return parts([again(instruction.left), again(instruction.right)]);
      case "array":
        return this.ofElements(node, instruction.out, trail);
      case "parameter":
        return this.ofParameter(node, instruction.index, trail);
      case "capture": {
        const held = heldInSlot(this.pointsTo, node, instruction.slot);
        return held === null ? other : this.of(held.node, held.value, trail);
      }
      case "box-read":
        return this.written(node, instruction.box, "<box>", trail);
      case "cell-read":
        return alternatives(
          this.writers
            .ofCell(node.file, instruction.cell)
            .map((writer) => this.of(writer.node, writer.value, trail)),
        );
      case "call": {
        const site = this.pointsTo.findSite(node, point);
        return site === undefined ? other : this.ofCall(site, trail);
      }
      default:
        return other;
    }
  }

  /** `process.env.KEY` */
  private variableOf(node: FunctionNode, value: ValueId): string | null {
    const [only, ...others] = this.pointsTo.valuesOf(node, value);
    if (only?.kind !== "foreign" || others.length > 0 || only.module !== "global") return null;
    const [first, second, name] = only.path;
    return first === "process" && second === "env" ? (name ?? null) : null;
  }

  /** `this.key`, where the program puts something there. */
  private ofField(
    node: FunctionNode,
    { object, property }: Extract<Instruction, { kind: "load" }>,
    trail: Trail,
  ): KeyOrigin {
    return property.kind === "name" ? this.written(node, object, property.name, trail) : other;
  }

  private written(node: FunctionNode, object: ValueId, name: string, trail: Trail): KeyOrigin {
    const writers = [...this.pointsTo.valuesOf(node, object)].flatMap((value) =>
      this.writers.ofField(value, name),
    );
    return writers.length === 0
      ? other
      : alternatives(writers.map((writer) => this.of(writer.node, writer.value, trail)));
  }

  /** Bytes one behind the other: without the ones that are kept they cannot be had. */
  private ofElements(node: FunctionNode, list: ValueId, trail: Trail): KeyOrigin {
    const elements = node.code.flatMap((each) =>
      each.kind === "store" && originOf(node, each.object) === list ? [this.of(node, each.value, trail)] : [],
    );
    return elements.find(({ read, isOther }) => read.size > 0 && !isOther) ?? parts(elements);
  }

  /** What its callers hand over; on the way into a call, the one that it was come in by. */
  private ofParameter(node: FunctionNode, index: number, trail: Trail): KeyOrigin {
    const [by, out] = trail.leave(node);
    const edges = by === null ? this.pointsTo.callersOf(node) : [by];
    if (edges.length === 0) return other;
    return alternatives(
      edges.map((edge) => {
        const { instruction, caller } = edge.site;
        const given = instruction.kind === "call" ? instruction.arguments : [];
        const argument = given[index];
        const isPlain = edge.shape === "call" && edge.bound === null && !given.some(({ spread }) => spread);
        return isPlain && argument !== undefined ? this.of(caller, argument.value, out) : other;
      }),
    );
  }

  private ofCall(site: CallSite, trail: Trail): KeyOrigin {
    const roles = this.models.at(site).flatMap(({ model }) => model.roles);
    if (this.isOneForAll(site)) return other;
    if (roles.some(({ kind }) => kind === "rows" || kind === "sql"))
      return { ...nothing, read: new Set([site]) };
    if (roles.some(({ kind }) => kind === "random")) return { ...nothing, made: new Set([site]) };
    // What the function remembers it has from where it read it before.
    if (isRemembered(site)) return nothing;
    const edges = [...site.edges.values()];
    if (edges.length > 0) return alternatives(edges.map((edge) => this.ofReturns(edge, trail)));
    const inputs = roles.flatMap(inputsOf).flatMap((address) => operandsAt(site, address));
    return inputs.length === 0
      ? other
      : parts([...new Set(inputs)].map((input) => this.of(site.caller, input, trail)));
  }

  /** A statement that asks for nothing that it is given: `… WHERE name = 'house'`. */
  private isOneForAll(site: CallSite): boolean {
    return this.models
      .at(site)
      .some(({ model, names }) =>
        model.roles.some(
          (role) =>
            role.kind === "sql" &&
            statementsAt(this.pointsTo, site, role, names).every((each) => each?.lookups.length === 0),
        ),
      );
  }

  private ofReturns(edge: CallEdge, trail: Trail): KeyOrigin {
    const { callee } = edge;
    return alternatives(
      callee.graph.blocks.flatMap(({ end }) =>
        end.kind === "return" && end.value !== null ? [this.of(callee, end.value, trail.enter(edge))] : [],
      ),
    );
  }
}

/** `cache.get(id)` of a Map that the function itself fills: `cache.set(id, key)`. */
function isRemembered({ caller, foreign, instruction }: CallSite): boolean {
  if (instruction.kind !== "call" || foreign.size === 0) return false;
  const isOfMap = [...foreign].every(
    ({ module, path }) => module === "lib" && /^(?:Weak)?Map$/u.test(path[0] ?? "") && path.at(-1) === "get",
  );
  const filling = instruction.name.replace(/\.get$/u, ".set");
  return isOfMap && caller.code.some((each) => each.kind === "call" && each.name === filling);
}

function inputsOf(role: Role): readonly Address[] {
  switch (role.kind) {
    case "flow":
      return role.from;
    case "encrypt":
    case "decrypt":
      return role.input;
    default:
      return [];
  }
}

/** It is one of these. */
function alternatives(each: readonly KeyOrigin[]): KeyOrigin {
  return {
    read: new Set(each.flatMap(({ read }) => [...read])),
    made: new Set(each.flatMap(({ made }) => [...made])),
    names: new Set(each.flatMap(({ names }) => [...names])),
    fixed: new Set(each.flatMap(({ fixed }) => [...fixed])),
    isOther: each.some(({ isOther }) => isOther),
  };
}

/** It is put together of these; what it is made of beside a text of the program may be all that keeps it secret. */
function parts(each: readonly KeyOrigin[]): KeyOrigin {
  const told = each.filter((part) => part.isOther || part.read.size + part.made.size > 0 || isOfAll(part));
  return told.length === 0 ? other : told.length === 1 ? (told[0] ?? other) : mixed(told);
}

/** Several secrets: which of them may be had again is not told. */
function mixed(each: readonly KeyOrigin[]): KeyOrigin {
  return each.every(isOfAll) ? alternatives(each) : other;
}

function isOfAll({ fixed }: KeyOrigin): boolean {
  return [...fixed].some((name) => name.startsWith("env:"));
}

/** The values on the way back, and the calls that were gone into. */
class Trail {
  constructor(
    private readonly values: ReadonlySet<string> = new Set(),
    private readonly calls: readonly CallEdge[] = [],
    readonly depth = 0,
  ) {}

  /** Null: it was met already, in the same calls. */
  with(node: FunctionNode, value: ValueId): Trail | null {
    const key = `${String(node.index)}:${String(value)}:${String(this.calls.length)}`;
    return this.values.has(key)
      ? null
      : new Trail(new Set([...this.values, key]), this.calls, this.depth + 1);
  }

  enter(edge: CallEdge): Trail {
    return new Trail(this.values, [...this.calls, edge], this.depth);
  }

  /** The call by which a function was come into, and the way outside it. */
  leave(node: FunctionNode): readonly [CallEdge | null, Trail] {
    const last = this.calls.at(-1);
    return last?.callee.graph === node.graph
      ? [last, new Trail(this.values, this.calls.slice(0, -1), this.depth)]
      : [null, this];
  }
}
