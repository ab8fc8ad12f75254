/** Which ways a branch lets a fact go: by what the function and its caller decide, and by what it tells of the fact. */
import type { Terminator } from "../../contracts/file-graph.js";
import type { Context } from "../contexts/context.js";
import type { Fact, KeyNote } from "../tabulation/fact.js";
import type { Asked } from "../heap/held-fields.js";
import type { KeyNotes } from "../constants/key-notes.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { DecidedBranches, Side } from "../program/sides.js";
import { CasesLeft } from "./cases-left.js";
import type { StaticConditions } from "./static-conditions.js";
import { TypeTests } from "./type-tests.js";

type Branch = Extract<Terminator, { kind: "branch" }>;

export class Branches {
  readonly tests: TypeTests;
  private readonly cases: CasesLeft;

  constructor(
    pointsTo: PointsTo,
    private readonly conditions: StaticConditions,
    private readonly keys: KeyNotes,
  ) {
    this.tests = new TypeTests(pointsTo);
    this.cases = new CasesLeft(pointsTo, (node, value) => conditions.constantOf(node, value));
  }

  /** Of a run of a function, for facts that were read under a key of which the name is known. */
  decidedIn(node: FunctionNode, context: Context, key: KeyNote | null = null): DecidedBranches {
    const decided = new Map<number, Side>();
    node.graph.blocks.forEach(({ end }, position) => {
      const side = end.kind === "branch" ? this.sideOf(node, context, key, end) : null;
      if (side !== null) decided.set(position, side);
    });
    return decided;
  }

  waysOf(
    { node, context }: { readonly node: FunctionNode; readonly context: Context },
    end: Branch,
    fact: Fact,
    asked: Asked,
  ): { readonly then: boolean; readonly else: boolean } {
    const only = this.sideOf(node, context, this.keys.ofFact(node, fact), end);
    return {
      then: only !== "else" && !this.tests.rulesOut(node, end, "then", fact, asked),
      else: only !== "then" && !this.tests.rulesOut(node, end, "else", fact, asked),
    };
  }

  /**
   * The branch that is taken for certain: by what the text says, by the key that a fact was read under, by this run's
   * caller, who gives the argument of a parameter with a default or does not.
   */
  private sideOf(node: FunctionNode, context: Context, key: KeyNote | null, end: Branch): Side | null {
    if (end.test === "truthy") {
      const truth = this.conditions.truthOf(node, end.value, context, key);
      return truth === null ? this.cases.sideOf(node, end) : truth ? "then" : "else";
    }
    const presence = this.conditions.presenceOf(node, end.value, context);
    if (presence !== null) return presence ? "then" : "else";
    if (context.given === null) return null;
    const definition = node.definitions[end.value];
    if (definition?.kind !== "instruction" || definition.instruction.kind !== "parameter") return null;
    return context.given.has(definition.instruction.index) ? "then" : "else";
  }
}
