/** Calls of functions that other calls handed out: of `resolve` in `new Promise((resolve) => …)`, of a setter of state. */
import type { Address } from "../../contracts/model.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";

type Foreign = CallSite["foreign"] extends ReadonlySet<infer Each> ? Each : never;

/** Which function is meant, the call, and (with an address) one that the function is handed on to. */
type MouthCall = readonly [Address, CallSite, string | null];

export class MouthCalls {
  /** By the calls that handed them out. */
  private known: Map<CallSite, MouthCall[]> | null = null;

  constructor(private readonly pointsTo: PointsTo) {}

  callsOf(site: CallSite, from: Address): readonly (readonly [CallSite, string | null])[] {
    this.known ??= this.find();
    return (this.known.get(site) ?? []).flatMap(([given, call, address]) =>
      given.text === from.text ? [[call, address] as const] : [],
    );
  }

  private find(): Map<CallSite, MouthCall[]> {
    const found = new Map<CallSite, MouthCall[]>();
    const add = (value: Foreign, call: CallSite, address: string | null): void => {
      const channel = this.pointsTo.channelOf(value.id);
      if (channel === undefined) return;
      const known = found.get(channel.site);
      if (known === undefined) found.set(channel.site, [[channel.from, call, address]]);
      else known.push([channel.from, call, address]);
    };
    for (const call of this.pointsTo.sites.values()) {
      for (const callee of call.foreign) add(callee, call, null);
      for (const [address, values] of call.foreignCallbacks)
        for (const value of values) add(value, call, address);
    }
    return found;
  }
}
