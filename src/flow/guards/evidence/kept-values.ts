/** What the program puts into maps, sets and objects under names that it works out, to take it out again. */
import type { Argument, Instruction, ValueId } from "../../../contracts/file-graph.js";
import type { AbstractValue } from "../../points-to/abstract-value.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import { foldedConstant } from "./folded-constant.js";

export interface KeptValue {
  readonly node: FunctionNode;
  readonly point: number;
  readonly value: ValueId;
  /** Under one name that is written down, in what is made once: whoever asks gets the same. */
  readonly isForAll: boolean;
}

interface Kept {
  readonly values: KeptValue[];
  /** What else may be in it is not known. */
  isOpen: boolean;
}

const containers = /^(?:Weak)?(?:Map|Set)$/u;
const putting = /^(?:set|add|push|unshift)$/u;

export class KeptValues {
  private known: Map<AbstractValue, Kept> | null = null;
  /** Functions that call a method of a map or set, by the object. */
  private takings: ReadonlyMap<AbstractValue, ReadonlySet<FunctionNode>> | null = null;
  /** The maps and sets of which something is taken out, by the number of a function that puts something into them. */
  private filledBy: ReadonlyMap<number, ReadonlySet<AbstractValue>> | null = null;

  constructor(private readonly pointsTo: PointsTo) {}

  /** All that may stand in the object; null where more may. */
  in(node: FunctionNode, object: ValueId): readonly KeptValue[] | null {
    const objects = [...this.pointsTo.valuesOf(node, object)];
    const kept = objects.map((each) => this.all.get(each));
    if (objects.length === 0 || !objects.every((each) => isMadeHere(each))) return null;
    const values = kept.flatMap((each) => each?.values ?? []);
    return values.length === 0 || kept.some((each) => each?.isOpen === true) ? null : values;
  }

  /** The method of a map or set that is called; null: of anything else. */
  methodAt({ foreign, instruction }: CallSite): string | null {
    if (instruction.kind !== "call" || instruction.new || instruction.receiver === null) return null;
    const [name, ...others] = new Set(
      [...foreign].map(({ module, path }) =>
        module === "lib" && path.length === 2 && containers.test(path[0] ?? "") ? (path[1] ?? "") : "",
      ),
    );
    return name === undefined || name === "" || others.length > 0 ? null : name;
  }

  /** There is one for all who ask: a module makes it. */
  isMadeOnce(node: FunctionNode, object: ValueId): boolean {
    return [...this.pointsTo.valuesOf(node, object)].some(
      (each) =>
        "site" in each &&
        each.site !== null &&
        this.pointsTo.program.functions[Number(each.site.split(":")[0])]?.graph.kind === "module",
    );
  }

  /** Functions that take out of what some of the given ones put something into. */
  takersFrom(functions: ReadonlySet<number>): readonly FunctionNode[] {
    const takings = (this.takings ??= this.findTakings());
    this.filledBy ??= this.findFilled(takings);
    const takers = new Set<FunctionNode>();
    const filled = new Set<AbstractValue>();
    for (const each of functions) for (const object of this.filledBy.get(each) ?? []) filled.add(object);
    for (const object of filled) for (const taker of takings.get(object) ?? []) takers.add(taker);
    return [...takers];
  }

  private findFilled(takings: ReadonlyMap<AbstractValue, unknown>): ReadonlyMap<number, Set<AbstractValue>> {
    const found = new Map<number, Set<AbstractValue>>();
    for (const [object, { values }] of this.all) {
      if (!takings.has(object)) continue;
      for (const { node } of values) {
        const known = found.get(node.index);
        if (known === undefined) found.set(node.index, new Set([object]));
        else known.add(object);
      }
    }
    return found;
  }

