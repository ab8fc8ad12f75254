/** Own functions that stand before a call of a client. */
import type { Address } from "./address.js";

/** They are called with the request (at `under` of what they get), and hand on what is stored. */
export interface Extension {
  readonly by: readonly Address[];
  readonly under: Address;
  /** Properties of what they get that tell how the call is named. */
  readonly called: readonly string[];
  /** Those that tell of which entity it is. */
  readonly entity: readonly string[];
}
