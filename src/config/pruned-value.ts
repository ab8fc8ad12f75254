/** From what people wrote to what the schema accepts: only what is wrong is taken out. */
import type { z } from "zod";

export type Path = readonly PropertyKey[];

/** A value from which what the schema refuses is taken out, and where the rest stood before. */
export class PrunedValue {
  private readonly origins = new Map<unknown, number[]>();

  constructor(private readonly root: object) {
    this.remember(root);
  }

  private remember(value: unknown): void {
    if (value === null || typeof value !== "object") return;
    if (Array.isArray(value)) this.origins.set(value, [...value.keys()]);
    for (const inner of Object.values(value)) this.remember(inner);
  }

  /** The value once the schema accepts it, or undefined where it needs what is not there. */
  until<T>(schema: z.ZodType<T>): T | undefined {
    for (let rounds = 0; rounds < 50; rounds++) {
      const result = schema.safeParse(this.root);
      if (result.success) return this.root as T;
      if (!this.prune(result.error.issues)) return undefined;
    }
    return undefined;
  }

  private prune(issues: readonly z.core.$ZodIssue[]): boolean {
    const paths = issues.flatMap((issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => [...issue.path, key])
        : [this.removable(issue)],
    );
    // Later entries of a list first, so that earlier indices stay what they are.
    paths.sort((a, b) => lastIndex(b) - lastIndex(a));
    for (const path of paths) if (path.length === 0 || !this.remove(path)) return false;
    return true;
  }

  /** What is missing cannot be removed; what lacks it can. */
  private removable(issue: z.core.$ZodIssue): Path {
    return valueAt(this.root, issue.path) === undefined ? issue.path.slice(0, -1) : issue.path;
  }

  private remove(path: Path): boolean {
    const parent = valueAt(this.root, path.slice(0, -1));
    const last = path.at(-1);
    if (parent === null || typeof parent !== "object" || last === undefined) return true;
    if (Array.isArray(parent)) {
      parent.splice(Number(last), 1);
      this.origins.get(parent)?.splice(Number(last), 1);
    } else {
      Reflect.deleteProperty(parent, last);
    }
    return true;
  }

  originalPath(path: Path): Path {
    let value: unknown = this.root;
    return path.map((step) => {
      const origin = this.origins.get(value);
      value = valueAt(value, [step]);
      return origin === undefined ? step : (origin[Number(step)] ?? step);
    });
  }
}

function lastIndex(path: Path): number {
  return path.findLast((step) => typeof step === "number") ?? 0;
}

/** What a path leads to in plain data, or undefined. */
export function valueAt(value: unknown, path: Path): unknown {
  let current = value;
  for (const step of path) {
    if (current === null || typeof current !== "object") return undefined;
    current = Reflect.get(current, step);
  }
  return current;
}
