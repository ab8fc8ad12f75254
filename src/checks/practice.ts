/** What the code does that guardians have to be told of: what it collects, keeps, hands on, and what for. */
import { compareLocations, type Location } from "../base/location.js";
import type { Category, Medium, Purpose } from "../contracts/vocabulary.js";
import type { Flow, TraceStep } from "../contracts/flow.js";
import type { Facts } from "./facts.js";
import { recipientOf, type Recipient } from "./recipients.js";
import { StoreIdentities } from "./store-identity.js";
import { clientOf } from "./store-name.js";

/** Where the code does it. */
export interface Evidence {
  readonly location: Location;
  readonly trace: readonly TraceStep[];
  /** Fields that are concerned, by name. */
  readonly fields: readonly string[];
  readonly isPossible: boolean;
}

export interface KeptAt {
  readonly medium: Medium;
  readonly client: string;
  readonly target: string | null;
}

export interface Practice {
  readonly categories: ReadonlyMap<Category, Evidence>;
  readonly stores: readonly { readonly store: KeptAt; readonly evidence: Evidence }[];
  readonly recipients: readonly { readonly recipient: Recipient; readonly evidence: Evidence }[];
  readonly purposes: ReadonlyMap<Purpose, Evidence>;
  /** Fields that flow somewhere and do not say what for. */
  readonly hasUnstatedPurposes: boolean;
}

type Known = Pick<Facts, "flows" | "captures" | "annotations" | "deletions" | "configOf">;

export function practiceOf(facts: Known): Practice {
  const flows = [...facts.flows].sort(compareEvidence);
  const fieldOf = (flow: Flow) => facts.annotations.fields.get(flow.field);
  // What is only written to a log is no collection of its own.
  const kept = flows.filter((flow) => flow.sink.role !== "log" || isCollected(flow));
  const evidence = (group: readonly Flow[]): Evidence => evidenceOf(group, facts);
  const categories = groupBy(kept, (flow) => {
    const category = fieldOf(flow)?.category;
    return category === undefined ? [] : [category];
  });
  const stores = new StoreIdentities(
    flows.filter(({ sink }) => sink.medium !== null),
    facts.deletions.tableNames,
  ).groups;
  const purposes = groupBy(flows, (flow) => [
    ...(flow.sink.purpose === null ? [] : [flow.sink.purpose]),
    ...(fieldOf(flow)?.purposes ?? []),
  ]);
  return {
    categories: mapValues(categories, evidence),
    stores: stores.map(({ sink, flows: group }) => ({
      store: { medium: sink.medium as Medium, client: clientOf(sink), target: sink.target },
      evidence: evidence([...group].sort(compareEvidence)),
    })),
    recipients: recipientsIn(flows, facts),
    purposes: mapValues(purposes, evidence),
    hasUnstatedPurposes: flows.some((flow) => fieldOf(flow)?.purposes.length === 0),
  };
}

/** It comes in from outside. */
function isCollected({ trace }: Flow): boolean {
  return trace[0]?.note.kind === "enters";
}

function recipientsIn(all: readonly Flow[], facts: Known): Practice["recipients"] {
  const flows = all.filter((flow) => !isObject(flow, all));
  const groups = groupBy(flows, (flow) => {
    const recipient = recipientOf(flow.sink, facts.configOf(flow.sink.location.file));
    return recipient === null ? [] : [recipient.name];
  });
  const found = [...groups.values()].flatMap((group): Practice["recipients"][number][] => {
    const [first] = group;
    const recipient =
      first === undefined ? null : recipientOf(first.sink, facts.configOf(first.sink.location.file));
    if (recipient === null) return [];
    const evidence = evidenceOf(group, facts);
    return [{ recipient, evidence: { ...evidence, isPossible: evidence.isPossible || !recipient.isKnown } }];
  });
  const taking = facts.captures
    .filter(({ recipient }) => !groups.has(recipient))
    .map(({ recipient: name, recipientRole: role, location, callee }) => ({
      recipient: { name, host: null, role, isKnown: true },
      evidence: {
        location,
        trace: [{ location, note: { kind: "sink" as const, callee } }],
        fields: [],
        isPossible: true,
      },
    }));
  return [...found, ...new Map(taking.map((each) => [each.recipient.name, each])).values()];
}

function evidenceOf(flows: readonly Flow[], { annotations }: Known): Evidence {
  const [first] = flows;
  const fields = new Set(flows.flatMap(({ field }) => annotations.fields.get(field)?.name ?? []));
  return {
    location: first?.sink.location ?? { file: "", line: 1, column: 1 },
    trace: first?.trace ?? [],
    fields: [...fields].sort(),
    isPossible: flows.every(({ assumptions }) => assumptions.length > 0),
  };
}

/** An object that anybody may read is made public, and handed to nobody. */
function isObject({ sink: { role, location } }: Flow, flows: readonly Flow[]): boolean {
  return (
    role === "public" &&
    flows.some(
      ({ sink }) =>
        sink.role === "store" &&
        sink.location.file === location.file &&
        compareLocations(sink.location, location) === 0,
    )
  );
}

/** What keeps it or hands it on shows more than what logs it. */
function rankOf({ sink: { role } }: Flow): number {
  return role === "log" ? 1 : 0;
}

/** Certain before assumed, from outside before read, then by place. */
function compareEvidence(a: Flow, b: Flow): number {
  return (
    Number(a.assumptions.length > 0) - Number(b.assumptions.length > 0) ||
    rankOf(a) - rankOf(b) ||
    Number(isCollected(b)) - Number(isCollected(a)) ||
    compareLocations(a.sink.location, b.sink.location)
  );
}

function groupBy<K>(flows: readonly Flow[], keysOf: (flow: Flow) => readonly K[]): Map<K, Flow[]> {
  const groups = new Map<K, Flow[]>();
  for (const flow of flows)
    for (const key of keysOf(flow)) {
      const known = groups.get(key);
      if (known === undefined) groups.set(key, [flow]);
      else known.push(flow);
    }
  return groups;
}

function mapValues<K, V, W>(map: ReadonlyMap<K, V>, make: (value: V) => W): Map<K, W> {
  return new Map([...map].map(([key, value]) => [key, make(value)]));
}
