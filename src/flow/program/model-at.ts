/** A model that holds at a site, with the value through which it was found. */
import type { ModelMatch } from "../../models/catalogue.js";
import type { AbstractValue } from "../points-to/abstract-value.js";

export interface ModelAt extends ModelMatch {
  readonly callee: Extract<AbstractValue, { kind: "foreign" }>;
}
