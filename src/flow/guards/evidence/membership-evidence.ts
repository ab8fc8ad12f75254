/** What asking for one of some constants tells by coming out so: `["granted", "renewed"].includes(answer.kind)`. */
import type { ValueId } from "../../../contracts/file-graph.js";
import { constantMembers, possibleMembers } from "../../constants/constant-members.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import type { Outcome, Scalar } from "./outcome.js";
import { at, truthOf } from "./outcome.js";

type Tells = (node: FunctionNode, value: ValueId, outcome: Outcome, isAwaited: boolean) => boolean;

export function membershipTells(
  pointsTo: PointsTo,
  { instruction, caller }: CallSite,
  outcome: Outcome,
  tells: Tells,
): boolean {
  if (instruction.kind !== "call" || instruction.receiver === null || outcome.path.length > 0) return false;
  const truth = truthOf(outcome.test);
  const [asked, ...others] = instruction.arguments;
  if (truth === null || asked === undefined || asked.spread || others.length > 0) return false;
  if (!/\.(?:includes|has)$/u.test(instruction.name)) return false;
  const lists = pointsTo.valuesOf(caller, instruction.receiver);
  if (!truth && lists.size > 1) return false;
  const members = new Set<Scalar>();
  for (const list of lists) {
    // It is one of all that may be in it; or none of those that are in it for certain.
    const known = truth ? possibleMembers(pointsTo, list) : constantMembers(pointsTo, list);
    if (known === null) return false;
    for (const each of known) {
      if (!isScalar(each)) return false;
      members.add(each);
    }
  }
  if (members.size === 0) return false;
  return truth
    ? [...members].every((value) => tells(caller, asked.value, at([], { kind: "is", value }), false))
    : tells(caller, asked.value, at([], { kind: "isnt", values: [...members] }), false);
}

function isScalar(value: unknown): value is Scalar {
  return value == null || /^(?:string|number|boolean)$/u.test(typeof value);
}
