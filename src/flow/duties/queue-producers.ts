/** Who puts the jobs into a queue that a worker is called with: an erasure in a job is reached from there. */
import { editDistance } from "../../base/nearest-word.js";
import type { PackageModel } from "../../contracts/model.js";
import { foldValues } from "../constants/constants.js";
import { type GivenOperand, givenOperands } from "../deletion/given-operands.js";
import { isNeverRun } from "../contexts/never-run.js";
import type { Outset } from "../guards/open-way.js";
import { heldKeys, heldStep } from "../heap/held-places.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { ClassNode, FunctionNode } from "../program/program.js";
import { decoratingModels } from "../models/decorating-models.js";
import { valuesAt } from "../models/address-values.js";
import type { SiteModels } from "../models/site-models.js";
import type { ReadValues } from "../program/read-values.js";

/** A queue or a topic: what it is called, and the keys under which messages come into it. */
export interface Channel {
  readonly name: string | null;
  readonly keys: readonly string[];
}

/** What is put somewhere: under which key, and the places of the queues that it comes into. */
export interface Told {
  readonly key: string;
  readonly places: readonly string[];
}

export class QueueProducers {
  /** By the queue; under null those of which nobody can tell into which one they put. */
  private known: ReadonlyMap<string | null, readonly CallSite[]> | null = null;
  private taken: ReadonlySet<string> | null = null;
  /** The calls of decorators that stand at a class. */
  private decorating: ReadonlyMap<ClassNode, readonly CallSite[]> | null = null;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly models: SiteModels,
  ) {}

  /** A worker whose queue cannot be told may be that of a producer whose queue cannot be told either. */
  of({ kind, site, node }: Outset, isJob: boolean): readonly CallSite[] {
    if (kind !== "handler") return [];
    const known = (this.known ??= this.find());
    const own = site === null ? [] : this.keysAt(site, "from");
    if (own.length > 0) return own.flatMap((key) => known.get(key) ?? []);
    // Who injects a queue in a way that nobody knows may mean that of the class.
    const keys = this.keysOfClass(node);
    return isJob || keys.length > 0 ? [...keys, null].flatMap((key) => known.get(key) ?? []) : [];
  }

  /** The places of the queues that a handler works off. */
  keysOf({ site, node }: Outset): readonly string[] {
    const own = site === null ? [] : this.keysAt(site, "from");
    return own.length > 0 ? own : this.keysOfClass(node);
  }

  /** Those that the decorator of its class names: `@Processor("mail") class Mails { … }`. */
  private keysOfClass(node: FunctionNode): readonly string[] {
    const home = this.pointsTo.program.homeClass(node);
    this.decorating ??= this.findDecorating();
    return home === undefined
      ? []
      : (this.decorating.get(home) ?? []).flatMap((site) => this.keysAt(site, "from"));
  }

  private findDecorating(): ReadonlyMap<ClassNode, readonly CallSite[]> {
    const found = new Map<ClassNode, CallSite[]>();
    for (const site of this.pointsTo.sites.values()) {
      const target = site.instruction.kind === "call" ? site.instruction.decorates : undefined;
      const home =
        target?.kind === "class" ? this.pointsTo.program.classIn(site.caller, target.class) : undefined;
      if (home !== undefined) found.set(home, [...(found.get(home) ?? []), site]);
    }
    return found;
  }

  /** Those that fill the queues out of which a call takes something. */
  filling(site: CallSite): readonly CallSite[] {
    const known = (this.known ??= this.find());
    return this.keysAt(site, "from").flatMap((key) => known.get(key) ?? []);
  }

  /** The queues and topics that a handler works off. */
  channelsOf(outset: Outset): readonly Channel[] {
    const { kind, site, node } = outset;
    if (kind !== "handler") return [];
    const said = site === null ? [] : [...this.models.at(site), ...decoratingModels(this.pointsTo, site)];
    const isOfQueue = said.some((match) => isOfQueues(match.package)) || this.keysOfClass(node).length > 0;
    if (!isOfQueue) return [];
    return [...new Set(this.keysOf(outset))].flatMap((key) => {
      const name = nameIn(key);
      const keys = this.pointsTo.boundQueues?.keysInto(key) ?? [];
      return name === null && keys.length === 0 ? [] : [{ name, keys }];
    });
  }

  /** Nothing puts a job of the name under which the handler is known, and it is run for such jobs only. */
  isNeverAsked(outset: Outset): boolean {
    const { site } = outset;
    if (site === null) return false;
    const isAsked = this.models
      .at(site)
      .some(({ model }) => model.roles.some((role) => role.kind === "calls" && role.asked === true));
    if (!isAsked) return false;
    const keys = this.keysAt(site, "from");
    return keys.length > 0 && !keys.includes("*") && this.of(outset, false).length === 0;
  }

  /**
   * A worker of a queue that nothing fills, while something fills a queue of almost that name that has no worker: it is
   * misspelt. Otherwise jobs may come from another program.
   */
  isMisdirected({ kind, site }: Outset): boolean {
    if (kind !== "handler" || site === null || !this.takes(site)) return false;
    this.known ??= this.find();
    const { known } = this;
    const keys = this.keysAt(site, "from");
    const isToldApart = keys.length > 0 && keys.every(isKnown) && !known.has(null);
    if (!isToldApart || keys.some((key) => known.has(key))) return false;
    this.taken ??= this.findTaken();
    const { taken } = this;
    const leftOver = [...known.keys()].filter(
      (key): key is string => key !== null && isKnown(key) && !taken.has(key),
    );
    return [...taken].every(isKnown) && keys.every((key) => leftOver.some((other) => isMisspelt(key, other)));
  }

  /** Queues that something in the program works off. */
  private findTaken(): ReadonlySet<string> {
    const workers = [...this.pointsTo.sites.values()].filter(
      (site) => site.foreign.size > 0 && this.takes(site),
    );
    return new Set(workers.flatMap((site) => this.keysAt(site, "from")));
  }

  private find(): Map<string | null, CallSite[]> {
    const found = new Map<string | null, CallSite[]>();
    for (const site of this.pointsTo.sites.values()) {
      if (site.foreign.size === 0 || !this.puts(site) || isNeverRun(this.pointsTo, site.caller)) continue;
      const keys = this.keysAt(site, "to");
      // What is published where no queue is bound to it is lost.
      if (keys.length === 0 && this.isPublished(site)) continue;
      for (const key of keys.length === 0 || this.isForAny(site) ? [...keys, null] : keys) {
        const known = found.get(key);
        if (known === undefined) found.set(key, [site]);
        else known.push(site);
      }
    }
    return found;
  }

  /** Who is called with it, only somebody else knows: what is held under `*`. */
  private isForAny(site: CallSite): boolean {
    return this.models
      .at(site)
      .some(({ model: { roles } }) =>
        roles.some(
          (role) =>
            role.kind === "flow" &&
            role.to.some((to) => to.root.kind === "literal" && to.root.value === "*" && heldStep(to) !== -1),
        ),
      );
  }

  /** It keeps jobs outside the program. */
  private puts(site: CallSite): boolean {
    return this.models
      .at(site)
      .some(
        ({ model: { roles } }) =>
          roles.some((role) => role.kind === "store" && role.medium === "queue") &&
          roles.some((role) => role.kind === "flow" && role.to.some((to) => heldStep(to) !== -1)),
      );
  }

  /** It says under what key, and exchanges hand it on to the queues that are bound so. */
  private isPublished(site: CallSite): boolean {
    return this.models
      .at(site)
      .some(({ model: { roles } }) =>
        roles.some(
          (role) =>
            role.kind === "flow" &&
            role.to.some(({ steps }) => steps.some((step) => step.kind === "held" && step.by !== undefined)),
        ),
      );
  }

  /** It works off what is kept outside the program. */
  private takes(site: CallSite): boolean {
    return this.models
      .at(site)
      .some(({ model: { roles } }) => roles.some((role) => role.kind === "calls" && role.job));
  }

  /** Each key under which something is put, with the places that it comes to. */
  toldAt(site: CallSite, read?: ReadValues): readonly Told[] {
    return this.models.at(site).flatMap(({ model, names }) =>
      model.roles.flatMap((role) =>
        (role.kind === "flow" ? role.to : []).flatMap((address): readonly Told[] => {
          const step = address.steps[heldStep(address)];
          if (step?.kind !== "held") return [];
          const places = heldKeys(this.pointsTo, site, address, names, null, read);
          if (step.by === undefined) return places.map((place) => ({ key: place, places: [place] }));
          const keys = foldValues(this.pointsTo, valuesAt(this.pointsTo, site, step.by, names, read));
          return keys.map((key) => ({ key, places }));
        }),
      ),
    );
  }

  /** The messages that a call puts there. */
  messagesAt(site: CallSite): readonly GivenOperand[] {
    return this.models
      .at(site)
      .flatMap(({ model }) =>
        model.roles.flatMap((role) =>
          role.kind === "flow" && role.to.some((to) => heldStep(to) !== -1)
            ? role.from.flatMap((from) => givenOperands(this.pointsTo, this.models, site, from) ?? [])
            : [],
        ),
      );
  }

  private keysAt(site: CallSite, side: "from" | "to"): string[] {
    return [
      ...this.models.at(site).map((match) => ({ ...match, at: site, decorated: null })),
      ...decoratingModels(this.pointsTo, site),
    ].flatMap(({ model, names, at, decorated }) =>
      model.roles.flatMap((role) =>
        role.kind === "flow"
          ? role[side].flatMap((address) => heldKeys(this.pointsTo, at, address, names, decorated))
          : [],
      ),
    );
  }
}

