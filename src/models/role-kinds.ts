/** Which packages have models with a role at all: asked in every analysis, of a catalogue of thousands of paths. */
import type { PackageModel, Role } from "../contracts/model.js";

type RoleKind = Role["kind"];

/** Shipped models are the same objects from one analysis to the next. */
const known = new WeakMap<PackageModel, ReadonlySet<RoleKind>>();

/** Those of them that say this of a path. */
export function packagesWith(packages: readonly PackageModel[], kind: RoleKind): PackageModel[] {
  return packages.filter((model) => roleKindsOf(model).has(kind));
}

function roleKindsOf(model: PackageModel): ReadonlySet<RoleKind> {
  let found = known.get(model);
  if (found === undefined) {
    found = new Set(model.paths.flatMap(({ roles }) => roles.map(({ kind }) => kind)));
    known.set(model, found);
  }
  return found;
}
