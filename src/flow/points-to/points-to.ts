/**
 * Which functions, objects, package values and constants each value may be: one context-insensitive inclusion
 * analysis over all loaded functions. The tabulation asks it for callees, for aliases of what escapes, and for
 * constants. Nothing here knows what child data is.
 */
import type { FilePath } from "../../base/keys.js";
import type { AnnotationTable } from "../../contracts/annotation.js";
import type { FileGraph, ValueId } from "../../contracts/file-graph.js";
import type { Address } from "../../contracts/model.js";
import { isModelsOwn, isOfModelsOwn, writer } from "../../contracts/models-own.js";
import type { Resolver } from "../../contracts/resolver.js";
import type { Catalogue } from "../../models/catalogue.js";
import type { AbstractValue, Site } from "./abstract-value.js";
import { isScalar, ValueTable } from "./abstract-value.js";
import type { CallbackEdge, CallEdge, CallSite } from "./call-sites.js";
import { addCallback, addEdge, makeSite } from "./call-sites.js";
import { ObjectFields, type FieldFound } from "./object-fields.js";
import { FunctionCopies } from "../contexts/function-copies.js";
import { InstanceCopies } from "../contexts/instance-copies.js";
import type { PointerNode } from "./pointer-graph.js";
import { isOfPlace, Records } from "./records.js";
import { PointerGraph } from "./pointer-graph.js";
import type { ClassNode, FunctionNode, Program } from "../program/program.js";
import type { CallShape } from "../program/call-shapes.js";
import type { ReadValues } from "../program/read-values.js";

export type { CallbackEdge, CallEdge, CallSite } from "./call-sites.js";

/** A function that a library handed out (`resolve`), and what calling it does. */
export interface Channel {
  readonly site: CallSite;
  readonly from: Address;
  readonly to: Address;
}

export interface PointsToInput {
  readonly program: Program;
  readonly catalogue: Catalogue;
  readonly resolver: Resolver;
  readonly annotations: AnnotationTable;
}

/** The round of a fold that a copy of its function stands for. */
export interface FoldRound {
  readonly site: CallSite;
  /** The function of the round before; null: the first one, which is given the initial value, or the first element. */
  readonly before: FunctionNode | null;
  readonly initial: ValueId | null;
  /** What is folded, or what a copy that is folded was made of. */
  readonly list: ValueId;
  /** The list is gone through from its end. */
  readonly isFromEnd: boolean;
}

/** Queues that exchanges hand on to. */
interface BoundQueues {
  /** Places of the queues into which something comes that is published in one of the exchanges under one of the keys. */
  readonly under: (exchanges: readonly AbstractValue[], keys: readonly AbstractValue[]) => readonly string[];
  /** The keys under which something comes into the queue at a place. */
  readonly keysInto: (queue: string) => readonly string[];
}

export class PointsTo {
  readonly program: Program;
  readonly catalogue: Catalogue;
  readonly resolver: Resolver;
  readonly annotations: AnnotationTable;
  readonly values = new ValueTable();
  readonly graph = new PointerGraph();
  readonly sites = new Map<Site, CallSite>();
  /** The same by caller and point. */
  private readonly siteRows: Map<number, CallSite>[] = [];
  /** Texts that values fold to, once the graph is solved. */
  readonly folded = new Map<AbstractValue, readonly string[]>();
  /** Functions that are looked at once for each call, methods that are once for each object. */
  readonly functionCopies: FunctionCopies;
  readonly instanceCopies: InstanceCopies;
  /** Copies of functions that fold a list of functions, each for its round. */
  readonly foldRounds = new Map<FunctionNode, FoldRound>();
  /** Variables that hold, behind a loop, what its last round gave, and never what they were before it. */
  readonly wrappedInLoops = new Map<FunctionNode, Set<ValueId>>();
  /** What a value that stands for a table, or for one of several, is called; asked once the graph is solved. */
  tablesOf: ((value: AbstractValue, read?: ReadValues) => readonly string[]) | null = null;
  /** Which queues are bound to exchanges; asked once the graph is solved. */
  boundQueues: BoundQueues | null = null;
  /** No values come any more. */
  isSolved = false;
  private readonly callerEdges = new Map<number, CallEdge[]>();
  private readonly callbackEdges = new Map<number, CallbackEdge[]>();
  private readonly instances = new Map<number, Set<AbstractValue>>();
  private readonly fields = new Map<number, Map<string, PointerNode>>();
  private readonly channels = new Map<number, Channel>();
  readonly objectFields = new ObjectFields();
  readonly records: Records;
  private readonly shared = new Set<AbstractValue>();
  private readonly filled = new Set<AbstractValue>();
  private readonly keptApart = new Set<string>();
  private readonly valueNodes: (PointerNode | undefined)[][] = [];

