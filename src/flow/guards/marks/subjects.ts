/**
 * Whom a guard was asked about. A guard that was asked about another child than the one whose data is kept does not
 * count; where values cannot tell, it does. Told apart are two parts of one object (`body.child`, `body.friend`) that
 * are of one type, or of which each names a guardian of its own.
 */
import type { Span } from "../../../base/location.js";
import type { ValueId } from "../../../contracts/file-graph.js";
import type { Entry } from "../../tabulation/entry.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import type { InputTypes } from "../../sources/input-types.js";
import type { Arrival } from "../../sinks/sink-hits.js";
import { beginning } from "../../tabulation/trace.js";
import type { Trace } from "../../tabulation/trace.js";
import { originOf } from "../../paths/value-places.js";
import { AskingHelpers } from "./asking-helpers.js";
import type { GuardPlaces } from "./guard-places.js";
import { NamedSubjects } from "./named-subjects.js";
import { listsRemembered } from "./remembered-rounds.js";
import type { Frame, Part } from "./subject-parts.js";
import { askedByElement } from "./asked-by-element.js";
import { climb, divergence, isElement, ofSomeElementIn, partsOf } from "./subject-parts.js";

interface Chain {
  readonly frames: readonly Frame[];
  /** The way of the data in the last of them. */
  readonly trace: Trace;
  /** What a function further down reads a part of, and its place among the frames; null: none does. */
  readonly readBelow: { readonly at: number; readonly owner: ValueId } | null;
}

const mostSteps = 60;
const mostChains = 8;
const mostFrames = 12;

export class Subjects {
  private readonly helpers: AskingHelpers;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly places: GuardPlaces,
    private readonly inputs: InputTypes,
  ) {
    this.helpers = new AskingHelpers(pointsTo, places);
  }

  /** Calls on the ways up from here of guards, or of functions that ask guards, that ask about somebody else. */
  aboutOthers({ entry, site, trace }: Arrival): ReadonlySet<CallSite> {
    const found = new Set<CallSite>();
    if (!this.places.isEmpty)
      for (const chain of chainsOf(this.pointsTo, entry, trace)) this.findIn(chain, site, found);
    return found;
  }

  private findIn({ frames, trace, readBelow }: Chain, operation: CallSite, found: Set<CallSite>): void {
    const named = new NamedSubjects(frames, operation);
    frames.forEach((frame, index) => {
      for (const { site } of this.places.in(frame.node)) if (named.isAboutOther(site, index)) found.add(site);
    });
    const source = beginning(trace);
    if (source?.root == null) return;
    const arising = frames.findIndex(({ node }) => node === source.node);
    // What a callee gave back is told by what is read of it.
    const at = arising === -1 ? frames.length - 1 : arising;
    const node = frames[at]?.node;
    if (node === undefined) return;
    const owner = ownerOf(trace, node, readBelow !== null) ?? (arising === -1 ? null : source.root);
    const below = readBelow === null ? undefined : frames[readBelow.at];
    const data = [
      ...(owner === null ? [] : climb(frames, at, partsOf(node, owner))),
      // Its own part of what was handed down: an element of a list of it.
      ...(readBelow === null || below === undefined || owner === null
        ? []
        : climb(frames, readBelow.at, partsOf(below.node, readBelow.owner))),
    ];
    if (data.length === 0) return;
    frames.forEach((frame, index) => {
      const isAbout = (asked: readonly Part[]): boolean =>
        climb(frames, index, asked).some((each) => data.some((kept) => this.isOther(each, kept)));
      const later = frame.below ?? (operation.caller === frame.node ? operation : null);
      const withLists = (site: CallSite, asked: readonly Part[]): readonly Part[] => {
        const lists = later === null ? [] : listsRemembered(frame.node, site.point, later.point);
        return asked.map((part) => ofSomeElementIn(lists, part));
      };
      for (const { site } of this.places.in(frame.node)) {
        if (site.instruction.kind !== "call") continue;
        const asked = site.instruction.arguments.map(({ value }) => partsOf(frame.node, value));
        if (asked.some((parts) => isAbout(withLists(site, parts)))) found.add(site);
      }
      for (const { list, sites } of askedByElement(this.pointsTo, this.places, frame.node))
        if (isAbout(partsOf(frame.node, list))) for (const site of sites) found.add(site);
      for (const site of this.helpers.in(frame.node)) {
        const asked = this.helpers.askedBy(site).map((parts) => withLists(site, parts));
        if (asked.length > 0 && asked.every(isAbout)) found.add(site);
      }
    });
  }

  private isOther(asked: Part, kept: Part): boolean {
    if (asked.node !== kept.node || asked.base !== kept.base) return false;
    // A request's parts (address, body, session) all speak of who sends it.
    if (asked.path[0] !== kept.path[0] && !isElement(asked.path[0]) && this.isRequest(kept)) return false;
    const split = divergence(asked.path, kept.path);
    if (split === null) return this.isOfInner(asked, kept);
    if (this.isSameType(asked, kept)) return true;
    const name = nameBelow(asked, kept, split);
    if (name === undefined || !this.namesOf(kept).has(name)) return false;
    // Whose id it is only its type tells; a guardian of its own tells by itself.
    if (!/^_?id$|^uuid$/iu.test(name)) return true;
    const { node, value } = asked.held;
    const load = node.definitions[value];
    return (
      load?.kind === "instruction" &&
      load.instruction.kind === "load" &&
      this.isSameType({ ...asked, held: { node, value: load.instruction.object } }, kept)
    );
  }

  /** `child.friend.guardianId`, where `child.guardianId` stands beside it: the guardian of somebody inside. */
  private isOfInner(asked: Part, kept: Part): boolean {
    const inside = asked.path.slice(kept.path.length);
    const name = inside.at(-1);
    return (
      inside.length > 1 &&
      name !== undefined &&
      speaksOfGuardian(name) &&
      !inside.slice(0, -1).some((step) => isElement(step) || speaksOfGuardian(step)) &&
      this.namesOf(kept).has(name)
    );
  }

  /** What is handed in; what it is asked for (`await request.json()`) is what somebody sent. */
  private isRequest({ node, base }: Part): boolean {
    const definition = node.definitions[base];
    if (definition?.kind === "instruction" && definition.instruction.kind === "await") return false;
    const values = [...this.pointsTo.valuesOf(node, base)];
    return values.length > 0 && values.every(({ kind }) => kind === "foreign");
  }

  private isSameType(a: Part, b: Part): boolean {
    const [one] = this.typesOf(a);
    const [other] = this.typesOf(b);
    return one !== undefined && one === other && one.startsWith("file:");
  }

  private typesOf({ held: { node, value } }: Part): readonly string[] {
    const span = spanOf(node, value);
    const types = span === null ? [] : this.pointsTo.resolver.typesAt(node.file, span);
    // Two lists of one type are told apart as two objects of it are.
    const keys = types.map((type) => (type.key === "lib#Array" ? (type.arguments[0] ?? type) : type).key);
    const told = keys.length > 0 ? null : this.inputs.keyOf(node, value);
    return told === null ? keys : [told];
  }

  private namesOf({ held: { node, value } }: Part): ReadonlySet<string> {
    const span = spanOf(node, value);
    const declared = span === null ? null : this.pointsTo.resolver.declaredNames?.(node.file, span);
    return declared ?? this.inputs.namesOf(node, value);
  }
}

