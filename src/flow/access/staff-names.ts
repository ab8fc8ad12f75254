/** What a call is given that only staff are: a word for them, an option that is one, a list of roles. */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { GivenFacts } from "../guards/handlers/given-facts.js";
import type { Decoration } from "../models/decorations.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { PointerNode } from "../points-to/pointer-graph.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { isOrdinaryRole, isRightName, isStaffWord } from "./authorization-words.js";

export class StaffNames {
  private readonly staffPlaces = new Map<PointerNode, boolean>();

  constructor(private readonly pointsTo: PointsTo) {}

  /** By what it is given: a word for staff, an option that is one, or a list with one in it. */
  namesStaff(node: FunctionNode, { instruction }: CallSite, facts?: GivenFacts): boolean {
    if (instruction.kind !== "call") return false;
    if (/role/iu.test(instruction.name) && this.namesOthers(node, instruction, facts)) return false;
    const values = [
      ...instruction.arguments.map(({ value }) => value),
      ...(instruction.receiver === null ? [] : [instruction.receiver]),
    ];
    return values.some((value) => {
      const known = facts?.valueOf(node, value) ?? null;
      if (known !== null) return typeof known.value === "string" && isStaffWord(known.value);
      // What somebody may do is not what is asked for.
      if (isRightOf(node, value)) return false;
      return this.isStaffThere(this.pointsTo.valueNode(node, value));
    });
  }

  /** `@Roles("user", "admin")`: of several roles each lets somebody through. */
  private namesOthers(node: FunctionNode, call: InstructionOf<"call">, facts?: GivenFacts): boolean {
    return call.arguments.some(({ value }) => {
      const known = facts?.valueOf(node, value) ?? null;
      if (known !== null) return typeof known.value === "string" && isOrdinaryRole(known.value);
      return [...this.pointsTo.valuesOf(node, value)].some(
        (each) =>
          isForOthers(each) ||
          (each.kind === "object" &&
            [...this.pointsTo.fieldsOf(each)].some(
              ([name, { values }]) => isElement(name) && [...values].some(isForOthers),
            )),
      );
    });
  }

  /**
   * The same of a decorator. What the program's own decorator is given where it stands says it, and not what all calls
   * of it hand on together: `const Roles = (...roles) => SetMetadata("roles", roles)`.
   */
  decoratesForStaff({ site, at }: Decoration): boolean {
    const { instruction, caller } = site;
    if (instruction.kind !== "call") return false;
    const made = at.instruction.kind === "call" ? definitionOf(at.caller, at.instruction.callee) : null;
    if (made?.kind === "call" && made !== instruction) {
      if (this.namesOthers(at.caller, made)) return false;
      const there = this.pointsTo.findSite(at.caller, at.caller.code.indexOf(made));
      if (there !== undefined && this.namesStaff(at.caller, there)) return true;
      if (instruction.arguments.some(({ value }) => definitionOf(caller, value)?.kind === "parameter"))
        return false;
    }
    return !this.namesOthers(caller, instruction) && this.namesStaff(caller, site);
  }

  private isStaffThere(place: PointerNode): boolean {
    let known = this.staffPlaces.get(place);
    if (known === undefined) {
      const all = place.values;
      known = areStaffWords(all) || [...all].some((each) => this.holdsStaffWord(each));
      this.staffPlaces.set(place, known);
    }
    return known;
  }

  private holdsStaffWord(value: AbstractValue): boolean {
    if (value.kind !== "object") return false;
    const fields = [...this.pointsTo.fieldsOf(value)];
    // A list with a word for others, too, lets those through: `["user", "admin"]`.
    if (fields.some(([name, { values }]) => isElement(name) && [...values].some(isForOthers))) return false;
    // Elements of a list are one place: one word among others makes it a list of roles with staff.
    return fields.some(([name, { values }]) =>
      isElement(name) ? [...values].some((each) => areStaffWords([each])) : areStaffWords(values),
    );
  }
}

function isForOthers(value: AbstractValue): boolean {
  return value.kind === "constant" && typeof value.value === "string" && isOrdinaryRole(value.value);
}

function areStaffWords(values: Iterable<AbstractValue>): boolean {
  const words = [...values].flatMap((each) =>
    each.kind === "constant" && typeof each.value === "string" ? [each.value] : [],
  );
  return words.length > 0 && words.every(isStaffWord);
}

/** What somebody may do, as it is kept with them. */
function isRightOf(node: FunctionNode, value: ValueId): boolean {
  const definition = definitionOf(node, originOf(node, value));
  return (
    definition?.kind === "load" &&
    definition.property.kind === "name" &&
    isRightName(definition.property.name)
  );
}

/** `0`, or whichever element it is. */
function isElement(name: string): boolean {
  return name === "*" || name === "[]" || /^\d+$/u.test(name);
}
