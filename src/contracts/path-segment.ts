/** `Client.query`, `default()`, `PrismaClient.*.create`; see GRAMMAR.md. */
export type PathSegment =
  | { readonly kind: "name"; readonly name: string }
  /** `*`: any member name; the n-th one is addressed as `name0`, `name1`… */
  | { readonly kind: "any" }
  /** `**`, alone: whatever of the package no other path says anything about. */
  | { readonly kind: "rest" }
  /** `()`: what the call (or `new`) before it gives, where no type is named for it. */
  | { readonly kind: "result" };
