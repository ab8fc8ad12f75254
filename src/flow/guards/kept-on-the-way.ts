/** Data that was kept already where it comes from: the program itself puts it into a queue, and takes it out again. */
import type { ValueId } from "../../contracts/file-graph.js";
import { heldKeys, heldStep, isKept } from "../heap/held-places.js";
import { capturedFrom } from "../program/captured-from.js";
import { isParameter } from "../sources/parameter-origins.js";
import type { CallbackEdge, CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { SiteModels } from "../models/site-models.js";
import type { Trace } from "../tabulation/trace.js";
import { originOf } from "../paths/value-places.js";

const mostSteps = 400;
const deepest = 8;

export class KeptOnTheWay {
  private filled: ReadonlySet<string> | null = null;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly models: SiteModels,
  ) {}

  /** The data was put into a queue on its way. */
  isPassedOn(trace: Trace): boolean {
    const returns: Trace[] = [];
    let current: Trace | null = trace;
    for (let steps = 0; current !== null && steps < mostSteps; steps++) {
      if (current.kind === "entry") current = returns.pop() ?? current.entered();
      else if (current.kind === "return") {
        returns.push(current.previous);
        current = current.inner;
      } else if (current.kind === "source") return false;
      else {
        if (current.note.kind === "through" && this.isPut(current)) return true;
        current = current.previous;
      }
    }
    return false;
  }

  /** The value is what a queue hands over that the program fills; `entered`: where the way was entered by. */
  isTakenOut(node: FunctionNode, value: ValueId, entered: CallSite | null, depth = 0): boolean {
    const definition = node.definitions[originOf(node, value)];
    if (definition?.kind !== "instruction" || depth > deepest) return false;
    const { instruction } = definition;
    if (instruction.kind === "load" || instruction.kind === "iterate" || instruction.kind === "object-rest")
      return this.isTakenOut(node, instruction.object, entered, depth + 1);
    if (instruction.kind === "capture") {
      const captured = capturedFrom(this.pointsTo, node, instruction.slot);
      return captured !== null && this.isTakenOut(captured.node, captured.value, entered, depth + 1);
    }
    if (instruction.kind !== "parameter") return false;
    const callers = this.pointsTo.callersOf(node);
    const all = this.pointsTo.callbacksOf(node);
    const here = all.filter(({ site }) => site === entered);
    const callbacks = here.length > 0 ? here : all;
    return (
      callers.length + callbacks.length > 0 &&
      callers.every(({ site, shape }) => {
        const given =
          site.instruction.kind === "call" && shape === "call"
            ? site.instruction.arguments[instruction.index]
            : undefined;
        return given !== undefined && this.isTakenOut(site.caller, given.value, entered, depth + 1);
      }) &&
      callbacks.every((edge) => this.isHandedOver(edge, instruction.index))
    );
  }

  private isHandedOver(edge: CallbackEdge, index: number): boolean {
    this.filled ??= this.findFilled();
    const { filled } = this;
    return this.models
      .at(edge.site)
      .some(({ model, names }) =>
        model.roles.some(
          (role) =>
            role.kind === "flow" &&
            role.to.some((to) => isParameter(to, edge, index)) &&
            role.from.some(
              (from) =>
                heldStep(from) !== -1 &&
                heldKeys(this.pointsTo, edge.site, from, names).some((key) => filled.has(key)),
            ),
        ),
      );
  }

  private findFilled(): ReadonlySet<string> {
    const filled = new Set<string>();
    for (const site of this.pointsTo.sites.values()) {
      if (site.foreign.size === 0 || !isKept(this.models, site)) continue;
      for (const { model, names } of this.models.at(site))
        for (const role of model.roles)
          for (const to of role.kind === "flow" ? role.to : [])
            if (heldStep(to) !== -1)
              for (const key of heldKeys(this.pointsTo, site, to, names)) filled.add(key);
    }
    return filled;
  }

  private isPut({ node, span }: Extract<Trace, { kind: "step" }>): boolean {
    const point = node.code.findIndex((each) => each.at === span && each.kind === "call");
    const site = this.pointsTo.findSite(node, point);
    return site !== undefined && isKept(this.models, site);
  }
}
