/**
 * Calls that a value may come from, however it was handed on: through properties, own functions, promises, state that
 * a package keeps. Only few programs ask for it, so that it is walked when asked.
 */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { Address } from "../../contracts/model.js";
import { operandsAt, operandsOfSite } from "../models/address-values.js";
import { argumentsFor } from "../program/edge-arguments.js";
import { functionAddress, functionPlace } from "../models/function-addresses.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { SiteModels } from "../models/site-models.js";
import { capturedFrom } from "../program/captured-from.js";
import type { GivenPlaces } from "./evidence/given-places.js";
import type { Writers } from "../points-to/writers.js";

/** Does a call give it back (`address` null), or give it to the function at an address? */
export type Gives = (site: CallSite, address: string | null) => boolean;

/** Values that are looked at for one question. */
const mostValues = 1500;

interface Walk {
  readonly gives: Gives;
  readonly found: Set<CallSite>;
  readonly seen: Map<FunctionNode, Set<ValueId>>;
  readonly queue: { readonly node: FunctionNode; readonly value: ValueId }[];
}

export class ValuesBehind {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly models: SiteModels,
    private readonly given: GivenPlaces,
    private readonly writers: Writers,
  ) {}

  from(start: FunctionNode, of: ValueId, gives: Gives): ReadonlySet<CallSite> {
    const walk: Walk = { gives, found: new Set(), seen: new Map(), queue: [] };
    this.add(walk, start, of);
    for (let steps = 0, next = walk.queue.pop(); next !== undefined && steps < mostValues; steps++) {
      this.visit(walk, next.node, next.value);
      next = walk.queue.pop();
    }
    return walk.found;
  }

  private add(walk: Walk, node: FunctionNode, value: ValueId): void {
    if (value < 0) return;
    let seen = walk.seen.get(node);
    if (seen === undefined) walk.seen.set(node, (seen = new Set()));
    if (seen.has(value)) return;
    seen.add(value);
    walk.queue.push({ node, value });
  }

  private visit(walk: Walk, node: FunctionNode, value: ValueId): void {
    const definition = node.definitions[value];
    if (definition === undefined) return;
    const again = (other: ValueId): void => {
      this.add(walk, node, other);
    };
    if (definition.kind === "phi") {
      for (const { value: input } of definition.phi.inputs) again(input);
      return;
    }
    const { instruction, point } = definition;
    switch (instruction.kind) {
      case "declare":
      case "cast":
      case "await":
        again(instruction.value);
        return;
      case "iterate":
      case "object-rest":
        again(instruction.object);
        return;
      case "array-rest":
        again(instruction.array);
        return;
      case "template":
        instruction.values.forEach(again);
        return;
      case "binary":
        again(instruction.left);
        again(instruction.right);
        return;
      case "unary":
        again(instruction.operand);
        return;
      case "load":
        this.ofLoad(walk, node, instruction);
        return;
      case "box-read":
        this.written(walk, node, instruction.box, "<box>");
        return;
      case "cell-read":
        for (const each of this.writers.ofCell(node.file, instruction.cell))
          this.add(walk, each.node, each.value);
        return;
      case "capture": {
        const captured = capturedFrom(this.pointsTo, node, instruction.slot);
        if (captured !== null) this.add(walk, captured.node, captured.value);
        return;
      }
      case "parameter":
        this.ofParameter(walk, node, instruction.index);
        return;
      case "call": {
        const site = this.pointsTo.findSite(node, point);
        if (site !== undefined) this.ofCall(walk, site);
        return;
      }
      default:
        return;
    }
  }

  private ofLoad(walk: Walk, node: FunctionNode, { object, property }: InstructionOf<"load">): void {
    if (property.kind === "name") this.written(walk, node, object, property.name);
    this.add(walk, node, object);
  }

  private written(walk: Walk, node: FunctionNode, object: ValueId, name: string): void {
    for (const each of this.pointsTo.valuesOf(node, object))
      for (const writer of this.writers.ofField(each, name)) this.add(walk, writer.node, writer.value);
  }

  private ofParameter(walk: Walk, node: FunctionNode, index: number): void {
    for (const edge of this.pointsTo.callersOf(node)) {
      const { instruction } = edge.site;
      if (instruction.kind === "jsx") this.add(walk, edge.site.caller, instruction.props);
      for (const { value } of argumentsFor(edge, index)) this.add(walk, edge.site.caller, value);
    }
    for (const { site, address } of this.pointsTo.callbacksOf(node)) this.ofGiven(walk, site, address);
  }

  /** What the function at an address is given: by a device, or what a model says flows into it. */
  private ofGiven(walk: Walk, site: CallSite, address: string): void {
    if (walk.gives(site, address)) walk.found.add(site);
    this.flows(walk, site, (to) => {
      const at = to.steps.findIndex((step) => step.kind === "parameter");
      return at !== -1 && functionAddress(to, at) === address;
    });
  }

  private ofCall(walk: Walk, site: CallSite): void {
    if (walk.gives(site, null)) walk.found.add(site);
    for (const { callee } of site.edges.values())
      for (const { end } of callee.graph.blocks)
        if (end.kind === "return" && end.value !== null) this.add(walk, callee, end.value);
    if (site.foreign.size > 0) this.flows(walk, site, ({ root }) => root.kind === "return");
  }

  private flows(walk: Walk, site: CallSite, isMeant: (to: Address) => boolean): void {
    for (const { model } of this.models.at(site))
      for (const role of model.roles)
        if (role.kind === "flow" && role.to.some(isMeant))
          for (const from of role.from) this.ofSource(walk, site, from);
  }

  private ofSource(walk: Walk, site: CallSite, from: Address): void {
    const result = from.steps.findIndex((step) => step.kind === "result");
    for (const { call, address } of this.given.callsOf(site, from.text))
      if (address !== null) this.ofGiven(walk, call, address);
      else for (const { value } of operandsOfSite(call).arguments) this.add(walk, call.caller, value);
    if (result === -1) {
      for (const value of operandsAt(site, from)) this.add(walk, site.caller, value);
      return;
    }
    const address = functionPlace(from, result).text;
    for (const edge of site.callbacks.values())
      if (edge.address === address)
        for (const { end } of edge.callee.graph.blocks)
          if (end.kind === "return" && end.value !== null) this.add(walk, edge.callee, end.value);
  }
}
