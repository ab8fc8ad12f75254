/** Programs that are one thing, as large as asked: what the growth of the analysis is measured with. */
import type { Files } from "../../support/run-code.js";

export type { Files } from "../../support/run-code.js";

export interface Shape {
  readonly name: string;
  /** What one unit of the size is, for the table. */
  readonly unit: string;
  /** At least three, growing; the last is the size that the analysis must stand. */
  readonly sizes: readonly number[];
  /** The program, with the markers of fixtures in it: what is not marked must stay quiet. */
  readonly write: (size: number) => Files;
  /** What the solver's time may grow with: the size itself unless said otherwise. */
  readonly growth?: "linear" | "flat";
  /** The program is cut by a budget, which must be told as a blind spot; findings beyond it may be missing. */
  readonly isCut?: boolean;
}

/** One text for each number below `count`, joined. */
export function times(count: number, text: (index: number) => string, separator = ""): string {
  return Array.from({ length: count }, (_, index) => text(index)).join(separator);
}

/** The type whose `email` is child data and whose `city` is not. */
export const childType = `export interface Child {
  /** @childData contact */
  email: string;
  city: string;
}
`;

/** A call that is to be reported, with its marker. */
export function logged(value: string): string {
  return `console.log(${value}); // expect: no-child-data-in-logs Child.email\n`;
}

/** A call that must stay quiet. */
export function quiet(value: string): string {
  return `console.log(${value});\n`;
}

export const tsconfig = '{ "compilerOptions": { "strict": true, "target": "es2022", "module": "esnext" } }\n';
