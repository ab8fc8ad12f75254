/**
 * Where a call puts the objects it is handed: `list.push(tent)` makes `tent` an element of `list`, `new SetTitle(poster)`
 * makes it the new object's `poster`, `room.enter(guest)` makes the room the guest's `room`. They are further names of
 * the object, so what is written through one is read through the other.
 */
import type { Instruction, ValueId } from "../../contracts/file-graph.js";
import type { Address, PathModel } from "../../contracts/model.js";
import { writtenPaths } from "../models/address-facts.js";
import type { AccessPath } from "../paths/access-path.js";
import { isMadeHere } from "../points-to/alias-names.js";
import { closure, incoming, incomingIndex, receiver, returned } from "../tabulation/fact.js";
import type { Base } from "../tabulation/fact.js";
import { operandValues } from "../models/operand-values.js";
import type { CallEdge, CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { selectModels } from "../models/select-models.js";
import { joinedInto } from "../program/value-ends.js";

type Call = Extract<Instruction, { kind: "call" }>;

interface Name {
  readonly base: Base;
  readonly path: AccessPath;
}

/** A value of the caller, and where below it an operand lies after the call. */
export interface Kept {
  readonly in: ValueId;
  readonly components: readonly string[];
}

/** Names of one parameter (or the receiver) of a function below what its caller knows. */
interface KeptPlace {
  readonly base: Base;
  readonly components: readonly string[];
}

const mostPlaces = 8;
const deepestHolder = 3;

export class Keepers {
  constructor(
    private readonly pointsTo: PointsTo,
    /** The names of a value in its function. */
    private readonly namesOf: (node: FunctionNode, value: ValueId) => readonly Name[],
  ) {}

  /** Where a call at a point puts the object of a value that it is handed. */
  keptAt(node: FunctionNode, point: number, value: ValueId): readonly Kept[] {
    const site = this.pointsTo.findSite(node, point);
    if (site?.instruction.kind !== "call") return [];
    const { instruction } = site;
    const found: Kept[] = [];
    instruction.arguments.forEach((argument, index) => {
      if (argument.value !== value || argument.spread) return;
      found.push(...this.byModels(site, instruction, index));
      for (const edge of site.edges.values()) {
        const rest = restOf(edge.callee);
        if (rest === null || index < rest) found.push(...this.byFunction(edge, instruction, incoming(index)));
        else found.push(...this.byFunction(edge, instruction, incoming(rest), ["[]"]));
      }
    });
    if (instruction.receiver === value)
      for (const edge of site.edges.values()) found.push(...this.byFunction(edge, instruction, receiver));
    return found;
  }

  /** Where a constructor puts the object that it makes: `team.register(this)`. */
  keptWhenMade(node: FunctionNode, point: number): readonly Kept[] {
    const site = this.pointsTo.findSite(node, point);
    if (site?.instruction.kind !== "call" || !site.instruction.new) return [];
    const { instruction } = site;
    return [...site.edges.values()].flatMap((edge) =>
      edge.shape === "construct"
        ? this.byFunction(edge, instruction, receiver).filter((kept) => kept.in !== instruction.out)
        : [],
    );
  }

  private byModels(site: CallSite, call: Call, index: number): readonly Kept[] {
    const found: Kept[] = [];
    for (const callee of site.foreign)
      for (const { model, names } of selectModels(this.pointsTo, site, callee))
        for (const to of keepingPlaces(model, index)) {
          const holder = to.root.kind === "this" ? call.receiver : call.out;
          if (holder === null) continue;
          for (const components of writtenPaths(this.pointsTo, site, to.steps, names))
            if (components.length > 0) found.push({ in: holder, components });
        }
    return found;
  }

  private byFunction(
    edge: CallEdge,
    call: Call,
    operand: Base,
    part: readonly string[] = [],
  ): readonly Kept[] {
    if (edge.shape !== "call" && edge.shape !== "construct") return [];
    const places = [
      ...this.placesIn(edge.callee, operand, part),
      ...(part.length > 0 ? this.placesOfSpread(edge.callee, operand) : []),
    ];
    return places.flatMap(({ base, components }): Kept[] => {
      const holder = this.operandOf(edge, call, base);
      return holder === null ? [] : [{ in: holder, components }];
    });
  }

  private operandOf(edge: CallEdge, call: Call, base: Base): ValueId | null {
    if (base === receiver) return edge.shape === "construct" ? call.out : call.receiver;
    if (base === returned) return edge.shape === "construct" ? null : call.out;
    if (base === closure) return call.callee;
    const index = incomingIndex(base);
    const argument = index === null ? undefined : call.arguments[index];
    return argument === undefined || argument.spread ? null : argument.value;
  }

  /** Where the elements of a list come to lie that is spread: `this.steps.push(...steps)`. */
  private placesOfSpread(callee: FunctionNode, operand: Base): readonly KeptPlace[] {
    return valuesOf(callee, operand).flatMap((value) =>
      (callee.uses[value] ?? []).flatMap((point): readonly KeptPlace[] => {
        const site = this.pointsTo.findSite(callee, point);
        if (site?.instruction.kind !== "call") return [];
        const { instruction } = site;
        const index = instruction.arguments.findIndex((each) => each.spread && each.value === value);
        if (index === -1) return [];
        return this.byModels(site, instruction, index).flatMap((kept) =>
          this.namesOf(callee, kept.in).flatMap(({ base, path }): readonly KeptPlace[] =>
            base < 0 ? [{ base, components: [...path.components, ...kept.components] }] : [],
          ),
        );
      }),
    );
  }

  private placesIn(callee: FunctionNode, operand: Base, part: readonly string[]): readonly KeptPlace[] {
    const results = new Set(
      callee.graph.blocks.flatMap(({ end }) =>
        end.kind === "return" && end.value !== null ? [end.value] : [],
      ),
    );
    const places: KeptPlace[] = [];
    const seen = new Set<Base>();
    const gather = (value: ValueId, below: readonly string[], depth: number): void => {
      if (seen.has(value)) return;
      seen.add(value);
      for (const { base, path } of this.namesOf(callee, value)) {
        if (path.components.length === 0 || base === operand || places.length >= mostPlaces) continue;
        const components = [...path.components, ...below];
        if (base < 0) places.push({ base, components });
        else if (!results.has(base)) {
          // What holds it may be held itself: a closure that has captured it, in the object that is returned.
          if (depth < deepestHolder && isMadeHere(callee, base)) gather(base, components, depth + 1);
        } else if (!callee.graph.generator) places.push({ base: returned, components });
      }
    };
    for (const value of valuesOf(callee, operand)) gather(value, part, 0);
    return places;
  }
}

function restOf({ graph: { parameters } }: FunctionNode): number | null {
  return parameters.at(-1)?.rest === true ? parameters.length - 1 : null;
}

function restValues(node: FunctionNode): readonly ValueId[] {
  return node.code.flatMap((each) =>
    each.kind === "parameter" && each.index === restOf(node) ? [each.out] : [],
  );
}

/** The values of a function that are its parameter or its receiver, or may be: `const full = wrapped ?? observer`. */
function valuesOf(node: FunctionNode, operand: Base): readonly ValueId[] {
  const index = incomingIndex(operand);
  const isRest = index !== null && index === restOf(node);
  const found = new Set(isRest ? restValues(node) : operandValues(node, operand));
  for (const value of found) {
    for (const joined of joinedInto(node, value)) found.add(joined);
    for (const point of node.uses[value] ?? []) {
      const use = node.code[point];
      if (use?.kind === "declare" || use?.kind === "cast") found.add(use.out);
    }
  }
  return [...found];
}

/** Where a model puts an argument as it is: into the receiver, or into what comes back. */
function keepingPlaces(model: PathModel, index: number): readonly Address[] {
  return model.roles.flatMap((role) =>
    role.kind === "flow" && role.from.some((from) => isArgument(from, index))
      ? role.to.filter(
          ({ root, steps }) =>
            (root.kind === "this" || root.kind === "return") &&
            steps.length > 0 &&
            steps.every((step) => /^(?:property|element|last|end|entry)$/u.test(step.kind)),
        )
      : [],
  );
}

function isArgument({ root, steps }: Address, index: number): boolean {
  if (steps.length > 0) return false;
  return root.kind === "argument" ? root.index === index : root.kind === "arguments" && root.from <= index;
}
