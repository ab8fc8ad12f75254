/** What only its name, or its limit's, says of a value: that it is an age, a day or year of birth; and whether it may be missing. */
import type { ValueId } from "../../../contracts/file-graph.js";
import { operandsOfSite, valuesAt } from "../../models/address-values.js";
import type { Origins } from "../../sources/origins.js";
import { isParameter } from "../../sources/parameter-origins.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import type { SiteModels } from "../../models/site-models.js";
import { originOf } from "../../paths/value-places.js";
import { capturedFrom } from "../../program/captured-from.js";
import { ageUnitOf, birthNameOf, isOtherDay } from "./age-words.js";
import { isTruthValue } from "./birthdays.js";
import { LimitedAges } from "./limited-ages.js";
import type { Absence, Quantity } from "./quantity.js";
import type { SchemaDemands } from "./schema-demands.js";
import { ageIn, momentOfBirth, yearOfBirth } from "./quantity.js";

const deepest = 5;
const converting = /^(?:Number|(?:Number\.)?parse(?:Int|Float))$/u;

/** What is asked about names. */
export type AgeNames = Pick<NamedAges, "of" | "birthOf" | "isShaped">;

export class NamedAges {
  private readonly limited: LimitedAges;
  private keys: ReadonlyMap<FunctionNode, string> | null = null;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly models: SiteModels,
    private readonly origins: Origins,
    private readonly demands: SchemaDemands,
  ) {
    this.limited = new LimitedAges(pointsTo);
  }

  /** Null: the name says nothing of an age. */
  of(node: FunctionNode, value: ValueId): Quantity | null {
    const name = this.keyOf(node, value) ?? this.nameOf(node, value);
    if (name === null || isTruthValue(node, value)) return null;
    const unit = ageUnitOf(name) ?? this.limited.unitOf(node, value);
    if (unit !== null) return ageIn(unit, this.absenceOf(node, value));
    return birthNameOf(name) === null ? null : namedAge(name, this.absenceOf(node, value));
  }

  /** The key that a schema asks a function about, of its first parameter. */
  private keyOf(node: FunctionNode, value: ValueId): string | null {
    const definition = node.definitions[value];
    if (definition?.kind !== "instruction" || definition.instruction.kind !== "parameter") return null;
    if (definition.instruction.index > 0) return null;
    this.keys ??= this.demands.keyFunctions((name) => namedAge(name, "no") !== null);
    return this.keys.get(node) ?? null;
  }

  /** What time is counted from, where its name does not say that it is another day than that of birth. */
  birthOf(node: FunctionNode, value: ValueId): Quantity | null {
    return this.isOtherDay(node, value, 0) ? null : momentOfBirth(this.absenceOf(node, value));
  }

  /** It, or what it is made of, is named as another day. */
  private isOtherDay(node: FunctionNode, value: ValueId, depth: number): boolean {
    const name = this.nameOf(node, value);
    const definition = node.definitions[value];
    if (name !== null && isOtherDay(name)) return true;
    if (definition?.kind !== "instruction" || depth > deepest) return false;
    const { instruction } = definition;
    const inner =
      instruction.kind === "call"
        ? [instruction.receiver, instruction.arguments[0]?.value]
        : instruction.kind === "declare" || instruction.kind === "cast" || instruction.kind === "await"
          ? [instruction.value]
          : [];
    return inner.some((each) => each != null && this.isOtherDay(node, each, depth + 1));
  }

  private nameOf(node: FunctionNode, value: ValueId): string | null {
    const definition = node.definitions[value];
    if (definition?.kind !== "instruction") return null;
    const { instruction } = definition;
    switch (instruction.kind) {
      case "declare":
        return instruction.name;
      case "load":
        return instruction.property.kind === "name" ? instruction.property.name : null;
      case "parameter":
        return node.graph.parameters[instruction.index]?.name ?? null;
      case "capture":
        return node.graph.captures[instruction.slot]?.name ?? null;
      case "call":
        return instruction.name.slice(instruction.name.lastIndexOf(".") + 1);
      default:
        return null;
    }
  }

  private absenceOf(node: FunctionNode, value: ValueId): Absence {
    const definition = node.definitions[originOf(node, value)];
    if (definition?.kind !== "instruction") return "no";
    const { instruction } = definition;
    if (instruction.kind === "load") {
      if (this.pointsTo.resolver.mayBeMissing?.(node.file, instruction.nameAt[0]) === true) return "maybe";
      if (this.isShaped(node, instruction.object, 0)) return "no";
      return this.origins.isOutside(node, instruction.object) ? "claimed" : "no";
    }
    // What it was before says nothing of what it is made into.
    const [given] =
      instruction.kind === "call" && converting.test(instruction.name) ? instruction.arguments : [];
    if (given !== undefined && !given.spread && !this.isShaped(node, textIn(node, given.value), 0))
      return this.origins.isOutside(node, value) ? "maybe" : "no";
    if (instruction.kind === "parameter" && node.graph.parameters[instruction.index]?.optional === true)
      return "maybe";
    return !this.isShaped(node, value, 0) && this.origins.isOutside(node, value) ? "claimed" : "no";
  }

  /** A package has let it through a schema before it called the function: `({ input }) => input.age`. */
  private isShapedFor(node: FunctionNode, object: ValueId, name: string): boolean {
    const definition = node.definitions[originOf(node, object)];
    if (definition?.kind !== "instruction" || definition.instruction.kind !== "parameter") return false;
    const { index } = definition.instruction;
    const edges = this.pointsTo.callbacksOf(node);
    return (
      edges.length > 0 &&
      this.pointsTo.callersOf(node).length === 0 &&
      edges.every((edge) =>
        this.models.at(edge.site).some(({ model, names }) =>
          model.roles.some(
            (role) =>
              role.kind === "shaped" &&
              role.output.some((to) => {
                const last = to.steps.at(-1);
                return last?.kind === "property" && last.name === name && isParameter(to, edge, index);
              }) &&
              valuesAt(this.pointsTo, edge.site, role.schema, names).length > 0,
          ),
        ),
      )
    );
  }

  private shapes(site: CallSite): boolean {
    return this.models.at(site).some(({ model }) => model.roles.some(({ kind }) => kind === "shaped"));
  }

  /** It gives what a validator among the handlers let through: `request.valid("json")` behind `zValidator(…)`. */
  private givesShaped(node: FunctionNode, site: CallSite): boolean {
    const isOfReceiver = this.models
      .at(site)
      .some(({ model }) =>
        model.roles.some(
          (role) =>
            role.kind === "flow" &&
            role.from.some(({ root, steps }) => root.kind === "this" && steps.length > 0),
        ),
      );
    const edges = isOfReceiver ? this.pointsTo.callbacksOf(node) : [];
    return (
      edges.length > 0 &&
      edges.every(({ site: { caller, instruction } }) =>
        instruction.kind === "call"
          ? instruction.arguments.some((each) => this.isValidator(caller, each.value))
          : false,
      )
    );
  }

  private isValidator(node: FunctionNode, handler: ValueId): boolean {
    return [...this.pointsTo.valuesOf(node, handler)].some((value) => {
      const made =
        value.kind === "foreign" && value.site !== null ? this.pointsTo.sites.get(value.site) : undefined;
      if (made === undefined) return false;
      const checks = [...made.callbacks.values()].map(({ callee }) => callee);
      return this.shapes(made) || (checks.length > 0 && checks.every((each) => this.returnsShaped(each)));
    });
  }

  /** Whatever it returns, besides an answer of its own, came through a schema. */
  private returnsShaped(node: FunctionNode): boolean {
    const ends = node.graph.blocks.flatMap(({ end }) =>
      end.kind === "return" && end.value !== null ? [end.value] : [],
    );
    const values = ends.flatMap((end) => {
      const definition = node.definitions[originOf(node, end)];
      return definition?.kind === "phi" ? definition.phi.inputs.map(({ value }) => value) : [end];
    });
    return values.some((value) => this.isShaped(node, value, 0));
  }

  /** It came through a schema. */
  isShaped(node: FunctionNode, value: ValueId, depth: number): boolean {
    const definition = node.definitions[originOf(node, value)];
    if (definition?.kind !== "instruction" || depth > deepest) return false;
    const { instruction, point } = definition;
    switch (instruction.kind) {
      case "await":
        return this.isShaped(node, instruction.value, depth + 1);
      case "load":
        return (
          this.isShaped(node, instruction.object, depth + 1) ||
          (instruction.property.kind === "name" &&
            this.isShapedFor(node, instruction.object, instruction.property.name))
        );
      case "object-rest":
        return this.isShaped(node, instruction.object, depth + 1);
      case "capture": {
        const captured = capturedFrom(this.pointsTo, node, instruction.slot);
        return captured !== null && this.isShaped(captured.node, captured.value, depth + 1);
      }
      case "call": {
        const site = this.pointsTo.findSite(node, point);
        return site !== undefined && (this.shapes(site) || this.givesShaped(node, site));
      }
      case "parameter": {
        const callers = this.pointsTo.callersOf(node);
        return (
          callers.length > 0 &&
          callers.every(({ site }) => {
            const given = operandsOfSite(site).arguments[instruction.index];
            return given !== undefined && this.isShaped(site.caller, given.value, depth + 1);
          })
        );
      }
      default:
        return false;
    }
  }
}

/** What `String(…)` makes a text of. */
function textIn(node: FunctionNode, value: ValueId): ValueId {
  const definition = node.definitions[originOf(node, value)];
  if (definition?.kind !== "instruction" || definition.instruction.kind !== "call") return value;
  const { name, arguments: list } = definition.instruction;
  const [given] = list;
  return name === "String" && given !== undefined && !given.spread ? given.value : value;
}

/** What a name says by itself; null: nothing of an age. */
export function namedAge(name: string, absent: Absence): Quantity | null {
  const unit = ageUnitOf(name);
  if (unit !== null) return ageIn(unit, absent);
  const birth = birthNameOf(name);
  return birth === null ? null : birth === "year" ? yearOfBirth(absent) : momentOfBirth(absent);
}
