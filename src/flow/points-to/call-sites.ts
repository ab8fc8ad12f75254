/** Calls of the program: whom each may go to, whom what is handed over may go to, and which models hold of it. */
import type { Instruction } from "../../contracts/file-graph.js";
import type { Address, PathModel } from "../../contracts/model.js";
import type { CallShape } from "../program/call-shapes.js";
import type { FunctionNode } from "../program/program.js";
import type { AbstractValue, Site } from "./abstract-value.js";

type Foreign = Extract<AbstractValue, { kind: "foreign" }>;

export interface CallEdge {
  readonly site: CallSite;
  readonly callee: FunctionNode;
  readonly shape: CallShape;
  /** Of a bound function: where the arguments were bound. */
  readonly bound: Site | null;
}

/** A function value handed to a modelled (or unknown) callee, which calls it. */
export interface CallbackEdge {
  readonly site: CallSite;
  readonly callee: FunctionNode;
  /** The address of the function among the call's operands, as text: `arg0`, `arg1.handler`. */
  readonly address: string;
  /** The same, to be met with facts. */
  readonly place: Address;
}

export interface CallSite {
  readonly id: Site;
  readonly caller: FunctionNode;
  readonly point: number;
  readonly instruction: Instruction;
  edges: ReadonlyMap<string, CallEdge>;
  callbacks: ReadonlyMap<string, CallbackEdge>;
  /** Package and library functions handed over, by the address they stand at. */
  foreignCallbacks: ReadonlyMap<string, ReadonlySet<Foreign>>;
  /** Models whose constraints are made, and whether each names the type of what comes back. */
  applied: ReadonlyMap<PathModel, boolean>;
  /** Package, global and library values that are called. */
  foreign: ReadonlySet<Foreign>;
  /** A package or library function is called through its `call` or `apply`: the first argument is the receiver. */
  invokes: "call" | "apply" | null;
}

// Of each of these most sites have none, and there are many sites.
const noEdges: ReadonlyMap<string, CallEdge> = new Map();
const noCallbacks: ReadonlyMap<string, CallbackEdge> = new Map();
const noForeignCallbacks: ReadonlyMap<string, ReadonlySet<Foreign>> = new Map();
const noModels: ReadonlyMap<PathModel, boolean> = new Map();
const nothingForeign: ReadonlySet<Foreign> = new Set();

export function makeSite(at: Pick<CallSite, "id" | "caller" | "point" | "instruction">): CallSite {
  return {
    ...at,
    edges: noEdges,
    callbacks: noCallbacks,
    foreignCallbacks: noForeignCallbacks,
    applied: noModels,
    foreign: nothingForeign,
    invokes: null,
  };
}

export function addEdge(site: CallSite, key: string, edge: CallEdge): void {
  if (site.edges === noEdges) site.edges = new Map();
  (site.edges as Map<string, CallEdge>).set(key, edge);
}

export function addCallback(site: CallSite, key: string, edge: CallbackEdge): void {
  if (site.callbacks === noCallbacks) site.callbacks = new Map();
  (site.callbacks as Map<string, CallbackEdge>).set(key, edge);
}

export function addForeignCallback(site: CallSite, value: Foreign, address: string): void {
  if (site.foreignCallbacks === noForeignCallbacks) site.foreignCallbacks = new Map();
  const callbacks = site.foreignCallbacks as Map<string, Set<Foreign>>;
  const known = callbacks.get(address);
  if (known === undefined) callbacks.set(address, new Set([value]));
  else known.add(value);
}

export function addModel(site: CallSite, model: PathModel, isTyped: boolean): void {
  if (site.applied === noModels) site.applied = new Map();
  (site.applied as Map<PathModel, boolean>).set(model, isTyped);
}

export function addForeign(site: CallSite, callee: Foreign): void {
  if (site.foreign === nothingForeign) site.foreign = new Set();
  (site.foreign as Set<Foreign>).add(callee);
}
