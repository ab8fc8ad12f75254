/** Names that a function is only given by calls that are never made: `if (features.eraseNotes) erase("notes", id)`. */
import { foldValues } from "../constants/constants.js";
import type { EntryWays } from "../duties/entry-ways.js";
import type { CallEdge, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

const none: ReadonlySet<string> = new Set();

export class NamesNeverGiven {
  private readonly known = new Map<FunctionNode, ReadonlySet<string>>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly ways: EntryWays,
  ) {}

  /** Is this target one of them, or made of one (`notes:*`)? */
  has(node: FunctionNode, target: string): boolean {
    const names = this.of(node);
    return names.size > 0 && target.split(/[^\p{L}\p{N}_-]+/u).some((word) => names.has(word));
  }

  private of(node: FunctionNode): ReadonlySet<string> {
    let found = this.known.get(node);
    if (found === undefined) this.known.set(node, (found = this.find(node)));
    return found;
  }

  private find(node: FunctionNode): ReadonlySet<string> {
    const edges = this.pointsTo.callersOf(node);
    const made = edges.filter(({ site }) => this.ways.mayRun(site));
    if (edges.length < 2 || made.length === 0 || made.length === edges.length) return none;
    const given = this.textsOf(made);
    return new Set([...this.textsOf(edges)].filter((text) => !given.has(text)));
  }

  private textsOf(edges: readonly CallEdge[]): Set<string> {
    return new Set(
      edges.flatMap(({ site: { instruction, caller } }) =>
        instruction.kind !== "call"
          ? []
          : instruction.arguments.flatMap(({ value }) =>
              foldValues(this.pointsTo, this.pointsTo.valuesOf(caller, value)).filter((text) =>
                /^[\p{L}\p{N}_-]+$/u.test(text),
              ),
            ),
      ),
    );
  }
}
