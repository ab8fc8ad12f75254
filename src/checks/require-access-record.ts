/** Article 15: staff read a child's data where they may, with approval, on the record, and not by the shipload. */
import { listNames } from "../base/word-list.js";
import type { AccessGap, StaffRead } from "../contracts/access.js";
import type { FlowFinding } from "../contracts/finding.js";
import type { FindingText } from "../contracts/message.js";
import { defineCheck } from "./define-check.js";

export interface AccessParameters {
  readonly fields: readonly string[];
  readonly callee: string;
  readonly outset: string;
  readonly sign: StaffRead["sign"];
  readonly otherOutsets: readonly string[];
  /** A marked function near the way that did not take effect: `requireApproval (src/admin.ts:12)`. */
  readonly near: string | null;
}

const why =
  "Article 15: staff get at children's information with the least authority that they need, each access is approved by the responsible person or somebody whom that person has named, and is recorded; copying and downloading against the law is prevented.";

const signWords: Readonly<Record<StaffRead["sign"], string>> = {
  marked: "",
  address: ", an address of staff,",
  role: ", which only staff come through,",
};

function from({ outset, sign, otherOutsets }: AccessParameters): string {
  const { length } = otherOutsets;
  const others =
    length === 0 ? "" : ` and ${length === 1 ? "1 other entry" : `${String(length)} other entries`}`;
  return `through ${outset}${signWords[sign]}${others}`;
}

function read(p: AccessParameters, lacks: string): string {
  return `${listNames(p.fields)} ${p.fields.length === 1 ? "is" : "are"} read by ${p.callee} ${from(p)} ${lacks}.`;
}

function nearWords({ near }: AccessParameters, what: string): string {
  return near === null ? "" : ` ${near} is marked for it, and ${what}.`;
}

const texts = {
  authorization: (p: AccessParameters): FindingText => ({
    what: read(p, "with no check before that the person may"),
    why,
    mend: "Check before the read who asks and what that person may do, and answer 401 or 403 or throw where it is not allowed.",
  }),
  approval: (p: AccessParameters): FindingText => ({
    what: `${read(p, "with no approval before")}${nearWords(p, "one way comes here without it, or its answer is not looked at")}`,
    why,
    mend: "Call the function that is marked with @accessApproval before the read, and stop where it says no; mark the one there is.",
  }),
  record: (p: AccessParameters): FindingText => ({
    what: `${read(p, "with no record of who read it")}${nearWords(p, "one way comes here and leaves without it")}`,
    why,
    mend: "Write down who read whose data, and when, on every way: call the function that is marked with @accessRecord; mark the one there is.",
  }),
  export: (p: AccessParameters): FindingText => ({
    what: read(p, "and many children's data is handed out at once, to be copied or downloaded"),
    why,
    mend: "Show what is needed, one child at a time; or keep the export out of reach, and say in a comment that suppresses this who has approved it and why.",
  }),
} satisfies Record<AccessGap, (p: AccessParameters) => FindingText>;

function parametersOf(
  { sink, outset, sign, otherOutsets, near }: StaffRead,
  field: string,
): AccessParameters {
  return {
    fields: [field],
    callee: sink.callee,
    outset: outset.name,
    sign,
    otherOutsets,
    near: near === null ? null : `${near.name} (${near.location.file}:${String(near.location.line)})`,
  };
}

export const requireAccessRecord = defineCheck({
  id: "require-access-record",
  description: "staff read children's personal information with authority, approval and a record",
  texts,
  find(facts, say): FlowFinding[] {
    return facts.staffReads.flatMap((each): FlowFinding[] => {
      const field = facts.annotations.fields.get(each.field);
      if (field === undefined) return [];
      return [
        {
          rule: "require-access-record",
          message: say(each.gap, parametersOf(each, field.name)),
          field,
          otherSources: [],
          verdict: each.assumptions.length === 0 ? "proven" : "possible",
          location: each.sink.location,
          sink: each.sink,
          protection: { kind: "raw" },
          trace: each.trace,
          assumptions: each.assumptions,
        },
      ];
    });
  },
});
