import type { RecipientRole } from "../../contracts/vocabulary.js";

/** The words of `child-privacy models`. */
export interface ModelsWords {
  readonly paths: (count: number) => string;
  readonly company: (name: string, role: string) => string;
  readonly aliases: (names: readonly string[]) => string;
  readonly hosts: (hosts: readonly string[]) => string;
  /** Members of a type that are those of others. */
  readonly extends: (type: string, others: readonly string[]) => string;
  readonly roles: Readonly<Record<RecipientRole, string>>;
  readonly unknown: (name: string, nearest: string | null) => string;
  readonly valid: (packages: number, paths: number) => string;
}