  constructor(
    input: PointsToInput,
    private readonly addConstraints: (node: FunctionNode) => void,
  ) {
    this.program = input.program;
    this.functionCopies = new FunctionCopies(input.program, input.resolver, input.catalogue, addConstraints);
    this.instanceCopies = new InstanceCopies(this, input.program, addConstraints);
    this.catalogue = input.catalogue;
    this.resolver = input.resolver;
    this.annotations = input.annotations;
    this.records = new Records(this.values, input.annotations);
  }

  /** Adds a file's functions once the others have their constraints. */
  addFile(graph: FileGraph): void {
    const first = this.program.functions.length;
    this.program.addFile(graph);
    for (const node of this.program.functions.slice(first)) this.addConstraints(node);
  }

  valueNode(owner: FunctionNode, value: ValueId): PointerNode {
    const row = (this.valueNodes[owner.index] ??= []);
    return (row[value] ??= this.graph.createValue());
  }

  parameterNode(owner: FunctionNode, index: number): PointerNode {
    return this.graph.node(`p${String(owner.index)}:${String(index)}`);
  }

  argumentsNode(owner: FunctionNode): PointerNode {
    return this.graph.node(`a${String(owner.index)}`);
  }

  receiverNode(owner: FunctionNode): PointerNode {
    return this.graph.node(`t${String(owner.index)}`);
  }

  returnNode(owner: FunctionNode): PointerNode {
    return this.graph.node(`r${String(owner.index)}`);
  }

  /** What `next(v)` sends into a generator. */
  sentNode(owner: FunctionNode): PointerNode {
    return this.graph.node(`n${String(owner.index)}`);
  }

  thrownNode(owner: FunctionNode): PointerNode {
    return this.graph.node(`e${String(owner.index)}`);
  }

  slotNode(owner: FunctionNode, slot: number): PointerNode {
    return this.graph.node(`s${String(owner.closureIndex)}:${String(slot)}`);
  }

  cellNode(file: FilePath, cell: string): PointerNode {
    return this.graph.node(`c${file}#${cell}`);
  }

  /** One property of an abstract object; `[]` is an unknown key, `*` gathers all properties. */
  fieldNode(object: AbstractValue, name: string): PointerNode {
    if (object.kind === "module" || object.kind === "invoker") return this.graph.nothing;
    // A text has no properties; what models keep under it belongs to all that know the text.
    if (isScalar(object) && !(object.kind === "constant" && isOfModelsOwn(name))) return this.graph.nothing;
    if (name === writer) return this.graph.node(`w${String(object.id)}`);
    let row = this.fields.get(object.id);
    if (row === undefined) {
      row = new Map();
      this.fields.set(object.id, row);
    }
    let node = row.get(name);
    if (node === undefined) {
      node = this.graph.create();
      row.set(name, node);
      if (name !== "*") this.objectFields.tell(object, name, node);
      if (name === "*") {
        for (const [other, field] of row)
          if (other !== "*" && !isModelsOwn(other)) this.graph.edge(field, node);
      } else if (!isModelsOwn(name)) {
        const all = row.get("*");
        if (all !== undefined) this.graph.edge(node, all);
      }
    }
    return node;
  }

  /** What an object made by `new f()` or `Object.create(p)` inherits from. */
  prototypeNode(object: AbstractValue): PointerNode {
    return this.graph.node(`proto:${String(object.id)}`);
  }

  /** A model of the user's replaces this own function's body. */
  isModelled(callee: FunctionNode): boolean {
    const { path } = callee.graph;
    return path !== null && this.catalogue.match(`file:${callee.file}`, path.split("."), "call").length > 0;
  }

  /** Every property that `from` has or gets is also one of `to`, but for those that it has anew. */
  copyFields(from: AbstractValue, to: AbstractValue, anew?: ReadonlySet<string>): void {
    if (anew === undefined ? !this.objectFields.isNewCopy(from, to) : from === to) return;
    this.onField(from, (name, node) => {
      if (anew?.has(name) !== true) this.graph.edge(node, this.fieldNode(to, name));
    });
  }

  /** Each property that an object has, or is given later. */
  onField(object: AbstractValue, found: FieldFound): void {
    this.objectFields.add(object, found);
    for (const [name, node] of [...this.fieldsOf(object)]) if (name !== "*") found(name, node);
  }

  fieldsOf(object: AbstractValue): ReadonlyMap<string, PointerNode> {
    return this.fields.get(object.id) ?? new Map<string, PointerNode>();
  }

  // -- call graph ----------------------------------------------------------------------------------------

