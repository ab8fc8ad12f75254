/**
 * One store is one, however it is reached: a table that two clients of an engine write to is the same table. The data map, the checks
 * and the notices all tell stores apart by this.
 */
import { compareLocations } from "../base/location.js";
import type { DeletionFacts } from "../contracts/deletion.js";
import type { Flow, Sink } from "../contracts/flow.js";
import { maySpeakToOne } from "../flow/stores/engines.js";
import { plainName } from "../flow/stores/table-names.js";
import { isKeptByRecipient, storeNameOf } from "./store-name.js";

type TableNames = DeletionFacts["tableNames"];

/** The flows into one store, in the order of their places; its name is what the first of them calls it. */
export interface StoreGroup {
  readonly name: string;
  readonly sink: Sink;
  readonly flows: readonly Flow[];
}

interface OpenGroup extends StoreGroup {
  readonly flows: Flow[];
}

export class StoreIdentities {
  readonly groups: readonly StoreGroup[];
  private readonly byKey = new Map<string, OpenGroup[]>();

  constructor(
    flows: readonly Flow[],
    private readonly tableNames: TableNames,
  ) {
    const groups: OpenGroup[] = [];
    for (const flow of [...flows].sort((a, b) => compareLocations(a.sink.location, b.sink.location))) {
      const { sink } = flow;
      if (!isHeld(sink)) continue;
      const key = this.keyOf(sink);
      const known = (this.byKey.get(key) ?? []).find((group) => maySpeakToOne(group.sink, sink));
      if (known !== undefined) known.flows.push(flow);
      else {
        const group = { name: storeNameOf(sink), sink, flows: [flow] };
        groups.push(group);
        this.byKey.set(key, [...(this.byKey.get(key) ?? []), group]);
      }
    }
    this.groups = groups;
  }

  /** `database:pg/children`, also where another client of the same table is told. */
  nameOf(sink: Sink): string {
    const known = this.byKey.get(this.keyOf(sink))?.find((group) => maySpeakToOne(group.sink, sink));
    return known?.name ?? storeNameOf(sink);
  }

  private keyOf(sink: Sink): string {
    if (sink.medium !== "database" || sink.target === null) return storeNameOf(sink);
    const name = plainName(sink.target.replace(/^(?:public|dbo|main)\./iu, ""));
    const known = this.tableNames.get(name)?.[0];
    return known === undefined && name.includes("*") ? storeNameOf(sink) : `database ${known ?? name}`;
  }
}

/** What a company keeps, or a store of the program's own. */
function isHeld(sink: Sink): boolean {
  return sink.role === "store" || sink.role === "sql" || isKeptByRecipient(sink);
}
