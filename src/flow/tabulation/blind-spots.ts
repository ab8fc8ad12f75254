/** Places where the solver could not see, each told once with the field that reaches it. */
import type { Span } from "../../base/location.js";
import { compareLocations } from "../../base/location.js";
import type { AnnotationTable } from "../../contracts/annotation.js";
import type { BlindSpot, BlindSpotKind } from "../../contracts/flow.js";
import type { Fact } from "./fact.js";
import type { CallSite } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { locationOf } from "../program/program.js";
import type { Budget } from "./tabulation-hooks.js";

export class BlindSpots {
  private readonly found = new Map<string, { spot: BlindSpot; weight: number }>();

  constructor(private readonly annotations: AnnotationTable) {}

  tell(kind: BlindSpotKind, site: CallSite, fact: Fact, subject: string): void {
    const { caller, instruction } = site;
    this.add(`${kind}|${placeOf(caller, instruction.at)}|${fact.state.field}`, {
      kind,
      location: locationOf(caller, instruction.at),
      field: this.nameOf(fact),
      subject,
      weight: 1,
    });
  }

  /** A field's budget is told once, where it was spent first. */
  budget(node: FunctionNode, fact: Fact, budget: Budget): void {
    const place = placeOf(node, node.graph.nameAt);
    this.add(budget === "run" ? `budget|${place}` : `budget|${fact.state.field}`, {
      kind: "budget",
      location: locationOf(node, node.graph.nameAt),
      field: this.nameOf(fact),
      subject: node.graph.name,
      weight: 1,
    });
  }

  /** The program as a whole was too entangled to tell what every value may be. */
  entangled(node: FunctionNode): void {
    this.add("budget|program", {
      kind: "budget",
      location: locationOf(node, node.graph.nameAt),
      field: null,
      subject: "the program",
      weight: 1,
    });
  }

  /** A defect of ours in the analysis of one function is told once, and costs no other its findings. */
  failed(node: FunctionNode, error: unknown): void {
    this.add(`failed|${placeOf(node, node.graph.nameAt)}`, {
      kind: "not-analysed",
      location: locationOf(node, node.graph.nameAt),
      field: null,
      subject: `${node.graph.name}, internal error: ${error instanceof Error ? error.message : String(error)}`,
      weight: 1,
    });
  }

  private nameOf(fact: Fact): string {
    return this.annotations.fields.get(fact.state.field)?.name ?? fact.state.field;
  }

  private add(key: string, spot: BlindSpot): void {
    const known = this.found.get(key);
    if (known === undefined) this.found.set(key, { spot, weight: 1 });
    else known.weight++;
  }

  /** Most touched first, then by place. */
  list(): BlindSpot[] {
    return [...this.found.values()]
      .map(({ spot, weight }) => ({ ...spot, weight }))
      .sort(
        (a, b) =>
          b.weight - a.weight ||
          compareLocations(a.location, b.location) ||
          (a.field ?? "").localeCompare(b.field ?? ""),
      );
  }
}

/** A function that is looked at once for each call of it has one place all the same. */
function placeOf({ file }: FunctionNode, [start, end]: Span): string {
  return `${file}:${String(start)}-${String(end)}`;
}
