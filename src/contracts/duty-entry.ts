/** From where a duty towards a child is done: a function that is marked for it, or a handler that is there for it. */
import type { Location } from "../base/location.js";

export interface DutyEntry<Kind extends string = string> {
  /** `DELETE /children/:id`, `AccountService.leave`. */
  readonly name: string;
  /** Null: recognised by its name or method. */
  readonly kind: Kind | null;
  readonly location: Location;
}
