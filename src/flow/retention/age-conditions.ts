/** How old something is where a comparison holds: `row.createdAt < cutoff`, `Date.now() - stat.mtimeMs > limit`. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { CallSite } from "../points-to/points-to.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { SiteModels } from "../models/site-models.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import { secondsOf, type TimeValues } from "./time-values.js";

export interface AgeFound {
  readonly seconds: number;
  /** What the age is counted from. */
  readonly column: string | null;
}

export class AgeConditions {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly models: SiteModels,
    private readonly times: TimeValues,
  ) {}

  of(node: FunctionNode, value: ValueId): AgeFound | null {
    const definition = definitionOf(node, value);
    if (definition?.kind === "unary" && definition.operator === "!") return this.of(node, definition.operand);
    if (definition?.kind === "call") return this.ofCall(node, definition.out);
    if (definition?.kind !== "binary" || !/^[<>]=?$/u.test(definition.operator)) return null;
    const { left, right } = definition;
    return this.ofSides(node, left, right) ?? this.ofSides(node, right, left);
  }

  /** `isBefore(row.createdAt, cutoff)` */
  private ofCall(node: FunctionNode, value: ValueId): AgeFound | null {
    const site = this.siteOf(node, value);
    if (site?.instruction.kind !== "call" || !this.hasRole(site, "compares")) return null;
    const { receiver, arguments: list } = site.instruction;
    const operands = [...(receiver === null ? [] : [receiver]), ...list.map((each) => each.value)];
    for (const operand of operands) {
      const offset = this.times.offsetOf(node, operand);
      if (offset !== null) {
        const other = operands.find((each) => each !== operand);
        return { seconds: -offset, column: other === undefined ? null : nameOf(node, other) };
      }
    }
    return null;
  }

  /** A limit on one side, and what is compared with it on the other. */
  private ofSides(node: FunctionNode, limit: ValueId, other: ValueId): AgeFound | null {
    const offset = this.times.offsetOf(node, limit);
    if (offset !== null) {
      const later = offset === 0 ? this.laterOf(node, other) : null;
      return later ?? { seconds: -offset, column: nameOf(node, other) };
    }
    const definition = definitionOf(node, other);
    if (definition?.kind === "binary" && definition.operator === "-") {
      const isPresent = this.times.offsetOf(node, definition.left) !== null;
      const seconds = isPresent ? this.times.stretchOf(node, limit, "millisecond") : null;
      return seconds === null ? null : { seconds, column: nameOf(node, definition.right) };
    }
    const site = definition?.kind === "call" ? this.siteOf(node, other) : undefined;
    const elapsed =
      site === undefined ? undefined : this.rolesAt(site).find(({ kind }) => kind === "elapsed");
    if (elapsed?.kind !== "elapsed" || typeof elapsed.unit !== "string") return null;
    const seconds = this.times.stretchOf(node, limit, elapsed.unit);
    return seconds === null ? null : { seconds, column: null };
  }

  /** `row.createdAt.getTime() + limit`, `addDays(row.createdAt, 30)` */
  private laterOf(node: FunctionNode, value: ValueId): AgeFound | null {
    const definition = definitionOf(node, value);
    if (definition?.kind === "binary" && definition.operator === "+") {
      const seconds = this.times.stretchOf(node, definition.right, "millisecond");
      return seconds === null ? null : { seconds, column: nameOf(node, definition.left) };
    }
    const site = definition?.kind === "call" ? this.siteOf(node, value) : undefined;
    if (site?.instruction.kind !== "call") return null;
    const moment = this.rolesAt(site).find(({ kind }) => kind === "moment");
    if (moment?.kind !== "moment" || moment.plus === null || typeof moment.unit !== "string") return null;
    const amounts = site.instruction.arguments.flatMap(
      ({ value: each }) => this.times.stretchOf(node, each, "second") ?? [],
    );
    const [amount] = amounts;
    return amount === undefined ? null : { seconds: amount * secondsOf[moment.unit], column: null };
  }

  private siteOf(node: FunctionNode, value: ValueId): CallSite | undefined {
    const definition = node.definitions[originOf(node, value)];
    return definition?.kind === "instruction" ? this.pointsTo.findSite(node, definition.point) : undefined;
  }

  private hasRole(site: CallSite, kind: string): boolean {
    return this.rolesAt(site).some((role) => role.kind === kind);
  }

  private rolesAt(site: CallSite): readonly ReturnType<SiteModels["at"]>[number]["model"]["roles"][number][] {
    return this.models.at(site).flatMap(({ model }) => model.roles);
  }
}

/** What a value is read from: `createdAt` of `row.createdAt.getTime()`. */
export function nameOf(node: FunctionNode, value: ValueId): string | null {
  let current = value;
  for (let hops = 0; hops < 6; hops++) {
    const definition = definitionOf(node, current);
    if (definition?.kind === "load" && definition.property.kind === "name") return definition.property.name;
    if (definition?.kind !== "call") return null;
    const inner = definition.receiver ?? definition.arguments[0]?.value;
    if (inner === undefined) return null;
    current = inner;
  }
  return null;
}
