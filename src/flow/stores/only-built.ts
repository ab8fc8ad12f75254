/** Queries that are only built: what is run where it is awaited, and nobody waits for it. */
import type { ValueId } from "../../contracts/file-graph.js";
import { operandsOfSite } from "../models/address-values.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

/** Calls that run what they are asked of, whatever comes of it. */
const running =
  /^(?:promise|send|then|catch|finally|exec|execute|executeTakeFirst|executeTakeFirstOrThrow|run|all|get|values|stream|pipe|forEach|toArray|cursor|asCallback)$/u;

/** Of a call whose model says that it is lazy. */
export function isOnlyBuilt(pointsTo: PointsTo, site: CallSite): boolean {
  const { instruction, caller } = site;
  if (instruction.kind !== "call" || isGivenFunction(pointsTo, site)) return false;
  const seen = new Set<ValueId>();
  return (
    !isRun(caller, instruction.out, seen) &&
    (instruction.receiver === null || !isBuilderRun(pointsTo, caller, instruction.receiver, seen))
  );
}

/** What was asked before may be the same query, which others run: `query.insert(row); await query`. */
function isBuilderRun(pointsTo: PointsTo, node: FunctionNode, builder: ValueId, seen: Set<ValueId>): boolean {
  const definition = node.definitions[builder];
  const made = definition?.kind === "instruction" ? definition.instruction : null;
  switch (made?.kind) {
    case "call":
      if (isRun(node, builder, seen)) return true;
      return made.receiver !== null && isBuilderRun(pointsTo, node, made.receiver, seen);
    case "cast":
    case "declare":
      return isRun(node, builder, seen) || isBuilderRun(pointsTo, node, made.value, seen);
    // A client, a table, a class of documents: what everybody asks is no query.
    case "cell-read":
    case "import-read":
    case "global":
      return false;
    default:
      return [...pointsTo.valuesOf(node, builder)].some(
        (value) => value.kind === "foreign" && value.path.at(-1) === "()",
      );
  }
}

/** What is told whom to call when it is done is run at once. */
function isGivenFunction(pointsTo: PointsTo, site: CallSite): boolean {
  return operandsOfSite(site).arguments.some(({ value }) =>
    [...pointsTo.valuesOf(site.caller, value)].some(({ kind }) => kind === "function"),
  );
}

/** It is awaited, asked to run, or handed to somebody who may do that. */
function isRun(node: FunctionNode, value: ValueId, seen: Set<ValueId>): boolean {
  if (seen.has(value)) return false;
  seen.add(value);
  const isHandedOn = node.graph.blocks.some(
    ({ phis, end }) =>
      phis.some(({ inputs }) => inputs.some((input) => input.value === value)) ||
      (end.kind !== "branch" && "value" in end && end.value === value),
  );
  if (isHandedOn) return true;
  return (node.uses[value] ?? []).some((point) => {
    const use = node.code[point];
    switch (use?.kind) {
      case undefined:
      case "unary":
      case "binary":
        return false;
      case "load":
        // A method that is called is seen at its call.
        return !(node.uses[use.out] ?? []).every((each) => {
          const call = node.code[each];
          return call?.kind === "call" && call.callee === use.out;
        });
      case "call":
        if (seen.has(use.out)) return false;
        if (use.receiver !== value || use.arguments.some((argument) => argument.value === value)) return true;
        return running.test(use.name.slice(use.name.lastIndexOf(".") + 1)) || isRun(node, use.out, seen);
      case "cast":
      case "declare":
        return isRun(node, use.out, seen);
      default:
        return true;
    }
  });
}
