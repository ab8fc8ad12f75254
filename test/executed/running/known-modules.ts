/** Packages that only compute: they are run as they are. */
export const realPackages: readonly string[] = [
  "rxjs",
  "rxjs/operators",
  "vue",
  "pinia",
  "mobx",
  "fp-ts",
  "fp-ts/function",
  "fp-ts/Option",
  "fp-ts/Either",
  "fp-ts/Array",
  "fp-ts/TaskEither",
  "fp-ts/Task",
  "fp-ts/Record",
  "neverthrow",
  "immutable",
  "mitt",
  "eventemitter3",
  "immer",
  "ts-pattern",
];

/** Modules for which a run has something better than a stub. */
export const knownModules: readonly string[] = [
  ...realPackages,
  "assert",
  "async_hooks",
  "buffer",
  "console",
  "crypto",
  "eslint-plugin-child-privacy/annotations",
  "events",
  "fs",
  "fs/promises",
  "module",
  "path",
  "process",
  "querystring",
  "stream",
  "stream/consumers",
  "stream/promises",
  "stream/web",
  "string_decoder",
  "timers",
  "timers/promises",
  "url",
  "util",
  "worker_threads",
  "zlib",
];

export function withoutPrefix(specifier: string): string {
  return specifier.replace(/^node:/u, "");
}
