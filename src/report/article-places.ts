/** Places that speak for an article, and what of it nobody could look at. */
import { compareLocations } from "../base/location.js";
import { erasesSomething, keptStores } from "../checks/stores.js";
import type { Analysis } from "../contracts/analysis.js";
import type { Flow } from "../contracts/flow.js";
import { articleOf, type RuleId } from "../contracts/obligation.js";
import type { ArticleEvidence } from "../contracts/report.js";
import type { TextTable } from "./messages/text-table.js";
import { plain } from "./plain-location.js";
import { isJudgedAt } from "./unjudged.js";

/** More places than this are told by their number alone. */
const mostPlaces = 20;

/** Calls that do what the article asks for. */
export function lookedAt(article: number, analysis: Analysis, texts: TextTable): ArticleEvidence[] {
  const found = placesFor(article, analysis, texts).sort((a, b) => compareLocations(a.location, b.location));
  const byPlace = new Map(
    found.map((each) => [`${each.location.file}:${String(each.location.line)} ${each.note}`, each]),
  );
  return [...byPlace.values()]
    .slice(0, mostPlaces)
    .map(({ location, note }) => ({ kind: "place", location: plain(location), note }));
}

interface Place {
  readonly location: Analysis["flows"][number]["sink"]["location"];
  readonly note: string;
}

function placesFor(article: number, analysis: Analysis, { articles: words }: TextTable): Place[] {
  const { changes, annotations } = analysis;
  // What nobody judged speaks for nothing.
  const flowsJudged = (rule: RuleId): readonly Flow[] =>
    analysis.flows.filter(({ sink }) => isJudgedAt(rule, sink.location.file, analysis));
  switch (article) {
    case articleOf.encryption:
      return flowsJudged("require-encryption").flatMap(({ sink, protection, field }) => {
        const by = sink.protectedBy ?? (protection.kind === "raw" ? null : protection.by);
        const name = annotations.fields.get(field)?.name ?? field;
        return by === null ? [] : [{ location: sink.location, note: words.protected(name, by) }];
      });
    case articleOf.correction:
      return changes.flatMap(({ callee, location, entries, does }) =>
        does === "creates" || !isJudgedAt("require-correction-path", location.file, analysis)
          ? []
          : entries.map(({ name }) => ({ location, note: words.reached(callee, name) })),
      );
    case articleOf.deletion:
    case articleOf.shutdown:
      return keptStores({ ...analysis, flows: flowsJudged("require-deletion-path") })
        .flatMap((store) => store.erasures.filter((each) => erasesSomething(each, store, annotations.fields)))
        .flatMap(({ callee, location, entries }) =>
          entries
            .filter(({ kind }) => (article === articleOf.shutdown) === (kind === "shutdown"))
            .map(({ name }) => ({ location, note: words.reached(callee, name) })),
        );
    default:
      return [];
  }
}

/** What the article asks for, and nothing in the program could be held against. */
export function notLookedAt(article: number, analysis: Analysis, { articles }: TextTable): ArticleEvidence[] {
  const { flows, deletions, annotations, problems } = analysis;
  const unread =
    problems.filter(({ kind }) => kind === "migration-error").length + deletions.unreadSchemas.length;
  if (unread > 0 && (article === articleOf.deletion || article === articleOf.shutdown))
    return [{ kind: "limit", location: null, note: articles.unreadMigrations(unread) }];
  if (article === articleOf.shutdown && !deletions.entries.some(({ kind }) => kind === "shutdown"))
    return [{ kind: "limit", location: null, note: articles.noShutdown }];
  if (article === articleOf.purposes) {
    const unsaid = new Set(
      flows.flatMap(({ sink, field }) =>
        sink.purpose !== null && annotations.fields.get(field)?.purposes.length === 0 ? [field] : [],
      ),
    );
    if (unsaid.size > 0) return [{ kind: "limit", location: null, note: articles.noPurposes(unsaid.size) }];
  }
  return [];
}
