/**
 * A value that has a name already when it is put into a column gets the column's name as well. One operation on one
 * value is told once, by the name that it came in with.
 */
import { compareLocations } from "../../base/location.js";
import type { AnnotationTable, FieldId } from "../../contracts/annotation.js";
import type { Operation } from "../../contracts/flow.js";

export function withoutSecondNames(
  operations: readonly Operation[],
  { fields }: AnnotationTable,
): Operation[] {
  const lastName = (field: FieldId): string => {
    const name = fields.get(field)?.name ?? field;
    return name.slice(name.lastIndexOf(".") + 1);
  };
  return operations.filter(
    (operation) =>
      !entersAtSink(operation) ||
      !operations.some(
        (other) =>
          other.field !== operation.field &&
          other.kind === operation.kind &&
          !entersAtSink(other) &&
          lastName(other.field) === lastName(operation.field) &&
          compareLocations(other.sink.location, operation.sink.location) === 0,
      ),
  );
}

/** It became the field where it was stored: within the lines of the call. */
function entersAtSink({ trace: [first], sink }: Operation): boolean {
  const { file, line, endLine = line } = sink.location;
  return (
    first?.note.kind === "enters" &&
    first.location.file === file &&
    first.location.line >= line &&
    first.location.line <= endLine
  );
}
