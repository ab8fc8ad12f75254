/** What is noted of calls that give rows with child data. */
import type { FieldId } from "../../contracts/annotation.js";

/** What the solver has seen of rows that calls give back. */
export interface RowsSeen {
  readonly fields: Set<FieldId>;
  isMany: boolean;
  isAssumed: boolean;
}
