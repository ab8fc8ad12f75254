/**
 * Data that functions give which the program does not have (`declare function loadKids(): Promise<Kid[]>`, a client that
 * is typed by hand): asked for by nothing but keys, it is held somewhere, and is not what the request brought itself.
 */
import type { Instruction, InstructionOf, ValueId } from "../../contracts/file-graph.js";
import { definitionOf } from "../paths/value-places.js";
import { isIdentityName } from "./authorization-words.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

const deepest = 6;
const brought = /^(?:body|form|formData|files?|fields|input|payload|data|json|text)$/u;
const writing =
  /(?:^|[._])(?:create|insert|add|save|put|post|update|upsert|register|sign|parse|read(?:Json|Form|Multipart)\w*|validate|json|formData|from)(?![a-z])/u;

/** Of whoever asks, or nobody's at all: `currentKid()`, `kidOfSession(…)`, `sampleKids()`. */
const nobodyElses =
  /(?:^|[\s_])(?:current|me|my|mine|own|self|session|viewer|signed|logged|samples?|examples?|demo|mock|fake|dummy|stub|placeholder)(?=$|[\s_])/u;
const ownReceiver = /(?:^|\.)(?:current\w*|session|viewer|me|self)\./u;
const reading =
  /^(?:get|find|load|fetch|list|search|look|query|read|select|by|of|for|all|one|many|first)(?![a-z])/u;
const idLike =
  /^(?:id|ids|uuid|uid|slug|key|code|no|number|page|limit|offset|cursor|after|before|first|last|take|skip|sort|order)$|(?:Id|_id|Ids|_ids|Uuid|Slug|Key|Code|Number)$/u;
const addressed = /^(?:query|params?|searchParams)$/u;

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
      !writing.test(call.name) &&
      !isOfNobodyElse(call.name) &&
      call.arguments.every(({ value, spread }) => !spread && isKey(node, value, call.name))
    );
  return [...site.edges.values()].every(({ callee }) => {
    const given = callee.graph.blocks.flatMap(({ end }) =>
      end.kind === "return" && end.value !== null ? [end.value] : [],
    );
    return given.length > 0 && given.every((each) => isLoadedElsewhere(pointsTo, callee, each, depth + 1));
  });
}

function isOfNobodyElse(name: string): boolean {
  const words = lastOf(name).replace(/([a-z\d])([A-Z])/gu, "$1 $2");
  return nobodyElses.test(words.toLowerCase()) || ownReceiver.test(name);
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

/**
 * A constant, an id, what stands in the address, or what something is looked for by: nothing that could be the data
 * itself. By what the session or the token says, somebody asks for their own.
 */
function isKey(node: FunctionNode, value: ValueId, called: string): boolean {
  const definition = definitionOf(node, value);
  if (definition?.kind === "constant" || definition?.kind === "template") return true;
  if (definition?.kind !== "load" || definition.property.kind !== "name") return false;
  const names = new Set<string>();
  let root = definition as Instruction | null;
  while (root?.kind === "load") {
    if (root.property.kind === "name") names.add(root.property.name);
    root = definitionOf(node, root.object);
  }
  const all = [...names];
  if (all.some((each) => brought.test(each))) return false;
  if (root?.kind === "parameter" && all.some(isIdentityName)) return false;
  return (
    reading.test(lastOf(called)) ||
    idLike.test(definition.property.name) ||
    all.some((each) => addressed.test(each))
  );
}
