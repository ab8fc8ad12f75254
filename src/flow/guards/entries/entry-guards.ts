/** What runs before an entry: what its decorators name, and what is registered for all of them. */
import type { FilePath } from "../../../base/keys.js";
import type { Address, Role } from "../../../contracts/model.js";
import { foldValues } from "../../constants/constants.js";
import type { AbstractValue } from "../../points-to/abstract-value.js";
import { valuesAt } from "../../models/address-values.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { ModelAt } from "../../program/model-at.js";
import type { AnsweredWays } from "../handlers/answered-ways.js";
import { Continuing } from "../handlers/continuing.js";
import { AssembledApps } from "./assembled-apps.js";
import { ConventionEntries } from "./convention-entries.js";
import { DecoratedEntries, rolesOf } from "./decorated-entries.js";
import { EntryAnswers } from "./entry-answers.js";
import { EntryFacts } from "./entry-facts.js";
import type { FoundEntry } from "./entry-found.js";
import type { HandlerPlace, PlacedHandler } from "../handlers/handler-places.js";
import type { MadeHandler } from "../handlers/kept-methods.js";
import { handlerPlaces } from "../handlers/handler-places.js";
import type { FunctionNode } from "../../program/program.js";
import type { OpenWays } from "../open-ways.js";
import { InheritedEntries } from "./inherited-entries.js";
import { TypedEntries } from "./typed-entries.js";
import { isAlwaysMade, runsBefore } from "../handlers/order-of-sites.js";
import type { Registrations } from "../handlers/registrations.js";
import { mayTakeIn, takesIn, unknownPath } from "../handlers/route-paths.js";

type HandlesRole = Extract<Role, { kind: "handles" }>;

/** Does a pattern take in the entry's address? `isWhole`: it stands for the whole of it. */
type Takes = (pattern: string, isWhole: boolean) => boolean;

interface ForEntries {
  readonly role: HandlesRole;
  /** Where they are registered; null for what a convention of files does. */
  readonly site: CallSite | null;
  readonly places: readonly HandlerPlace[];
  /** The folder of the app whose entries are meant; null for members that decorators make entries. */
  readonly root: FilePath | null;
  /** The apps whose entries are meant; null: all. */
  readonly apps: readonly CallSite[] | null;
  valuesAt(address: Address): readonly AbstractValue[];
}

/** A guard that does not stand before an entry. */
export interface MissingGuard {
  readonly site: CallSite | null;
  readonly places: readonly HandlerPlace[];
  readonly isLate: boolean;
  /** What it says of the entries that it is for. */
  readonly wanted: readonly AbstractValue[];
}

