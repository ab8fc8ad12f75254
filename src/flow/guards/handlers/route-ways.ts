/** What is found of the requests of a route, kept for whatever else is read or done behind the same handler. */
import type { AbstractValue } from "../../points-to/abstract-value.js";
import type { FunctionNode } from "../../program/program.js";
import type { OpenWays } from "../open-ways.js";
import type { CallSite } from "../../points-to/points-to.js";
import type { Mount, Registration } from "./registrations.js";
import type { Requests } from "./told-requests.js";

/** Requests that a handler is for, coming through a chain. */
export interface Coming {
  readonly registration: Registration;
  readonly requests: Requests;
  readonly chain: AbstractValue;
  readonly handler: FunctionNode;
}

/** A handler's place: what runs before that one on its chain. */
export interface Before {
  readonly chain: AbstractValue;
  readonly site: CallSite;
  readonly requests: Requests;
  /** The handler's own, or that of what it stands in. */
  readonly of?: Registration | Mount;
  /** It is run behind all that is registered there. */
  readonly isLast: boolean;
  readonly depth: number;
}

interface Found {
  /** The handler stands behind a guard. */
  isGuarded?: boolean;
  /** The ways through functions that are run for the requests. */
  inside?: OpenWays;
}

export class RouteWays {
  private readonly found = new WeakMap<OpenWays, Map<Registration, Map<string, Found>>>();

  isGuarded(coming: Coming, open: OpenWays, find: () => boolean): boolean {
    // While others wait for their answers, what is told may still change.
    if (!open.isIdle) return find();
    return (this.of(coming, open).isGuarded ??= find());
  }

  inside(coming: Coming, open: OpenWays, find: () => OpenWays): OpenWays {
    return (this.of(coming, open).inside ??= find());
  }

  private of({ registration, requests, chain, handler }: Coming, open: OpenWays): Found {
    let routes = this.found.get(open);
    if (routes === undefined) this.found.set(open, (routes = new Map<Registration, Map<string, Found>>()));
    let ways = routes.get(registration);
    if (ways === undefined) routes.set(registration, (ways = new Map<string, Found>()));
    const { method, path, written } = requests;
    const key = `${method ?? ""} ${path} ${written} ${String(chain.id)} ${String(handler.index)}`;
    let found = ways.get(key);
    if (found === undefined) ways.set(key, (found = {}));
    return found;
  }
}
