/** From flows to findings: one finding a rule, sink location and field, with the shortest trace. */
import { compareLocations, type Location } from "../base/location.js";
import type { AnnotationTable, Field } from "../contracts/annotation.js";
import type { FlowFinding, FlowRule } from "../contracts/finding.js";
import type { Flow, Protection } from "../contracts/flow.js";
import type { Message } from "../contracts/message.js";

/** The less a state protects, the earlier it stands. */
const protectionOrder: readonly Protection["kind"][] = [
  "raw",
  "encoded",
  "weak",
  "hashed",
  "pseudonymised",
  "encrypted",
];

/** What a check says of a finding's worst flow. */
export interface Said {
  readonly message: Message;
  /** Where only some of the rule's articles are concerned. */
  readonly articles?: readonly number[];
  /** The message says what cannot be told, though every step of the way was followed. */
  readonly isDoubtful?: boolean;
}

/** Groups flows that break a rule into its findings. `say` words a finding by its worst flow. */
export function flowFindings(
  rule: FlowRule,
  flows: readonly Flow[],
  annotations: AnnotationTable,
  say: (flow: Flow, field: Field) => Message | Said,
): FlowFinding[] {
  const groups = new Map<string, Flow[]>();
  for (const flow of flows) {
    const { file, line, column } = flow.sink.location;
    const key = `${file}:${String(line)}:${String(column)}:${flow.field}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [flow]);
    else group.push(flow);
  }
  return [...groups.values()].flatMap((group) => {
    const [flow] = group.sort(compareFlows);
    const field = flow === undefined ? undefined : annotations.fields.get(flow.field);
    if (flow === undefined || field === undefined) return [];
    return [findingOf(rule, flow, field, otherSourcesOf(group, flow), inFull(say(flow, field)))];
  });
}

function inFull(said: Message | Said): Said {
  return "message" in said ? said : { message: said };
}

function findingOf(
  rule: FlowRule,
  flow: Flow,
  field: Field,
  otherSources: readonly Location[],
  { message, articles, isDoubtful = false }: Said,
): FlowFinding {
  return {
    rule,
    message,
    ...(articles === undefined ? {} : { articles }),
    field,
    otherSources,
    verdict: flow.assumptions.length === 0 && !isDoubtful ? "proven" : "possible",
    location: flow.sink.location,
    sink: flow.sink,
    protection: flow.protection,
    trace: flow.trace,
    assumptions: flow.assumptions,
  };
}

/** Certain before assumed, unprotected before badly protected, short before long. */
function compareFlows(a: Flow, b: Flow): number {
  return (
    Number(a.assumptions.length > 0) - Number(b.assumptions.length > 0) ||
    protectionOrder.indexOf(a.protection.kind) - protectionOrder.indexOf(b.protection.kind) ||
    a.trace.length - b.trace.length
  );
}

function otherSourcesOf(group: readonly Flow[], shown: Flow): Location[] {
  const all = group.flatMap((flow) => [
    ...(flow.trace[0] === undefined ? [] : [flow.trace[0].location]),
    ...flow.otherSources,
  ]);
  const seen = new Set(shown.trace[0] === undefined ? [] : [placeOf(shown.trace[0].location)]);
  return all.sort(compareLocations).filter((location) => {
    const place = placeOf(location);
    if (seen.has(place)) return false;
    seen.add(place);
    return true;
  });
}

function placeOf(location: Location): string {
  return `${location.file}:${String(location.line)}:${String(location.column)}`;
}
