/** What decorators say of an entry under a key, read where a handler asks for it. */
import type { Address, Role } from "../../../contracts/model.js";
import type { AbstractValue } from "../../points-to/abstract-value.js";
import { operandsAt, valuesAt } from "../../models/address-values.js";
import { constantsOf } from "../../constants/constants.js";
import type { ModelAt } from "../../program/model-at.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import { rolesOf } from "./decorated-entries.js";
import type { FoundEntry } from "./entry-found.js";
import { constantSaid } from "./tag-values.js";
import type { Known } from "../handlers/given-facts.js";

export class EntryTags {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly modelsAt: (site: CallSite) => readonly ModelAt[],
    private readonly entry: FoundEntry,
  ) {}

  /** `reflector.get("public", context.getHandler())` */
  of(site: CallSite, { key, of }: Extract<Role, { kind: "tagged" }>, names: readonly string[]): Known | null {
    const wanted = this.keysAt(site, key, names);
    for (const what of this.meantBy(site, of)) {
      const isOfClass = what === "class";
      const tags = rolesOf(this.entry.decorations, "tags").filter(
        ({ decoration }) => (decoration.target.kind === "class") === isOfClass,
      );
      for (const { role, decoration } of tags) {
        const own =
          role.key === null
            ? this.makersOf(decoration.site)
            : this.keysAt(decoration.site, role.key, decoration.match.names);
        if (!own.some((each) => wanted.includes(each))) continue;
        const values = valuesAt(this.pointsTo, decoration.site, role.value, decoration.match.names);
        const { constants } = constantsOf(values);
        if (constants.length === 0 && values.length > 0) return { value: true, isTold: true };
        const [said] = operandsAt(decoration.site, role.value).map((value) =>
          constantSaid(this.pointsTo, decoration, value),
        );
        // What a decorator said anew holds in place of what its class said, be it known or not.
        if (said !== undefined && role.value.steps.length === 0)
          return said === null ? null : { value: said.value, isTold: true };
        const [only] = constants;
        return constants.length === 1 && values.length === 1 ? { value: only, isTold: true } : null;
      }
    }
    return wanted.length === 0 ? null : { value: undefined, isTold: true };
  }

  /** Texts, or the decorator itself that carries it. */
  private keysAt(site: CallSite, address: Address, names: readonly string[]): string[] {
    return valuesAt(this.pointsTo, site, address, names).map((value) =>
      value.kind === "constant" ? `"${String(value.value)}"` : `#${String(value.id)}`,
    );
  }

  private makersOf({ caller, instruction }: CallSite): string[] {
    return instruction.kind === "call"
      ? [...this.pointsTo.valuesOf(caller, instruction.callee)].map(({ id }) => `#${String(id)}`)
      : [];
  }

  /** Entry or class, in the order of the list that the address names. */
  private meantBy(site: CallSite, of: Extract<Role, { kind: "tagged" }>["of"]): ("entry" | "class")[] {
    const found: ("entry" | "class")[] = [];
    const add = (values: Iterable<AbstractValue>): void => {
      for (const value of values) {
        const made = value.kind === "foreign" ? this.pointsTo.sites.get(value.site ?? "") : undefined;
        for (const { model } of made === undefined ? [] : this.modelsAt(made))
          for (const role of model.roles)
            if (role.kind === "means" && role.what !== "path") found.push(role.what);
      }
    };
    for (const value of valuesAt(this.pointsTo, site, of)) {
      const isList = value.kind === "object" && value.array;
      const fields = isList ? [...this.pointsTo.fieldsOf(value)] : [];
      if (!isList) add([value]);
      for (const [name, node] of fields.sort(([a], [b]) => (a < b ? -1 : 1)))
        if (name !== "*") add(node.values);
    }
    return found;
  }
}
