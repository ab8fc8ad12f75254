/** Which client a call is one of, and what that speaks to. */
import type { Client } from "../../contracts/client.js";
import type { ModelAt } from "../program/model-at.js";
import { pathCalled } from "./path-called.js";

export function clientAt(match: ModelAt): Client {
  return {
    package: match.callee.module.replace(/^npm:/u, ""),
    path: pathCalled(match),
    engines: match.package.engines ?? [],
  };
}
