/**
 * Whether a call erases only what the entry was called with, `DELETE … WHERE id = $1` and the identity handed in, and not
 * whatever lies in the store. What is looked up first, and erased one by one, is no longer what was handed in.
 */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { Address } from "../../contracts/model.js";
import { operandsAt } from "../models/address-values.js";
import type { EntryWay } from "../duties/entry-ways.js";
import { argumentsFor } from "../program/edge-arguments.js";
import { capturedFrom } from "../program/captured-from.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { SiteModels } from "../models/site-models.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import { operandsWritten } from "../heap/written-literals.js";

const mostValues = 300;

interface Search {
  readonly entry: FunctionNode;
  readonly functions: ReadonlySet<FunctionNode>;
  readonly seen: Map<FunctionNode, Set<ValueId>>;
  left: number;
}

export class ErasesOne {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly models: SiteModels,
  ) {}

  /** `entry`: the function that the way begins with, or goes through. */
  is(site: CallSite, { functions }: EntryWay, entry: FunctionNode): boolean {
    const { caller, instruction } = site;
    if (instruction.kind !== "call") return false;
    const search: Search = { entry, functions, seen: new Map(), left: mostValues };
    const which = this.whichRows(site);
    if (which === null)
      return chainOf(caller, instruction).some((call) => this.isCalledWith(search, caller, call));
    return (
      which.some((value) => this.isHandedIn(search, caller, value)) ||
      chainOf(caller, instruction).some(
        (call) => call !== instruction && this.isCalledWith(search, caller, call),
      )
    );
  }

  /** What says which rows, where a model tells it from a session or an option; null: whatever the call is given. */
  private whichRows(site: CallSite): readonly ValueId[] | null {
    const told = this.models
      .at(site)
      .flatMap(({ model }) => model.roles)
      .flatMap((role) => (role.kind === "delete" ? (role.which ?? []) : []));
    return told.length === 0 ? null : told.flatMap((address) => operandsToldBy(site, address));
  }

  private isCalledWith(search: Search, node: FunctionNode, call: InstructionOf<"call">): boolean {
    return call.arguments.some(({ value }) => this.isHandedIn(search, node, value));
  }

  /** `isPart`: it is asked about because something is read from it, such as `req.params.id`. */
  private isHandedIn(search: Search, node: FunctionNode, value: ValueId, isPart = false): boolean {
    let seen = search.seen.get(node);
    if (seen === undefined) search.seen.set(node, (seen = new Set()));
    if (seen.has(value) || search.left-- <= 0) return false;
    seen.add(value);
    const definition = node.definitions[value];
    if (definition === undefined) return false;
    const again = (other: ValueId): boolean => this.isHandedIn(search, node, other, isPart);
    if (definition.kind === "phi") return definition.phi.inputs.some((input) => again(input.value));
    const { instruction, point } = definition;
    switch (instruction.kind) {
      case "declare":
      case "cast":
      case "await":
        return again(instruction.value);
      case "load":
        return this.isHandedIn(search, node, instruction.object, true);
      case "template":
        return instruction.values.some(again);
      case "binary":
        return again(instruction.left) || again(instruction.right);
      case "array":
      case "object":
        return node.code.some(
          (each) => each.kind === "store" && originOf(node, each.object) === value && again(each.value),
        );
      case "call":
        return this.isMadeOf(search, node, point, instruction);
      case "parameter":
        return this.isParameter(search, node, instruction.index, isPart);
      case "capture": {
        const captured = capturedFrom(this.pointsTo, node, instruction.slot);
        return captured !== null && this.isHandedIn(search, captured.node, captured.value, isPart);
      }
      default:
        return false;
    }
  }

  /** What was looked up in a store, or what own code made, is something else: `ObjectId(id)` is not. */
  private isMadeOf(search: Search, node: FunctionNode, point: number, call: InstructionOf<"call">): boolean {
    const site = this.pointsTo.findSite(node, point);
    if (site !== undefined && site.edges.size > 0) return false;
    const roles = site === undefined ? [] : this.models.at(site).flatMap(({ model }) => model.roles);
    if (roles.some(({ kind }) => kind === "rows" || kind === "sql" || kind === "input")) return false;
    return (
      this.isCalledWith(search, node, call) ||
      (call.receiver !== null && this.isHandedIn(search, node, call.receiver))
    );
  }

  private isParameter(search: Search, node: FunctionNode, index: number, isPart: boolean): boolean {
    if (node.file === search.entry.file && node.graph.id === search.entry.graph.id)
      return !this.isTool(node, index, isPart);
    return this.pointsTo
      .callersOf(node)
      .filter(({ site }) => search.functions.has(site.caller))
      .some((edge) =>
        argumentsFor(edge, index).some(({ value }) =>
          this.isHandedIn(search, edge.site.caller, value, isPart),
        ),
      );
  }

  /** A client, a service or a transaction that the entry is given, and no identity or record. */
  private isTool(node: FunctionNode, index: number, isPart: boolean): boolean {
    return [...this.pointsTo.parameterNode(node, index).values].some(
      (value) =>
        value.kind === "function" ||
        value.kind === "class" ||
        (value.kind === "foreign" && !isPart) ||
        (value.kind === "instance" && value.class.graph.members.some(({ kind }) => kind === "method")),
    );
  }
}

/** What is written out there, or the whole of what cannot be looked into. */
function operandsToldBy(site: CallSite, address: Address): readonly ValueId[] {
  const written = operandsWritten(site, address);
  if (written.length > 0) return written;
  return operandsAt(site, address).filter(
    (operand) => address.steps.length === 0 || definitionOf(site.caller, operand)?.kind !== "object",
  );
}

/** The calls of a builder, in front of it and behind: `db("t").where({ id }).del()`, `db.delete(t).where(eq(t.id, id))`. */
export function chainOf(node: FunctionNode, call: InstructionOf<"call">): InstructionOf<"call">[] {
  const found = [call];
  for (let current: InstructionOf<"call"> | null = call, hops = 0; current !== null && hops < 10; hops++) {
    const before: FunctionNode["definitions"][number] | undefined =
      current.receiver === null ? undefined : node.definitions[originOf(node, current.receiver)];
    current =
      before?.kind === "instruction" && before.instruction.kind === "call" ? before.instruction : null;
    if (current !== null) found.push(current);
  }
  for (let next = followedBy(node, call), hops = 0; next !== null && hops < 10; hops++) {
    found.push(next);
    next = followedBy(node, next);
  }
  return found;
}

function followedBy(node: FunctionNode, { out }: InstructionOf<"call">): InstructionOf<"call"> | null {
  for (const point of node.uses[out] ?? []) {
    const use = node.code[point];
    if (use?.kind === "call" && use.receiver === out) return use;
  }
  return null;
}
