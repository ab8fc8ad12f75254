import type { CallEdge, CallSite } from "./call-sites.js";

/** The one own function that runs at a site, and nothing of a package's. */
export function onlyEdge(site: CallSite | undefined, shape: CallEdge["shape"]): CallEdge | null {
  const [edge, ...others] = site === undefined || site.foreign.size > 0 ? [] : [...site.edges.values()];
  return edge?.shape === shape && others.length === 0 ? edge : null;
}
