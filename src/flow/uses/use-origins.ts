/** Where data comes from that something is asked of: out of a store, or from outside. */
import type { HeldValues } from "../guards/held-values.js";
import type { Chains } from "../guards/handlers/chains.js";
import type { FieldId } from "../../contracts/annotation.js";
import type { ValueId } from "../../contracts/file-graph.js";
import type { Entry } from "../tabulation/entry.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { SiteModels } from "../models/site-models.js";
import { statementsAt } from "../stores/sql-sinks.js";
import type { SourceTrace, Trace } from "../tabulation/trace.js";
import type { WithheldAnswers } from "../models/withheld-answers.js";
import { creates } from "./creating-calls.js";
import type { DoubtfulUse } from "./field-uses.js";

export class UseOrigins {
  private readonly ofEntry = new Map<Entry, boolean>();
  private readonly ofSource = new Map<SourceTrace, boolean>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly models: SiteModels,
    private readonly held: HeldValues,
    private readonly chains: Chains,
    private readonly withheld: WithheldAnswers,
  ) {}

  /** It was kept before, so that the use is one of what is kept; or an answer was made of it. */
  counts(field: FieldId, { entry, trace, kind, path, block }: DoubtfulUse): boolean {
    if (kind === "return") {
      if (!this.isGivenOut(entry.node)) return false;
      if (this.withheld.has(entry.node, entry.node.graph.blocks[block ?? -1]?.end, field, path)) return false;
    }
    return this.isKept(entry, trace) || (kind !== "test" && isMadeInto(trace));
  }

  /** Whoever asks the program gets what the function returns. */
  private isGivenOut(node: FunctionNode): boolean {
    if (this.chains.entries.of(node).length > 0) return true;
    if (this.pointsTo.callersOf(node).length > 0) return false;
    const callbacks = this.pointsTo.callbacksOf(node);
    return callbacks.every(({ site }) =>
      this.models
        .at(site)
        .some(({ model }) => model.roles.some((role) => role.kind === "calls" && role.entry)),
    );
  }

  private isKept(entry: Entry, trace: Trace): boolean {
    const returns: Trace[] = [];
    let current: Trace = trace;
    for (let hops = 0; hops < 4000; hops++) {
      if (current.kind === "source") return this.isReadBack(current);
      if (current.kind === "step") current = current.previous;
      else if (current.kind === "return") {
        returns.push(current.previous);
        current = current.inner;
      } else {
        const previous = returns.pop();
        if (previous === undefined) return this.comesKept(entry);
        current = previous;
      }
    }
    return false;
  }

  /** By one of those who have entered the function with it. */
  private comesKept(entry: Entry): boolean {
    const known = this.ofEntry.get(entry);
    if (known !== undefined) return known;
    this.ofEntry.set(entry, false);
    const found = entry.incoming.some((incoming) => this.isKept(incoming.entry, incoming.before));
    this.ofEntry.set(entry, found);
    return found;
  }

  private isReadBack(source: SourceTrace): boolean {
    let found = this.ofSource.get(source);
    if (found === undefined) this.ofSource.set(source, (found = this.findRead(source)));
    return found;
  }

  /** A call that reads what was kept, or what is made of what it gives: `JSON.parse(await readFile(path))`. */
  private isFromStore(node: FunctionNode, value: ValueId, depth: number): boolean {
    const definition = node.definitions[value];
    if (definition?.kind !== "instruction" || depth > 10) return false;
    const { instruction, point } = definition;
    const again = (other: ValueId): boolean => this.isFromStore(node, other, depth + 1);
    switch (instruction.kind) {
      case "declare":
      case "cast":
      case "await":
        return again(instruction.value);
      case "load":
      case "iterate":
        return again(instruction.object);
      // Nobody can tell here when it was put there.
      case "this":
      case "cell-read":
      case "box-read":
      case "import-read":
        return true;
      case "call": {
        const site = this.pointsTo.findSite(node, point);
        const roles = site === undefined ? [] : this.models.at(site).flatMap(({ model }) => model.roles);
        if (roles.some(({ kind }) => kind === "rows")) return true;
        for (const { callee } of site?.edges.values() ?? [])
          for (const { end } of callee.graph.blocks)
            if (end.kind === "return" && end.value !== null && this.isFromStore(callee, end.value, depth + 1))
              return true;
        const isFile =
          site !== undefined && [...site.foreign].some(({ module }) => module.startsWith("node:fs"));
        if (isFile || (instruction.receiver !== null && again(instruction.receiver))) return true;
        return instruction.arguments.some((argument) => again(argument.value));
      }
      default:
        return false;
    }
  }

  private findRead({ node, span, root }: SourceTrace): boolean {
    if (root !== null) return this.held.isHeld(node, root) || this.isFromStore(node, root, 0);
    const point = node.code.findIndex((each) => each.kind === "call" && each.at === span);
    const site = point === -1 ? undefined : this.pointsTo.findSite(node, point);
    if (site === undefined) return false;
    let reads = false;
    for (const { model, names } of this.models.at(site))
      for (const role of model.roles) {
        // What has just been written comes back with it.
        if (role.kind === "store" && site.instruction.kind === "call" && creates(site.instruction))
          return false;
        if (role.kind === "rows") reads = true;
        if (role.kind === "sql")
          reads = statementsAt(this.pointsTo, site, role, names).some(
            (statement) => statement === null || statement.verb !== "insert",
          );
      }
    return reads;
  }
}

/** On its way it went through something that makes another value of it: a text with other words. */
function isMadeInto(trace: Trace): boolean {
  let current: Trace = trace;
  for (let hops = 0; hops < 400; hops++) {
    if (current.kind === "source" || current.kind === "entry") return false;
    if (current.kind === "step" && current.note.kind === "through" && makesText.test(current.note.callee))
      return true;
    if (current.kind === "return" && isMadeInto(current.inner)) return true;
    current = current.previous;
  }
  return false;
}

const makesText = /(?:^|\.)(?:join|concat|format|replace|replaceAll|padStart|padEnd|reduce)$/u;
