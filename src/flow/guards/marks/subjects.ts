/**
 * Whom a guard was asked about. A guard that was asked about another child than the one whose data is kept does not
 * count; where values cannot tell, it does. Told apart are two parts of one object (`body.child`, `body.friend`) that
 * are of one type, or of which each names a guardian of its own.
 */
import type { Span } from "../../../base/location.js";
import type { ValueId } from "../../../contracts/file-graph.js";
import type { Entry } from "../../entry.js";
import type { CallSite, PointsTo } from "../../points-to.js";
import type { FunctionNode } from "../../program.js";
import type { Arrival } from "../../sink-hits.js";
import { beginning } from "../../trace.js";
import type { SourceTrace, Trace } from "../../trace.js";
import { placesOf } from "../../value-places.js";
import type { GuardPlaces } from "./guard-places.js";

/** A part of a value of a function. */
interface Part {
  readonly node: FunctionNode;
  readonly base: ValueId;
  readonly path: readonly string[];
  /** The value itself, for its type. */
  readonly value: ValueId;
}

/** A function on the way up from the operation, with the call that led into the one below it. */
interface Frame {
  readonly node: FunctionNode;
  readonly below: CallSite | null;
}

const mostSteps = 60;
const mostChains = 8;
const mostFrames = 12;

export class Subjects {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly places: GuardPlaces,
  ) {}

  /** Calls of guards on the ways up from here that ask about somebody else. */
  aboutOthers({ entry, trace }: Arrival): ReadonlySet<CallSite> {
    const found = new Set<CallSite>();
    if (!this.places.isEmpty) for (const chain of chainsOf(entry, trace)) this.findIn(chain, found);
    return found;
  }

  private findIn(
    { frames, trace }: { readonly frames: readonly Frame[]; readonly trace: Trace },
    found: Set<CallSite>,
  ): void {
    const source = beginning(trace);
    if (source?.root == null) return;
    const at = frames.findIndex(({ node }) => node === source.node);
    if (at === -1) return;
    const owner = ownerOf(trace, source);
    const data = owner === null ? [] : climb(frames, at, partsOf(source.node, owner));
    frames.forEach(({ node }, index) => {
      for (const { site } of this.places.in(node)) {
        if (site.instruction.kind !== "call") continue;
        const isOther = site.instruction.arguments.some(({ value }) =>
          climb(frames, index, partsOf(node, value)).some((asked) =>
            data.some((kept) => this.isOther(asked, kept)),
          ),
        );
        if (isOther) found.add(site);
      }
    });
  }

  private isOther(asked: Part, kept: Part): boolean {
    if (asked.node !== kept.node || asked.base !== kept.base) return false;
    // A request's parts (address, body, session) all speak of who sends it.
    if (asked.path[0] !== kept.path[0] && this.isRequest(kept)) return false;
    const owner = asked.path.slice(0, -1);
    if (diverge(asked.path, kept.path) && this.isSameType(asked, kept)) return true;
    if (!diverge(owner, kept.path)) return false;
    const name = asked.path.at(-1) ?? "";
    const names = this.namesOf(kept);
    if (!names.has(name)) return false;
    // Whose id it is only its type tells; a guardian of its own tells by itself.
    if (!/^_?id$|^uuid$/iu.test(name)) return true;
    const load = asked.node.definitions[asked.value];
    return (
      load?.kind === "instruction" &&
      load.instruction.kind === "load" &&
      this.isSameType({ ...asked, value: load.instruction.object }, kept)
    );
  }

  private isRequest({ node, base }: Part): boolean {
    const values = [...this.pointsTo.valuesOf(node, base)];
    return values.length > 0 && values.every(({ kind }) => kind === "foreign");
  }

  private isSameType(a: Part, b: Part): boolean {
    const [one] = this.typesOf(a);
    const [other] = this.typesOf(b);
    return one !== undefined && one === other && one.startsWith("file:");
  }

  private typesOf({ node, value }: Part): readonly string[] {
    const definition = node.definitions[value];
    if (definition?.kind !== "instruction") return [];
    const { instruction } = definition;
    const span = instruction.kind === "declare" ? instruction.nameAt : instruction.at;
    return this.pointsTo.resolver.typesAt(node.file, span).map(({ key }) => key);
  }

  private namesOf({ node, value }: Part): ReadonlySet<string> {
    const definition = node.definitions[value];
    if (definition?.kind !== "instruction") return new Set();
    const { instruction } = definition;
    const span = instruction.kind === "declare" ? instruction.nameAt : instruction.at;
    return this.pointsTo.resolver.declaredNames?.(node.file, span) ?? new Set();
  }
}

