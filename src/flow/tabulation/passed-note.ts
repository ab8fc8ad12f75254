/** What a step into a callee says: by which parameter, or in which captured variable, something came in. */
import type { StepNote } from "../../contracts/flow.js";
import type { AccessPath } from "../paths/access-path.js";
import { called, capturedName } from "../paths/step-names.js";
import type { CallEdge } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { Link } from "./bindings.js";
import { closure, incomingIndex, receiver } from "./fact.js";
import type { Base } from "./fact.js";

/** One note for all facts that a call hands over in the same place. */
const passedNotes = new WeakMap<CallEdge, Map<Base, StepNote>>();

export function passedNote(from: FunctionNode, edge: CallEdge, link: Link, inside: AccessPath): StepNote {
  const { callee } = edge;
  if (link.to === closure)
    return { kind: "captured", name: capturedName(callee, inside), ...called(callee, from) };
  let notes = passedNotes.get(edge);
  if (notes === undefined) passedNotes.set(edge, (notes = new Map<Base, StepNote>()));
  let note = notes.get(link.to);
  if (note === undefined) notes.set(link.to, (note = parameterNote(from, callee, link)));
  return note;
}

function parameterNote(from: FunctionNode, callee: FunctionNode, link: Link): StepNote {
  const index = incomingIndex(link.to);
  const parameter =
    index === null
      ? link.to === receiver
        ? "this"
        : ""
      : (callee.graph.parameters[index]?.name ?? `argument ${String(index + 1)}`);
  return { kind: "passed", parameter, ...called(callee, from) };
}
