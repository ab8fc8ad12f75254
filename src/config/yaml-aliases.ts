/**
 * Aliases (`*name`) that stand for nothing, for themselves or for too much are taken out before anything follows them,
 * as are merge keys (`<<:`) without a mapping: what follows them would throw.
 */
import { isAlias, isCollection, isMap, isPair, isScalar, isSeq, type Document, type Node } from "yaml";
import type { Path } from "./pruned-value.js";
import type { DocumentProblem } from "../contracts/document-problem.js";

interface WrongAlias {
  readonly kind: Extract<
    DocumentProblem["kind"],
    "unknown-anchor" | "endless-alias" | "too-many-aliases" | "wrong-merge"
  >;
  /** `*name`, `<<` */
  readonly found: string;
  readonly path: Path;
  readonly range: readonly [number, number];
}

export interface WithoutAliases {
  readonly wrong: readonly WrongAlias[];
  /** Keys that a mapping had: they are written, and not missing. */
  readonly lost: ReadonlyMap<Node, ReadonlySet<string>>;
}

/** More values than anybody writes: aliases of aliases grow by powers. */
const mostValues = 20_000;

/** What is wrong with the document's aliases; these stand no longer in it, so that all else can be used. */
export function removeWrongAliases(document: Document.Parsed): WithoutAliases {
  const aliases = new Aliases();
  const contents = document.contents as Node | null;
  if (!aliases.isKept(contents, [])) document.contents = null;
  return aliases;
}

class Aliases {
  readonly wrong: WrongAlias[] = [];
  readonly lost = new Map<Node, Set<string>>();
  private readonly anchors = new Map<string, Node>();
  /** How many values a node is, with those that its aliases stand for; 0 while it is visited. */
  private readonly sizes = new Map<Node, number>();
  private total = 0;

  isKept(node: Node | null, path: Path): boolean {
    if (isAlias(node)) {
      const kind = this.faultOf(node.source);
      if (kind !== null) this.tell(kind, `*${node.source}`, node, path);
      return kind === null;
    }
    if (!isScalar(node) && !isCollection(node)) return true;
    // Before what it holds: an alias inside of it finds it.
    if (node.anchor !== undefined) this.anchors.set(node.anchor, node);
    this.sizes.set(node, 0);
    if (isMap(node) || isSeq(node)) {
      const items = node.items as unknown[];
      const kept = items.filter((item, index) => this.isItemKept(item, index, path));
      const lost = items.filter((item) => !kept.includes(item)).map((item) => keyOf(item));
      node.items = kept;
      this.lost.set(node, new Set(lost));
    }
    this.sizes.set(node, this.sizeOf(node));
    return true;
  }

  private isItemKept(item: unknown, index: number, outer: Path): boolean {
    if (!isPair(item)) return this.isKept(item as Node | null, [...outer, index]);
    const path = [...outer, keyOf(item)];
    const [key, value] = [item.key as Node | null, item.value as Node | null];
    const areKept = [this.isKept(key, path), this.isKept(value, path)].every(Boolean);
    if (!areKept || !isMergeKey(key) || this.isMergeable(value)) return areKept;
    this.tell("wrong-merge", "<<", key, path);
    return false;
  }

  private isMergeable(value: Node | null): boolean {
    const source = this.follow(value);
    const sources = isSeq(source) ? (source.items as Node[]) : [source];
    return sources.every((each) => isMap(this.follow(each)));
  }

  private follow(node: Node | null): Node | null {
    return isAlias(node) ? (this.anchors.get(node.source) ?? null) : node;
  }

  private tell(kind: WrongAlias["kind"], found: string, node: Node | null, path: Path): void {
    // What is too much is so once a file.
    if (kind === "too-many-aliases" && this.wrong.some((other) => other.kind === kind)) return;
    const [start = 0, end = 0] = node?.range ?? [];
    this.wrong.push({ kind, found, path, range: [start, end] });
  }

  private faultOf(name: string): WrongAlias["kind"] | null {
    const target = this.anchors.get(name);
    if (target === undefined) return "unknown-anchor";
    const size = this.sizes.get(target) ?? 0;
    if (size === 0) return "endless-alias";
    this.total += size;
    return this.total > mostValues ? "too-many-aliases" : null;
  }

  private sizeOf(node: Node): number {
    if (!isMap(node) && !isSeq(node)) return 1;
    const inner = (node.items as unknown[]).flatMap((item) =>
      isPair(item) ? [item.key, item.value] : [item],
    );
    return inner.reduce<number>((sum, each) => {
      const target = this.follow(each as Node | null);
      return sum + (target ? (this.sizes.get(target) ?? 1) : 1);
    }, 1);
  }
}

/** As YAML 1.1 has it: plain `<<`, no text in quotes. */
function isMergeKey(key: Node | null): boolean {
  if (!isScalar(key)) return false;
  return typeof key.value === "symbol" || (key.value === "<<" && (key.type ?? "PLAIN") === "PLAIN");
}

function keyOf(item: unknown): string {
  if (!isPair(item) || !isScalar(item.key)) return "";
  return isMergeKey(item.key) ? "<<" : String(item.key.value);
}
