/** What runs before a member that decorators make an entry: what they name, and what is registered for all of them. */
import type { Address, Role } from "../../contracts/model.js";
import { foldValues } from "../constants.js";
import type { AbstractValue } from "../abstract-value.js";
import { valuesAt } from "../address-values.js";
import type { CallSite, PointsTo } from "../points-to.js";
import type { ModelAt } from "../model-at.js";
import type { AnsweredWays } from "./answered-ways.js";
import { Continuing } from "./continuing.js";
import type { DecoratedEntries, DecoratedEntry } from "./decorated-entries.js";
import { rolesOf } from "./decorated-entries.js";
import { EntryFacts } from "./entry-facts.js";
import type { HandlerPlace } from "./handler-places.js";
import { handlerPlaces } from "./handler-places.js";
import type { OpenWays } from "./open-ways.js";
import { runsBefore } from "./order-of-sites.js";
import type { Registrations } from "./registrations.js";
import { mayTakeIn, takesIn, unknownPath } from "./route-paths.js";

type HandlesRole = Extract<Role, { kind: "handles" }>;

/** Does a pattern take in the entry's address? `isWhole`: it stands for the whole of it. */
type Takes = (pattern: string, isWhole: boolean) => boolean;

interface ForEntries {
  readonly site: CallSite;
  readonly role: HandlesRole;
  readonly names: readonly string[];
  readonly places: readonly HandlerPlace[];
}

export class EntryGuards {
  private known: readonly ForEntries[] | null = null;

  constructor(
    private readonly pointsTo: PointsTo,
    readonly entries: DecoratedEntries,
    private readonly registrations: Registrations,
    private readonly answered: AnsweredWays,
    private readonly modelsAt: (site: CallSite) => readonly ModelAt[],
  ) {}

  /** Is the entry only run behind a guard? */
  isGuarded(entry: DecoratedEntry, open: OpenWays): boolean {
    const own = rolesOf(entry.decorations, "handles").filter(({ role }) => role.scope !== "entries");
    return (
      own.some(({ role, decoration }) =>
        this.isAnyGuard(handlerPlaces(this.pointsTo, decoration.site, role), role, entry, open),
      ) ||
      this.forEntries.some(
        (each) => this.isFor(each, entry) && this.isAnyGuard(each.places, each.role, entry, open),
      )
    );
  }

  private isAnyGuard(
    places: readonly HandlerPlace[],
    role: HandlesRole,
    entry: DecoratedEntry,
    open: OpenWays,
  ): boolean {
    return places.some(({ handlers, madeBy }) => {
      if (handlers.length === 0) return false;
      const facts = new EntryFacts(this.pointsTo, this.modelsAt, entry, madeBy);
      const given = open.given(facts);
      const continuing = new Continuing(given, this.answered.of(given), role);
      return handlers.every((handler) => handler !== null && !continuing.handsOn(handler));
    });
  }

  /** Registered before all entries: by calls, and by decorators of classes. */
  private get forEntries(): readonly ForEntries[] {
    return (this.known ??= [...this.called(), ...this.decorated()]);
  }

  private called(): ForEntries[] {
    return this.registrations.all.flatMap(({ site, role, places, names }) => {
      if (role.scope !== "entries") return [];
      const starts = places.flatMap(({ chain }) => this.registrations.startsOf(chain));
      if (starts.some((start) => runsBefore(this.pointsTo, start, site))) return [];
      return [{ site, role, names, places: handlerPlaces(this.pointsTo, site, role) }];
    });
  }

  private decorated(): ForEntries[] {
    return [...this.entries.decorations.classes].flatMap((home) =>
      rolesOf(this.entries.decorations.ofClass(home), "handles").flatMap(({ role, decoration }) =>
        role.scope === "entries"
          ? [
              {
                site: decoration.site,
                role,
                names: decoration.match.names,
                places: handlerPlaces(this.pointsTo, decoration.site, role),
              },
            ]
          : [],
      ),
    );
  }

  /** By the addresses that the handlers are for, and those that they are not for. */
  private isFor({ site, role, names }: ForEntries, entry: DecoratedEntry): boolean {
    if (role.path === null) return true;
    if (entry.path === null) return false;
    const { path } = entry;
    const takes: Takes = (pattern, isWhole) => takesIn(pattern, isWhole ? "exact" : role.match, path);
    const mayTake: Takes = (pattern) => mayTakeIn(pattern, "exact", path);
    return (
      this.addressed(site, role.path, names, entry, takes) &&
      !(role.except !== null && this.addressed(site, role.except, names, entry, mayTake))
    );
  }

  /** By a text, by an object with `path` and `method`, or by a class for all of its entries. */
  private addressed(
    site: CallSite,
    address: Address,
    names: readonly string[],
    entry: DecoratedEntry,
    takes: Takes,
  ): boolean {
    return valuesAt(this.pointsTo, site, address, names).some((value) =>
      this.isMeant(value, entry, false, takes),
    );
  }

  private isMeant(value: AbstractValue, entry: DecoratedEntry, isWhole: boolean, takes: Takes): boolean {
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
      [...this.pointsTo.fieldNode(value, "path").values].some((each) =>
        this.isMeant(each, entry, true, takes),
      )
    );
  }

  private isOfMethod(route: AbstractValue, { decorator }: DecoratedEntry): boolean {
    const methods = [...this.pointsTo.fieldNode(route, "method").values];
    return (
      methods.length === 0 ||
      methods.some((method) => {
        const word = method.kind === "foreign" ? (method.path.at(-1) ?? "") : "";
        return /^all$/iu.test(word) || word.toLowerCase() === decorator.toLowerCase();
      })
    );
  }
}
