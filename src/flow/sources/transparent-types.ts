/** Types that tell nothing of their own of what they are given. */

/** Of the language: they hand on what they are given. */
export const transparentTypes: ReadonlySet<string> = new Set([
  "Promise",
  "Readonly",
  "NonNullable",
  "Partial",
  "Required",
  "PromiseLike",
  "Awaited",
]);

/** Those of the language, and of packages for rows. */
const transparent: ReadonlySet<string> = new Set([
  ...transparentTypes,
  "WithId",
  "OptionalId",
  "OptionalUnlessRequiredId",
  "DeepPartial",
  "HydratedDocument",
  "Document",
  "QueryResult",
  "Exact",
  "Loaded",
  "Rel",
  "Ref",
  "Reference",
  "LoadedReference",
  "IdentifiedReference",
  "Relation",
  "EntityDTO",
  "EntityData",
  "RequiredEntityData",
  "Opt",
  "Hidden",
]);

/** Also a package's: `HydratedDocument<Child>`, `mongoose.HydratedDocument<Child>`. */
export function isTransparentType(name: string): boolean {
  return transparent.has(name.slice(name.lastIndexOf(".") + 1));
}
