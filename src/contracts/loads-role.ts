/** What a function does that hands the files of a folder to what it is handed to itself. */
import type { Address } from "./address.js";

/** Its `arg0` is what it is handed to, `arg1` what stands behind it in that call. */
export interface LoadsRole {
  readonly kind: "loads";
  readonly folder: Address;
  /** The method of `arg0` that is called with what each file exports. */
  readonly register: string;
  /** What each is given beside. */
  readonly options: Address | null;
  /** The option that names the address below which a file is. */
  readonly prefix: string | null;
  /** False: names of folders are no part of that address. */
  readonly folders: Address | null;
  /** Exports by which a file says its part of the address itself, or all of it. */
  readonly own: string | null;
  readonly whole: string | null;
  /** Names of files that stand for all that lie beside them. */
  readonly index: string | null;
  /** Names of files whose export works on what the files beside them are handed to, and nothing else is. */
  readonly hooks: string | null;
  readonly hookNames: Address | null;
  /** True: there are such files; without it there always are. */
  readonly hooked: Address | null;
  /** True: they are for the folders below, too. */
  readonly cascades: Address | null;
  /** False: each file's export works on `arg0` itself. */
  readonly scoped: Address | null;
  /** Patterns of paths that are left out. */
  readonly ignored: readonly Address[];
}
