import type { Location } from "../base/location.js";

/** A location with the keys of the report, in their order. */
export function plain({ file, line, column, endLine, endColumn }: Location): Mutable<Location> {
  return {
    file,
    line,
    column,
    ...(endLine === undefined ? {} : { endLine }),
    ...(endColumn === undefined ? {} : { endColumn }),
  };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
