import type { Retention } from "../contracts/annotation.js";
import type { Category, DeletionKind, Operation, Purpose, Tag } from "../contracts/vocabulary.js";

export type RoleTag = Exclude<Tag, "childData" | "notChildData" | "purpose" | "retention">;

/** A tag as it was written: name without `@`, the text after it, and where the `@` and the text stand. */
export interface RawTag {
  readonly name: string;
  readonly text: string;
  readonly at: number;
}

export interface RoleMark {
  readonly tag: RoleTag;
  readonly operations: readonly Operation[];
  readonly purposes: readonly Purpose[];
  readonly deletion: DeletionKind | null;
  readonly raw: RawTag;
}

export type MarkForm = "tag" | "brand" | "decorator" | "schema" | "config";

/** What the annotations of one declaration say together, whichever forms they were written in. */
export interface Marks {
  /** Undefined: not marked; null: marked without a category. */
  category?: Category | null;
  form?: MarkForm;
  childData?: RawTag;
  notChildData?: RawTag;
  purposes?: readonly Purpose[];
  purpose?: RawTag;
  retention?: Retention;
  retentionTag?: RawTag;
  roles: RoleMark[];
}

export function noMarks(): Marks {
  return { roles: [] };
}

/** Joins what two forms say of the same declaration; the first one's words count. */
export function mergeMarks(first: Marks, second: Marks): Marks {
  return { ...second, ...first, roles: [...first.roles, ...second.roles] };
}

export function isChildData(marks: Marks | undefined): boolean {
  return marks?.category !== undefined;
}
