/** Names that the parts of the data map have in common: of fields, their categories, and the entries of writes. */
import { compareLocations, type Location } from "../base/location.js";
import type { Field, FieldId } from "../contracts/annotation.js";
import type { Change } from "../contracts/correction.js";
import type { Flow } from "../contracts/flow.js";
import type { Category } from "../contracts/vocabulary.js";
import { plain } from "./plain-location.js";

export class FieldNames {
  constructor(private readonly fields: ReadonlyMap<FieldId, Field>) {}

  nameOf(field: FieldId): string {
    return this.fields.get(field)?.name ?? field;
  }

  of(flows: readonly Flow[]): Field[] {
    return [...new Set(flows.flatMap(({ field }) => this.fields.get(field) ?? []))];
  }

  namesOf(flows: readonly Flow[]): string[] {
    return [...new Set(flows.map(({ field }) => this.nameOf(field)))].sort();
  }

  categoriesOf(flows: readonly Flow[]): Category[] {
    return [...new Set(this.of(flows).map(({ category }) => category))].sort();
  }
}

/** From where calls that write are reached, as a reader calls it: `POST /children`. */
export class EntriesOfWrites {
  private readonly byPlace = new Map<string, Set<string>>();

  constructor(changes: readonly Change[]) {
    for (const { location, entries, otherOutsets } of changes) {
      const key = placeOf(location);
      const known = this.byPlace.get(key) ?? new Set<string>();
      for (const { name } of entries) known.add(name);
      for (const name of otherOutsets) known.add(name);
      this.byPlace.set(key, known);
    }
  }

  of(flows: readonly Flow[]): string[] {
    return [
      ...new Set(flows.flatMap(({ sink }) => [...(this.byPlace.get(placeOf(sink.location)) ?? [])])),
    ].sort();
  }
}

function placeOf({ file, line, column }: Location): string {
  return `${file}:${String(line)}:${String(column)}`;
}

export function locationsOf(locations: readonly Location[]): ReturnType<typeof plain>[] {
  return distinct([...locations].sort(compareLocations).map(plain));
}

export function distinct<T>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

/** Groups in the order of their keys. */
export function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return new Map([...groups].sort(([a], [b]) => compareTexts(a, b)));
}

export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
