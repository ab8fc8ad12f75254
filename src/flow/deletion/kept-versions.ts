/** Buckets that keep the earlier versions of what is deleted in them: only who deletes a version erases it. */
import type { DeleteRole } from "../../contracts/erasing-roles.js";
import type { Medium } from "../../contracts/vocabulary.js";
import { readStack } from "../../models/stacks/read-stack.js";
import { valuesAt } from "../models/address-values.js";
import type { SiteModels } from "../models/site-models.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { Writers } from "../points-to/writers.js";
import type { NamedInSettings } from "./named-in-settings.js";
import { targetsOf } from "./targets-of.js";

interface Solved {
  readonly pointsTo: PointsTo;
  readonly models: SiteModels;
  readonly settings: NamedInSettings;
  readonly writers: Writers;
  readonly stackFiles: readonly { readonly path: string; readonly text: string }[];
}

export class KeptVersions {
  private readonly buckets: ReadonlySet<string>;

  constructor(private readonly solved: Solved) {
    const found = new Set<string>();
    for (const { text } of solved.stackFiles)
      for (const { medium, targets, ends } of readStack(text))
        if (!ends) for (const target of targets) found.add(keyOf(medium, target));
    for (const site of solved.pointsTo.sites.values())
      for (const { model, names } of solved.models.at(site))
        for (const role of model.roles)
          if (role.kind === "delete" && role.strength === "versions")
            for (const target of this.namesOf(site, role, names)) found.add(keyOf(role.medium, target));
    this.buckets = found;
  }

  /** What is deleted there stays as an earlier version. */
  stays(site: CallSite, role: DeleteRole, target: string | null): boolean {
    return (
      this.buckets.size > 0 &&
      target !== null &&
      role.strength === "hard" &&
      this.buckets.has(keyOf(role.medium, target)) &&
      !this.isOfVersion(site, role)
    );
  }

  private namesOf(site: CallSite, role: DeleteRole, names: readonly string[]): readonly string[] {
    const { pointsTo, settings } = this.solved;
    const own = role.target === null ? [] : targetsOf(pointsTo, site, role.target, names);
    return [...own, ...settings.of(site, role)];
  }

  /** `{ Key, VersionId: version.VersionId }`, whatever version that is. */
  private isOfVersion(site: CallSite, { version }: DeleteRole): boolean {
    const last = version?.steps.at(-1);
    if (version == null || last?.kind !== "property") return false;
    const object = { ...version, steps: version.steps.slice(0, -1) };
    return valuesAt(this.solved.pointsTo, site, object).some((each) =>
      this.solved.writers.ofObject(each).some(({ name }) => name === last.name),
    );
  }
}

/** The bucket is what stands before the first stroke; one of which nothing is known is none of those that are. */
function keyOf(medium: Medium | null, target: string): string {
  const bucket = target.split("/")[0] ?? "";
  return /^\**$/u.test(bucket) ? "" : `${String(medium)} ${bucket}`;
}
