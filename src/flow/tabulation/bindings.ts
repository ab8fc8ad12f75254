/** How operands of a call and the pseudo-values of its callee correspond, in both directions. */
import type { Argument, InstructionOf, PropertyName, ValueId } from "../../contracts/file-graph.js";
import type { AccessPath } from "../paths/access-path.js";
import { accessPath, prepend, readPrefix } from "../paths/access-path.js";
import { closure, incoming, receiver, returned } from "./fact.js";
import type { Base } from "./fact.js";
import type { CallEdge, CallSite, PointsTo } from "../points-to/points-to.js";
import { mayBeSlot } from "../paths/path-components.js";
import type { FunctionNode } from "../program/program.js";
import { slotOf } from "../paths/slots.js";
import { assignedLinks } from "./assigned-links.js";
import { elementLinks } from "./element-links.js";
import { trapLinks } from "./trap-links.js";
import { operandsOf } from "../program/operands.js";
import { boundsOf } from "../constants/list-bounds.js";
import type { Bounds } from "../constants/list-bounds.js";

/** What lies below `prefix` of the caller's `from` lies below `add` of the callee's `to`. */
export interface Link {
  readonly from: Base;
  readonly prefix: readonly string[];
  readonly to: Base;
  readonly add: readonly string[];
  /** The callee knows the same object by another operand, too: what it does to it is known by that. */
  readonly isTwin?: boolean;
}

export interface Binding {
  readonly callee: FunctionNode;
  readonly links: readonly Link[];
  /** Where results go: `out` with a prefix; null where the result is dropped. */
  readonly result: {
    readonly base: Base;
    readonly read: readonly string[];
    readonly add: readonly string[];
  } | null;
  /** The callee is an iterator method: `next` of what it gives is called too. */
  readonly givesIterator?: boolean;
  /** What comes back is an element of an operand, with which the call does what models say. */
  readonly givesElements?: boolean;
}

/** The argument that a call of the library iterates: `Array.from(bag)`, `new Set(bag)`. */
export const iteratedArgument = 0;

/** What a call iterates: that, or what it spreads over its arguments (`show(...bag)`). */
export function iteratedOperand({ arguments: list }: InstructionOf<"call">): ValueId | null {
  return (list.find(({ spread }) => spread) ?? list[iteratedArgument])?.value ?? null;
}

/** So many of a list that is spread are told apart where the callee reads its `arguments`. */
const mostArguments = 8;

const readers = new WeakMap<FunctionNode, boolean>();

/** The function reads its `arguments`, so there may be more than it has parameters. */
export function readsArguments(callee: FunctionNode): boolean {
  let reads = readers.get(callee);
  if (reads === undefined)
    readers.set(callee, (reads = callee.code.some((each) => each.kind === "arguments")));
  return reads;
}

const receiverReaders = new WeakMap<FunctionNode, boolean>();

/** The function has something to do with its receiver: an arrow function or a helper in a table of options has not. */
export function readsReceiver(callee: FunctionNode): boolean {
  let reads = receiverReaders.get(callee);
  if (reads === undefined)
    receiverReaders.set(
      callee,
      (reads = callee.code.some(
        ({ kind }) => kind === "this" || kind === "super-load" || kind === "super-call",
      )),
    );
  return reads;
}

/** What makes a text or number of an object, by its own closure. */
const convertingNames = ["@@toPrimitive", "valueOf", "toString"];

/** What a call hands over: an operand, or the part of one where a bound function keeps it. */
interface Handed {
  readonly from: Base;
  readonly prefix: readonly string[];
  /** How many elements a list has that is spread; null for what is handed over as it is. */
  readonly spread: Bounds | null;
}

function handed(pointsTo: PointsTo, site: CallSite, list: readonly Argument[]): readonly Handed[] {
  return list.map(({ value, spread }) => ({
    from: value,
    prefix: [],
    spread: spread ? boundsOf(pointsTo, site, value) : null,
  }));
}

