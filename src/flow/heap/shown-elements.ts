/**
 * What elements show: an element of the page, or of a component that the program does not have, holds what its
 * properties and children hold. Models take it from there (`render(<Letter child={child} />)`). Components of the
 * program's own are called instead, and give the elements that they are made of. Whatever its component is, an element
 * keeps what it was made with: `element.props.title`.
 */
import { modelsOwnName } from "../../contracts/models-own.js";
import type { AccessPath } from "../paths/access-path.js";
import { accessPath, prepend, readPrefix } from "../paths/access-path.js";
import type { Entry } from "../tabulation/entry.js";
import type { Fact } from "../tabulation/fact.js";
import { isUnprinted } from "../paths/path-components.js";
import type { CallSite } from "../points-to/points-to.js";
import type { Tabulation } from "../tabulation/tabulation.js";
import type { Trace } from "../tabulation/trace.js";
import { step } from "../tabulation/trace.js";

/** A name that ends so is no property of the program. */
const rendered = accessPath([modelsOwnName("rendered_")]);

/** What an element was made with: who writes the element out does not write it. */
const props = modelsOwnName("#props_");

/** What of a fact about an element lies in a property that the program reads of it. */
export function readOfElement(path: AccessPath, name: string): AccessPath | null {
  return name === "props" ? readPrefix(path, [props]) : null;
}

export function showInElement(
  tabulation: Tabulation,
  entry: Entry,
  { instruction, edges, point }: CallSite,
  fact: Fact,
  trace: Trace,
): void {
  if (instruction.kind !== "jsx" || instruction.props !== fact.base) return;
  tabulation.put(entry, point, instruction.out, prepend([props], fact.path), fact.state, trace);
  if (edges.size > 0) return;
  if (fact.path.components.length === 0 || fact.path.components.some(isUnprinted)) return;
  const shown =
    instruction.tag === ""
      ? trace
      : step(entry.node, instruction.at, { kind: "through", callee: instruction.tag }, trace);
  tabulation.put(entry, point, instruction.out, rendered, fact.state, shown);
}
