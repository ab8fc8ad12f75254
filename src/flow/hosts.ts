/** The host that a request goes to, as far as its address can be told from the code. */
import type { Address } from "../contracts/model.js";
import { foldParts } from "./address-values.js";
import type { CallSite, PointsTo } from "./points-to.js";

/** `*` where it cannot be told; "" for a relative address, which leads to the program's own server. */
export function hostOf(pointsTo: PointsTo, site: CallSite, url: Address, names: readonly string[]): string {
  const text = foldParts(pointsTo, site, [url], names);
  const absolute = /^(?:[a-z][a-z0-9+.-]*:)?\/\/([^/?#]*)/iu.exec(text);
  if (absolute !== null) return (absolute[1] ?? "*").replace(/^.*@/u, "").replace(/:\d+$/u, "").toLowerCase();
  return /^[/.?#]/u.test(text) ? "" : "*";
}
