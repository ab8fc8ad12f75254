/**
 * What is known when something runs before one entry: what the entry's decorators say under a key, and what the call
 * that made a handler was given (`Consent("asked")`).
 */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Address, Role } from "../../contracts/model.js";
import type { AbstractValue } from "../abstract-value.js";
import { valuesAt } from "../address-values.js";
import { constantsOf } from "../constants.js";
import type { ModelAt } from "../model-at.js";
import type { CallSite, PointsTo } from "../points-to.js";
import type { FunctionNode } from "../program.js";
import { originOf } from "../value-places.js";
import type { DecoratedEntry } from "./decorated-entries.js";
import { rolesOf } from "./decorated-entries.js";
import { foldedConstant } from "./folded-constant.js";
import type { GivenFacts, Known } from "./given-facts.js";
import { constantOf } from "./outcome.js";

const deepest = 8;

export class EntryFacts implements GivenFacts {
  readonly key: string;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly modelsAt: (site: CallSite) => readonly ModelAt[],
    private readonly entry: DecoratedEntry,
    private readonly madeBy: CallSite | null,
  ) {
    const tags = rolesOf(entry.decorations, "tags").map(
      ({ decoration: { site, at } }) => `${site.id}@${at.id}`,
    );
    this.key = `${tags.join()}|${madeBy?.id ?? ""}`;
  }

  valueOf(node: FunctionNode, value: ValueId): Known | null {
    return this.evaluate(node, value, 0);
  }

  private evaluate(node: FunctionNode, value: ValueId, depth: number): Known | null {
    const definition = node.definitions[originOf(node, value)];
    if (definition?.kind !== "instruction" || depth > deepest) return null;
    const { instruction, point } = definition;
    const again = (other: ValueId): Known | null => this.evaluate(node, other, depth + 1);
    switch (instruction.kind) {
      case "constant":
        return { value: constantOf(instruction), isTold: false };
      case "await":
        return again(instruction.value);
      case "unary": {
        const operand = instruction.operator === "!" ? again(instruction.operand) : null;
        return operand === null ? null : { value: !operand.value, isTold: operand.isTold };
      }
      case "binary": {
        if (!/^[!=]==?$/u.test(instruction.operator)) return null;
        const left = again(instruction.left);
        const right = again(instruction.right);
        if (left === null || right === null) return null;
        const isLoose = instruction.operator.length === 2 && (left.value == null || right.value == null);
        const isEqual = isLoose ? left.value == null && right.value == null : left.value === right.value;
        return {
          value: isEqual === instruction.operator.startsWith("="),
          isTold: left.isTold || right.isTold,
        };
      }
      case "parameter":
        return this.ofParameter(node, instruction.index);
      case "capture":
        return this.ofCapture(node, instruction.slot, depth);
      case "call":
        return this.ofCall(node, point);
      case "load":
        return this.folded(node, value);
      case "cell-read":
      case "import-read":
        return this.folded(node, value);
      default:
        return null;
    }
  }

  private folded(node: FunctionNode, value: ValueId): Known | null {
    const found = foldedConstant(this.pointsTo, node, value);
    return found === null ? null : { value: found.value, isTold: false };
  }

  private ofParameter(node: FunctionNode, index: number): Known | null {
    const { madeBy } = this;
    if (madeBy?.instruction.kind !== "call") return null;
    const isMaker = [...madeBy.edges.values()].some(
      ({ callee }) => callee.graph === node.graph && callee.file === node.file,
    );
    if (!isMaker) return null;
    const given = madeBy.instruction.arguments[index];
    if (given === undefined) return { value: undefined, isTold: true };
    const found = foldedConstant(this.pointsTo, madeBy.caller, given.value);
    return found === null ? null : { value: found.value, isTold: true };
  }

  private ofCapture(node: FunctionNode, slot: number, depth: number): Known | null {
    const { program } = this.pointsTo;
    const parent = node.graph.parent === null ? undefined : program.functionIn(node, node.graph.parent);
    if (parent === undefined || node.graph.captures[slot]?.mode !== "value") return null;
    for (const made of parent.code) {
      const captures = made.kind === "function" && made.function === node.graph.id ? made.captures : null;
      const captured = captures?.[slot];
      if (captured !== undefined) return this.evaluate(parent, captured, depth + 1);
    }
    return null;
  }

  /** `reflector.get("public", context.getHandler())` */
  private ofCall(node: FunctionNode, point: number): Known | null {
    const site = this.pointsTo.findSite(node, point);
    if (site === undefined || site.foreign.size === 0) return null;
    for (const { model, names } of this.modelsAt(site))
      for (const role of model.roles) if (role.kind === "tagged") return this.tagOf(site, role, names);
    return null;
  }

  private tagOf(
    site: CallSite,
    { key, of }: Extract<Role, { kind: "tagged" }>,
    names: readonly string[],
  ): Known | null {
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
        const [only] = constants;
        return constants.length === 1 && values.length === 1
          ? { value: only, isTold: true }
          : { value: true, isTold: true };
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
          for (const role of model.roles) if (role.kind === "means") found.push(role.what);
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
