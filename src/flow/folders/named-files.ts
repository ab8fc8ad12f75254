/**
 * Files that are run by their name: a thread's, a process's. What models keep under such a file belongs to its runs,
 * and to whoever started them.
 */
import type { FilePath } from "../../base/keys.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { foldValues } from "../constants/constants.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { folderOf, joined } from "./named-folder.js";

/** Files that are named in a way that nobody can tell. */
const anyFile = "file:*";

/** What models keep things under, for a file. */
function keyOf(file: FilePath): string {
  return `file:${file}`;
}

const known = new WeakMap<PointsTo, NamedFiles>();

export function namedFilesOf(pointsTo: PointsTo): NamedFiles {
  let files = known.get(pointsTo);
  if (files === undefined) known.set(pointsTo, (files = new NamedFiles(pointsTo)));
  return files;
}

class NamedFiles {
  private readonly named = new Set<FilePath>();
  private readonly listeners: ((file: FilePath) => void)[] = [];
  private readonly reached = new Map<FilePath, ReadonlySet<FilePath>>();

  constructor(private readonly pointsTo: PointsTo) {}

  /** The keys of the files that values name, seen from a function. */
  keysOf(values: Iterable<AbstractValue>, caller: FunctionNode): readonly string[] {
    const found = new Set<string>();
    let isKnown = true;
    for (const value of values) {
      const files = this.filesOf(value, caller, 0);
      if (files === null) isKnown = false;
      else for (const file of files) found.add(keyOf(this.name(file)));
    }
    return isKnown && found.size > 0 ? [...found].sort() : [...found, anyFile].sort();
  }

  /** Calls back with the keys of the named files that lead to a file, now and as others are named. */
  forRunsOf(file: FilePath, found: (key: string) => void): void {
    found(anyFile);
    const tell = (named: FilePath): void => {
      if (this.reachedFrom(named).has(file)) found(keyOf(named));
    };
    this.listeners.push(tell);
    for (const named of [...this.named]) tell(named);
  }

  /** The same, of the files that are named by now. */
  runsOf(file: FilePath): readonly string[] {
    return [
      anyFile,
      ...[...this.named].filter((named) => this.reachedFrom(named).has(file)).map(keyOf),
    ].sort();
  }

  private name(file: FilePath): FilePath {
    if (!this.named.has(file)) {
      this.named.add(file);
      for (const tell of this.listeners) tell(file);
    }
    return file;
  }

  /** A file and all that it imports. */
  private reachedFrom(start: FilePath): ReadonlySet<FilePath> {
    const known = this.reached.get(start);
    if (known !== undefined) return known;
    const { program, resolver } = this.pointsTo;
    const found = new Set([start]);
    // A set goes on to what is added while it is gone through.
    for (const file of found)
      for (const specifier of program.graphOf(file)?.specifiers ?? []) {
        const target = resolver.moduleOf(file, specifier);
        if (target !== null && "file" in target) found.add(target.file);
      }
    this.reached.set(start, found);
    return found;
  }

  /** Null where it cannot be told. */
  private filesOf(value: AbstractValue, seenFrom: FunctionNode, depth: number): readonly FilePath[] | null {
    if (value.kind === "constant" || value.kind === "computed") {
      const home = value.kind === "computed" ? value.function : seenFrom;
      const texts = foldValues(this.pointsTo, [value]);
      const files = texts.map((text) => this.filesLike(text, home.file));
      return files.every((each) => each !== null) ? files.flat() : null;
    }
    if (value.kind !== "foreign") return null;
    const path = value.path.join(".");
    if (value.module === "global" && ownFile.has(path)) return [seenFrom.file];
    // A part of the address, which says nothing without the others: `path.resolve(__dirname, "worker.js")`.
    if (value.module === "global" && ownFolder.has(path)) return [];
    return this.filesOfMade(value.site, depth);
  }

  /** An address that is made of a text: `new URL("./worker.js", import.meta.url)`. */
  private filesOfMade(site: string | null, depth: number): readonly FilePath[] | null {
    const [owner = "", point = ""] = site?.split(":") ?? [];
    const node = this.pointsTo.program.functions[Number(owner)];
    const call = site === null ? undefined : node?.code[Number(point)];
    if (node === undefined || call?.kind !== "call" || depth > mostNested) return null;
    const [first] = call.arguments;
    if (first === undefined) return null;
    const files = [...this.pointsTo.valuesOf(node, first.value)].map((each) =>
      this.filesOf(each, node, depth + 1),
    );
    return files.length > 0 && files.every((each) => each !== null) ? files.flat() : null;
  }

  /** Own files by a name that is written for what they are built to: its folder and its ending may be others. */
  private filesLike(text: string, home: FilePath): readonly FilePath[] | null {
    const rest = text.replace(/^file:\/\//u, "").replace(/^\*?\/*/u, "");
    const name = withoutEnding(rest);
    if (/^[.*/]*$/u.test(name)) return null;
    const files = this.pointsTo.program.files.map(({ file }) => file);
    const like = (pattern: string): readonly FilePath[] =>
      files.filter((file) => new RegExp(pattern, "u").test(withoutEnding(file)));
    for (const start of [joined(folderOf(home), name), joined("", name)]) {
      const found = start === null ? [] : like(`^${patternOf(start)}$`);
      if (found.length > 0) return found;
    }
    const below = name.replace(/^(?:\.{0,2}\/)+/u, "");
    for (const end of [below, below.slice(below.lastIndexOf("/") + 1)]) {
      const found = like(`(?:^|/)${patternOf(end)}$`);
      if (found.length > 0) return found;
    }
    return null;
  }
}

/** What a file is called in it. */
const ownFile = new Set(["__filename", "import.meta.url", "import.meta.filename"]);
const ownFolder = new Set(["__dirname", "import.meta.dirname"]);
/** An address of an address of an address. */
const mostNested = 3;

function withoutEnding(name: string): string {
  return name.replace(/\.[cm]?[jt]sx?$/u, "");
}

function patternOf(name: string): string {
  return name
    .split("*")
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/gu, String.raw`\$&`))
    .join(".*");
}
