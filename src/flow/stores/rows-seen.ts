/** What is noted of calls that give rows with child data. */
import type { FieldId } from "../../contracts/annotation.js";

/** What the solver has seen of rows that calls give back. */
export interface RowsSeen {
  readonly fields: Set<FieldId>;
  /** What each field is called in a row, or what the part of the row is called that it lies in. */
  readonly members: Map<FieldId, Set<string>>;
  /** Names between what the call gives back and the rows in it: `rows`, `data`. */
  readonly leading: Set<string>;
  isMany: boolean;
  isAssumed: boolean;
}

export function newRowsSeen(isMany: boolean, isAssumed: boolean): RowsSeen {
  return { fields: new Set(), members: new Map(), leading: new Set(), isMany, isAssumed };
}

export function noteField(seen: RowsSeen, field: FieldId, member: string | undefined): void {
  seen.fields.add(field);
  if (member === undefined) return;
  const known = seen.members.get(field);
  if (known === undefined) seen.members.set(field, new Set([member]));
  else known.add(member);
}
