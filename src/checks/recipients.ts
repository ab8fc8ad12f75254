/** Who gets the data of a sink: a company of the catalogue, or the host that a request goes to. */
import type { ResolvedConfig } from "../contracts/config.js";
import type { Sink } from "../contracts/flow.js";
import type { RecipientRole } from "../contracts/vocabulary.js";
import { isFirstParty } from "./first-party.js";

export interface Recipient {
  /** The company, or the host; what holds the address where it cannot be told. */
  readonly name: string;
  /** The host of the request; null where the package says who gets it. */
  readonly host: string | null;
  /** Processor (Art. 16), transfer (17) or disclosure (18); null: the code cannot tell, and the record says it. */
  readonly role: RecipientRole | null;
  /** Its host can be told from the code. */
  readonly isKnown: boolean;
}

/** Null: the data stays with the operator, or with the one it has rented the place from. */
export function recipientOf(sink: Sink, config: ResolvedConfig): Recipient | null {
  switch (sink.role) {
    case "disclose":
    case "public":
      return sink.recipient === null ? null : companyOf(sink.recipient, sink);
    case "store":
    case "sql":
      return config.hostedStores && sink.recipient !== null ? companyOf(sink.recipient, sink) : null;
    case "http":
      return hostOf(sink, config);
    case "log":
    case "device":
    case "read":
      return null;
  }
}

function companyOf(name: string, sink: Sink): Recipient {
  return { name, host: null, role: sink.recipientRole, isKnown: true };
}

function hostOf(
  { host, addressName, recipient, recipientRole }: Sink,
  config: ResolvedConfig,
): Recipient | null {
  if (host === null || isFirstParty(host, config.firstParty)) return null;
  if (host === "*" || host.startsWith("env:"))
    return { name: addressName ?? "an address", host, role: null, isKnown: false };
  return recipient === null
    ? { name: host, host, role: null, isKnown: !host.includes("*") }
    : { name: recipient, host, role: recipientRole, isKnown: true };
}
