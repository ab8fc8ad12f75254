/**
 * Whether something is done with what a read brings. A query that is only put together further is not read yet: what
 * comes of it is told where its columns are named, or where it ends.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Role } from "../../contracts/model.js";
import type { ModelAt } from "../program/model-at.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { SiteModels } from "../models/site-models.js";
import type { AskedColumns } from "./asked-columns.js";
import { creates } from "./creating-calls.js";

const writing = /(?:^|\.)(?:update|delete|del|truncate|drop|increment|decrement)\w*$/u;
const longest = 40;

export class ReadResults {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly models: SiteModels,
    private readonly asked: AskedColumns,
  ) {}

  /** `isWhole`: no columns were named yet, so that a call which names some says what comes. */
  isRead(node: FunctionNode, value: ValueId, isWhole: boolean, depth = 0): boolean {
    if (depth > longest) return true;
    if ((node.uses[value] ?? []).some((point) => this.reads(node, value, point, isWhole, depth))) return true;
    return node.graph.blocks.some(
      ({ end, phis }) =>
        ("value" in end && end.value === value) ||
        phis.some(({ inputs }) => inputs.some((input) => input.value === value)),
    );
  }

  private reads(node: FunctionNode, value: ValueId, point: number, isWhole: boolean, depth: number): boolean {
    const use = node.code[point];
    if (use === undefined) return false;
    if (use.kind === "await" || use.kind === "declare") return this.isRead(node, use.out, isWhole, depth + 1);
    if (use.kind === "load" && isMethod(node, use.out)) return false;
    if (use.kind !== "call" || use.receiver !== value) return true;
    if (use.arguments.some((argument) => argument.value === value)) return true;
    if (creates(use) || writing.test(use.name)) return false;
    const site = this.pointsTo.findSite(node, point);
    if (site === undefined) return true;
    const models = this.models.at(site);
    if (isWhole && this.namesColumns(site, models)) return false;
    return !isStillQuery(models) || this.isRead(node, use.out, isWhole, depth + 1);
  }

  /** The call is a read of the same query by itself, of columns that it names. */
  private namesColumns(site: CallSite, models: readonly ModelAt[]): boolean {
    return models.some((match) =>
      match.model.roles.some(
        (role) => role.kind === "rows" && isOfQuery(role) && this.asked.ofModel(site, match, role) !== null,
      ),
    );
  }
}

function isOfQuery({ entity }: Extract<Role, { kind: "rows" }>): boolean {
  return entity.parts.some(
    (part) => typeof part !== "string" && part.root.kind === "this" && part.steps.length === 0,
  );
}

/** What comes back is the same query: `.where(…)`, `.limit(10)`. */
function isStillQuery(models: readonly ModelAt[]): boolean {
  return models.some(({ model }) =>
    model.roles.some(
      (role) =>
        role.kind === "type" &&
        role.output.root.kind === "return" &&
        role.output.steps.length === 0 &&
        typeof role.type !== "string" &&
        role.type.root.kind === "this" &&
        role.type.steps.length === 0,
    ),
  );
}

/** It is only called: the call itself is another use of what it is called on. */
function isMethod(node: FunctionNode, value: ValueId): boolean {
  const uses = (node.uses[value] ?? []).map((point) => node.code[point]);
  return uses.length > 0 && uses.every((use) => use?.kind === "call" && use.callee === value);
}
