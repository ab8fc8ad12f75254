/** Ends of blocks that concern facts about a value: a test of it, a loop that deletes or writes keys, the way out. */
import { pending } from "../tabulation/fact.js";
import type { Base } from "../tabulation/fact.js";
import { originOf } from "../constants/key-places.js";
import type { FunctionNode } from "../program/program.js";
import { changingLoops } from "../program/changing-loops.js";
import type { TypeTests } from "./type-tests.js";
import { heldAs } from "../heap/held-as.js";

/** Positions of blocks. */
interface FunctionEnds {
  /** Loops that may change properties of any object. */
  readonly loops: ReadonlySet<number>;
  /** Where the function is left: what came in from outside is seen there by its caller. */
  readonly exits: ReadonlySet<number>;
  /** Where a value is returned or thrown. */
  readonly given: ReadonlyMap<Base, ReadonlySet<number>>;
  /** Branches that test a value, under whichever name. */
  readonly tested: ReadonlyMap<Base, ReadonlySet<number>>;
}

const none: ReadonlySet<number> = new Set();

export class FactEnds {
  private readonly functions = new Map<number, FunctionEnds>();

  constructor(private readonly tests: TypeTests) {}

  /** Does the end of this block concern facts about `base`? */
  concerns(node: FunctionNode, base: Base, block: number): boolean {
    return this.of(node, base).some((each) => each.has(block));
  }

  /** All blocks whose end does. */
  blocksOf(node: FunctionNode, base: Base): readonly number[] {
    return this.of(node, base).flatMap((each) => [...each]);
  }

  private of(node: FunctionNode, base: Base): readonly ReadonlySet<number>[] {
    let ends = this.functions.get(node.index);
    if (ends === undefined) this.functions.set(node.index, (ends = this.find(node)));
    if (base === pending) return [ends.loops];
    const held = heldAs(node, base);
    const tested = held === null ? none : (ends.tested.get(originOf(node, held)) ?? none);
    if (base < 0) return [ends.loops, ends.exits, tested];
    return [ends.loops, ends.given.get(base) ?? none, tested];
  }

  private find(node: FunctionNode): FunctionEnds {
    const loops = new Set(changingLoops(node).keys());
    const exits = new Set<number>();
    const given = new Map<Base, Set<number>>();
    const tested = new Map<Base, Set<number>>();
    node.graph.blocks.forEach(({ end }, block) => {
      if (end.kind === "branch")
        for (const base of this.tests.testedAt(node, end)) addTo(tested, base, block);
      else if (end.kind === "return" || end.kind === "throw") {
        exits.add(block);
        if (end.value !== null) addTo(given, end.value, block);
      }
    });
    return { loops, exits, given, tested };
  }
}

function addTo(table: Map<Base, Set<number>>, base: Base, block: number): void {
  const known = table.get(base);
  if (known === undefined) table.set(base, new Set([block]));
  else known.add(block);
}
