/**
 * Functions that something else has been put in the place of before they are handed over or called:
 * `resolvers.Mutation.enrol = withConsent(resolvers.Mutation.enrol)`, one by one or for all keys of an object.
 */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { operandsAt, valuesAt } from "../models/address-values.js";
import { isPropertyName } from "../paths/path-components.js";
import type { CallbackEdge, CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { originOf } from "../paths/value-places.js";
import { roundsOf, visitSite } from "./handlers/element-rounds.js";
import { runsBeforePoint } from "./handlers/order-of-sites.js";

interface Place {
  readonly object: AbstractValue;
  /** Null: any that it has. */
  readonly name: string | null;
  /** Where it is read. */
  readonly at: At;
}

interface At {
  readonly node: FunctionNode;
  readonly point: number;
}

/** A property that is set to what a call has made. */
interface Overwriting {
  readonly node: FunctionNode;
  readonly store: InstructionOf<"store">;
  readonly made: CallSite;
}

export class Overwritten {
  private known: readonly Overwriting[] | null = null;

  constructor(private readonly pointsTo: PointsTo) {}

  /** Wherever the function stands in what is handed over, something else stands by then. */
  isHandedOver({ site, place, callee }: CallbackEdge): boolean {
    const { pointsTo } = this;
    const last = place.steps.at(-1);
    if (last === undefined)
      return this.isGone(
        operandsAt(site, place).flatMap((value) => this.readFrom(site.caller, value)),
        callee,
      );
    if (last.kind !== "property" && last.kind !== "any") return false;
    const objects = valuesAt(pointsTo, site, { ...place, steps: place.steps.slice(0, -1) });
    const name = last.kind === "property" ? last.name : null;
    return this.isGone(
      objects.map((object) => ({ object, name, at: { node: site.caller, point: site.point } })),
      callee,
    );
  }

  /** The same of a method that is called by its name. */
  isCalled(site: CallSite, callee: FunctionNode): boolean {
    const { instruction, caller } = site;
    if (instruction.kind !== "call" || instruction.receiver === null || this.all.length === 0) return false;
    const name = instruction.name.slice(instruction.name.lastIndexOf(".") + 1);
    const objects = [...this.pointsTo.valuesOf(caller, instruction.receiver)];
    return this.isGone(
      objects.map((object) => ({ object, name, at: { node: site.caller, point: site.point } })),
      callee,
    );
  }

  private readFrom(node: FunctionNode, value: ValueId): Place[] {
    const definition = node.definitions[originOf(node, value)];
    if (definition?.kind !== "instruction" || definition.instruction.kind !== "load") return [];
    const { object: from, property } = definition.instruction;
    if (property.kind !== "name") return [];
    const at = { node, point: definition.point };
    return [...this.pointsTo.valuesOf(node, from)].map((object) => ({ object, name: property.name, at }));
  }

  private isGone(places: readonly Place[], callee: FunctionNode): boolean {
    if (this.all.length === 0) return false;
    const holding = places.flatMap(({ object, name, at }) =>
      object.kind !== "object"
        ? []
        : this.namesIn(object, name)
            .filter((field) =>
              this.isAmong(this.pointsTo.fieldsOf(object).get(field)?.values ?? new Set(), callee),
            )
            .map((field) => ({ object, name: field, at })),
    );
    return (
      holding.length > 0 &&
      holding.every(
        ({ object, name, at }) => isPropertyName(name) && this.isOverwritten(object, name, callee, at),
      )
    );
  }

  /** What stands under any name is there what stands under each. */
  private namesIn(object: AbstractValue, name: string | null): string[] {
    const names = name === null ? [...this.pointsTo.fieldsOf(object).keys()] : [name];
    return names.filter((each) => each !== "*");
  }

  private isAmong(values: ReadonlySet<AbstractValue>, callee: FunctionNode): boolean {
    for (const value of values) if (value.kind === "function" && value.function === callee) return true;
    return false;
  }

  private isOverwritten(object: AbstractValue, name: string, callee: FunctionNode, at: At): boolean {
    return this.all.some(({ node, store, made }) => {
      const [only, ...others] = this.pointsTo.valuesOf(node, store.object);
      if (only !== object || others.length > 0) return false;
      if (this.isAmong(new Set(this.pointsTo.valuesOf(node, store.value)), callee)) return false;
      if (store.property.kind === "name")
        return store.property.name === name && runsBeforePoint(this.pointsTo, made, at);
      return store.property.kind === "computed" && this.isInRounds(made, store.property.value, name, at);
    });
  }

  /** `for (const name of Object.keys(handlers)) handlers[name] = wrap(handlers[name])` */
  private isInRounds(made: CallSite, key: ValueId, name: string, at: At): boolean {
    const visited = visitSite(this.pointsTo, made);
    return (
      visited !== null &&
      runsBeforePoint(this.pointsTo, visited, at) &&
      roundsOf(this.pointsTo, made).some(({ round, isReached }) => {
        const [known, ...others] = round.valuesOf(made.caller, key) ?? [];
        return isReached && others.length === 0 && known?.kind === "constant" && known.value === name;
      })
    );
  }

  private get all(): readonly Overwriting[] {
    return (this.known ??= this.pointsTo.program.functions.flatMap((node) =>
      node.code.flatMap((store, point): Overwriting[] => {
        if (store.kind !== "store" || store.initial) return [];
        const definition = node.definitions[originOf(node, store.value)];
        if (definition?.kind !== "instruction" || definition.instruction.kind !== "call") return [];
        const made = this.pointsTo.findSite(node, definition.point);
        const givesFunction = [...this.pointsTo.valuesOf(node, store.value)].some(
          ({ kind }) => kind === "function",
        );
        const isSure = made !== undefined && node.blockOf[made.point] === node.blockOf[point];
        return !isSure || !givesFunction ? [] : [{ node, store, made }];
      }),
    ));
  }
}
