/**
 * Where the program calls functions that packages handed out (a setter of state, a context's provider), and where it
 * puts something into what objects of packages hold.
 */
import type { Address, AddressStep } from "../../../contracts/model.js";
import type { AbstractValue } from "../../points-to/abstract-value.js";
import { valuesAt } from "../../models/address-values.js";
import { functionAddress } from "../../models/function-addresses.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import type { SiteModels } from "../../models/site-models.js";

/** A call of the function, or (with an address) a call that it is handed to. */
export interface GivenCall {
  readonly call: CallSite;
  readonly address: string | null;
}

/** A flow of a model into what an object holds. */
export interface Filling {
  readonly site: CallSite;
  readonly from: Address;
  /** The part of what is held that it fills. */
  readonly below: readonly AddressStep[];
  readonly objects: ReadonlySet<AbstractValue>;
  readonly alsoResult: boolean;
}

export class GivenPlaces {
  private calls: Map<string, GivenCall[]> | null = null;
  private fillings: Map<string, Filling[]> | null = null;
  private takings: readonly { taker: FunctionNode; objects: readonly AbstractValue[] }[] | null = null;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly models: SiteModels,
  ) {}

  /** `from`: the address in the model that says what calls of the function are given. */
  callsOf(site: CallSite, from: string): readonly GivenCall[] {
    this.calls ??= this.findCalls();
    return this.calls.get(`${site.id}|${from}`) ?? [];
  }

  /** Calls that have the package call the function at an address: `mutate(child)` runs the mutation. */
  callsThrough(site: CallSite, address: string): readonly GivenCall[] {
    if (site.foreign.size === 0) return [];
    const found = new Set<GivenCall>();
    for (const { model } of this.models.at(site))
      for (const role of model.roles) {
        if (role.kind !== "flow" || !role.to.some((to) => isParameterAt(to, address))) continue;
        for (const from of role.from)
          if (from.root.kind === "return") for (const call of this.callsOf(site, from.text)) found.add(call);
      }
    return [...found];
  }

  /** What is called is a function that a package handed out. */
  isHandedOut(site: CallSite): boolean {
    return [...site.foreign].some((callee) => this.pointsTo.channelOf(callee.id) !== undefined);
  }

  into(name: string, objects: readonly AbstractValue[]): readonly Filling[] {
    this.fillings ??= this.findFillings();
    return (this.fillings.get(name) ?? []).filter((each) =>
      objects.some((object) => each.objects.has(object)),
    );
  }

  /** Functions that take out what some of the given ones put in. */
  takersFrom(functions: ReadonlySet<number>): readonly FunctionNode[] {
    this.fillings ??= this.findFillings();
    const filled = new Set<AbstractValue>();
    for (const fillings of this.fillings.values())
      for (const { site, from, objects } of fillings)
        if (this.isIn(functions, site, from)) for (const object of objects) filled.add(object);
    if (filled.size === 0) return [];
    this.takings ??= this.findTakings();
    const takers = new Set<FunctionNode>();
    for (const { taker, objects } of this.takings)
      if (objects.some((object) => filled.has(object))) takers.add(taker);
    return [...takers];
  }

  private findTakings(): { taker: FunctionNode; objects: readonly AbstractValue[] }[] {
    return [...this.pointsTo.sites.values()]
      .filter((site) => site.foreign.size > 0)
      .flatMap((site) =>
        this.heldAt(site, "from").map(({ address }) => ({
          taker: site.caller,
          objects: this.objectsAt(site, address),
        })),
      );
  }

  private isIn(functions: ReadonlySet<number>, site: CallSite, from: Address): boolean {
    const all = [site, ...this.callsOf(site, from.text).map(({ call }) => call)];
    return all.some(
      ({ caller, callbacks }) =>
        functions.has(caller.index) ||
        [...callbacks.values()].some(({ callee }) => functions.has(callee.index)),
    );
  }

  private findCalls(): Map<string, GivenCall[]> {
    const found = new Map<string, GivenCall[]>();
    const add = (value: AbstractValue, call: CallSite, address: string | null): void => {
      const channel = this.pointsTo.channelOf(value.id);
      if (channel === undefined) return;
      const key = `${channel.site.id}|${channel.from.text}`;
      const known = found.get(key);
      if (known === undefined) found.set(key, [{ call, address }]);
      else if (!known.some((each) => each.call === call && each.address === address))
        known.push({ call, address });
    };
    for (const call of this.pointsTo.sites.values()) {
      for (const callee of call.foreign) add(callee, call, null);
      for (const [address, values] of call.foreignCallbacks)
        for (const value of values) add(value, call, address);
    }
    return found;
  }

  private findFillings(): Map<string, Filling[]> {
    const found = new Map<string, Filling[]>();
    for (const site of this.pointsTo.sites.values()) {
      if (site.foreign.size === 0) continue;
      for (const { address, at, others, all } of this.heldAt(site, "to")) {
        const step = address.steps[at];
        if (step?.kind !== "held") continue;
        const objects = new Set(this.objectsAt(site, address));
        for (const from of others) {
          const filling: Filling = {
            site,
            from,
            objects,
            below: address.steps.slice(at + 1),
            alsoResult: all.includes(`${from.text}.result`),
          };
          const known = found.get(step.name);
          if (known === undefined) found.set(step.name, [filling]);
          else known.push(filling);
        }
      }
    }
    return found;
  }

  private heldAt(
    site: CallSite,
    side: "from" | "to",
  ): { address: Address; at: number; others: readonly Address[]; all: readonly string[] }[] {
    const flows = this.models
      .at(site)
      .flatMap(({ model }) => model.roles.flatMap((role) => (role.kind === "flow" ? [role] : [])));
    const all = flows.flatMap(({ from }) => from.map(({ text }) => text));
    return flows.flatMap((role) =>
      role[side].flatMap((address) => {
        const at = address.steps.findIndex((step) => step.kind === "held");
        return at === -1 ? [] : [{ address, at, others: role[side === "from" ? "to" : "from"], all }];
      }),
    );
  }

  private objectsAt(site: CallSite, address: Address): readonly AbstractValue[] {
    const at = address.steps.findIndex((step) => step.kind === "held");
    return valuesAt(this.pointsTo, site, { ...address, steps: address.steps.slice(0, at) });
  }
}

function isParameterAt(to: Address, address: string): boolean {
  const at = to.steps.findIndex((step) => step.kind === "parameter");
  return at !== -1 && functionAddress(to, at) === address;
}
