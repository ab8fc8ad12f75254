/** Who gets what is handed to a package or a host. */
import type { RecipientRole } from "./vocabulary.js";

export interface Company {
  readonly name: string;
  /** Other names: products, former names, the legal name. */
  readonly aliases: readonly string[];
  /** Hosts of its services; `*.segment.com` is every subdomain. */
  readonly hosts: readonly string[];
  readonly role: RecipientRole;
  /** It hands on what it receives to others, as its customers set it up: a customer-data platform, a gateway. */
  readonly forwards: boolean;
  /** What it keeps of requests to its hosts: as what, by a word of the address. */
  readonly keeps: readonly KeptUnder[];
  /** The requests to its hosts that erase what it keeps; none, nor any that archive: a DELETE at the address of what it keeps. */
  readonly erases: readonly AskedBy[];
  /** Requests that only put it aside: it can be taken back from there. */
  readonly archives: readonly AskedBy[];
}

/** `DELETE /contacts/*`, `DELETE /users/*?hard_delete=true` */
export interface AskedBy {
  readonly verb: string;
  /** How the address ends; `*` is whatever stands in one place of it. */
  readonly path: readonly string[];
  /** What has to stand in its query; empty: whatever does. */
  readonly query: string;
}

export interface KeptUnder {
  /** `contacts` of `/crm/v3/objects/contacts`. */
  readonly word: string;
  readonly target: string;
}

/** All companies that the catalogue names. */
export interface Companies {
  /** By the catalogue's name, an alias or the legal name, without regard to case. */
  named(name: string): Company | null;
  /** The company that answers at a host. */
  ofHost(host: string): Company | null;
  /** The catalogue's names. */
  readonly names: readonly string[];
}
