/** Articles 13 and 15: logs are read by many and kept long, so children's information stays out of them. */
import { listNames } from "../base/word-list.js";
import type { WeakReason } from "../contracts/flow.js";
import type { FindingText } from "../contracts/message.js";
import { defineCheck } from "./define-check.js";
import { isExposed } from "./exposure.js";
import { flowFindings } from "./flow-finding.js";

export interface LogParameters {
  readonly fields: readonly string[];
  readonly callee: string;
  readonly by: string;
}

const why =
  "Logs are stored in plain text and read by more people than the data is meant for (Articles 13 and 15: encrypted storage, and access only for those who need it).";
const leaveOut =
  "Leave it out, or log an id that says nothing about the child; mask it with a function marked @redacts where a trace is needed.";

function logged(how: (p: LogParameters) => string, mend = leaveOut) {
  return (p: LogParameters): FindingText => ({
    what: `${listNames(p.fields)} ${p.fields.length === 1 ? "is" : "are"} written to a log by ${p.callee}${how(p)}.`,
    why,
    mend,
  });
}

const weakWords: Readonly<Record<WeakReason, string>> = {
  algorithm: "an algorithm that is broken",
  mode: "a mode that leaves patterns visible",
  "hard-coded-key": "a key that stands in the code",
  "fallback-key": "a key that stands in the code wherever none is set from outside",
  "constant-iv": "the same IV each time",
  "derived-iv": "an IV made of the data itself",
};

const texts = {
  raw: logged(() => ""),
  encoded: logged((p) => `, only encoded (${p.by}), which anyone can undo`),
  hashed: logged(
    (p) =>
      `, hashed without a key (${p.by}): guessable values such as a phone number or a name are found again by trying`,
    "Leave it out, or use an HMAC with a secret key.",
  ),
  weak: (p: LogParameters & { readonly reason: WeakReason }) =>
    logged(
      (inner) => `, encrypted (${inner.by}) with ${weakWords[p.reason]}`,
      "Leave it out, or encrypt it with AES-256-GCM, a key from a key store and a fresh IV.",
    )(p),
};

export const noChildDataInLogs = defineCheck({
  id: "no-child-data-in-logs",
  description: "children's personal information does not reach logs",
  texts,
  find(facts, say) {
    const breaking = facts.flows.filter(
      ({ sink, protection, field }) =>
        sink.role === "log" && isExposed(protection, facts.annotations.fields.get(field)),
    );
    return flowFindings(
      "no-child-data-in-logs",
      breaking,
      facts.annotations,
      ({ sink, protection }, field) => {
        const parameters = {
          fields: [field.name],
          callee: sink.callee,
          by: protection.kind === "raw" ? "" : protection.by,
        };
        if (protection.kind === "weak") return say("weak", { ...parameters, reason: protection.reason });
        return say(
          protection.kind === "encoded" || protection.kind === "hashed" ? protection.kind : "raw",
          parameters,
        );
      },
    );
  },
});
