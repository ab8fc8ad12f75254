/** Calls that put the jobs which a handler works off, each with the ways on which it puts just those. */
import type { OpenWay } from "../guards/open-way.js";
import type { CallSite } from "../points-to/points-to.js";
import type { ReadValues } from "../program/read-values.js";
import type { JobNames } from "./job-names.js";
import type { QueueProducers, Told } from "./queue-producers.js";
import { type Known, targetsByWay, type Wanted, wantedBy } from "./targets-by-way.js";

/** A call that puts a job into a queue; `wanted`: on which ways it does, null for all. */
export interface Putting {
  readonly site: CallSite;
  readonly wanted: Wanted | null;
}

/** What one run of the call puts; `name` null: a job of any name. */
interface Put extends Told {
  readonly name: string | null;
}

export class Puttings {
  constructor(
    private readonly known: Known,
    private readonly producers: QueueProducers,
    private readonly names: JobNames,
  ) {}

  of(way: OpenWay, isJob: boolean): readonly Putting[] {
    return this.producers
      .of(way.outset, isJob)
      .filter((site) => this.names.goesAlong(site, way))
      .flatMap((site) => this.at(site, way));
  }

  /** The queue and the job may be told by what the method is called on, or handed. */
  private at(site: CallSite, way: OpenWay): readonly Putting[] {
    const queues = new Set(this.producers.keysOf(way.outset));
    const groups = targetsByWay(this.known, site, (read) => this.putAt(site, read));
    const meant = groups.flatMap((group) =>
      group.targets.some((target) => this.leads(readPut(target), queues, way)) ? [group.meant] : [],
    );
    const own = meant.filter((each) => each !== null);
    return own.length === 0 || own.length < meant.length
      ? [{ site, wanted: null }]
      : own.map((each) => ({ site, wanted: wantedBy(this.known, site, each) }));
  }

  private leads({ places, name }: Put, queues: ReadonlySet<string>, way: OpenWay): boolean {
    const isInto = queues.size === 0 || places.some((place) => queues.has(place));
    return isInto && (name === null || this.names.goes(name, way));
  }

  private putAt(site: CallSite, read?: ReadValues): readonly string[] {
    const told = this.producers.toldAt(site, read);
    const names = this.names.namesAt(site, read) ?? [null];
    const whole: readonly Told[] = told.length === 0 ? [{ key: "", places: [] }] : told;
    return whole.flatMap((each) => names.map((name) => JSON.stringify({ ...each, name } satisfies Put)));
  }
}

function readPut(target: string): Put {
  return JSON.parse(target) as Put;
}
