/** What is copied from store to store is kept in both, though the program never sees it on that way. */
import type { DeletionFacts, StoreCopy } from "../contracts/deletion.js";
import type { Flow } from "../contracts/flow.js";
import { isSameName, plainName } from "../flow/stores/table-names.js";
import { isSameStore } from "./store-match.js";

interface Known {
  readonly flows: readonly Flow[];
  readonly deletions: Pick<DeletionFacts, "copies" | "tableNames">;
}

/** The flows into tables and columns that copies are made in, also those of copies of copies. */
export function copiedFlows({ flows, deletions: { copies, tableNames } }: Known): Flow[] {
  const found = new Map<string, Flow>();
  const waiting = flows.filter(({ sink }) => sink.medium !== null && sink.target !== null);
  for (let flow = waiting.shift(); flow !== undefined; flow = waiting.shift())
    for (const copy of copies) {
      const columns = columnsCopied(flow, copy);
      if (columns.length === 0 || !isTakenFrom(flow, copy, tableNames)) continue;
      const key = JSON.stringify([flow.field, plainName(copy.to), columns.map(plainName), copy.location]);
      if (found.has(key)) continue;
      const made = copied(flow, copy, columns);
      found.set(key, made);
      waiting.push(made);
    }
  return [...found.values()];
}

function isTakenFrom({ sink }: Flow, copy: StoreCopy, tableNames: DeletionFacts["tableNames"]): boolean {
  if (sink.target === "*" || sink.medium !== copy.medium) return false;
  return isSameStore(sink, { ...copy, target: copy.from, cascades: [] }, tableNames);
}

/** What they are called in the copy. */
function columnsCopied(flow: Flow, { fromColumn, toColumn }: StoreCopy): readonly string[] {
  const own = columnsOf(flow);
  if (fromColumn === "*") return own;
  if (!own.some((column) => isSameName(column, fromColumn))) return [];
  return [toColumn === "*" ? fromColumn : toColumn];
}

function columnsOf({ columns, field, isCopy }: Flow): readonly string[] {
  const own = field.slice(field.lastIndexOf(".") + 1);
  return isCopy === true || columns.length > 0 ? columns : [own];
}

function copied(flow: Flow, copy: StoreCopy, columns: readonly string[]): Flow {
  const { package: client, path, engines = [], callee, location, enclosing, medium, to } = copy;
  return {
    ...flow,
    isCopy: true,
    columns,
    sink: {
      ...flow.sink,
      package: client,
      path,
      engines,
      callee,
      location,
      enclosing,
      medium,
      target: to,
    },
    trace: [...flow.trace, { location, note: { kind: "sink", callee } }],
  };
}
