/** Handlers of errors that bring a request back on its way though a guard has refused it. */
import type { AbstractValue } from "../../points-to/abstract-value.js";
import type { CallSite } from "../../points-to/points-to.js";
import type { OpenWays } from "../open-ways.js";
import type { HandlerWays } from "./handler-ways.js";
import { runsBefore } from "./order-of-sites.js";
import type { Registration, Registrations } from "./registrations.js";
import { mayTakeIn } from "./route-paths.js";

interface RescuePlace {
  readonly chain: AbstractValue;
  /** Where the handler stands that is reached. */
  readonly site: CallSite;
  readonly path: string;
}

/** Those between the guard and the handler, if the guard refuses by an error. */
export function rescuersOf(
  registrations: Registrations,
  ways: HandlerWays,
  guard: Registration,
  { chain, site, path }: RescuePlace,
  open: OpenWays,
): readonly Registration[] {
  const { pointsTo } = open.tools;
  const rescuing = registrations
    .on(chain)
    .filter(
      (each): each is Registration =>
        each.kind === "registration" &&
        each.handlers.some((handler) => ways.rescues(handler, each, open)) &&
        (each.paths?.some((address) => mayTakeIn(address, each.role.match, path)) ?? true) &&
        !runsBefore(pointsTo, each.site, guard.site) &&
        !runsBefore(pointsTo, site, each.site),
    );
  return rescuing.length > 0 && guard.handlers.some((handler) => ways.fails(handler, guard, open))
    ? rescuing
    : [];
}