/** The object whose property the data is, as far as it is read in the function that it arises in. */
function ownerOf(trace: Trace, source: SourceTrace): ValueId | null {
  const { node } = source;
  let last: ValueId | null = null;
  for (const { span } of stepsIn(trace, node)) {
    const load = node.code.find((each) => each.at === span && each.kind === "load");
    if (load?.kind === "load") last = load.object;
  }
  return last ?? source.root;
}

/** Steps that read a part of the data in one function, in order. */
function stepsIn(trace: Trace, node: FunctionNode): readonly { readonly span: Span }[] {
  const steps: { readonly span: Span }[] = [];
  let current: Trace | null = trace;
  for (let hops = 0; current !== null && hops < mostSteps; hops++) {
    if (current.kind === "step" && current.note.kind === "loaded" && current.node === node)
      steps.unshift({ span: current.span });
    current = current.kind === "step" || current.kind === "return" ? current.previous : null;
  }
  return steps;
}

/** Two parts of one object neither of which is in the other. */
function diverge(a: readonly string[], b: readonly string[]): boolean {
  const length = Math.min(a.length, b.length);
  return a.slice(0, length).some((name, index) => name !== b[index]);
}

function partsOf(node: FunctionNode, value: ValueId): Part[] {
  return placesOf(node, value).map(({ base, path }) => ({ node, base, path, value }));
}

/** The same parts as the callers on the way see them: what a parameter was given. */
function climb(frames: readonly Frame[], from: number, parts: readonly Part[]): Part[] {
  const found = [...parts];
  let current = parts;
  for (let index = from; index + 1 < frames.length; index++) {
    const caller = frames[index + 1];
    if (caller === undefined || caller.below === null) break;
    const { instruction } = caller.below;
    current = current.flatMap(({ node, base, path, value }) => {
      const definition = node.definitions[base];
      if (definition?.kind !== "instruction" || definition.instruction.kind !== "parameter") return [];
      const argument =
        instruction.kind === "call" ? instruction.arguments[definition.instruction.index] : undefined;
      if (argument === undefined || argument.spread) return [];
      return placesOf(caller.node, argument.value).map((place) => ({
        node: caller.node,
        base: place.base,
        path: [...place.path, ...path],
        value: path.length === 0 ? argument.value : value,
      }));
    });
    found.push(...current);
  }
  return found;
}

/** The calls by which the data came in, from the operation up to where it arises. */
function chainsOf(
  entry: Entry,
  trace: Trace,
): { readonly frames: readonly Frame[]; readonly trace: Trace }[] {
  const chains: { readonly frames: readonly Frame[]; readonly trace: Trace }[] = [];
  const go = (run: Entry, way: Trace, frames: readonly Frame[], below: CallSite | null): void => {
    if (chains.length >= mostChains || frames.length > mostFrames) return;
    const longer = [...frames, { node: run.node, below }];
    if (run.fact === null) chains.push({ frames: longer, trace: way });
    else for (const incoming of run.incoming) go(incoming.entry, incoming.before, longer, incoming.site);
  };
  go(entry, trace, [], null);
  return chains;
}
