/**
 * Aliases of a package: other modules that its model holds for.
 * `pg-pool` has the same paths; `node:fs/promises as promises` has the members of `promises`;
 * `lodash/* as *` is, for each member, a module whose default export is that member.
 */

export interface Alias {
  /** The module as written, with its prefix (`npm:`, `node:`); `*` stands for any one name. */
  readonly module: string;
  /** What the module itself is in the model's paths: [] the same paths, `["promises"]`, `["*"]`. */
  readonly prefix: readonly string[];
}

/** Reads an alias; names without `npm:` or `node:` are of the same kind as the model's own module. */
export function parseAlias(text: string, ownModule: string): Alias {
  const [module = "", prefix] = text.split(/\s+as\s+/u);
  const kind = ownModule.startsWith("node:") ? "node:" : "npm:";
  const full =
    /^(npm|node|file|lib|global)\b[:]?/u.test(module) && module.includes(":") ? module : `${kind}${module}`;
  return { module: full, prefix: prefix === undefined ? [] : prefix.split(".") };
}

/** The prefix that a module has by an alias with `*`, or null where it is not meant. */
export function prefixByPattern(alias: Alias, module: string): readonly string[] | null {
  const star = alias.module.indexOf("*");
  const head = alias.module.slice(0, star);
  const tail = alias.module.slice(star + 1);
  if (
    star === -1 ||
    !module.startsWith(head) ||
    !module.endsWith(tail) ||
    module.length <= head.length + tail.length
  )
    return null;
  const name = module.slice(head.length, module.length - tail.length).replace(/\.[cm]?js$/u, "");
  return name.includes("/") ? null : alias.prefix.map((segment) => (segment === "*" ? name : segment));
}
