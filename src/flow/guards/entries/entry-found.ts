/** What a framework runs by itself: a member that a decorator makes an entry, a function by a convention of files. */
import type { FilePath } from "../../../base/keys.js";
import type { CallSite } from "../../points-to/points-to.js";
import type { ClassNode, FunctionNode } from "../../program/program.js";
import type { Decoration } from "../../models/decorations.js";

export interface FoundEntry {
  readonly node: FunctionNode;
  /** Of a member: the class whose objects have it, its own or one on top of it. */
  readonly self: ClassNode | null;
  /** The decorator that makes it an entry. */
  readonly site: CallSite | null;
  /** `POST /children`, `@SubscribeMessage("say")`, `saveProfile` */
  readonly name: string;
  /** The method of the request, in capitals; null where it has none of its own. */
  readonly method: string | null;
  /** Under which it is reached; null where it has no address. */
  readonly path: string | null;
  /** The folder of the app whose conventions make it an entry; null for what decorators make one. */
  readonly root: FilePath | null;
  /** Whoever is handed the function is handed a reference, and calls it from outside. */
  readonly isRemote: boolean;
  /** It is run by itself at times, for nobody's request. */
  readonly isJob: boolean;
  /** It runs besides what others run before entries: when somebody connects, when something has failed. */
  readonly isApart?: boolean;
  /** What it gives back goes to whoever asked. */
  readonly responds?: boolean;
  /** All decorators that hold for it: of its parameters, of itself, of its class and those that this is made on. */
  readonly decorations: readonly Decoration[];
}

/** An entry of which no more is known than its name: no request brings it, and nothing decorates it. */
export function bareEntry(node: FunctionNode, name: string, isJob: boolean): FoundEntry {
  return {
    node,
    self: null,
    site: null,
    name,
    method: null,
    path: null,
    root: null,
    isRemote: false,
    isJob,
    decorations: [],
  };
}
