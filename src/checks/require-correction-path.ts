/** Article 19: what is kept about a child can be corrected where the child or guardian asks for it. */
import { compareLocations } from "../base/location.js";
import { listNames, listWords } from "../base/word-list.js";
import type { Field } from "../contracts/annotation.js";
import type { Change } from "../contracts/correction.js";
import type { FlowFinding } from "../contracts/finding.js";
import type { Flow } from "../contracts/flow.js";
import type { FindingText } from "../contracts/message.js";
import { isSameName } from "../flow/stores/table-names.js";
import { defineCheck } from "./define-check.js";
import type { Facts } from "./facts.js";
import { flowFindings } from "./flow-finding.js";
import { isSameStore } from "./store-match.js";
import { clientOf, storeInWords } from "./store-name.js";
import { namesIn, storesToErase, withoutCopies, type Store } from "./stores.js";

export interface CorrectionParameters {
  readonly fields: readonly string[];
  /** `the database (pg, child)` */
  readonly place: string;
  /** The same data is kept elsewhere, and can be corrected there. */
  readonly isCopy: boolean;
  /** An update that comes nearest. */
  readonly nearest: {
    readonly callee: string;
    readonly file: string;
    readonly line: number;
    readonly flaw: "unreached" | "other-columns";
    readonly from: readonly string[];
  } | null;
}

function nearestWords({ nearest }: CorrectionParameters): string {
  if (nearest === null) return "";
  const { callee, file, line, flaw, from } = nearest;
  const whence = from.length > 0 ? ` (only from ${listWords(from.slice(0, 2), "and")})` : "";
  return flaw === "other-columns"
    ? ` ${callee} (${file}:${String(line)}) leaves this field as it was.`
    : ` ${callee} (${file}:${String(line)}) is reached from no entry that is there to correct${whence}.`;
}

const texts = {
  "no-path": (p: CorrectionParameters): FindingText => ({
    what: `${listNames(p.fields)} ${p.fields.length === 1 ? "is" : "are"} kept in ${p.place}, and ${
      p.isCopy
        ? "stays there as it was where it is corrected elsewhere"
        : `nobody can correct ${p.fields.length === 1 ? "it" : "them"} there`
    }.${nearestWords(p)}`,
    why: "Article 19: where a child or guardian finds that the child's personal information is wrong, they may ask for its correction, and the operator corrects it.",
    mend: p.isCopy
      ? "Write the copy anew, or remove it, where the data is corrected; or let it end within deletion.expiresWithin."
      : "Update it from a PUT or PATCH route, an action that is named for it, or a function marked with @correctionPath.",
  }),
};

function columnOf(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

/** Whether a change concerns a field: its own data, data of another declaration of the same column, or the column. */
function concerns({ part }: Change, field: Field, store: Store, { fields }: Facts["annotations"]): boolean {
  if (part.kind === "any") return true;
  if (part.kind === "field" && part.field === field.id) return true;
  const named = part.kind === "column" ? part.name : (fields.get(part.field)?.name ?? part.field);
  const columns =
    part.kind === "column" ? [columnOf(named)] : namesIn(store, { id: part.field, name: named });
  return namesIn(store, field).some((own) => columns.some((column) => isSameName(column, own)));
}

/** In a database rows are changed, or removed and written anew; what else keeps data is written as a whole. */
function isCorrected(changes: readonly Change[], field: Field, store: Store, facts: Facts): boolean {
  const reached = changes.filter(({ entries }) => entries.length > 0);
  const own = reached.filter(
    (change) => change.does !== "removes" && concerns(change, field, store, facts.annotations),
  );
  if (own.some(({ does }) => does === "changes")) return true;
  const removed = reached.filter(({ does }) => does === "removes");
  return store.sink.medium === "database"
    ? removed.some(({ entries }) => own.some((change) => sharesEntry(change, entries)))
    : removed.length > 0;
}

function sharesEntry({ entries }: Change, others: Change["entries"]): boolean {
  return entries.some((entry) =>
    others.some((other) => compareLocations(entry.location, other.location) === 0),
  );
}

function nearestOf(
  changes: readonly Change[],
  field: Field,
  store: Store,
  facts: Facts,
): CorrectionParameters["nearest"] {
  const updates = changes.filter(({ does, part }) => does === "changes" && part.kind !== "field");
  const unreached = changes.find(
    (change) =>
      change.does === "changes" &&
      change.entries.length === 0 &&
      change.otherOutsets.length > 0 &&
      concerns(change, field, store, facts.annotations),
  );
  const other = changes.find(({ does, entries }) => does === "changes" && entries.length > 0);
  const found = other ?? unreached ?? updates[0];
  if (found === undefined) return null;
  const { callee, location, otherOutsets } = found;
  return {
    callee,
    file: location.file,
    line: location.line,
    flaw: found === other ? "other-columns" : "unreached",
    from: found === other ? [] : otherOutsets,
  };
}

interface Judged {
  readonly store: Store;
  readonly changes: readonly Change[];
  /** The first flow of each field that nobody can correct there. */
  readonly missed: readonly Flow[];
}

function judge(store: Store, facts: Facts): Judged {
  const { annotations, deletions } = facts;
  const changes = facts.changes.filter((change) =>
    isSameStore(store.sink, change, deletions.tableNames, "part"),
  );
  const first = new Map<string, Flow>();
  for (const flow of [...store.flows].sort((a, b) => compareLocations(a.sink.location, b.sink.location))) {
    const field = annotations.fields.get(flow.field);
    if (field === undefined || first.has(flow.field)) continue;
    if (!isCorrected(changes, field, store, facts)) first.set(flow.field, flow);
  }
  return { store, changes, missed: [...first.values()] };
}

export const requireCorrectionPath = defineCheck({
  id: "require-correction-path",
  description: "children's personal information is corrected where somebody asks for it, copies of it too",
  texts,
  find(facts, say): FlowFinding[] {
    const judged = storesToErase(withoutCopies(facts)).map((store) => judge(store, facts));
    const isCorrectedElsewhere = (field: string, store: Store): boolean =>
      judged.some(
        (other) =>
          other.store !== store &&
          other.store.flows.some((flow) => flow.field === field) &&
          !other.missed.some((flow) => flow.field === field),
      );
    return judged.flatMap(({ store, changes, missed }) =>
      flowFindings("require-correction-path", missed, facts.annotations, (flow, field) =>
        say("no-path", {
          fields: [field.name],
          place: storeInWords({
            medium: store.sink.medium ?? "",
            client: clientOf(store.sink),
            target: store.sink.target,
          }),
          isCopy: isCorrectedElsewhere(flow.field, store),
          nearest: nearestOf(changes, field, store, facts),
        }),
      ),
    );
  },
});
