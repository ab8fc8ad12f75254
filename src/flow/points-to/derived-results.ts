/** Of what operands a call's result is made: by what the library says, by what callbacks give, by what functions give. */
import type { Address, PathModel } from "../../contracts/model.js";
import { selectModels } from "../models/select-models.js";
import { isSlot } from "../paths/path-components.js";
import type { FunctionNode } from "../program/program.js";
import { closure, incomingIndex, receiver } from "../tabulation/fact.js";
import type { Base } from "../tabulation/fact.js";
import { derived, flowsOf, isPlain, leadsInto, partsAt, propertiesOf, waysOf } from "./derived-part.js";
import type { Derived, Part } from "./derived-part.js";
import type { CallEdge, CallSite, PointsTo } from "./points-to.js";

/** What lies where below what a function gives back, of what the function is entered with. */
export type GivenParts = (callee: FunctionNode) => readonly Derived[];

interface Said {
  readonly model: PathModel;
  readonly names: readonly string[];
}

export class DerivedResults {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly givenBy: GivenParts,
  ) {}

  of(node: FunctionNode, point: number): readonly Derived[] {
    const site = this.pointsTo.findSite(node, point);
    if (site?.instruction.kind !== "call") return [];
    return [...this.ofLibrary(site), ...this.ofFunctions(site)];
  }

  /** The models of the standard library that describe a call. */
  saidOf(site: CallSite): readonly Said[] {
    if (site.edges.size > 0) return [];
    return [...site.foreign].flatMap((callee) =>
      callee.module === "lib" || callee.module === "global" ? selectModels(this.pointsTo, site, callee) : [],
    );
  }

  /**
   * What a call gives back as its callback has given it of what was gathered before, a few rounds deep: of
   * `names.reduce((at, name) => at[name], tree)` the tree and what lies in it.
   */
  gathered(node: FunctionNode, point: number): readonly Part[] {
    const site = this.pointsTo.findSite(node, point);
    if (site?.instruction.kind !== "call") return [];
    return this.saidOf(site).flatMap((said) => {
      const flows = flowsOf(said.model);
      return flows.flatMap(({ from, to }) => {
        const isWholeResult = from.steps.length === 1 && from.steps[0]?.kind === "result";
        if (!isWholeResult || to.root.kind !== "return" || to.steps.length > 0) return [];
        const goesRound = flows.some((each) => each.from.text === from.text && each.to !== to);
        const parts = this.byCallbacks(site, said, from, [], [[]])
          .filter(({ way }) => way.length === 0)
          .map((each) => each.from);
        return goesRound ? parts.flatMap((part) => roundsOf(part, parts)) : parts;
      });
    });
  }

  private ofLibrary(site: CallSite): readonly Derived[] {
    return this.saidOf(site).flatMap((said) => [
      ...this.copied(site, said),
      ...flowsOf(said.model)
        // What comes back as a whole may be a copy (`structuredClone`).
        .filter(({ to }) => to.root.kind === "return" && to.steps.length > 0 && to.steps.every(isPlain))
        .flatMap(({ from, to }) => this.flow(site, said, from, to)),
    ]);
  }

  /** `Object.assign(made, box)` gives back what it has put the properties of others into. */
  private copied(site: CallSite, { model, names }: Said): readonly Derived[] {
    const ways = flowsOf(model);
    return ways
      .filter(
        ({ to, from }) => to.root.kind === "argument" && to.steps.length === 0 && from.steps.length === 0,
      )
      .filter(({ to }) => ways.some((way) => way.to.root.kind === "return" && isWhole(way.from, to)))
      .flatMap(({ from }) => partsAt(this.pointsTo, site, from, names))
      .flatMap(({ value, components }) => (components.length === 0 ? [propertiesOf(value)] : []));
  }

  private flow(site: CallSite, said: Said, from: Address, to: Address): readonly Derived[] {
    const ways = waysOf(this.pointsTo, site, to.steps, said.names);
    const [first, ...rest] = from.steps;
    if (first?.kind === "result")
      return this.byCallbacks(
        site,
        said,
        from,
        rest.map(() => "[]"),
        rest.every(isPlain) ? ways : [],
      );
    return partsAt(this.pointsTo, site, from, said.names).flatMap(({ value, components }) =>
      ways.map((way) => derived(way, value, components)),
    );
  }

  /** `rows.map((row) => [row.id, row])`: what the callback gives of its parameters, which are what it is called with. */
  private byCallbacks(
    site: CallSite,
    { model, names }: Said,
    { root }: Address,
    inside: readonly string[],
    ways: readonly (readonly string[])[],
  ): readonly Derived[] {
    if (root.kind !== "argument" || site.instruction.kind !== "call") return [];
    const index = root.index;
    const handed = site.instruction.arguments[index]?.value;
    return [...site.callbacks.values()].flatMap(({ callee, place }) =>
      place.root.kind !== "argument" || place.root.index !== index || place.steps.length > 0
        ? []
        : this.givenBy(callee).flatMap(({ way, from }) => {
            if (!leadsInto(way, inside)) return [];
            const parameter = incomingIndex(from.value);
            const operands =
              parameter !== null
                ? this.calledWith(site, model, names, index, parameter)
                : from.value === closure && handed !== undefined
                  ? [{ value: handed, components: [] }]
                  : [];
            return operands.flatMap(({ value, components }) =>
              ways.map((to) =>
                derived([...to, ...way.slice(inside.length)], value, [...components, ...from.components]),
              ),
            );
          }),
    );
  }

  private calledWith(
    site: CallSite,
    model: PathModel,
    names: readonly string[],
    callback: number,
    parameter: number,
  ): readonly Part[] {
    return flowsOf(model)
      .filter(({ to }) => isParameter(to, callback, parameter))
      .flatMap(({ from }) => partsAt(this.pointsTo, site, from, names));
  }

  private ofFunctions(site: CallSite): readonly Derived[] {
    return [...site.edges.values()].flatMap((edge) =>
      edge.shape !== "call" || edge.bound !== null
        ? []
        : this.givenBy(edge.callee).flatMap(({ way, from, without }) => {
            const value = way.length === 0 ? null : operandOf(edge, from.value);
            return value === null ? [] : [{ way, from: { value, components: from.components }, without }];
          }),
    );
  }
}