function speaksOfGuardian(name: string): boolean {
  return /guardian|parent|carer|custod|consent|famil/iu.test(name);
}

/** What is asked for of a part that may be another's: `friend.guardianId`, `friend.parent.id`. */
function nameBelow(asked: Part, kept: Part, split: number): string | undefined {
  if (kept.path.length === split + 1) return asked.path[split + 1];
  return split < asked.path.length - 1 ? asked.path.at(-1) : undefined;
}

/** Where the type of a value is told. */
function spanOf(node: FunctionNode, value: ValueId): Span | null {
  const definition = node.definitions[value];
  if (definition?.kind !== "instruction") return null;
  const { instruction } = definition;
  return instruction.kind === "declare" ? instruction.nameAt : instruction.at;
}

/** The object whose property the data is, as far as it is read in the function; null: nothing is read in it. */
function ownerOf(trace: Trace, node: FunctionNode, isReadBelow: boolean): ValueId | null {
  let last: ValueId | null = null;
  for (const { span } of stepsIn(trace, node)) {
    const load = node.code.find((each) => each.at === span && each.kind === "load");
    // Functions that it hands the part on to read the property of it.
    if (load?.kind === "load") last = isReadBelow ? nameOf(node, load.out) : load.object;
  }
  return last;
}

/** The variable that the value is first put into, whose type may be written; else the value. */
function nameOf(node: FunctionNode, value: ValueId): ValueId {
  for (const point of node.uses[value] ?? []) {
    const use = node.code[point];
    if (use?.kind === "declare" && originOf(node, use.out) === originOf(node, value)) return use.out;
  }
  return value;
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

/** The calls by which the data came in, from the operation up to where it arises. */
function chainsOf(pointsTo: PointsTo, entry: Entry, trace: Trace): Chain[] {
  const chains: Chain[] = [];
  const go = (run: Entry, way: Trace, above: Omit<Chain, "trace">, below: CallSite | null): void => {
    const { frames, readBelow } = above;
    if (chains.length >= mostChains || frames.length > mostFrames) return;
    const longer = [...frames, { node: run.node, below }];
    if (run.fact === null) {
      for (const all of withCallers(pointsTo, longer)) chains.push({ frames: all, trace: way, readBelow });
      return;
    }
    const owner = readBelow === null ? ownerOf(way, run.node, false) : null;
    const read = owner === null ? readBelow : { at: frames.length, owner };
    for (const incoming of run.incoming)
      go(incoming.entry, incoming.before, { frames: longer, readBelow: read }, incoming.site);
  };
  go(entry, trace, { frames: [], readBelow: null }, null);
  return chains;
}

/** Where the data arises as a parameter, whoever calls hands it over, and may have asked about it. */
function withCallers(pointsTo: PointsTo, frames: readonly Frame[]): readonly (readonly Frame[])[] {
  const top = frames.at(-1);
  if (top === undefined || frames.length > mostFrames) return [frames];
  const above = pointsTo
    .callersOf(top.node)
    .filter(({ site }) => !frames.some(({ node }) => node === site.caller))
    .slice(0, mostChains);
  if (above.length === 0) return [frames];
  return above
    .flatMap(({ site }) => withCallers(pointsTo, [...frames, { node: site.caller, below: site }]))
    .slice(0, mostChains);
}
