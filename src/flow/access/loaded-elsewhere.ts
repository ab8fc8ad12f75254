/**
 * Data that functions give which the program does not have (`declare function loadKids(): Promise<Kid[]>`, a client that
 * is typed by hand): asked for by nothing but keys, it is held somewhere, and is not what the request brought itself.
 */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import { definitionOf } from "../paths/value-places.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

const deepest = 6;
const brought = /^(?:body|form|formData|files?|fields|input|payload|data|json|text)$/u;
const writing =
  /(?:^|[._])(?:create|insert|add|save|put|post|update|upsert|register|sign|parse|read(?:Json|Form|Multipart)\w*|validate|json|formData|from)(?![a-z])/u;

export function isLoadedElsewhere(
  pointsTo: PointsTo,
  node: FunctionNode,
  value: ValueId,
  depth = 0,
): boolean {
  const definition = depth > deepest ? null : definitionOf(node, value);
  const again = (other: ValueId): boolean => isLoadedElsewhere(pointsTo, node, other, depth + 1);
  switch (definition?.kind) {
    case "await":
    case "cast":
      return again(definition.value);
    case "load":
    case "iterate":
      return again(definition.object);
    case "call":
      return isOfCall(pointsTo, node, definition, depth);
    // Of a list's callback: `rows.map((row) => row.name)`.
    case "parameter":
      return pointsTo.callbacksOf(node).some(({ site: { caller, instruction } }) => {
        if (instruction.kind !== "call" || instruction.receiver === null) return false;
        return isLoadedElsewhere(pointsTo, caller, instruction.receiver, depth + 1);
      });
    default:
      return false;
  }
}

function isOfCall(
  pointsTo: PointsTo,
  node: FunctionNode,
  call: InstructionOf<"call">,
  depth: number,
): boolean {
  const site = pointsTo.findSite(node, node.code.indexOf(call));
  if (site === undefined || call.new) return false;
  // What is declared in the file and defined nowhere is a name of the platform that no model knows.
  const isKnown = [...site.foreign].some(
    ({ module, path }) => module !== "global" || pointsTo.catalogue.match(module, path, "call").length > 0,
  );
  if (isKnown) return false;
  if (site.edges.size === 0)
    return (
      !writing.test(call.name) && call.arguments.every(({ value, spread }) => !spread && isKey(node, value))
    );
  return [...site.edges.values()].every(({ callee }) => {
    const given = callee.graph.blocks.flatMap(({ end }) =>
      end.kind === "return" && end.value !== null ? [end.value] : [],
    );
    return given.length > 0 && given.every((each) => isLoadedElsewhere(pointsTo, callee, each, depth + 1));
  });
}

/** A constant, an id of the address or of whoever asks: nothing that could be the data itself. */
function isKey(node: FunctionNode, value: ValueId): boolean {
  const definition = definitionOf(node, value);
  if (definition?.kind === "constant" || definition?.kind === "template") return true;
  if (definition?.kind !== "load" || definition.property.kind !== "name") return false;
  for (let next: InstructionOf<"load"> | null = definition; next !== null;) {
    const { property, object }: InstructionOf<"load"> = next;
    if (property.kind === "name" && brought.test(property.name)) return false;
    const before = definitionOf(node, object);
    next = before?.kind === "load" ? before : null;
  }
  return true;
}
