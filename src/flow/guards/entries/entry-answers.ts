/**
 * What an entry says to those who ask before it runs: under which address and by which method it is reached, and what
 * its decorators carry. Whatever was asked is kept, so that entries that would have said the same share what came of it.
 */
import type { Role } from "../../../contracts/model.js";
import type { ModelAt } from "../../program/model-at.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { Known } from "../handlers/given-facts.js";
import { samplesOf } from "../handlers/route-paths.js";
import type { FoundEntry } from "./entry-found.js";
import { EntryTags } from "./entry-tags.js";

type TaggedRole = Extract<Role, { kind: "tagged" }>;

interface TagAsked {
  readonly site: CallSite;
  readonly role: TaggedRole;
  readonly names: readonly string[];
  readonly answer: Known | null;
}

export class EntryAnswers {
  private readonly tags: EntryTags;
  private readonly known: TagAsked[] = [];
  readonly method: string | null;
  /** Addresses like the entry's; none where it has none. */
  readonly samples: readonly string[];

  constructor(
    pointsTo: PointsTo,
    modelsAt: (site: CallSite) => readonly ModelAt[],
    readonly entry: FoundEntry,
  ) {
    this.tags = new EntryTags(pointsTo, modelsAt, entry);
    this.method = entry.method;
    this.samples = entry.path === null ? [] : samplesOf(entry.path);
  }

  tagAt(site: CallSite, role: TaggedRole, names: readonly string[]): TagAsked {
    let found = this.known.find(
      (each) => each.site === site && each.role === role && isSameList(each.names, names),
    );
    if (found === undefined)
      this.known.push((found = { site, role, names, answer: this.tags.of(site, role, names) }));
    return found;
  }
}

/** The same, with a note of all that was asked. */
export class NotedAnswers {
  private readonly tags = new Set<TagAsked>();
  private isMethodAsked = false;
  private areSamplesAsked = false;

  constructor(private readonly answers: EntryAnswers) {}

  tag(site: CallSite, role: TaggedRole, names: readonly string[]): Known | null {
    const asked = this.answers.tagAt(site, role, names);
    this.tags.add(asked);
    return asked.answer;
  }

  get method(): string | null {
    this.isMethodAsked = true;
    return this.answers.method;
  }

  get samples(): readonly string[] {
    this.areSamplesAsked = true;
    return this.answers.samples;
  }

  /** Another entry would have given each answer that was given so far. */
  agreeWith(other: EntryAnswers): boolean {
    const { answers } = this;
    if (other === answers) return true;
    if (this.isMethodAsked && other.method !== answers.method) return false;
    if (this.areSamplesAsked && !isSameList(other.samples, answers.samples)) return false;
    for (const { site, role, names, answer } of this.tags)
      if (!isSameAnswer(other.tagAt(site, role, names).answer, answer)) return false;
    return true;
  }
}

function isSameAnswer(one: Known | null, other: Known | null): boolean {
  if (one === null || other === null) return one === other;
  return Object.is(one.value, other.value) && one.isTold === other.isTold;
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((each, at) => each === other[at]);
}
