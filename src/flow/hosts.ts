/** The host that a request goes to, as far as its address can be told from the code. */
import type { ValueId } from "../contracts/file-graph.js";
import type { Address } from "../contracts/model.js";
import { foldParts, operandsAt } from "./address-values.js";
import type { CallSite, PointsTo } from "./points-to.js";
import type { FunctionNode } from "./program.js";
import { definitionOf } from "./value-places.js";

/** Names of settings that come from the environment: `process.env.API_URL`, `config.API_URL`. */
const setting = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/u;

/**
 * `*` where it cannot be told; "" for a relative address, which leads to the program's own server; `env:API_URL` for
 * one that begins with a setting of that name.
 */
export function hostOf(pointsTo: PointsTo, site: CallSite, url: Address, names: readonly string[]): string {
  const text = foldParts(pointsTo, site, [url], names);
  const absolute = /^(?:[a-z][a-z0-9+.-]*:)?\/\/([^/?#]*)/iu.exec(text);
  if (absolute !== null) return (absolute[1] ?? "*").replace(/^.*@/u, "").replace(/:\d+$/u, "").toLowerCase();
  if (text.startsWith("env:")) return text;
  if (/^[/.?#]/u.test(text)) return "";
  const [value] = operandsAt(site, url);
  const name = value === undefined ? null : settingBefore(site.caller, value);
  return name === null ? "*" : `env:${name}`;
}

/** The setting that a text begins with. */
function settingBefore(node: FunctionNode, value: ValueId): string | null {
  let definition = definitionOf(node, value);
  for (let hops = 0; hops < 8 && definition !== null; hops++) {
    if (definition.kind === "load")
      return definition.property.kind === "name" && setting.test(definition.property.name)
        ? definition.property.name
        : null;
    const first =
      definition.kind === "template" && definition.texts[0] === ""
        ? definition.values[0]
        : definition.kind === "binary" && definition.operator === "+"
          ? definition.left
          : undefined;
    definition = first === undefined ? null : definitionOf(node, first);
  }
  return null;
}
