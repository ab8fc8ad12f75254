import type { Sink } from "../contracts/flow.js";
import { shownName } from "../flow/stores/path-names.js";

/**
 * How people call the client of a sink: `prisma` for `@prisma/client`, `s3` for `@aws-sdk/client-s3`,
 * `fs` for `node:fs/promises`, `localStorage` for a global.
 */
export function clientOf(sink: Pick<Sink, "package" | "path">): string {
  const module = sink.package.replace(/^(?:npm|node|file):/u, "");
  if (module === "global" || module === "lib" || module === "") return sink.path.split(".")[0] ?? module;
  const scoped = /^@([^/]+)\/(.+)$/u.exec(module);
  if (scoped === null) return sink.package.startsWith("node:") ? (module.split("/")[0] ?? module) : module;
  const [, scope = "", name = ""] = scoped;
  const [base = name] = name.split("/");
  if (base === "client" || base === "core" || base === "sdk") return scope;
  return base.replace(/^client-/u, "");
}

/** The company, the host, or what holds an address that cannot be told. */
export function recipientName(sink: Sink): string {
  const { recipient, host, addressName } = sink;
  if (recipient !== null) return recipient;
  if (host === null) return clientOf(sink);
  if (host === "") return "own server";
  return host === "*" ? (addressName ?? "unknown address") : host;
}

/** Whether a company keeps what it gets there, until it is told to erase it. */
export function isKeptByRecipient({ role, target, recipient }: Sink): boolean {
  return (role === "disclose" || role === "http") && target !== null && recipient !== null;
}

/** A table, a key, a path as people read it: also of a collection in whichever document of another. */
export function shownTarget(store: {
  readonly medium: string | null;
  readonly target: string | null;
}): string {
  const target = store.target ?? "*";
  return store.medium === "database" ? shownName(target) : target;
}

/** `database:prisma/child`, `recipient:Stripe/customers`: as the config's `stores:` and the data map name it. */
export function storeNameOf(sink: Sink): string {
  const keeper = isKeptByRecipient(sink)
    ? `recipient:${recipientName(sink)}`
    : `${sink.medium ?? "store"}:${clientOf(sink)}`;
  return `${keeper}/${shownTarget(sink)}`;
}

/** Whether a `match:` of the config (`*` is any text, case does not count) names the sink's store. */
export function matchesStore(pattern: string, sink: Sink): boolean {
  const source = pattern
    .split("*")
    .map((part) => part.replace(/[.+?^${}()|[\]\\/]/gu, "\\$&"))
    .join(".*");
  const matcher = new RegExp(`^${source}$`, "iu");
  const withTarget = new RegExp(`^${source}/.*$`, "iu");
  const rest = `/${shownTarget(sink)}`;
  const isTheirs = isKeptByRecipient(sink);
  const clients = new Set(
    isTheirs
      ? [recipientName(sink)]
      : [clientOf(sink), sink.package.replace(/^(?:npm|node):/u, ""), sink.callee.split(".")[0] ?? ""],
  );
  return [...clients].some((client) => {
    const name = `${isTheirs ? "recipient" : (sink.medium ?? "store")}:${client}`;
    return matcher.test(`${name}${rest}`) || (!pattern.includes("/") && withTarget.test(`${name}${rest}`));
  });
}

const mediumWords: Readonly<Record<string, string>> = {
  database: "the database",
  cache: "the cache",
  file: "the file",
  browser: "the browser's storage",
  queue: "the queue",
  "object-store": "the object store",
  "search-index": "the search index",
};

/** `the database (prisma, child)`: where something is kept, in words. */
export function storeInWords(store: {
  readonly medium: string;
  readonly client: string;
  readonly target: string | null;
}): string {
  const target = store.target === null || store.target === "*" ? "" : `, ${shownTarget(store)}`;
  return `${mediumWords[store.medium] ?? "a store"} (${store.client}${target})`;
}
