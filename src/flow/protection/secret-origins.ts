/** Where the secret of a cipher and its initialisation vector come from: the code, the environment, chance. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Address, Role } from "../../contracts/model.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { ReadValues } from "../models/address-values.js";
import { operandsAt, valuesAt } from "../models/address-values.js";
import { fillingsOf } from "../heap/fillers.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { selectModels } from "../models/select-models.js";

/**
 * `literal`: written in the code; `zeros`: bytes that nothing was put into; `once`: chance, but the same while the
 * process runs; `unknown`: anything else, as what a service or a file gives.
 */
export type Origin = "literal" | "zeros" | "environment" | "random" | "once" | "unknown";

/** Values made of one another that are looked through; a few frames of the stack each. */
const deepest = 60;
const none: ReadonlySet<Origin> = new Set();
const unknown: ReadonlySet<Origin> = new Set(["unknown"]);

/** The alternatives that values may come from, as a function that uses them sees it. */
export function originsOf(
  pointsTo: PointsTo,
  values: Iterable<AbstractValue>,
  user: FunctionNode,
  read?: ReadValues,
): ReadonlySet<Origin> {
  return new Origins(pointsTo, user, read).ofValues(values, 0);
}

class Origins {
  /** Each value is asked once: what rests on an answer that is still being looked for takes it as unknown. */
  private readonly answers = new Map<AbstractValue, ReadonlySet<Origin>>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly user: FunctionNode,
    private readonly read: ReadValues | undefined,
  ) {}

  ofValues(values: Iterable<AbstractValue>, depth: number): ReadonlySet<Origin> {
    const found = new Set<Origin>();
    for (const value of values) for (const origin of this.ofValue(value, depth)) found.add(origin);
    return found;
  }

  private ofValue(value: AbstractValue, depth: number): ReadonlySet<Origin> {
    if (value.kind === "constant") return ofConstant(value.value);
    const known = this.answers.get(value);
    if (known !== undefined) return known;
    this.answers.set(value, unknown);
    if (depth > deepest) return unknown;
    const origins = this.compute(value, depth + 1);
    this.answers.set(value, origins);
    return origins;
  }

  private compute(value: AbstractValue, depth: number): ReadonlySet<Origin> {
    switch (value.kind) {
      case "computed":
        return this.ofText(value.function, value.point, depth);
      case "object":
        return value.array ? this.ofElements(value, depth) : unknown;
      case "foreign":
        return this.ofForeign(value, depth);
      default:
        return unknown;
    }
  }

  private ofElements(list: AbstractValue, depth: number): ReadonlySet<Origin> {
    const parts = [...this.pointsTo.fieldsOf(list)].flatMap(([name, { values }]) =>
      name === "*" || values.size === 0 ? [] : [this.ofValues(values, depth)],
    );
    // Numbers written one by one are a text of their own.
    return together(parts.map((part) => (part.has("zeros") ? asLiteral(part) : part)));
  }

  private ofText(node: FunctionNode, point: number, depth: number): ReadonlySet<Origin> {
    const instruction = node.code[point];
    const operands =
      instruction?.kind === "template"
        ? instruction.values
        : instruction?.kind === "binary" && instruction.operator === "+"
          ? [instruction.left, instruction.right]
          : null;
    if (operands === null) return unknown;
    return together(operands.map((operand) => this.ofOperand(node, operand, depth)));
  }

  /** Of which nothing is known comes from somewhere else. */
  private ofOperand(node: FunctionNode, operand: ValueId, depth: number): ReadonlySet<Origin> {
    const values = [...this.valuesOf(node, operand)];
    return values.length === 0 ? unknown : this.ofValues(values, depth);
  }

  private valuesOf(node: FunctionNode, operand: ValueId): Iterable<AbstractValue> {
    return this.read?.(node, operand) ?? this.pointsTo.valuesOf(node, operand);
  }

  private ofForeign(value: Extract<AbstractValue, { kind: "foreign" }>, depth: number): ReadonlySet<Origin> {
    const { module, path, site } = value;
    if (module === "global" && path[0] === "process" && path[1] === "env") return new Set(["environment"]);
    const made = site === null ? undefined : this.pointsTo.sites.get(site);
    if (made === undefined) return this.isSize(value) ? new Set(["zeros"]) : unknown;
    if (this.pointsTo.isFilled(value)) return new Set([this.chance(made)]);
    const roles = this.rolesOf(made);
    if (roles.some(({ role }) => role.kind === "random")) return new Set([this.chance(made)]);
    if (roles.some(({ role }) => role.kind === "input")) return unknown;
    return this.ofSources(made, roles, depth);
  }

  /** A number that a package exports: `secretbox.nonceLength`. */
  private isSize({ module, path }: Extract<AbstractValue, { kind: "foreign" }>): boolean {
    const number = "lib#Number";
    return (
      `${module}#${path.join(".")}` === number ||
      this.pointsTo.catalogue
        .match(module, path, "read")
        .some(({ model }) => model.roles.some((role) => role.kind === "type" && role.type === number))
    );
  }

  /** What the models of the call that made it say to have gone in. */
  private ofSources(
    made: CallSite,
    roles: readonly { readonly role: Role; readonly names: readonly string[] }[],
    depth: number,
  ): ReadonlySet<Origin> {
    const parts: ReadonlySet<Origin>[] = [];
    let isFed = false;
    for (const { role, names } of roles) {
      const sources =
        role.kind === "flow"
          ? role.from
          : role.kind === "encrypt" || role.kind === "decrypt"
            ? role.input
            : [];
      for (const source of sources) {
        const gathered = isGathered(source) ? this.ofFillings(made, depth) : none;
        if (gathered.size > 0) {
          parts.push(gathered);
          continue;
        }
        isFed ||= source.root.kind === "this" || operandsAt(made, source).length > 0;
        const values = valuesAt(this.pointsTo, made, source, names, this.read);
        if (values.length > 0) parts.push(this.ofValues(values, depth));
      }
    }
    if (parts.length > 0) return together(parts);
    const isMadeOfNothing = !isFed && roles.some(({ role }) => role.kind === "flow");
    return isMadeOfNothing ? new Set(["zeros"]) : unknown;
  }

  /** What several calls put into one object is there together. */
  private ofFillings(made: CallSite, depth: number): ReadonlySet<Origin> {
    return together(
      fillingsOf(made)
        .filter(({ index }) => index === 0)
        .map(({ value }) => this.ofOperand(made.caller, value, depth)),
    );
  }

  private rolesOf(site: CallSite): { readonly role: Role; readonly names: readonly string[] }[] {
    return [...site.foreign].flatMap((callee) =>
      selectModels(this.pointsTo, site, callee).flatMap(({ model, names }) =>
        model.roles.map((role) => ({ role, names })),
      ),
    );
  }

  /** Made while a module loads, it is the same for whatever a function is called with later. */
  private chance({ caller }: CallSite): Origin {
    return caller.graph.kind === "module" && this.user.graph.kind !== "module" ? "once" : "random";
  }
}

/** A property of the receiver that earlier calls on it have put something into. */
function isGathered({ root, steps }: Address): boolean {
  return root.kind === "this" && steps[0]?.kind === "property";
}

/** An empty text stands where the type asks for one; no cipher takes it as a key. */
function ofConstant(value: string | number | boolean | null | undefined): ReadonlySet<Origin> {
  if (typeof value === "number") return new Set(["zeros"]);
  return typeof value === "string" && value !== "" ? new Set(["literal"]) : none;
}

/** What is put together of parts is in the code only if all of them are. */
function together(parts: readonly ReadonlySet<Origin>[]): ReadonlySet<Origin> {
  const known = parts.filter((part) => part.size > 0);
  const found = new Set<Origin>();
  for (const part of known)
    for (const origin of part) if (origin !== "literal" && origin !== "zeros") found.add(origin);
  if (known.length > 0 && known.every((part) => part.has("literal") || part.has("zeros")))
    found.add(known.some((part) => part.has("literal")) ? "literal" : "zeros");
  return found;
}

function asLiteral(origins: ReadonlySet<Origin>): ReadonlySet<Origin> {
  return new Set([...[...origins].filter((each) => each !== "zeros"), "literal" as const]);
}