/** The other operand is among those that the address means. */
function isWhole({ root, steps }: Address, { root: other }: Address): boolean {
  if (steps.length > 0 || other.kind !== "argument") return false;
  return root.kind === "argument"
    ? root.index === other.index
    : root.kind === "arguments" && root.from <= other.index;
}

function isParameter({ root, steps }: Address, callback: number, index: number): boolean {
  const [step, ...others] = steps;
  return (
    root.kind === "argument" &&
    root.index === callback &&
    step?.kind === "parameter" &&
    step.index === index &&
    others.length === 0
  );
}

function operandOf({ site: { instruction } }: CallEdge, base: Base): Base | null {
  if (instruction.kind !== "call") return null;
  if (base === receiver) return instruction.receiver;
  if (base === closure) return instruction.callee;
  const index = incomingIndex(base);
  if (index === null || instruction.arguments.slice(0, index + 1).some(({ spread }) => spread)) return null;
  return instruction.arguments[index]?.value ?? null;
}

/** Further rounds are left out. */
const mostRounds = 3;

/** Any other that may lie where a component does: of a map, the value of any key. */
function anyBeside(component: string): string {
  if (isSlot(component)) return component;
  return component.startsWith("=") ? "=*" : "[]";
}

/** By some names in one round and by others in the next: by any. */
function roundsOf({ value, components }: Part, all: readonly Part[]): readonly Part[] {
  if (components.length === 0) return [{ value, components }];
  const [one = components] = all.map((each) => each.components).filter((way) => way.length > 0);
  const isAlways = all.every((each) => each.components.length === 0 || each.components.join() === one.join());
  const further = isAlways ? components : components.map(anyBeside);
  return Array.from({ length: mostRounds }, (_, round) => ({
    value,
    components: [...components, ...Array.from({ length: round }, () => further).flat()],
  }));
}
