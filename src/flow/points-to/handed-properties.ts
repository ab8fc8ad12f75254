/**
 * A property of what a package's call hands on is that property of what the call was given: the `id` of the row that
 * `create({ data })` gives back came from outside only if `data` has one.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Address, Role } from "../../contracts/model.js";
import { operandsAt } from "../models/address-values.js";
import { anyOf } from "../sources/origin-question.js";
import type { AskOrigin, Origin, OriginQuestion } from "../sources/origin-question.js";
import type { CallSite, PointsTo } from "./points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { SeenCallers } from "../contexts/seen-callers.js";
import { selectModels } from "../models/select-models.js";
import { definitionOf } from "../paths/value-places.js";
import type { Writers } from "./writers.js";

type Flow = Extract<Role, { kind: "flow" }>;
type OfProperty = (question: OriginQuestion, node: FunctionNode, object: ValueId, name: string) => Origin;

interface Told {
  readonly site: CallSite;
  /** From where the whole result comes. */
  readonly from: readonly Address[];
}

export class HandedProperties {
  private readonly told = new Map<CallSite, Told | null>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly writers: Writers,
    private readonly callers: Pick<SeenCallers, "valuesOf">,
    private readonly ask: AskOrigin,
    private readonly ofProperty: OfProperty,
    private readonly isStore: (callee: Parameters<typeof selectModels>[2]) => boolean,
  ) {}

  /** Null where more comes out of the call than what it is given, or parts of that elsewhere. */
  of(question: OriginQuestion, node: FunctionNode, object: ValueId, name: string): Origin | null {
    const site = this.callBehind(node, object);
    if (site === undefined) return null;
    let told = this.told.get(site);
    if (told === undefined) this.told.set(site, (told = this.tell(site)));
    if (told === null) return null;
    return anyOf(told.from, (from) => {
      const path = [...from.steps.flatMap((step) => (step.kind === "property" ? [step.name] : [])), name];
      return anyOf(operandsAt(site, from), (value) => this.at(question, site.caller, value, path));
    });
  }

  private callBehind(node: FunctionNode, value: ValueId): CallSite | undefined {
    const definition = definitionOf(node, value);
    if (definition?.kind === "await") return this.callBehind(node, definition.value);
    if (definition?.kind !== "call") return undefined;
    const found = node.definitions[definition.out];
    return found?.kind === "instruction" ? this.pointsTo.findSite(node, found.point) : undefined;
  }

  private tell(site: CallSite): Told | null {
    if (site.edges.size > 0 || site.foreign.size === 0) return null;
    const from: Address[] = [];
    for (const callee of site.foreign) {
      if (callee.module === "global") continue;
      if (!this.isStore(callee)) return null;
      const roles = selectModels(this.pointsTo, site, callee).flatMap(({ model }) => model.roles);
      if (roles.length === 0) return null;
      for (const role of roles) {
        if (role.kind !== "flow") continue;
        if (!isWhole(role)) return null;
        from.push(...role.from);
      }
    }
    return from.length === 0 ? null : { site, from };
  }

  private at(
    question: OriginQuestion,
    node: FunctionNode,
    value: ValueId,
    [name, ...rest]: readonly string[],
  ): Origin {
    if (name === undefined) return this.ask(question, node, value);
    if (rest.length === 0) return this.ofProperty(question, node, value, name);
    const objects = [...this.callers.valuesOf(node, value)];
    const writers = objects.flatMap((object) => this.writers.ofField(object, name));
    return writers.length === 0 || objects.some(({ kind }) => kind !== "object")
      ? this.ask("content", node, value)
      : anyOf(writers, (writer) => this.at(question, writer.node, writer.value, rest));
  }
}

/** From an operand's own places to all of the result. */
function isWhole({ from, to }: Flow): boolean {
  return (
    to.every(({ root, steps }) => root.kind === "return" && steps.length === 0) &&
    from.every(
      ({ root, steps }) => root.kind === "argument" && steps.every((step) => step.kind === "property"),
    )
  );
}