/** What a function was bound to, as it lies in the value that is called. */
function boundBefore(pointsTo: PointsTo, edge: CallEdge, from: Base): readonly Handed[] {
  const origin = edge.bound === null ? undefined : pointsTo.sites.get(edge.bound);
  if (origin?.instruction.kind !== "call") return [];
  const [, ...given] = handed(pointsTo, origin, origin.instruction.arguments);
  return given.map((each, index) => ({ ...each, from, prefix: [`^bound${String(index + 1)}`] }));
}

/** Where lists of unknown length are spread, an element may come to any place from its least on. */
function linkArguments(callee: FunctionNode, list: readonly Handed[], first: number): Link[] {
  const links: Link[] = [];
  const rest = callee.graph.parameters.at(-1)?.rest === true ? callee.graph.parameters.length - 1 : null;
  const put = (each: Handed, below: readonly string[], position: number, uncertain: boolean): void => {
    const { from } = each;
    const prefix = [...each.prefix, ...below];
    if (rest !== null && position >= rest)
      links.push({ from, prefix, to: incoming(rest), add: [uncertain ? "[]" : String(position - rest)] });
    else links.push({ from, prefix, to: incoming(position), add: [] });
  };
  const read = readsArguments(callee) ? mostArguments : callee.graph.parameters.length;
  let [least, most] = [first, first];
  for (const each of list) {
    const end = Math.max(read, least + 1);
    const certain = least === most;
    if (each.spread === null) {
      for (let to = least; to <= most && (certain || to < end); to++) put(each, [], to, !certain);
      [least, most] = [least + 1, most + 1];
      continue;
    }
    const { spread } = each;
    if (certain && spread.least === spread.most)
      for (let index = 0; index < spread.most; index++) put(each, [String(index)], least + index, false);
    else
      for (let to = least; to < Math.min(end, most + spread.most); to++)
        if (rest !== null && to >= rest) put(each, ["[]"], to, true);
        else
          for (let index = Math.max(0, to - most); index <= Math.min(to - least, spread.most - 1); index++)
            put(each, [String(index)], to, true);
    [least, most] = [least + spread.least, most + spread.most];
  }
  return links;
}

export function bind(pointsTo: PointsTo, edge: CallEdge): Binding {
  const { callee } = edge;
  const { instruction } = edge.site;
  const plain = { read: [], add: [] };
  switch (edge.shape) {
    case "getter":
      return bindGetter(edge);
    case "iterate":
    case "next":
      return bindIteration(edge);
    case "setter":
      return instruction.kind === "store"
        ? {
            callee,
            links: [
              { from: instruction.object, prefix: [], to: receiver, add: [] },
              { from: instruction.value, prefix: [], to: incoming(0), add: [] },
              ...accessorLink(instruction, "set"),
            ],
            result: null,
          }
        : { callee, links: [], result: null };
    case "set-trap":
      return instruction.kind === "store"
        ? { callee, links: trapLinks(instruction), result: null }
        : { callee, links: [], result: null };
    case "assign":
      return { callee, links: assignedLinks(callee, instruction), result: null };
    case "convert": {
      const links = operandsOf(instruction).flatMap((from): Link[] => [
        { from, prefix: [], to: receiver, add: [] },
        ...convertingNames.map((name): Link => ({ from, prefix: [name], to: closure, add: [] })),
      ]);
      return { callee, links, result: "out" in instruction ? { base: instruction.out, ...plain } : null };
    }
    case "await":
      return instruction.kind === "await"
        ? {
            callee,
            links: [
              { from: instruction.value, prefix: [], to: receiver, add: [] },
              { from: instruction.value, prefix: ["then"], to: closure, add: [] },
            ],
            result: null,
          }
        : { callee, links: [], result: null };
    case "jsx":
      return instruction.kind === "jsx"
        ? {
            callee,
            links: elementLinks(callee, instruction.props),
            result: { base: instruction.out, ...plain },
          }
        : { callee, links: [], result: null };
    case "super":
      return instruction.kind === "super-call"
        ? {
            callee,
            links: [
              { from: receiver, prefix: [], to: receiver, add: [] },
              ...linkArguments(callee, handed(pointsTo, edge.site, instruction.arguments), 0),
            ],
            result: null,
          }
        : { callee, links: [], result: null };
    default:
      return instruction.kind === "call"
        ? bindCall(pointsTo, edge, instruction)
        : { callee, links: [], result: null };
  }
}

