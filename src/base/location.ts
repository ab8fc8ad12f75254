import type { FilePath } from "./keys.js";

/** A place in a file; lines and columns are 1-based, columns count UTF-16 units. */
export interface Location {
  readonly file: FilePath;
  readonly line: number;
  readonly column: number;
  readonly endLine?: number;
  readonly endColumn?: number;
}

/** Start and end offset in a file's text, in UTF-16 units, end exclusive. */
export type Span = readonly [start: number, end: number];

/** The offsets at which lines start; the first is 0. */
export function findLineStarts(text: string): number[] {
  const starts = [0];
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 13 && text.charCodeAt(index + 1) === 10) continue;
    if (code === 10 || code === 13 || code === 0x2028 || code === 0x2029) starts.push(index + 1);
  }
  return starts;
}

/** Turns an offset into a 1-based line and column. */
export function positionAt(lineStarts: readonly number[], offset: number): { line: number; column: number } {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (lineStarts[low] ?? 0) + 1 };
}

/** A span as a location with its end. */
export function locate(file: FilePath, lineStarts: readonly number[], span: Span): Location {
  const start = positionAt(lineStarts, span[0]);
  const end = positionAt(lineStarts, span[1]);
  return { file, line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}

/** Orders locations by file, line and column. */
export function compareLocations(a: Location, b: Location): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}

/** Whether a place lies in a range that has its end. */
export function isInside(place: Location, { file, line, column, endLine, endColumn }: Location): boolean {
  if (endLine === undefined || endColumn === undefined) return false;
  const start = { file, line, column };
  const end = { file, line: endLine, column: endColumn };
  return place.file === file && compareLocations(start, place) <= 0 && compareLocations(place, end) < 0;
}
