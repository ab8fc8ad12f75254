/** Article 13: what is stored is encrypted, in caches, files, queues and browsers too. */
import { listNames } from "../base/word-list.js";
import type { GuardFinding } from "../contracts/finding.js";
import type { Flow, Protection, WeakReason } from "../contracts/flow.js";
import type { FindingText } from "../contracts/message.js";
import { defineCheck } from "./define-check.js";
import { isExposed } from "./exposure.js";
import { flowFindings } from "./flow-finding.js";
import { clientOf, matchesStore, storeNameOf, storeInWords } from "./store-name.js";

export interface StoreParameters {
  readonly fields: readonly string[];
  readonly callee: string;
  readonly medium: string;
  readonly client: string;
  readonly target: string | null;
  /** `database:prisma/child`, for the config. */
  readonly store: string;
  /** The function that did not protect enough. */
  readonly by: string;
}

export interface SealerParameters {
  readonly name: string;
  readonly as: Protection["kind"];
  /** What it does instead. */
  readonly by: string;
}

const why = "Article 13: children's personal information is stored encrypted.";

function mendOf(p: StoreParameters): string {
  if (p.medium === "browser") {
    return "Keep it on the server, or encrypt it before this call; mark a function of your own that encrypts with @encrypts.";
  }
  return (
    "Encrypt it before this call (mark a function of your own that does with @encrypts), " +
    `or say under stores: in child-privacy.yaml what encrypts ${p.store} at rest.`
  );
}

function unprotected(how: (p: StoreParameters) => string, mend: (p: StoreParameters) => string = mendOf) {
  return (p: StoreParameters): FindingText => ({
    what: `${listNames(p.fields)} ${p.fields.length === 1 ? "goes" : "go"} ${how(p)}`,
    why,
    mend: mend(p),
  });
}

const texts = {
  raw: unprotected((p) => `to ${storeInWords(p)} in plain text through ${p.callee}.`),
  encoded: unprotected(
    (p) =>
      `to ${storeInWords(p)} through ${p.callee} only encoded (${p.by}), which anyone can undo without a key.`,
  ),
  hashed: unprotected(
    (p) =>
      `to ${storeInWords(p)} through ${p.callee} hashed without a key (${p.by}): a phone number, birth date or name is found again by trying them all.`,
    (p) => `Use an HMAC with a secret key, or a token, instead of the plain hash. ${mendOf(p)}`,
  ),
  "slowly-hashed": unprotected(
    (p) =>
      `to ${storeInWords(p)} through ${p.callee} hashed as a password is (${p.by}): that keeps passwords, but of a phone number, birth date or name there are few enough to try them all.`,
    (p) => `Use an HMAC with a secret key, or a token, instead of the password hash. ${mendOf(p)}`,
  ),
  "weak-algorithm": unprotected(
    (p) => `to ${storeInWords(p)} through ${p.callee} encrypted with an algorithm that is broken (${p.by}).`,
    () => "Use AES-256-GCM or ChaCha20-Poly1305.",
  ),
  "weak-mode": unprotected(
    (p) =>
      `to ${storeInWords(p)} through ${p.callee} encrypted in a mode that leaves patterns visible (${p.by}).`,
    () => "Use GCM with a fresh random IV for each value.",
  ),
  "weak-hard-coded-key": unprotected(
    (p) =>
      `to ${storeInWords(p)} through ${p.callee} encrypted (${p.by}) with a key that stands in the code, so whoever reads the code reads the data.`,
    () => "Take the key from a key store or an environment variable.",
  ),
  "weak-fallback-key": unprotected(
    (p) =>
      `to ${storeInWords(p)} through ${p.callee} encrypted (${p.by}) with a key that stands in the code wherever none is set from outside.`,
    () => "Take the default away and stop where the key is not set.",
  ),
  "weak-derived-iv": unprotected(
    (p) =>
      `to ${storeInWords(p)} through ${p.callee} encrypted (${p.by}) with an IV made of the data itself, so equal values look equal and a guess can be checked.`,
    () =>
      "Make a fresh random IV for each value (randomBytes(12) for GCM) and store it beside the ciphertext; to look values up, store an HMAC with a secret key.",
  ),
  "hollow-sealer": (p: SealerParameters): FindingText => ({
    what: `${p.name} is marked with @encrypts and gives back what it is given ${sealerWords[p.as]}${p.by === "" ? "" : ` (${p.by})`}. It is believed: what goes through it counts as encrypted.`,
    why,
    mend: "Let it encrypt (AES-256-GCM, a key from outside the code, a fresh random IV), or take the mark away.",
  }),
  "weak-constant-iv": unprotected(
    (p) =>
      `to ${storeInWords(p)} through ${p.callee} encrypted (${p.by}) with the same IV each time, so equal values look equal and the key stream can be recovered.`,
    () =>
      "Make a fresh random IV for each value (randomBytes(12) for GCM) and store it beside the ciphertext.",
  ),
};

const sealerWords: Readonly<Record<Protection["kind"], string>> = {
  raw: "in plain text",
  encoded: "only encoded, which anyone can undo without a key",
  hashed: "hashed without a key, so that guessable values are found again by trying",
  weak: "encrypted in a way that does not protect",
  pseudonymised: "",
  encrypted: "",
};

const weakTexts: Readonly<Record<WeakReason, `weak-${WeakReason}`>> = {
  algorithm: "weak-algorithm",
  mode: "weak-mode",
  "hard-coded-key": "weak-hard-coded-key",
  "fallback-key": "weak-fallback-key",
  "constant-iv": "weak-constant-iv",
  "derived-iv": "weak-derived-iv",
};

function textFor(protection: Protection): keyof typeof texts {
  switch (protection.kind) {
    case "hashed":
      return protection.slow ? "slowly-hashed" : "hashed";
    case "weak":
      return weakTexts[protection.reason];
    case "encoded":
      return "encoded";
    case "raw":
    case "encrypted":
    case "pseudonymised":
      return "raw";
  }
}

function isStore(flow: Flow): boolean {
  return flow.sink.role === "store" || flow.sink.role === "sql";
}

export const requireEncryption = defineCheck({
  id: "require-encryption",
  description: "stores receive children's personal information only encrypted",
  texts,
  find(facts, say) {
    const breaking = facts.flows.filter((flow) => {
      const field = facts.annotations.fields.get(flow.field);
      if (!isStore(flow) || !isExposed(flow.protection, field) || flow.sink.protectedBy !== null)
        return false;
      const { stores } = facts.configOf(flow.sink.location.file);
      return !stores.some((store) => matchesStore(store.match, flow.sink));
    });
    const sealers = facts.hollowSealers.map(({ name, protection, location }): GuardFinding => ({
      rule: "require-encryption",
      verdict: "possible",
      message: say("hollow-sealer", {
        name,
        as: protection.kind,
        by: protection.kind === "raw" ? "" : protection.by,
      }),
      location,
      subject: name,
    }));
    const flows = flowFindings(
      "require-encryption",
      breaking,
      facts.annotations,
      ({ sink, protection }, field) =>
        say(textFor(protection), {
          fields: [field.name],
          callee: sink.callee,
          medium: sink.medium ?? "store",
          client: clientOf(sink),
          target: sink.target,
          store: storeNameOf(sink),
          by: protection.kind === "raw" ? "" : protection.by,
        }),
    );
    return [...sealers, ...flows];
  },
});
