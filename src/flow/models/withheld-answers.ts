/** Answers that something writes out which leaves withheld properties out: an interceptor of the handler, or of all. */
import type { FieldId } from "../../contracts/annotation.js";
import type { Terminator } from "../../contracts/file-graph.js";
import type { Role } from "../../contracts/model.js";
import type { AccessPath } from "../paths/access-path.js";
import { rolesOf } from "../guards/entries/decorated-entries.js";
import type { Chains } from "../guards/handlers/chains.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { SiteModels } from "./site-models.js";
import { definitionOf } from "../paths/value-places.js";
import type { WithheldFields } from "./withheld-fields.js";

function isForAll(role: Role): boolean {
  return role.kind === "withholds" && role.scope === "entries";
}

export class WithheldAnswers {
  private everywhere: boolean | null = null;

  constructor(
    private readonly fields: WithheldFields,
    private readonly pointsTo: PointsTo,
    private readonly models: SiteModels,
    private readonly chains: Chains,
  ) {}

  /** Whoever asks does not get what lies at the path of what the handler gives back. */
  has(node: FunctionNode, end: Terminator | undefined, field: FieldId, path: AccessPath): boolean {
    if (this.fields.isEmpty || !this.fields.has(field, path)) return false;
    // A plain object has no class that would say what it withholds.
    const value = end?.kind === "return" ? end.value : null;
    const isPlain = value !== null && definitionOf(node, value)?.kind === "object";
    if (isPlain && path.components.length === 1) return false;
    const entries = this.chains.entries.of(node);
    return (
      entries.length > 0 &&
      (entries.every(({ decorations }) => rolesOf(decorations, "withholds").length > 0) || this.isEverywhere)
    );
  }

  /** The app was told so, not one handler. */
  private get isEverywhere(): boolean {
    return (this.everywhere ??=
      [...this.pointsTo.sites.values()].some((site) =>
        this.models.at(site).some(({ model }) => model.roles.some(isForAll)),
      ) || this.fields.isToldOfClasses(isForAll));
  }
}
