/** Where handlers would have to be registered before, so that they run before another registration's. */
import type { AbstractValue } from "../../points-to/abstract-value.js";
import type { CallSite } from "../../points-to/points-to.js";
import type { Chains } from "./chains.js";
import type { Registration } from "./registrations.js";
import { joinPaths } from "./route-paths.js";
import type { Requests } from "./told-requests.js";
import { requestsOf } from "./told-requests.js";

/** Chains in chains. */
const deepest = 8;

/**
 * The other registration, or the mount that leads to it, on the chain of the one that would be for all of its requests;
 * null: it is not for them, wherever it stands.
 */
export function coveredAt(chains: Chains, each: Registration, other: Registration): CallSite | null {
  if (each.site === other.site) return each.paths === null ? other.site : null;
  for (const { chain, prefix } of other.places) {
    const found = requestsOf(other, prefix).map((requests) =>
      coveredOn(chains, each, chain, other.site, requests, 0),
    );
    const [first = null] = found;
    if (found.every((site) => site !== null)) return first;
  }
  return null;
}

function coveredOn(
  chains: Chains,
  each: Registration,
  chain: AbstractValue,
  site: CallSite,
  requests: Requests,
  depth: number,
): CallSite | null {
  if (each.places.some((place) => place.chain === chain))
    return chains.isFor(each, chain, requests) ? site : null;
  if (depth > deepest) return null;
  for (const mount of chains.mountsOf(chain))
    for (const parent of mount.kind === "mount" ? mount.parents : mount.places)
      for (const path of mount.paths ?? [""]) {
        const written = joinPaths(parent.prefix, path);
        const above = { ...requests, path: joinPaths(written, requests.path), written };
        const found = coveredOn(chains, each, parent.chain, mount.site, above, depth + 1);
        if (found !== null) return found;
      }
  return null;
}
