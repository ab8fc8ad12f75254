/** What a function does with a row that was read: takes members of it by name, gives it back, or hands it on whole. */
import type { Instruction, InstructionOf, ValueId } from "../../contracts/file-graph.js";
import { isIndex } from "../paths/path-components.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { endsBlock, joinedInto } from "../program/value-ends.js";

/** A member that is taken by its name. */
export interface TakenMember {
  readonly name: string;
  readonly value: ValueId;
  readonly point: number;
}

export interface RowUses {
  readonly members: readonly TakenMember[];
  /** The row, or a part under a name that leads to rows, is handed on, kept, or gone through. */
  readonly isWhole: boolean;
  readonly isGivenBack: boolean;
}

/** Words that ask about a value, and tell nothing of what is in it. */
const asking = new Set(["!", "typeof", "void", "===", "!==", "==", "!=", "instanceof", "in", "delete"]);

/** Calls that give what they are given, in another form: `JSON.parse(text)`, `open(sealed)`. */
export const reforming = /(?:^|\.)(?:parse|from|fromEntries|decrypt\w*|open|unseal|deserialize)$/u;

type Effect = "none" | "whole" | { readonly again: ValueId; readonly isAwaited?: boolean };

/** `leads`: a name that stands between what a call gives back and the rows in it (`rows`). */
export function usesOfRow(
  pointsTo: PointsTo,
  node: FunctionNode,
  row: ValueId,
  isQuery: boolean,
  leads: (member: TakenMember) => boolean,
): RowUses {
  const members: TakenMember[] = [];
  const seen = new Set<ValueId>([row]);
  const queue: { readonly value: ValueId; readonly isQuery: boolean }[] = [{ value: row, isQuery }];
  let isWhole = false;
  let isGivenBack = false;
  const push = (value: ValueId, query: boolean): void => {
    if (seen.has(value)) return;
    seen.add(value);
    queue.push({ value, isQuery: query });
  };
  for (const each of queue) {
    const { value } = each;
    isGivenBack ||= endsBlock(node, value, "return");
    isWhole ||= endsBlock(node, value, "throw");
    for (const joined of joinedInto(node, value)) push(joined, each.isQuery);
    for (const point of node.uses[value] ?? []) {
      const use = node.code[point];
      if (use === undefined) continue;
      if (use.kind === "load" && use.property.kind === "name" && use.object === value) {
        const member = { name: use.property.name, value: use.out, point };
        if (isOnlyCalled(node, use.out)) continue;
        if (pointsTo.findSite(node, point)?.edges.size) isWhole = true;
        else if (isIndex(member.name) || leads(member)) push(use.out, false);
        else members.push(member);
        continue;
      }
      const effect = effectOf(pointsTo, node, value, point, use, each.isQuery);
      if (effect === "whole") isWhole = true;
      else if (effect !== "none") push(effect.again, each.isQuery && effect.isAwaited !== true);
    }
  }
  return { members, isWhole, isGivenBack };
}

function effectOf(
  pointsTo: PointsTo,
  node: FunctionNode,
  value: ValueId,
  point: number,
  use: Instruction,
  isQuery: boolean,
): Effect {
  switch (use.kind) {
    case "await":
      return { again: use.out, isAwaited: true };
    case "declare":
    case "cast":
      return { again: use.out };
    case "load":
      // `rows[index]` is a row still, `row[name]` may be any column.
      return use.object === value && use.property.kind === "element" ? { again: use.out } : "whole";
    case "unary":
    case "binary":
      return asking.has(use.operator) ? "none" : "whole";
    case "delete":
      return "none";
    case "store":
      return use.value === value ? "whole" : "none";
    case "copy-properties":
    case "append-elements":
      return use.source === value ? "whole" : "none";
    case "call":
      return isOfItself(pointsTo, node, value, point, use, isQuery) ? { again: use.out } : "whole";
    default:
      return "whole";
  }
}

/**
 * A later call of the same query, or one that gives the same row or one of the rows: `.lean()`, `.toJSON()`, `.at(0)`,
 * `JSON.parse(text)`.
 */
function isOfItself(
  pointsTo: PointsTo,
  node: FunctionNode,
  value: ValueId,
  point: number,
  use: InstructionOf<"call">,
  isQuery: boolean,
): boolean {
  const site = pointsTo.findSite(node, point);
  if (use.callee === value || site === undefined || site.edges.size > 0 || site.callbacks.size > 0)
    return false;
  if (use.receiver !== value) return use.arguments.length === 1 && reforming.test(use.name);
  return use.arguments.every((argument) => {
    const made = node.definitions[argument.value];
    const instruction = made?.kind === "instruction" ? made.instruction : null;
    if (argument.value === value || instruction?.kind === "function") return false;
    return isQuery || (instruction?.kind === "constant" && instruction.type === "number");
  });
}

/** The call itself is another use of what it is called on. */
function isOnlyCalled(node: FunctionNode, value: ValueId): boolean {
  const uses = (node.uses[value] ?? []).map((point) => node.code[point]);
  return uses.length > 0 && uses.every((use) => use?.kind === "call" && use.callee === value);
}
