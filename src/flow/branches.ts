/** Which ways a branch lets a fact go. */
import type { Terminator } from "../contracts/file-graph.js";
import type { Entry } from "./entry.js";
import type { Fact } from "./fact.js";
import type { KeyNotes } from "./key-notes.js";
import type { PointsTo } from "./points-to.js";
import type { StaticConditions } from "./static-conditions.js";
import { TypeTests } from "./type-tests.js";

type Branch = Extract<Terminator, { kind: "branch" }>;

export class Branches {
  private readonly tests: TypeTests;

  constructor(
    pointsTo: PointsTo,
    private readonly conditions: StaticConditions,
    private readonly keys: KeyNotes,
  ) {
    this.tests = new TypeTests(pointsTo);
  }

  waysOf(entry: Entry, end: Branch, fact: Fact): { readonly then: boolean; readonly else: boolean } {
    const only = this.decided(entry, end, fact);
    return {
      then: only !== "else" && !this.tests.rulesOut(entry.node, end, "then", fact),
      else: only !== "then" && !this.tests.rulesOut(entry.node, end, "else", fact),
    };
  }

  /**
   * The branch that is taken for certain: by what the text says, by the key that the fact was read under, by this run's
   * caller, who gives the argument of a parameter with a default or does not.
   */
  private decided({ node, context }: Entry, end: Branch, fact: Fact): "then" | "else" | null {
    if (end.test === "truthy") {
      const truth = this.conditions.truthOf(node, end.value, context, this.keys.ofFact(node, fact));
      return truth === null ? null : truth ? "then" : "else";
    }
    if (context.given === null) return null;
    const definition = node.definitions[end.value];
    if (definition?.kind !== "instruction" || definition.instruction.kind !== "parameter") return null;
    return context.given.has(definition.instruction.index) ? "then" : "else";
  }
}