function bindCall(
  pointsTo: PointsTo,
  edge: CallEdge,
  instruction: Extract<CallEdge["site"]["instruction"], { kind: "call" }>,
): Binding {
  const { callee } = edge;
  const result = { base: instruction.out, read: [], add: [] };
  const self = (from: Base): Link => ({ from, prefix: [], to: closure, add: [] });
  const arguments_ = handed(pointsTo, edge.site, instruction.arguments);
  // `f.apply(self, list)` hands over what is in the list.
  const applied = (): readonly Handed[] =>
    handed(
      pointsTo,
      edge.site,
      instruction.arguments.slice(1, 2).map((each) => ({ ...each, spread: true })),
    );
  switch (edge.shape) {
    case "construct": {
      const isClass = callee.graph.class !== null;
      const made: Link = { from: instruction.out, prefix: [], to: receiver, add: [] };
      const links = callee.graph.kind === "field-initializer" ? [] : linkArguments(callee, arguments_, 0);
      return { callee, links: [made, self(instruction.callee), ...links], result: isClass ? null : result };
    }
    case "invoke-call":
    case "invoke-apply": {
      const [first, ...others] = arguments_;
      const links: Link[] = instruction.receiver === null ? [] : [self(instruction.receiver)];
      if (first !== undefined) links.push({ from: first.from, prefix: [], to: receiver, add: [] });
      const list = edge.shape === "invoke-call" ? others : applied();
      return { callee, links: [...links, ...linkArguments(callee, list, 0)], result };
    }
    case "bound":
    case "bound-call":
    case "bound-apply": {
      const called =
        edge.shape === "bound" ? instruction.callee : (instruction.receiver ?? instruction.callee);
      const [, ...others] = arguments_;
      const given = edge.shape === "bound" ? arguments_ : edge.shape === "bound-call" ? others : applied();
      const links: Link[] = [
        self(called),
        { from: called, prefix: ["^bound0"], to: receiver, add: [] },
        ...linkArguments(callee, [...boundBefore(pointsTo, edge, called), ...given], 0),
      ];
      return { callee, links, result };
    }
    default: {
      const links: Link[] = [self(instruction.callee), ...capturedLinks(edge)];
      if (instruction.receiver !== null)
        links.push({ from: instruction.receiver, prefix: [], to: receiver, add: [] });
      return {
        callee,
        links: [...links, ...linkArguments(callee, arguments_, edge.shape === "template" ? 1 : 0)],
        // What comes back is what the callback behind the arguments gets.
        result: edge.shape === "promised" ? null : result,
      };
    }
  }
}

/** The iterator method has the iterated as receiver; what `next` gives under `value` is the element. */
function bindIteration(edge: CallEdge): Binding {
  const { callee, site } = edge;
  const { instruction } = site;
  const givesIterator = edge.shape === "iterate";
  const none: Binding = { callee, links: [], result: null };
  const bound = (from: Base, base: Base, add: readonly string[], position = "[]"): Binding => ({
    callee,
    links: givesIterator ? iterated(from) : [],
    result: { base, read: [givesIterator ? position : "value"], add },
    givesIterator,
  });
  switch (instruction.kind) {
    case "append-elements":
      return bound(instruction.source, instruction.target, ["[]"]);
    case "array-rest":
      return bound(instruction.array, instruction.out, ["[]"]);
    case "iterate":
      return bound(instruction.object, instruction.out, []);
    case "load":
      return bound(instruction.object, instruction.out, [], positionIn(instruction));
    case "call": {
      const operand = iteratedOperand(instruction);
      return operand === null ? none : { ...bound(operand, operand, ["[]"]), givesElements: true };
    }
    case "yield":
      return instruction.value === null ? none : bound(instruction.value, returned, ["[]"]);
    default:
      return none;
  }
}

