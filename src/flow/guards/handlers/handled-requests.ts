/** Which requests what is registered on a chain is run for. */
import type { AbstractValue } from "../../points-to/abstract-value.js";
import type { Mount, Registration } from "./registrations.js";
import { joinPaths, mayTakeIn, namesParameter, takesIn } from "./route-paths.js";
import type { Requests } from "./told-requests.js";

type MountsOf = (chain: AbstractValue) => readonly (Mount | Registration)[];

/** Chains in chains. */
const deepest = 8;

/** Is it run for all of the requests that come through the chain? */
export function isRunForAll(
  each: Registration,
  chain: AbstractValue,
  { method, path, written }: Requests,
  mountsOf: MountsOf,
): boolean {
  if (each.methods !== null && (method === null || !each.methods.includes(method))) return false;
  if (each.parameter !== null && !namesParameter(written, each.parameter)) return false;
  if (each.except.some((address) => mayTakeIn(address, "exact", path))) return false;
  if (each.exceptWhole.length > 0) {
    const whole = wholePaths(chain, path, mountsOf);
    if (each.exceptWhole.some((address) => whole.some((one) => mayTakeIn(address, "exact", one))))
      return false;
  }
  const prefix = each.places.find((place) => place.chain === chain)?.prefix ?? "";
  if (each.paths === null) return prefix === "" || takesIn(prefix, "prefix", path);
  const { match, anyCase } = each.role;
  return each.paths.some((address) => {
    const whole = joinPaths(prefix, address);
    // A regular expression looks at capitals, whatever the package does.
    return anyCase && !whole.startsWith("~")
      ? takesIn(whole.toLowerCase(), match, path.toLowerCase())
      : takesIn(whole, match, path);
  });
}

/** An address on a chain, with all those that the chain is mounted under. */
function wholePaths(chain: AbstractValue, path: string, mountsOf: MountsOf, depth = 0): readonly string[] {
  const mounts = depth > deepest ? [] : mountsOf(chain);
  if (mounts.length === 0) return [path];
  return mounts.flatMap((mount) => {
    // Under a whole address nothing is cut off for what is inside.
    const isCut = mount.kind === "mount" || mount.role.match === "prefix";
    const parents = mount.kind === "mount" ? mount.parents : mount.places;
    return parents.flatMap(({ chain: parent, prefix }) =>
      isCut
        ? (mount.paths ?? [""]).flatMap((written) =>
            wholePaths(parent, joinPaths(joinPaths(prefix, written), path), mountsOf, depth + 1),
          )
        : wholePaths(parent, path, mountsOf, depth + 1),
    );
  });
}
