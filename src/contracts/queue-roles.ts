/** What models say of jobs and messages that wait in queues, and of the exchanges that hand messages on into them. */
import type { Address } from "./address.js";

export type QueueRole =
  /** The name of the job that is put, that is done, or that what is read belongs to. */
  | { readonly kind: "job-name"; readonly of: readonly Address[] }
  /** The job is on a calendar: it is done again and again, whatever came of it before. */
  | { readonly kind: "repeats" }
  /** How an exchange hands messages on: `direct`, `topic`, `fanout` or `headers`. */
  | { readonly kind: "hands-on"; readonly exchange: Address; readonly how: Address }
  /** What is published in the exchange under a key that fits comes into a queue, or into another exchange. */
  | {
      readonly kind: "binds";
      readonly exchange: Address;
      readonly key: Address;
      readonly queue: Address | null;
      readonly into: Address | null;
    };
