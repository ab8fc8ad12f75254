/** Calls that put the jobs which a handler works off, each with the ways on which it puts just those. */
import type { OpenWay } from "../guards/open-way.js";
import type { CallSite } from "../points-to/points-to.js";
import type { ReadValues } from "../program/read-values.js";
import type { JobNames } from "./job-names.js";
import { isAskedFor, kindsAsked, textsSaid } from "./message-kinds.js";
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
  /** What it says of itself, by property. */
  readonly said: Readonly<Record<string, string>>;
}

/** What some of the ways to the call put. */
interface PutsOn {
  readonly puts: readonly Put[];
  readonly wanted: Wanted | null;
}

const mostKinds = 32;

export class Puttings {
  private readonly known = new Map<string, readonly PutsOn[]>();

  constructor(
    private readonly program: Known,
    private readonly producers: QueueProducers,
    private readonly names: JobNames,
  ) {}

  of(way: OpenWay, isJob: boolean): readonly Putting[] {
    return this.producers
      .of(way.outset, isJob)
      .filter((site) => this.names.goesAlong(site, way))
      .flatMap((site) => this.at(site, way));
  }

  /** The queue and the job may be told by what the method is called on, or handed; the message may say what it is. */
  private at(site: CallSite, way: OpenWay): readonly Putting[] {
    const queues = new Set(this.producers.keysOf(way.outset));
    const asked = kindsAsked(this.program.pointsTo, way);
    const groups = this.putsAt(site, [...new Set(asked.map(({ property }) => property))].sort());
    const leading = groups.filter(({ puts }) => puts.some((put) => this.leads(put, queues, way)));
    const meant = (leading.length === 0 ? groups : leading).filter(({ puts }) =>
      puts.some(({ said }) => isAskedFor(asked, said)),
    );
    return meant.some(({ wanted }) => wanted === null)
      ? [{ site, wanted: null }]
      : meant.map(({ wanted }) => ({ site, wanted }));
  }

  /** What the call puts, and on which ways; asked for every way to every worker of the queue. */
  private putsAt(site: CallSite, properties: readonly string[]): readonly PutsOn[] {
    const key = [site.id, ...properties].join(" ");
    let groups = this.known.get(key);
    if (groups === undefined) {
      groups = targetsByWay(this.program, site, (read) => this.putAt(site, properties, read)).map(
        ({ targets, meant }) => ({
          puts: targets.map(readPut),
          wanted: meant === null ? null : wantedBy(this.program, site, meant),
        }),
      );
      this.known.set(key, groups);
    }
    return groups;
  }

  private leads({ places, name }: Put, queues: ReadonlySet<string>, way: OpenWay): boolean {
    const isInto = queues.size === 0 || places.some((place) => queues.has(place));
    return isInto && (name === null || this.names.goes(name, way));
  }

  private putAt(site: CallSite, properties: readonly string[], read?: ReadValues): readonly string[] {
    const told = this.producers.toldAt(site, read);
    const names = this.names.namesAt(site, read) ?? [null];
    const whole: readonly Told[] = told.length === 0 ? [{ key: "", places: [] }] : told;
    const said = this.saidAt(site, properties, read);
    return whole.flatMap((each) =>
      names.flatMap((name) =>
        said.map((kind) => JSON.stringify({ ...each, name, said: kind } satisfies Put)),
      ),
    );
  }

  /** What the messages say of themselves, one by one. */
  private saidAt(site: CallSite, properties: readonly string[], read?: ReadValues): readonly Put["said"][] {
    const { pointsTo } = this.program;
    const messages = properties.length === 0 ? [] : this.producers.messagesAt(site);
    let all: readonly Put["said"][] = [{}];
    for (const property of properties) {
      const texts = textsSaid(messages, pointsTo, property, read) ?? [];
      if (texts.length > 0 && texts.length * all.length <= mostKinds)
        all = all.flatMap((said) => texts.map((text) => ({ ...said, [property]: text })));
    }
    return all;
  }
}

function readPut(target: string): Put {
  return JSON.parse(target) as Put;
}
