/** Rows that go along with others: relations that a schema declares to cascade, wherever it stands. */
import type { AnnotationTable } from "../../contracts/annotation.js";
import type { ForeignKey } from "../../models/sql/schema-change.js";
import { collectionAround, mayBeSameStore } from "../stores/path-names.js";
import { plainName } from "../stores/table-names.js";
import { findForeignKeys, type OrphanKey, type SchemaSources } from "./schema-history.js";

export class Cascades {
  private readonly ofDatabase: ReadonlyMap<string, readonly string[]>;
  private readonly ofClient: ReadonlyMap<string, readonly string[]>;
  private readonly ofLoaded: ReadonlyMap<string, readonly string[]>;
  private readonly ofReads: ReadonlyMap<string, readonly string[]>;
  private readonly orphans: ReadonlyMap<string, readonly string[]>;
  private readonly lost: readonly OrphanKey[];
  private readonly nulled: ReadonlyMap<string, readonly string[]>;
  private readonly held: ReadonlyMap<string, readonly string[]>;
  /** As the schema, or the code, spells them. */
  private readonly spelling = new Map<string, string>();

  constructor(
    annotations: AnnotationTable,
    sources: SchemaSources,
    /** Spellings of one table's name. */
    private readonly names: ReadonlyMap<string, readonly string[]>,
    private readonly collections: readonly string[],
  ) {
    const { ofDatabase, ofClient, ofLoaded, ofReads, ofOrphans } = findForeignKeys(sources);
    const declared = annotations.entities.flatMap(({ name, relations }) =>
      [...relations.values()].map(({ entity, onDelete = "restrict" }) => ({
        table: name,
        parent: entity,
        onDelete,
      })),
    );
    this.ofDatabase = this.childrenByParent([...declared, ...ofDatabase]);
    this.nulled = this.childrenByParent([...declared, ...ofDatabase], "set-null");
    this.held = this.childrenByParent(ofDatabase, "restrict");
    this.ofClient = this.childrenByParent(ofClient);
    this.ofLoaded = this.childrenByParent(ofLoaded);
    this.ofReads = this.childrenByParent(ofReads);
    this.orphans = this.childrenByParent(ofOrphans);
    this.lost = ofOrphans;
  }

  /**
   * The tables whose rows are deleted with those of a table. `rows`: the client deletes them one by one; `nested`: and
   * what lies within them; `loaded`: of the client's only these, which it has read, and what comes along with every read.
   */
  from(
    target: string,
    {
      rows,
      nested,
      loaded = null,
    }: {
      readonly rows: boolean;
      readonly nested?: boolean | undefined;
      readonly loaded?: readonly string[] | null;
    },
  ): string[] {
    const seen = new Set(this.namesOf(target));
    const found = new Set<string>();
    const queue = [...seen];
    for (let parent = queue.pop(); parent !== undefined; parent = queue.pop())
      for (const child of [
        ...(this.ofDatabase.get(parent) ?? []),
        ...(rows ? this.removedAlong(parent, loaded) : []),
        ...(nested === true ? this.collectionsIn(parent) : []),
      ]) {
        if (seen.has(child)) continue;
        found.add(this.spelling.get(child) ?? child);
        for (const name of this.namesOf(child)) {
          seen.add(name);
          queue.push(name);
        }
      }
    return [...found].sort();
  }

  private removedAlong(parent: string, loaded: readonly string[] | null): readonly string[] {
    const own = this.ofClient.get(parent) ?? [];
    const all = this.ofLoaded.get(parent) ?? [];
    if (loaded === null) return [...own, ...all];
    const known = [...loaded.flatMap((table) => this.namesOf(table)), ...(this.ofReads.get(parent) ?? [])];
    return [...own, ...all.filter((child) => known.includes(child))];
  }

  /** Whether the client deletes rows of a table where it saves the row that they belong to without them. */
  deletesOrphans(child: string, parent: string): boolean {
    const children = this.namesOf(parent).flatMap((name) => this.orphans.get(name) ?? []);
    return children.some((name) => this.namesOf(child).includes(name));
  }

  /** Tables of which the client deletes rows that a row loses under a name of its own: `club.members.remove(member)`. */
  lostUnder(parent: string, name: string): readonly string[] {
    const parents = this.namesOf(parent);
    return this.lost
      .filter(
        (key) =>
          key.columns.includes(name) && this.namesOf(key.parent).some((each) => parents.includes(each)),
      )
      .map(({ table }) => table);
  }

  /** Tables whose rows stay when those of a table, and the `carried` ones, are deleted: their key is set to null, or holds. */
  staying(
    target: string,
    carried: readonly string[],
  ): { readonly table: string; readonly strength: "uncoupled" | "uncarried" }[] {
    const gone = new Set([target, ...carried].flatMap((table) => this.namesOf(table)));
    const found = new Map<string, "uncoupled" | "uncarried">();
    for (const parent of gone)
      for (const [children, strength] of [
        [this.nulled.get(parent) ?? [], "uncoupled"],
        [this.held.get(parent) ?? [], "uncarried"],
      ] as const)
        for (const child of children) if (!gone.has(child) && !found.has(child)) found.set(child, strength);
    return [...found]
      .map(([child, strength]) => ({ table: this.spelling.get(child) ?? child, strength }))
      .sort((a, b) => (a.table < b.table ? -1 : 1));
  }

  /** Collections in the documents of one. */
  private collectionsIn(parent: string): readonly string[] {
    return this.collections.filter((name) => {
      const around = collectionAround(name);
      return around !== null && this.namesOf(around).some((each) => mayBeSameStore(each, parent));
    });
  }

  private childrenByParent(
    keys: readonly ForeignKey[],
    kind: ForeignKey["onDelete"] = "cascade",
  ): Map<string, string[]> {
    const children = new Map<string, string[]>();
    for (const { table, parent, onDelete } of keys) {
      if (onDelete !== kind) continue;
      const child = plainName(table);
      if (!this.spelling.has(child)) this.spelling.set(child, table);
      for (const name of this.namesOf(parent)) children.set(name, [...(children.get(name) ?? []), child]);
    }
    return children;
  }

  private namesOf(table: string): readonly string[] {
    const name = plainName(table);
    return this.names.get(name) ?? [name];
  }
}

/** `child` and `children` where the schema says `model Child` and `@@map("children")`. */
export function namesOfTables({ entities }: AnnotationTable): Map<string, readonly string[]> {
  const names = new Map<string, readonly string[]>();
  for (const { name, table } of entities) {
    const all = [plainName(name), plainName(table)];
    for (const each of all) names.set(each, all);
  }
  return names;
}
