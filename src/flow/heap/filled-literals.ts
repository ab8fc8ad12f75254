/**
 * What is put into a literal while it is made: nobody else has the object yet, and where it is put later it is followed
 * from there on, with what it holds then. So `{ ...form[key], value: "" }` holds no old value anywhere.
 */
import { accessPath } from "../paths/access-path.js";
import type { Entry } from "../tabulation/entry.js";
import type { Base, State } from "../tabulation/fact.js";
import type { Tabulation } from "../tabulation/tabulation.js";
import type { Trace } from "../tabulation/trace.js";

export function fillLiteral(
  tabulation: Tabulation,
  entry: Entry,
  point: number,
  base: Base,
  components: readonly string[],
  state: State,
  trace: Trace,
): void {
  const definition = base < 0 ? undefined : entry.node.definitions[base];
  // What closures hold has owners elsewhere.
  const isNew =
    !components.some((component) => component.startsWith("^")) &&
    definition?.kind === "instruction" &&
    /^(?:object|array)$/u.test(definition.instruction.kind);
  if (isNew) tabulation.put(entry, point, base, accessPath(components), state, trace);
  else tabulation.write(entry, point, base, components, state, trace);
}