  siteAt(caller: FunctionNode, point: number): CallSite {
    const row = (this.siteRows[caller.index] ??= new Map<number, CallSite>());
    let site = row.get(point);
    if (site === undefined) {
      const id: Site = `${String(caller.index)}:${String(point)}`;
      const instruction = caller.code[point];
      if (instruction === undefined) throw new Error(`no instruction at ${id}`);
      site = makeSite({ id, caller, point, instruction });
      row.set(point, site);
      this.sites.set(id, site);
    }
    return site;
  }

  findSite(caller: FunctionNode, point: number): CallSite | undefined {
    return this.siteRows[caller.index]?.get(point);
  }

  /** Records an edge; true when it is new. */
  addEdge(site: CallSite, callee: FunctionNode, shape: CallShape, bound: Site | null = null): boolean {
    const key = `${String(callee.index)}:${shape}:${bound ?? ""}`;
    if (site.edges.has(key)) return false;
    const edge: CallEdge = { site, callee, shape, bound };
    addEdge(site, key, edge);
    const known = this.callerEdges.get(callee.index);
    if (known === undefined) this.callerEdges.set(callee.index, [edge]);
    else known.push(edge);
    return true;
  }

  addCallback(site: CallSite, callee: FunctionNode, place: Address): boolean {
    const key = `${String(callee.index)}:${place.text}`;
    if (site.callbacks.has(key)) return false;
    const edge: CallbackEdge = { site, callee, address: place.text, place };
    addCallback(site, key, edge);
    const known = this.callbackEdges.get(callee.index);
    if (known === undefined) this.callbackEdges.set(callee.index, [edge]);
    else known.push(edge);
    return true;
  }

  /** Calling `value` moves its arguments to where `to` says at the site that handed it out. */
  addChannel(value: AbstractValue, site: CallSite, from: Address, to: Address): void {
    this.channels.set(value.id, { site, from, to });
  }

  /** The channel whose mouth the value of this id is. */
  channelOf(value: number): Channel | undefined {
    return this.channels.get(value);
  }

  channelSites(): Iterable<Channel> {
    return this.channels.values();
  }

  callersOf(callee: FunctionNode): readonly CallEdge[] {
    return this.callerEdges.get(callee.index) ?? [];
  }

  callbacksOf(callee: FunctionNode): readonly CallbackEdge[] {
    return this.callbackEdges.get(callee.index) ?? [];
  }

  // -- instances -----------------------------------------------------------------------------------------

  addInstance(node: ClassNode, value: AbstractValue): void {
    const known = this.instances.get(node.index);
    if (known === undefined) this.instances.set(node.index, new Set([value]));
    else known.add(value);
  }

  /** The instances the program makes of a class; one anonymous instance where it makes none. */
  instancesOf(node: ClassNode): readonly AbstractValue[] {
    const known = this.instances.get(node.index);
    return known === undefined ? [this.values.instance(node, null)] : [...known];
  }

  /**
   * The instance that someone outside has in mind: one made while a module loads, or the only one; otherwise an
   * instance of its own, since objects made for one purpose are not everybody's. `place` names where something is
   * only said to be one: of what is no more than a record, it has its own.
   */
  likelyInstances(node: ClassNode, place: string | null = null): readonly AbstractValue[] {
    const known = [...(this.instances.get(node.index) ?? [])];
    const global = known.filter(
      (value) =>
        value.kind === "instance" &&
        value.site !== null &&
        this.program.functions[Number(value.site.split(":")[0])]?.graph.kind === "module",
    );
    if (global.length > 0) return global;
    const record = place === null ? null : this.records.at(node, place);
    if (record !== null) return [record];
    return known.length === 1 ? known : [this.values.instance(node, null)];
  }

  /** An instance that was assumed where value flow tells nothing: whoever has the type may have this object. */
  markShared(value: AbstractValue, isSaid = false): void {
    if ((value.kind === "instance" && !isOfPlace(value)) || isSaid) this.shared.add(value);
  }

  isShared(value: AbstractValue): boolean {
    return this.shared.has(value);
  }

  /** Random bytes were put into it after it was made. */
  markFilled(value: AbstractValue): void {
    this.filled.add(value);
  }

  isFilled(value: AbstractValue): boolean {
    return this.filled.has(value);
  }

  /** The construction itself says what this object's constructor keeps of its parameters. */
  keepApart(self: AbstractValue, constructor: FunctionNode): void {
    this.keptApart.add(`${String(self.id)}:${String(constructor.index)}`);
  }

  isKeptApart(self: AbstractValue, constructor: FunctionNode): boolean {
    return this.keptApart.has(`${String(self.id)}:${String(constructor.index)}`);
  }

  isConstructed(node: ClassNode): boolean {
    return this.instances.has(node.index);
  }

  valuesOf(owner: FunctionNode, value: ValueId): ReadonlySet<AbstractValue> {
    return this.valueNode(owner, value).values;
  }
}