/** A package by which something is put into queues, or jobs are done for what they hold. */
export function isOfQueues(model: PackageModel): boolean {
  let isOne = ofQueues.get(model);
  if (isOne === undefined) ofQueues.set(model, (isOne = hasQueues(model)));
  return isOne;
}

/** Asked for every place where something is read: models are many paths long. */
const ofQueues = new WeakMap<PackageModel, boolean>();

function hasQueues({ paths }: PackageModel): boolean {
  return paths.some(
    ({ roles }) =>
      roles.some((role) => role.kind === "store" && role.medium === "queue") ||
      (roles.some((role) => role.kind === "calls" && role.job) &&
        roles.some((role) => role.kind === "flow" && role.from.some((from) => heldStep(from) !== -1))),
  );
}

/** A setting may be called as it likes. */
function isKnown(key: string): boolean {
  return !key.includes("*") && !key.startsWith("text env:");
}

/** Two words may differ in a letter; the longer a name is, the more its mistakes tell. */
function isMisspelt(key: string, other: string): boolean {
  const name = nameIn(key);
  const meant = nameIn(other);
  if (name === null || meant === null) return false;
  const length = Math.min(name.length, meant.length);
  if (length < 5) return false;
  return editDistance(name, meant) <= (length < 8 ? 1 : 2);
}

/** The name alone, of what is held under one. */
function nameIn(key: string): string | null {
  return /^text ([\s\S]*):[^:]*$/u.exec(key)?.[1] ?? null;
}
