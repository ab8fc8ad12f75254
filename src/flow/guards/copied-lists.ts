/** Lists that hold whatever another one holds: copies, in another order, without what stands twice, made of each. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { originOf } from "../paths/value-places.js";

const deepest = 16;
const none: ReadonlySet<ValueId> = new Set();
/** Of each element something comes out: `filter` and `slice(1)` leave some away. */
const keeping =
  /\.(?:map|flatMap|flat|concat|sort|toSorted|reverse|toReversed|values|keys|entries|toArray)$/u;
const ofLanguage = /^(?:Array\.(?:from|of)|Set|Object\.(?:values|keys|entries))$/u;

/** The list, and every value of the function whose elements are all in it, whatever way was taken. */
export function copiedInto(pointsTo: PointsTo, node: FunctionNode, list: ValueId): ReadonlySet<ValueId> {
  return new MadeOf(pointsTo, node, "all").of(list, 0);
}

/** The list, and every value of the function of whose elements some may be in it. */
export function takenInto(pointsTo: PointsTo, node: FunctionNode, list: ValueId): ReadonlySet<ValueId> {
  return new MadeOf(pointsTo, node, "some").of(list, 0);
}

class MadeOf {
  private readonly asked = new Set<ValueId>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly node: FunctionNode,
    private readonly elements: "all" | "some",
  ) {}

  of(value: ValueId, depth: number): ReadonlySet<ValueId> {
    const origin = originOf(this.node, value);
    if (depth > deepest || this.asked.has(origin)) return none;
    this.asked.add(origin);
    const found = new Set([origin]);
    for (const each of this.below(origin, depth + 1)) found.add(each);
    this.asked.delete(origin);
    return found;
  }

  private below(value: ValueId, depth: number): Iterable<ValueId> {
    const { node } = this;
    const definition = node.definitions[value];
    if (definition === undefined) return none;
    if (definition.kind === "phi") {
      const inputs = definition.phi.inputs.map((input) => this.of(input.value, depth));
      return this.elements === "all" ? common(inputs) : inputs.flatMap((each) => [...each]);
    }
    const { instruction, point } = definition;
    switch (instruction.kind) {
      case "await":
        return this.of(instruction.value, depth);
      case "array":
        return this.putInto(value, depth);
      case "call": {
        const [first] = instruction.arguments;
        if (this.isOfLanguage(point)) return first === undefined ? none : this.of(first.value, depth);
        return instruction.receiver !== null && (this.elements === "some" || isKeeping(instruction))
          ? this.of(instruction.receiver, depth)
          : none;
      }
      default:
        return none;
    }
  }

  /** `[first, ...others]` */
  private putInto(array: ValueId, depth: number): ValueId[] {
    const { node } = this;
    return (node.uses[array] ?? []).flatMap((point) => {
      const use = node.code[point];
      if (use?.kind === "store" && use.object === array) return [...this.of(use.value, depth)];
      return use?.kind === "append-elements" && use.target === array ? [...this.of(use.source, depth)] : [];
    });
  }

  private isOfLanguage(point: number): boolean {
    const site = this.pointsTo.findSite(this.node, point);
    return (
      site !== undefined &&
      site.foreign.size > 0 &&
      [...site.foreign].every(
        ({ module, path }) => (module === "global" || module === "lib") && ofLanguage.test(path.join(".")),
      )
    );
  }
}

/** `slice()` without a word of what is left away is a copy. */
function isKeeping({
  name,
  arguments: list,
}: {
  readonly name: string;
  readonly arguments: readonly unknown[];
}): boolean {
  return keeping.test(name) || (/\.slice$/u.test(name) && list.length === 0);
}

function common([first, ...others]: readonly ReadonlySet<ValueId>[]): ValueId[] {
  return [...(first ?? none)].filter((each) => others.every((other) => other.has(each)));
}
