/**
 * Lists of handlers as the program writes them: their elements in order, those of lists that are spread into them
 * and those that are pushed. What may be one list or another (`flag ? [guard] : []`) guards only where each does.
 */
import type { InstructionOf, PropertyName, ValueId } from "../../../contracts/file-graph.js";
import type { AbstractValue } from "../../points-to/abstract-value.js";
import type { PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import type { ControlWalk } from "../../program/control-walk.js";
import { walkFrom } from "../../program/control-walk.js";
import { originOf } from "../../paths/value-places.js";
import { dominatorsOf } from "../ages/dominators.js";
import { sideTaken } from "../evidence/side-taken.js";
import { inOrderOfAdding } from "./added-in-order.js";
import { foldedConstant } from "../evidence/folded-constant.js";
import type { ElementRound } from "./element-round.js";
import { constantOf } from "../evidence/outcome.js";

/** What stands in one place of a list: a value of the program, or what else is known to be among its elements. */
export interface Element {
  readonly node: FunctionNode;
  readonly value: ValueId | null;
  readonly values: readonly AbstractValue[];
}

/** Lists that a value may be, each in order; one that is nothing at all is an empty one. */
export type Lists = readonly (readonly Element[])[];

/** More lists than this are not told apart. */
const most = 16;
const deepest = 6;

/** What a value, or the property of it under the path, may be where it is taken. */
export function listsAt(
  pointsTo: PointsTo,
  taken: { readonly node: FunctionNode; readonly point: number },
  value: ValueId,
  path: readonly string[],
  round: ElementRound | null = null,
): Lists {
  return new ListReader(pointsTo, taken, round).ofValue(taken.node, value, path, 0);
}

export function listsAmong(pointsTo: PointsTo, node: FunctionNode, values: readonly AbstractValue[]): Lists {
  return new ListReader(pointsTo, { node, point: null }, null).ofValues(values, node, null, 0);
}

/** What is put under a name into an object, or what is copied into it with all its properties. */
interface Written {
  readonly value: ValueId;
  readonly path: readonly string[];
  readonly point: number;
}

/** The arguments that a function is called with. */
interface Called {
  readonly node: FunctionNode;
  readonly given: InstructionOf<"call">["arguments"];
}

class ListReader {
  private readonly seen = new Set<string>();
  /** Of the functions that are looked into for one call of them. */
  private readonly walks = new Map<FunctionNode, ControlWalk>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly taken: { readonly node: FunctionNode; readonly point: number | null },
    /** What is known of the round that the list is taken in, and in functions that are called in it. */
    private round: ElementRound | null,
  ) {}

  ofValue(node: FunctionNode, value: ValueId, path: readonly string[], depth: number): Lists {
    const origin = originOf(node, value);
    const definition = node.definitions[origin];
    const key = `${String(node.index)}:${String(origin)}`;
    if (this.seen.has(key)) return [];
    const isWrapped = this.pointsTo.wrappedInLoops.get(node)?.has(origin) === true;
    if (definition?.kind === "phi" && depth < deepest && !isWrapped) {
      this.seen.add(key);
      const target = node.graph.blocks[definition.block]?.id ?? -1;
      const lists = definition.phi.inputs.flatMap((input) => {
        if (!this.walkOf(node).goes(input.block, target)) return [];
        const side = sideTaken(node, input.block, target, input.value);
        // `flag && guard` is nothing where the flag is not set.
        return side === "falsy" || side === "nullish"
          ? [[]]
          : this.ofValue(node, input.value, path, depth + 1);
      });
      this.seen.delete(key);
      if (lists.length <= most) return lists;
    } else if (definition?.kind === "instruction") {
      const { instruction } = definition;
      if (instruction.kind === "constant" && !constantOf(instruction)) return [[]];
      const made = instruction.kind === "call" ? this.ofCall(node, definition.point, path, depth) : null;
      if (made !== null) return made;
    }
    const values = this.valuesOf(node, value);
    const [name, ...rest] = path;
    return name === undefined
      ? this.ofValues(values, node, value, depth)
      : values.flatMap((each) => this.ofProperty(each, node, name, rest, depth));
  }

  /** `hooksFor(true)`: what an own function returns where it is called so. */
  private ofCall(node: FunctionNode, point: number, path: readonly string[], depth: number): Lists | null {
    const site = this.pointsTo.findSite(node, point);
    const [edge, ...others] = site === undefined ? [] : [...site.edges.values()];
    if (site?.instruction.kind !== "call" || edge === undefined || others.length + site.foreign.size > 0)
      return null;
    const { callee } = edge;
    if (edge.shape !== "call" || callee.graph.async || callee.graph.generator || this.walks.has(callee))
      return null;
    if (depth >= deepest) return null;
    const given = site.instruction.arguments;
    const isSpread = given.some(({ spread }) => spread);
    const { round } = this;
    if (!isSpread) this.round = round?.inside(callee, node, given) ?? null;
    this.walks.set(callee, this.walk(callee, isSpread ? null : { node, given }));
    const lists = callee.graph.blocks.flatMap(({ end }, position) =>
      end.kind === "return" && end.value !== null && this.walkOf(callee).blocks.has(position)
        ? this.ofValue(callee, end.value, path, depth + 1)
        : [],
    );
    this.walks.delete(callee);
    this.round = round;
    return lists;
  }

  private valuesOf(node: FunctionNode, value: ValueId): readonly AbstractValue[] {
    return this.round?.valuesOf(node, value) ?? [...this.pointsTo.valuesOf(node, value)];
  }

  private walkOf(node: FunctionNode): ControlWalk {
    return this.walks.get(node) ?? this.walk(node, null);
  }

  private walk(node: FunctionNode, called: Called | null): ControlWalk {
    const { round } = this;
    const truthOf = (condition: ValueId): boolean | null => {
      const told = round?.truthOf(node, condition) ?? null;
      if (told !== null) return told;
      const definition = node.definitions[originOf(node, condition)];
      const instruction = definition?.kind === "instruction" ? definition.instruction : null;
      if (instruction?.kind === "unary" && instruction.operator === "!") {
        const truth = truthOf(instruction.operand);
        return truth === null ? null : !truth;
      }
      if (instruction?.kind !== "parameter") {
        const known = foldedConstant(this.pointsTo, node, condition);
        return known === null ? null : Boolean(known.value);
      }
      if (called === null) return null;
      const argument = called.given[instruction.index];
      if (argument === undefined) return false;
      const known = foldedConstant(this.pointsTo, called.node, argument.value);
      return known === null ? null : Boolean(known.value);
    };
    return walkFrom(node, 0, truthOf);
  }

  /** `{ preHandler: [guard] }`, `{ ...(flag ? { preHandler: guard } : {}) }` */
  private ofProperty(
    object: AbstractValue,
    node: FunctionNode,
    name: string,
    path: readonly string[],
    depth: number,
  ): Lists {
    const made = literalOf(this.pointsTo, object, "object");
    const written = made?.node.code.flatMap((each, point): Written[] => {
      if (each.kind === "copy-properties" && originOf(made.node, each.target) === made.out)
        return [{ value: each.source, path: [name, ...path], point }];
      const isMeant =
        each.kind === "store" &&
        originOf(made.node, each.object) === made.out &&
        this.mayBeNamed(made.node, each.property, name);
      return isMeant ? [{ value: each.value, path, point }] : [];
    });
    const [only, ...others] = written ?? [];
    if (made != null && only !== undefined && others.length === 0 && depth < deepest) {
      const lists = this.ofValue(made.node, only.value, only.path, depth + 1);
      return this.isSure(made.node, only.point) ? lists : [[], ...lists];
    }
    let values: readonly AbstractValue[] = [...this.pointsTo.fieldNode(object, name).values];
    for (const step of path)
      values = values.flatMap((each) => [...this.pointsTo.fieldNode(each, step).values]);
    // An object without it is as good as one with nothing there.
    return written?.length === 0 && values.length === 0 ? [[]] : this.ofValues(values, node, null, depth);
  }

  /** A key that a package names (`[Kind.FIELD]`) is known by what the package calls it. */
  private mayBeNamed(node: FunctionNode, property: PropertyName, name: string): boolean {
    if (property.kind === "name") return property.name === name;
    if (property.kind === "element") return true;
    const named = [...this.pointsTo.valuesOf(node, property.value)].map((key) =>
      key.kind === "foreign" && key.path.length > 1 && key.path.at(-1) !== "()" ? key.path.join(".") : null,
    );
    return named.length === 0 || named.includes(null) || named.includes(name);
  }

  ofValues(
    values: readonly AbstractValue[],
    node: FunctionNode,
    value: ValueId | null,
    depth: number,
  ): Lists {
    const lists = values.filter((each) => each.kind === "object" && each.array);
    const single = values.filter((each) => !lists.includes(each));
    const isHandler = single.some(({ kind }) => kind !== "constant");
    return [
      ...lists.flatMap((list) => this.ofList(list, node, depth)),
      ...(isHandler ? [[{ node, value, values: single }]] : []),
    ];
  }

  private ofList(list: AbstractValue, node: FunctionNode, depth: number): Lists {
    const made = literalOf(this.pointsTo, list, "array");
    if (made === null || depth >= deepest) return [this.fieldsOf(list, node)];
    let lists: Lists = [[]];
    for (const [point, each] of made.node.code.entries()) {
      // Each handler that is only added by chance makes twice as many.
      if (lists.length > most) break;
      if (each.kind === "store" && each.initial && originOf(made.node, each.object) === made.out)
        lists = behind(lists, [[this.element(made.node, each.value)]]);
      else if (each.kind === "append-elements" && originOf(made.node, each.target) === made.out)
        lists = behind(lists, this.ofValue(made.node, each.source, [], depth + 1));
      else if (each.kind === "call") lists = behind(lists, this.pushed(made.node, list, each, point));
    }
    if (lists.length > most) return [this.fieldsOf(list, node)];
    // Elements that came there in other ways stand last.
    const known = new Set(lists.flatMap((each) => each.flatMap(({ values }) => values)));
    if (this.round !== null) for (const each of this.putInAnyRound(made)) known.add(each);
    const rest = this.fieldsOf(list, node).flatMap(({ values }) => values.filter((each) => !known.has(each)));
    if (rest.length === 0) return lists;
    const ordered = inOrderOfAdding(this.pointsTo, list, made.node, rest);
    const last = ordered?.map((each): Element => ({ node, value: null, values: [each] }));
    return behind(lists, [last ?? [{ node, value: null, values: rest }]]);
  }

  /** What the function puts into the list itself, whatever is known of the round. */
  private putInAnyRound({
    node,
    out,
  }: {
    readonly node: FunctionNode;
    readonly out: ValueId;
  }): AbstractValue[] {
    const of = (value: ValueId): AbstractValue[] => [...this.pointsTo.valuesOf(node, value)];
    return node.code.flatMap((each) => {
      if (each.kind === "store" && originOf(node, each.object) === out) return of(each.value);
      if (each.kind === "append-elements" && originOf(node, each.target) === out)
        return of(each.source).flatMap((list) => this.fieldsOf(list, node).flatMap(({ values }) => values));
      const isPut = each.kind === "call" && each.receiver !== null && originOf(node, each.receiver) === out;
      return isPut ? each.arguments.flatMap(({ value }) => of(value)) : [];
    });
  }

  /** `hooks.push(guard)`: only where it has surely been done is it no matter of chance. */
  private pushed(
    node: FunctionNode,
    list: AbstractValue,
    { receiver, name, arguments: given }: InstructionOf<"call">,
    point: number,
  ): Lists {
    if (receiver === null || !name.endsWith(".push") || !this.pointsTo.valuesOf(node, receiver).has(list))
      return [[]];
    const pushed = given.flatMap((each) => (each.spread ? [] : [this.element(node, each.value)]));
    if (pushed.length < given.length) return [[]];
    if (this.round !== null && !this.walkOf(node).blocks.has(node.blockOf[point] ?? 0)) return [[]];
    return this.isSure(node, point) ? [pushed] : [[], pushed];
  }

  private isSure(node: FunctionNode, point: number): boolean {
    const block = node.blockOf[point] ?? 0;
    if (this.round !== null && this.isOnEveryWay(node, block)) return true;
    const dominators = dominatorsOf(node);
    const { taken } = this;
    if (taken.node === node && taken.point !== null)
      return dominators[node.blockOf[taken.point] ?? 0]?.has(block) === true;
    return node.graph.blocks.every(
      ({ end }, position) => end.kind !== "return" || dominators[position]?.has(block) === true,
    );
  }

  /** In this round no way leads past the block, to where the list is taken or given back. */
  private isOnEveryWay(node: FunctionNode, block: number): boolean {
    const { goes } = this.walkOf(node);
    const target =
      this.taken.node === node && this.taken.point !== null ? node.blockOf[this.taken.point] : undefined;
    const reached = new Set<number>(block === 0 ? [] : [0]);
    for (const position of reached) {
      const from = node.graph.blocks[position];
      const isTaken = target === undefined ? from?.end.kind === "return" : position === target;
      if (from === undefined || isTaken) return false;
      node.graph.blocks.forEach(({ id }, next) => {
        if (next !== block && goes(from.id, id)) reached.add(next);
      });
    }
    return true;
  }

  private element(node: FunctionNode, value: ValueId): Element {
    return { node, value, values: this.valuesOf(node, value) };
  }

  private fieldsOf(list: AbstractValue, node: FunctionNode): readonly Element[] {
    const rank = (name: string): number => (name === "[]" ? Infinity : Number(name));
    return [...this.pointsTo.fieldsOf(list)]
      .filter(([name]) => /^(?:\d+|\[\])$/u.test(name))
      .sort(([a], [b]) => rank(a) - rank(b))
      .map(([, { values }]) => ({ node, value: null, values: [...values] }));
  }
}

/** Each of the lists with each of the others behind it. */
function behind(lists: Lists, others: Lists): Lists {
  if (others.length === 1 && others[0]?.length === 0) return lists;
  return lists.flatMap((list) => others.map((other) => [...list, ...other]));
}

function literalOf(
  { program }: PointsTo,
  value: AbstractValue,
  kind: "array" | "object",
): { readonly node: FunctionNode; readonly out: ValueId } | null {
  if (value.kind !== "object") return null;
  const [owner, point] = value.site.split(":").map(Number);
  const node = program.functions[owner ?? -1];
  const made = node?.code[point ?? -1];
  return node !== undefined && made?.kind === kind ? { node, out: made.out } : null;
}