  private findTakings(): ReadonlyMap<AbstractValue, ReadonlySet<FunctionNode>> {
    const found = new Map<AbstractValue, Set<FunctionNode>>();
    for (const site of this.pointsTo.sites.values()) {
      const { instruction, caller } = site;
      if (instruction.kind !== "call" || instruction.receiver === null || this.methodAt(site) === null)
        continue;
      for (const object of this.pointsTo.valuesOf(caller, instruction.receiver)) {
        const known = found.get(object);
        if (known === undefined) found.set(object, new Set([caller]));
        else known.add(caller);
      }
    }
    return found;
  }

  private get all(): ReadonlyMap<AbstractValue, Kept> {
    return (this.known ??= this.index());
  }

  private index(): Map<AbstractValue, Kept> {
    const index = new Map<AbstractValue, Kept>();
    const keptIn = (node: FunctionNode, object: ValueId): Kept[] =>
      [...this.pointsTo.valuesOf(node, object)].filter(isMadeHere).map((value) => {
        const known = index.get(value) ?? { values: [], isOpen: false };
        index.set(value, known);
        return known;
      });
    const open = (node: FunctionNode, object: ValueId): void => {
      for (const each of keptIn(node, object)) each.isOpen = true;
    };
    const put = (
      node: FunctionNode,
      point: number,
      object: ValueId,
      value: ValueId,
      isForAll: boolean,
    ): void => {
      for (const each of keptIn(node, object)) each.values.push({ node, point, value, isForAll });
    };
    for (const node of this.pointsTo.program.functions)
      for (const [point, each] of node.code.entries()) {
        if (each.kind === "store") put(node, point, each.object, each.value, false);
        if (each.kind === "copy-properties" || each.kind === "append-elements") open(node, each.target);
      }
    for (const site of this.pointsTo.sites.values()) this.addCall(site, put, open);
    return index;
  }

  private addCall(
    site: CallSite,
    put: (node: FunctionNode, point: number, object: ValueId, value: ValueId, isForAll: boolean) => void,
    open: (node: FunctionNode, object: ValueId) => void,
  ): void {
    const { instruction, caller, point, foreign } = site;
    if (instruction.kind !== "call" || foreign.size === 0) return;
    const { receiver, arguments: list, new: isNew, name, out } = instruction;
    // What a map is made of stands in it.
    if (isNew && list.some((each) => !isNothing(caller, each))) open(caller, out);
    // A package's function may put something into what it is given, and so may some of the language.
    const isOfLanguage = [...foreign].every(({ module }) => module === "lib" || module === "global");
    for (const each of isOfLanguage ? list.slice(0, /^Object\.|^Reflect\./u.test(name) ? 1 : 0) : list)
      if (!isOfLanguage || !/\.(?:entries|keys|values|freeze|fromEntries|has|get|hasOwn)$/u.test(name))
        open(caller, each.value);
    if (receiver === null || isNew) return;
    const method = name.slice(name.lastIndexOf(".") + 1);
    if (!putting.test(method)) {
      if (/^(?:getOrInsert(?:Computed)?|emplace|splice|fill|copyWithin)$/u.test(method))
        open(caller, receiver);
      return;
    }
    const key = method === "set" ? list[0] : undefined;
    const isForAll =
      key !== undefined &&
      foldedConstant(this.pointsTo, caller, key.value) !== null &&
      this.isMadeOnce(caller, receiver);
    for (const each of method === "set" ? list.slice(1, 2) : list) {
      if (each.spread) open(caller, receiver);
      else put(caller, point, receiver, each.value, isForAll);
    }
  }
}

/** An object or list of the program's own, or a map or set that it makes. */
function isMadeHere(value: AbstractValue): boolean {
  if (value.kind === "object") return true;
  return (
    value.kind === "foreign" &&
    value.module === "lib" &&
    value.site !== null &&
    value.path.length === 1 &&
    containers.test(value.path[0] ?? "")
  );
}

function isNothing(node: FunctionNode, { value, spread }: Argument): boolean {
  const definition = node.definitions[value];
  const instruction: Instruction | null = definition?.kind === "instruction" ? definition.instruction : null;
  return !spread && instruction?.kind === "constant" && instruction.value === null;
}
