/** What lists, maps and sets of the program's own were filled with: by literals, spreads and calls like `push`. */
import type { LeastAnswers } from "../../base/least-answers.js";
import type { ValueId } from "../../contracts/file-graph.js";
import type { Address } from "../../contracts/model.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { operandsOfSite } from "../models/address-values.js";
import { copiesInto } from "../program/copies.js";
import type { Copy } from "../program/copies.js";
import { anyOf, askOperands, either } from "../sources/origin-question.js";
import type { AskOrigin, Origin } from "../sources/origin-question.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { SeenCallers } from "../contexts/seen-callers.js";
import { selectModels } from "../models/select-models.js";
import type { Writers } from "../points-to/writers.js";

/** Of a map; lists and sets have values only. */
export type Part = "keys" | "values";

interface Filling {
  readonly site: CallSite;
  readonly from: Address;
  readonly part: Part;
}

/** By the id of the container; the same whoever asks. */
const fillingsOfProgram = new WeakMap<PointsTo, ReadonlyMap<number, readonly Filling[]>>();

export class ContainerOrigins {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly writers: Writers,
    private readonly ask: AskOrigin,
    private readonly answers: LeastAnswers<Origin, number | string>,
    private readonly callers: Pick<SeenCallers, "valuesOf">,
    /** What iterating gives where an object of the program's own with an iterator is spread. */
    private readonly ofOwnIterators: (copy: Copy) => Origin,
  ) {}

  /** Where a part of what a container holds comes from. */
  ofPart(node: FunctionNode, container: ValueId, part: Part): Origin {
    return anyOf(this.callers.valuesOf(node, container), (value) => {
      if (!isContainer(value)) return "no";
      return this.answers.ask(`held:${part}:${String(value.id)}`, () => this.ofContainer(value, part));
    });
  }

  private ofContainer(container: AbstractValue, part: Part): Origin {
    return either(part === "values" ? this.ofLiteral(container) : "no", () =>
      anyOf(this.fillingsOf(container), (filling) =>
        filling.part === part ? askOperands(this.ask, "outside", filling.site, filling.from) : "no",
      ),
    );
  }

  /** Where anything comes from that an object of the program's own holds, at any depth: of a text made of it. */
  ofAll(node: FunctionNode, object: ValueId): Origin {
    return anyOf(this.callers.valuesOf(node, object), (value) => this.ofObject(value));
  }

  private ofObject(object: AbstractValue): Origin {
    if (object.kind === "constant") return "no";
    return this.answers.ask(`all:${String(object.id)}`, () =>
      either(this.ofLiteral(object), () =>
        either(
          anyOf(this.writers.ofObject(object), (writer) => this.ofAll(writer.node, writer.value)),
          () => anyOf(this.pointsTo.fieldNode(object, "*").values, (element) => this.ofObject(element)),
        ),
      ),
    );
  }

  /** `for (const pair of map)`, `for (const pair of map.entries())`: the map. */
  mapOfPairs(node: FunctionNode, pair: ValueId): ValueId | null {
    let current = pair;
    for (let hops = 0; hops < 6; hops++) {
      const definition = node.definitions[current];
      if (definition?.kind !== "instruction") return null;
      const { instruction } = definition;
      if (instruction.kind === "declare" || instruction.kind === "cast") current = instruction.value;
      else if (instruction.kind === "iterate") current = instruction.object;
      else if (
        instruction.kind === "call" &&
        instruction.receiver !== null &&
        /\.entries$/u.test(instruction.name)
      )
        current = instruction.receiver;
      else break;
    }
    return current !== pair && [...this.pointsTo.valuesOf(node, current)].some(isMap) ? current : null;
  }

  private ofLiteral(list: AbstractValue): Origin {
    return either(
      anyOf([...this.writers.ofObject(list), ...this.writers.unnamedIn(list)], (writer) =>
        this.ask("outside", writer.node, writer.value),
      ),
      () =>
        anyOf(copiesInto(this.pointsTo, list), (copy) =>
          either(this.ask("content", copy.node, copy.source), () => this.ofOwnIterators(copy)),
        ),
    );
  }

  private fillingsOf(container: AbstractValue): readonly Filling[] {
    let fillings = fillingsOfProgram.get(this.pointsTo);
    if (fillings === undefined) fillingsOfProgram.set(this.pointsTo, (fillings = this.findFillings()));
    return fillings.get(container.id) ?? [];
  }

  private findFillings(): Map<number, Filling[]> {
    const found = new Map<number, Filling[]>();
    for (const site of this.pointsTo.sites.values()) {
      const { instruction } = site;
      if (instruction.kind !== "call") continue;
      const receiver = site.invokes === null ? instruction.receiver : operandsOfSite(site).receiver;
      if (receiver === null) continue;
      const containers = [...this.pointsTo.valuesOf(site.caller, receiver)].filter(isContainer);
      if (containers.length === 0) continue;
      const fillings = this.fillingsBy(site);
      for (const { id } of fillings.length === 0 ? [] : containers)
        found.set(id, [...(found.get(id) ?? []), ...fillings]);
    }
    return found;
  }

  /** What models say that a call puts into its receiver. */
  private fillingsBy(site: CallSite): readonly Filling[] {
    return [...site.foreign]
      .filter((callee) => callee.module === "lib")
      .flatMap((callee) => selectModels(this.pointsTo, site, callee))
      .flatMap(({ model }) => model.roles)
      .flatMap((role) =>
        role.kind !== "flow"
          ? []
          : role.to
              .filter((to) => to.root.kind === "this" && to.steps.length > 0)
              .flatMap((to) =>
                role.from
                  .filter((from) => !from.steps.some((step) => step.kind === "result"))
                  .map((from) => ({ site, from, part: partOf(to) })),
              ),
      );
  }
}

/** The part of a container that an address leads to. */
export function partOf(address: Address): Part {
  return address.steps.some((step) => step.kind === "keys") ? "keys" : "values";
}

function isContainer(value: AbstractValue): boolean {
  return (value.kind === "object" && value.array) || isMade(value, /^Array$|(?:Map|Set)$/u);
}

function isMap(value: AbstractValue): boolean {
  return isMade(value, /Map$/u);
}

function isMade(value: AbstractValue, name: RegExp): boolean {
  return (
    value.kind === "foreign" &&
    value.module === "lib" &&
    value.site !== null &&
    name.test(value.path[0] ?? "")
  );
}
