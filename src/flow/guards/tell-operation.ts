/** An operation and the unguarded way to it, as the checks hear of it. */
import type { Operation, StepNote, TraceStep } from "../../contracts/flow.js";
import type { Operation as OperationKind } from "../../contracts/vocabulary.js";
import { locationOf } from "../program/program.js";
import type { SinkHit } from "../sinks/sinks.js";
import { called } from "../paths/step-names.js";
import { flatten } from "../tabulation/trace.js";
import type { Chains } from "./handlers/chains.js";
import type { GuardPlaces } from "./marks/guard-places.js";
import { ineffectiveGuards } from "./ineffective-guards.js";
import type { OpenWay, Passage } from "./open-way.js";
import type { OpenWays } from "./open-ways.js";
import type { GuardUses } from "./entries/guard-uses.js";
import { nameOfOutset } from "./entries/outset-name.js";

export function tellOperation(
  kind: OperationKind,
  { sink, state, arrivals }: SinkHit,
  way: OpenWay,
  others: readonly OpenWay[],
  open: OpenWays,
  places: GuardPlaces,
  uses: GuardUses,
  chains: Chains,
): Operation {
  const { outset } = way;
  const name = nameOfOutset(outset, chains);
  const at = outset.site === null ? outset.node.graph.nameAt : outset.site.instruction.at;
  const location = locationOf(outset.site?.caller ?? outset.node, at);
  const data = arrivals[0] === undefined ? [] : flatten(arrivals[0].trace);
  const first: TraceStep[] =
    way.beginning === null
      ? data.slice(0, 1)
      : [{ location: locationOf(way.beginning.node, way.beginning.span), note: way.beginning.note }];
  const assumed: StepNote[] = data
    .map(({ note }) => note)
    .filter(({ kind: note }) => note === "assumed-through" || note === "assumed-called");
  const isUnsure = state.assumed || way.isAssumed;
  if (isUnsure && assumed.length === 0) assumed.push({ kind: "assumed-called", callee: name });
  return {
    kind,
    isAgain: false,
    field: state.field,
    sink,
    protection: state.protection,
    outset: { kind: outset.kind, name, location },
    otherOutsets: [...new Set(others.map((other) => nameOfOutset(other.outset, chains)))]
      .filter((other) => other !== name)
      .sort(),
    trace: [
      ...first,
      { location, note: { kind: "enters-at", outset: name } },
      ...[...way.passages].reverse().flatMap((passage, index, all) => stepsOf(passage, all[index + 1], open)),
      { location: sink.location, note: { kind: "sink", callee: sink.callee } },
    ],
    assumptions: isUnsure ? assumed : [],
    ineffective: ineffectiveGuards(way, open, places, chains),
    offered: uses.offer(
      (mark) => open.question.acceptsMark(mark),
      [way, ...others].map((each) => each.outset),
    ),
  };
}

/** The sides that the way takes of the tests in a function, and the call that leads on. */
function stepsOf({ node, point }: Passage, next: Passage | undefined, open: OpenWays): TraceStep[] {
  const steps: TraceStep[] = [];
  if (open.isNearGuard(node)) {
    const { blocks } = open.open(node);
    let position: number | undefined = node.blockOf[point];
    for (let hops = 0; position !== undefined && hops < 100; hops++) {
      const arrival = blocks.get(position);
      if (arrival === undefined || arrival === null) break;
      const end = node.graph.blocks[arrival.from]?.end;
      if (arrival.side !== "jump" && end !== undefined && "at" in end)
        steps.unshift({ location: locationOf(node, end.at), note: { kind: "takes", side: arrival.side } });
      else if (arrival.side === "handler") {
        const caught = node.code[node.blockStart[position] ?? 0];
        if (caught !== undefined)
          steps.unshift({ location: locationOf(node, caught.at), note: { kind: "takes", side: "handler" } });
      }
      position = arrival.from;
    }
  }
  const instruction = node.code[point];
  if (next !== undefined && instruction !== undefined)
    steps.push({
      location: locationOf(node, instruction.at),
      note: { kind: "goes-into", ...called(next.node, node) },
    });
  return steps;
}