/** Of what a generator yields in order, a pattern takes what is at its position. */
function positionIn({ property, iterates }: InstructionOf<"load">): string {
  return iterates === true && property.kind === "name" ? property.name : "[]";
}

function iterated(from: Base): Link[] {
  return [
    { from, prefix: [], to: receiver, add: [] },
    { from, prefix: ["@@iterator"], to: closure, add: [] },
  ];
}

/** A getter runs with the object that it is read from; one that is read through `super`, with the function's own. */
function bindGetter({ callee, site: { caller, instruction } }: CallEdge): Binding {
  if (instruction.kind === "super-load") {
    const { base, prefix } = ownObject(caller);
    const result = { base: instruction.out, read: [], add: [] };
    return { callee, links: [{ from: base, prefix, to: receiver, add: [] }], result };
  }
  if (instruction.kind !== "load") return { callee, links: [], result: null };
  const self: Link = { from: instruction.object, prefix: [], to: receiver, add: [] };
  return {
    callee,
    links: [self, ...accessorLink(instruction, "get")],
    result: { base: instruction.out, read: [], add: [] },
  };
}

/** Where a function has its `this`: an arrow has captured that of the method around it. */
export function ownObject(node: FunctionNode): {
  readonly base: Base;
  readonly prefix: readonly string[];
} {
  const { graph } = node;
  const slot = graph.capturesThis ? graph.captures.findIndex(({ name }) => name === "this") : -1;
  return slot === -1 ? { base: receiver, prefix: [] } : { base: closure, prefix: [slotOf(node, slot)] };
}

/** The closure of an accessor lies in the object. */
function accessorLink(
  instruction: { readonly object: Base; readonly property: PropertyName },
  kind: "get" | "set",
): Link[] {
  return instruction.property.kind === "name"
    ? [{ from: instruction.object, prefix: [`${kind} ${instruction.property.name}`], to: closure, add: [] }]
    : [];
}

/** A closure made and called in the same function: its variables are operands of the call. */
function capturedLinks(edge: CallEdge): Link[] {
  const { caller, instruction } = edge.site;
  if (instruction.kind !== "call") return [];
  let value = instruction.callee;
  for (let hops = 0; hops < 4; hops++) {
    const definition = caller.definitions[value];
    if (definition?.kind !== "instruction") return [];
    const made = definition.instruction;
    if (made.kind === "declare" || made.kind === "cast") value = made.value;
    else if (
      made.kind === "function" &&
      edge.callee.file === caller.file &&
      made.function === edge.callee.graph.id
    ) {
      return made.captures.map((captured, slot) => ({
        from: captured,
        prefix: [],
        to: closure,
        add: [slotOf(edge.callee, slot)],
      }));
    } else return [];
  }
  return [];
}

/** The callee's place for a part of the caller's value, or null. */
export function enter(link: Link, base: Base, path: AccessPath): AccessPath | null {
  if (link.from !== base) return null;
  // Of the callee's own closure only the slots are of interest.
  if (link.to === closure && path.components[0]?.startsWith("^bound") === true) return null;
  const rest = readPrefix(path, link.prefix);
  if (rest === null || (link.to === closure && link.add.length === 0 && !mayBeSlot(rest.components[0])))
    return null;
  return prepend(link.add, rest);
}

/** The caller's place (below `link.from`) for a part of the callee's value, or null. */
export function leave(link: Link, base: Base, path: AccessPath): readonly string[] | null {
  if (link.to !== base || path.components.length === 0) return null;
  const rest = readPrefix(path, link.add);
  if (rest === null || rest.components.length === 0) return null;
  return accessPath([...link.prefix, ...rest.components]).components;
}
