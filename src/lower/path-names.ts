/** Paths of declarations in a file (`Store.save`), each given once. */
export class PathNames {
  private readonly taken = new Map<string, number>();

  /** The path itself, or with `~2`, `~3` … where another declaration has it already. */
  claim(path: string): string {
    const count = (this.taken.get(path) ?? 0) + 1;
    this.taken.set(path, count);
    return count === 1 ? path : this.claim(`${path}~${String(count)}`);
  }
}

/** A path below another one; the module's own is empty. */
export function joinPath(prefix: string, name: string): string {
  return prefix === "" ? name : `${prefix}.${name}`;
}
