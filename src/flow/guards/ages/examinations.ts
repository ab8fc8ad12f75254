/** Calls and reads that look at values, as models say: whether something is there, and is what it should be. */
import type { InstructionOf, ValueId } from "../../../contracts/file-graph.js";
import type { Address, ExaminesRole } from "../../../contracts/model.js";
import { operandsAt } from "../../models/address-values.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import { readModels } from "../../models/read-flows.js";
import type { SiteModels } from "../../models/site-models.js";
import { originOf, placesOf } from "../../paths/value-places.js";
import { AssertedValues } from "./asserted-values.js";
import type { Outcome } from "../evidence/outcome.js";
import { truthOf } from "../evidence/outcome.js";

/** A value that is looked at. */
export interface Examined {
  readonly value: ValueId;
  /** All that lies below it is looked at too: a body that is held against a schema. */
  readonly isDeep: boolean;
}

/** What comes out of it. */
export interface Verdict extends Examined {
  readonly fits: boolean;
}

export class Examinations {
  readonly asserted: AssertedValues;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly models: SiteModels,
    lookedAt: (examinations: Examinations, node: FunctionNode, value: ValueId) => readonly ValueId[],
  ) {
    this.asserted = new AssertedValues(pointsTo, models, (node, value) => lookedAt(this, node, value));
  }

  /** What the call or the read at a point looks at. */
  at(node: FunctionNode, point: number): readonly Examined[] {
    return this.rolesAt(node, point).flatMap((role) => this.examined(node, point, role));
  }

  /** What a value says of others by coming out so. */
  verdicts(node: FunctionNode, value: ValueId, outcome: Outcome): readonly Verdict[] {
    return this.told(node, value, outcome).flatMap(({ point, role, fits }) =>
      this.examined(node, point, role).map((each) => ({ ...each, fits })),
    );
  }

  /** The calls that have held something against a schema and found it fit, where the value comes out so. */
  held(
    node: FunctionNode,
    value: ValueId,
    outcome: Outcome,
    isWaited: boolean,
  ): readonly { readonly site: CallSite; readonly by: Address }[] {
    return this.told(node, value, outcome, isWaited).flatMap(({ point, role: { by }, fits }) => {
      const site = this.pointsTo.findSite(node, point);
      return fits && by != null && site !== undefined ? [{ site, by }] : [];
    });
  }

  private told(
    node: FunctionNode,
    value: ValueId,
    outcome: Outcome,
    isWaited?: boolean,
  ): readonly { readonly point: number; readonly role: ExaminesRole; readonly fits: boolean }[] {
    return placesOf(node, value).flatMap(({ base, path }) => {
      const definition = node.definitions[base];
      if (definition?.kind !== "instruction") return [];
      const { instruction } = definition;
      const awaited =
        instruction.kind === "await" ? node.definitions[originOf(node, instruction.value)] : null;
      const made = awaited?.kind === "instruction" ? awaited : definition;
      const isWaitedFor = made !== definition || (isWaited ?? isAwaited(node, base));
      return this.rolesAt(node, made.point).flatMap((role) => {
        const isSettled = !role.promised || (isThrowing(role) ? isWaitedFor : made !== definition);
        const fits = isSettled ? verdictOf(role, { ...outcome, path: [...path, ...outcome.path] }) : null;
        return fits === null ? [] : [{ point: made.point, role, fits }];
      });
    });
  }

  private rolesAt(node: FunctionNode, point: number): readonly ExaminesRole[] {
    const instruction = node.code[point];
    const models =
      instruction?.kind === "load" && instruction.property.kind === "name"
        ? readModels(this.pointsTo, node, instruction.object, instruction.property.name).models
        : instruction?.kind === "call"
          ? this.modelsOfCall(node, point)
          : [];
    return models.flatMap(({ model }) => model.roles.filter((role) => role.kind === "examines"));
  }

  private modelsOfCall(node: FunctionNode, point: number): ReturnType<SiteModels["at"]> {
    const site = this.pointsTo.findSite(node, point);
    return site === undefined || site.foreign.size === 0 ? [] : this.models.at(site);
  }

  private examined(node: FunctionNode, point: number, { data }: ExaminesRole): readonly Examined[] {
    const instruction = node.code[point];
    if (instruction?.kind === "load") return [{ value: instruction.object, isDeep: false }];
    const site = this.pointsTo.findSite(node, point);
    if (site === undefined) return [];
    return data.flatMap((address) => {
      const isDeep = address.steps.at(-1)?.kind === "deep";
      if (address.steps.length > (isDeep ? 1 : 0)) return [];
      return operandsAt(site, address).map((value) => ({ value, isDeep }));
    });
  }
}

/** What the outcome of what it gives says; null: nothing. */
function verdictOf(role: ExaminesRole, { test, path }: Outcome): boolean | null {
  // It has come so far.
  if (isThrowing(role)) return path.length === 0 ? true : null;
  const truth = test.kind === "nullish" ? false : test.kind === "defined" ? true : truthOf(test);
  if (truth === null) return null;
  if (role.fits !== null && isAt(role.fits, path)) return truth;
  return role.lacks !== null && isAt(role.lacks, path) ? !truth : null;
}

function isThrowing({ fits, lacks }: ExaminesRole): boolean {
  return fits === null && lacks === null;
}

function isAt({ steps }: Address, path: readonly string[]): boolean {
  return (
    steps.length === path.length &&
    steps.every((step, index) => step.kind === "property" && step.name === path[index])
  );
}

function isAwaited(node: FunctionNode, value: ValueId): boolean {
  return (node.uses[value] ?? []).some((point) => isAwait(node.code[point]));
}

function isAwait(
  instruction: FunctionNode["code"][number] | undefined,
): instruction is InstructionOf<"await"> {
  return instruction?.kind === "await";
}
