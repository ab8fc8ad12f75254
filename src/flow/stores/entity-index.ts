/** Entities by the names that they go by; those of two engines may be called the same. */
import { maySpeakToOne, reachedBy } from "./engines.js";
import type { Entity } from "./entity.js";
import { plainName } from "./table-names.js";

export class EntityIndex {
  private readonly byName = new Map<string, Entity[]>();

  get isEmpty(): boolean {
    return this.byName.size === 0;
  }

  /** All of them, each under every name of its own. */
  get all(): Iterable<Entity> {
    return [...this.byName.values()].flat();
  }

  /** The entity of a name, as a client of such engines would mean it. */
  named(name: string, engines: readonly string[]): Entity | null {
    return reachedBy(this.byName.get(plainName(name)) ?? [], engines) ?? null;
  }

  /** A table's own name stands before what variables and classes are called. */
  keep(entity: Entity): void {
    for (const name of entity.names) {
      const key = plainName(name);
      const known = this.byName.get(key) ?? [];
      const isTable = (each: Entity): boolean => key === plainName(each.table);
      const same = known.findIndex((each) => maySpeakToOne(each, entity));
      const other = known[same];
      if (other === undefined) {
        const isFirst = isTable(entity) && !known.some(isTable);
        this.byName.set(key, isFirst ? [entity, ...known] : [...known, entity]);
      } else if (isTable(entity) && !isTable(other)) known[same] = entity;
    }
  }
}