export class EntryGuards {
  readonly decorated: DecoratedEntries;
  private readonly byConvention: ConventionEntries;
  private readonly typed: TypedEntries;
  private readonly inherited: InheritedEntries;
  private readonly apps: AssembledApps;
  private known: readonly ForEntries[] | null = null;
  private readonly guarded = new WeakMap<OpenWays, WeakMap<FoundEntry, boolean>>();
  /** Handlers that are being looked at inside each other. */
  private depth = 0;
  private readonly answers = new WeakMap<FoundEntry, EntryAnswers>();
  private readonly facts = new WeakMap<OpenWays, Map<CallSite | null, EntryFacts[]>>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly registrations: Registrations,
    private readonly answered: AnsweredWays,
    private readonly modelsAt: (site: CallSite) => readonly ModelAt[],
  ) {
    this.decorated = new DecoratedEntries(pointsTo);
    this.byConvention = new ConventionEntries(pointsTo);
    this.typed = new TypedEntries(pointsTo);
    this.inherited = new InheritedEntries(pointsTo);
    this.apps = new AssembledApps(pointsTo, this.decorated.decorations, modelsAt);
  }

  /** As what frameworks run a function by themselves. */
  of(node: FunctionNode): readonly FoundEntry[] {
    const named = this.decorated.of(node);
    const decorated = named.length > 0 ? named : this.inherited.of(node);
    const byConvention = this.byConvention.of(node);
    const others = byConvention.length > 0 ? byConvention : this.typed.of(node);
    return others.length === 0 ? decorated : [...decorated, ...others];
  }

  /** Is the entry only run behind a guard? */
  isGuarded(entry: FoundEntry, open: OpenWays): boolean {
    let known = this.guarded.get(open);
    if (known === undefined) this.guarded.set(open, (known = new WeakMap<FoundEntry, boolean>()));
    let found = known.get(entry);
    if (found !== undefined) return found;
    this.depth++;
    try {
      found = this.findGuard(entry, open);
    } finally {
      this.depth--;
    }
    // What is asked while another answer is looked for may rest on that one.
    if (this.depth === 0) known.set(entry, found);
    return found;
  }

  private findGuard(entry: FoundEntry, open: OpenWays): boolean {
    if (entry.isApart === true) return false;
    const { question } = open;
    if (entry.decorations.some((each) => question.isGuardingDecoration?.(each) === true)) return true;
    // What is run at times, or for what waits in a queue, answers no request that guards could refuse.
    if (entry.isJob) return false;
    const own = rolesOf(entry.decorations, "handles").filter(({ role }) => role.scope !== "entries");
    return (
      own.some(({ role, decoration }) =>
        this.isGuard(handlerPlaces(this.pointsTo, decoration.site, role), role, entry, open),
      ) ||
      this.forEntries.some(
        (each) => this.isFor(each, entry) && this.isGuard(each.places, each.role, entry, open),
      )
    );
  }

  /** Handlers before the entry that ask a guard, and let its requests go on past it. */
  passedBy(
    entry: FoundEntry,
    open: OpenWays,
  ): readonly { readonly handler: FunctionNode; readonly role: HandlesRole }[] {
    return this.placesBefore(entry).flatMap(({ role, places }) =>
      places.flatMap((place) =>
        this.isGuard([place], role, entry, open)
          ? []
          : place.handlers.flatMap((each) =>
              each !== null && open.isNearGuard(each.function) ? [{ handler: each.function, role }] : [],
            ),
      ),
    );
  }

  /** All that run before the entry, as far as they are known. */
  handlersBefore(entry: FoundEntry): readonly FunctionNode[] {
    return this.placesBefore(entry).flatMap(({ places }) =>
      places.flatMap(({ handlers }) => handlers.flatMap((each) => each?.function ?? [])),
    );
  }

  private placesBefore(entry: FoundEntry): readonly Pick<ForEntries, "role" | "places">[] {
    const own = rolesOf(entry.decorations, "handles").flatMap(({ role, decoration }) =>
      role.scope === "entries" ? [] : [{ role, places: handlerPlaces(this.pointsTo, decoration.site, role) }],
    );
    return [...own, ...this.forEntries.filter((each) => this.isFor(each, entry))];
  }

  /** Guards that are registered for other entries, or when it is too late for any. */
  missing(entry: FoundEntry, open: OpenWays): readonly MissingGuard[] {
    const tell = (each: ForEntries, isLate: boolean): MissingGuard[] => {
      const { site, role, places } = each;
      if (!this.isGuard(places, role, entry, open)) return [];
      return [{ site, places, isLate, wanted: role.path === null ? [] : each.valuesAt(role.path) }];
    };
    return [
      ...this.called(true).flatMap((each) => tell(each, true)),
      ...this.forEntries.flatMap((each) => (this.isFor(each, entry) ? [] : tell(each, false))),
    ];
  }

  isGuard(places: readonly HandlerPlace[], role: HandlesRole, entry: FoundEntry, open: OpenWays): boolean {
    return places.some(({ choices, madeBy }) => {
      const known = choices.filter(({ handlers, foreign }) => handlers.length + foreign.length > 0);
      const answers = known.length === 0 ? null : this.answersOf(entry);
      return (
        answers !== null &&
        known.every(
          ({ handlers, foreign, made }) =>
            foreign.some((each) => this.isGuardOfPackage(each, entry, open, made)) ||
            (handlers.length > 0 &&
              handlers.every(
                (handler) => handler !== null && !this.handsOn(handler, role, answers, madeBy, open),
              )),
        )
      );
    });
  }

  /** Where a handler asks nothing of which two entries say something else, what holds for the one holds for the other. */
  private handsOn(
    { function: handler, self }: PlacedHandler,
    role: HandlesRole,
    answers: EntryAnswers,
    madeBy: CallSite | null,
    open: OpenWays,
  ): boolean {
    const shared = this.factsFor(open, madeBy);
    const find = (facts: EntryFacts): boolean => {
      const given = open.given(facts);
      this.depth++;
      try {
        return new Continuing(given, this.answered.of(given), role, self).handsOn(handler);
      } finally {
        this.depth--;
      }
    };
    for (const facts of shared) {
      if (!facts.holdFor(answers)) continue;
      const found = find(facts);
      // What was asked on the way may have told them apart.
      if (facts.holdFor(answers)) return found;
    }
    const own = new EntryFacts(this.pointsTo, this.modelsAt, answers, madeBy);
    shared.push(own);
    return find(own);
  }

  private factsFor(open: OpenWays, madeBy: CallSite | null): EntryFacts[] {
    let byMaker = this.facts.get(open);
    if (byMaker === undefined) this.facts.set(open, (byMaker = new Map<CallSite | null, EntryFacts[]>()));
    let found = byMaker.get(madeBy);
    if (found === undefined) byMaker.set(madeBy, (found = []));
    return found;
  }

  private answersOf(entry: FoundEntry): EntryAnswers {
    let found = this.answers.get(entry);
    if (found === undefined)
      this.answers.set(entry, (found = new EntryAnswers(this.pointsTo, this.modelsAt, entry)));
    return found;
  }

  /** By itself, or by functions that it was given and that it runs: `withAuth({ callbacks: { authorized } })`. */
  private isGuardOfPackage(
    value: AbstractValue,
    entry: FoundEntry,
    open: OpenWays,
    made: MadeHandler | null,
  ): boolean {
    if (open.question.isGuard?.(value, entry, made) === true) return true;
    return [value, ...this.holderOf(value)].some((each) =>
      this.registrations
        .on(this.registrations.placeOf(each).chain)
        .some(
          (on) =>
            on.kind === "registration" &&
            on.role.scope === "own" &&
            on.paths === null &&
            this.isGuard(handlerPlaces(this.pointsTo, on.site, on.role), on.role, entry, open),
        ),
    );
  }

  /** `NextAuth(config).auth`: a member of what a call gave runs what the call was given. */
  private holderOf(value: AbstractValue): readonly AbstractValue[] {
    if (value.kind !== "foreign" || value.site === null || value.path.at(-1) === "()") return [];
    const holder = this.pointsTo.values.foreign(value.module, value.path.slice(0, -1), value.site);
    return holder === null ? [] : [holder];
  }

  /** Registered before all entries: by calls, by decorators of classes, and by conventions of files. */
  private get forEntries(): readonly ForEntries[] {
    return (this.known ??= [...this.called(), ...this.named(), ...this.conventional()]);
  }

  private called(isLate = false): ForEntries[] {
    return this.registrations.all.flatMap(({ site, role, places, names }) => {
      if (role.scope !== "entries") return [];
      const starts = places.flatMap(({ chain }) => this.registrations.startsOf(chain));
      if (starts.some((start) => runsBefore(this.pointsTo, start, site)) !== isLate) return [];
      if (!isLate && !isAlwaysMade(this.pointsTo, site, starts)) return [];
      const apps = places.map(({ chain }) => this.apps.of(chain));
      return [this.registeredAt(site, role, names, apps.every((app) => app !== null) ? apps : null)];
    });
  }

  private named(): ForEntries[] {
    return [...this.decorated.decorations.classes].flatMap((home) =>
      rolesOf(this.decorated.decorations.ofClass(home), "handles").flatMap(({ role, decoration }) =>
        role.scope === "entries"
          ? [this.registeredAt(decoration.site, role, decoration.match.names, this.apps.with(home))]
          : [],
      ),
    );
  }

  private registeredAt(
    site: CallSite,
    role: HandlesRole,
    names: readonly string[],
    apps: ForEntries["apps"],
  ): ForEntries {
    return {
      role,
      site,
      root: null,
      // What is part of no app that is known may be part of each.
      apps: apps?.length === 0 ? null : apps,
      places: handlerPlaces(this.pointsTo, site, role),
      valuesAt: (address) => valuesAt(this.pointsTo, site, address, names),
    };
  }

  private conventional(): ForEntries[] {
    return this.byConvention.handlers.map(({ file, root, role, handlers, foreign }) => ({
      role,
      site: null,
      root,
      apps: null,
      places: [placeOf(handlers.map(alone), foreign)],
      valuesAt: (address) => this.exportedAt(file, address),
    }));
  }

  /** `exports.config.matcher` */
  private exportedAt(file: FilePath, { root, steps }: Address): readonly AbstractValue[] {
    const [first, ...rest] = steps;
    if (root.kind !== "exports" || first?.kind !== "property") return [];
    let values = this.byConvention.valuesOf(file, first.name);
    for (const step of rest)
      values =
        step.kind === "property"
          ? values.flatMap((value) => [...this.pointsTo.fieldNode(value, step.name).values])
          : [];
    return values;
  }

  /** By the addresses that the handlers are for, and those that they are not for. */
  private isFor(given: ForEntries, entry: FoundEntry): boolean {
    const { root, role } = given;
    const values = (address: Address): readonly AbstractValue[] => given.valuesAt(address);
    if (root !== entry.root || !this.isOfAll(given.apps, entry)) return false;
    if (role.path === null) return true;
    const wanted = values(role.path);
    // Where the file does not say for what they are, they are for all.
    if (root !== null && wanted.length === 0) return true;
    if (entry.path === null) return false;
    const { path } = entry;
    const takes: Takes = (pattern, isWhole) => takesIn(pattern, isWhole ? "exact" : role.match, path);
    const mayTake: Takes = (pattern) => mayTakeIn(pattern, "exact", path);
    return (
      wanted.some((value) => this.isMeant(value, entry, false, takes)) &&
      !(
        role.except !== null && values(role.except).some((value) => this.isMeant(value, entry, true, mayTake))
      )
    );
  }

  /** Of each app that the entry is part of. */
  private isOfAll(apps: ForEntries["apps"], { self }: FoundEntry): boolean {
    return apps === null || this.apps.with(self).every((app) => apps.includes(app));
  }

  /** By a text, by an object with `path` (or `source`) and `method`, or by a class for all of its entries. */
  private isMeant(value: AbstractValue, entry: FoundEntry, isWhole: boolean, takes: Takes): boolean {
    if (value.kind === "class") return value.class === entry.self;
    if (value.kind === "constant" || value.kind === "computed")
      return foldValues(this.pointsTo, [value]).some((text) =>
        takes(text === "*" && value.kind === "computed" ? unknownPath : text, isWhole),
      );
    if (value.kind !== "object") return false;
    if (value.array)
      return [...this.pointsTo.fieldNode(value, "*").values].some((each) =>
        this.isMeant(each, entry, isWhole, takes),
      );
    return (
      this.isOfMethod(value, entry) &&
      ["path", "source"].some((name) =>
        [...this.pointsTo.fieldNode(value, name).values].some((each) =>
          this.isMeant(each, entry, true, takes),
        ),
      )
    );
  }

  /** What else it says narrows it to some requests. */
  private isOfMethod(route: AbstractValue, { method }: FoundEntry): boolean {
    const names = [...this.pointsTo.fieldsOf(route)].flatMap(([name, { values }]) =>
      [...values].some((each) => each.kind !== "constant" || Boolean(each.value)) ? [name] : [],
    );
    if (names.some((name) => !/^(?:path|source|method|\*)$/u.test(name))) return false;
    const methods = [...this.pointsTo.fieldNode(route, "method").values];
    return (
      methods.length === 0 ||
      methods.some((each) => {
        const word = each.kind === "foreign" ? (each.path.at(-1) ?? "") : "";
        return /^all$/iu.test(word) || word.toUpperCase() === method;
      })
    );
  }
}

function alone(handler: FunctionNode | null): PlacedHandler | null {
  return handler === null ? null : { function: handler, self: null };
}

function placeOf(handlers: HandlerPlace["handlers"], foreign: readonly AbstractValue[]): HandlerPlace {
  return { handlers, choices: [{ handlers, foreign, made: null }], madeBy: null };
}
