/**
 * What stands under each name of an object when a call is given it. The last of the writes counts, `data.name = null`
 * behind `{ name }`, and none that another may undo: `{ name: null, ...req.body }`.
 */
import type { Instruction, PropertyName, ValueId } from "../../contracts/file-graph.js";
import { dominatorsOf } from "../guards/ages/dominators.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { SiteModels } from "../models/site-models.js";
import { foldValues } from "../constants/constants.js";
import { operandsAt, valuesAt } from "../models/address-values.js";
import type { Writers } from "../points-to/writers.js";

/** A value that may stand under a name; null: one that an unknown object brought. */
export type Standing = { readonly node: FunctionNode; readonly value: ValueId } | null;

interface Contents {
  readonly byName: Map<string, readonly Standing[]>;
  /** There may be properties of other names, too. */
  isOpen: boolean;
}

const deepest = 3;
/** `Object.assign(data, patch)` */
const joining = /(?:^|\.)(?:assign|merge|extend|defaults)$/u;

export class LastWrites {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly writers: Writers,
    private readonly models: SiteModels,
  ) {}

  /** `at`: the point of the call in its function. */
  of(node: FunctionNode, operand: ValueId, at: number): ReadonlyMap<string, readonly Standing[]> {
    return this.contents(node, operand, at, 0).byName;
  }

  /** All that stands in it; null: there may be more. */
  whole(node: FunctionNode, operand: ValueId, at: number): ReadonlyMap<string, readonly Standing[]> | null {
    const { byName, isOpen } = this.contents(node, operand, at, 0);
    return isOpen ? null : byName;
  }

  private contents(node: FunctionNode, operand: ValueId, at: number | null, depth: number): Contents {
    const nothing: Contents = { byName: new Map(), isOpen: true };
    if (depth > deepest) return nothing;
    const origin = originOf(node, operand);
    const maker = definitionOf(node, origin);
    if (maker?.kind === "object") return this.madeIn(node, origin, at, depth);
    if (maker?.kind === "object-rest") {
      const { byName, isOpen } = this.contents(node, maker.object, at, depth + 1);
      const excluded = namesOf(maker.excluded);
      return { byName: new Map([...byName].filter(([name]) => !excluded.has(name))), isOpen };
    }
    const [object, ...others] = this.pointsTo.valuesOf(node, operand);
    // A row that was read, an entity that was handed in: what is put into it here.
    if (object?.kind !== "object" || others.length > 0)
      return { byName: this.madeIn(node, origin, at, depth).byName, isOpen: true };
    const [owner, point] = object.site.split(":").map(Number);
    const made = owner === undefined ? undefined : this.pointsTo.program.functions[owner];
    const instruction = point === undefined ? undefined : made?.code[point];
    if (made === undefined || instruction?.kind !== "object") return nothing;
    const found = this.madeIn(made, instruction.out, null, depth);
    for (const writer of this.writers.ofObject(object))
      if (writer.node !== made) put(found, writer.name, [{ node: writer.node, value: writer.value }], false);
    return found;
  }

  private madeIn(node: FunctionNode, object: ValueId, at: number | null, depth: number): Contents {
    const found: Contents = { byName: new Map(), isOpen: false };
    const maker = node.code.findIndex((each) => each.kind === "object" && each.out === object);
    const end = node.blockOf[at ?? maker] ?? 0;
    const surely = dominatorsOf(node)[end];
    node.code.forEach((each, point) => {
      if (point <= maker || (at !== null && point >= at)) return;
      const isSure = surely?.has(node.blockOf[point] ?? -1) === true;
      for (const source of sourcesOf(node, each, object))
        this.copy(found, node, source, point, isSure, depth);
      if (each.kind === "call") this.putByModels(found, node, object, point, isSure, depth);
      if (each.kind !== "store" && each.kind !== "delete") return;
      if (originOf(node, each.object) !== object) return;
      if (each.property.kind === "name")
        put(found, each.property.name, each.kind === "store" ? [{ node, value: each.value }] : [], isSure);
      else if (each.kind === "store")
        for (const name of this.namesBehind(node, each.property) ?? found.byName.keys())
          put(found, name, [{ node, value: each.value }], false);
    });
    return found;
  }

  /** A package's call that puts things into an object: `child.set({ name: null })`, `child.set("name", null)`. */
  private putByModels(
    into: Contents,
    node: FunctionNode,
    object: ValueId,
    point: number,
    isSure: boolean,
    depth: number,
  ): void {
    const site = this.pointsTo.findSite(node, point);
    if (site === undefined || site.foreign.size === 0) return;
    for (const { model, names } of this.models.at(site))
      for (const role of model.roles) {
        if (role.kind !== "flow") continue;
        const given = role.from
          .filter(({ steps }) => steps.length === 0)
          .flatMap((from) => operandsAt(site, from));
        for (const to of role.to) {
          if (!operandsAt(site, to).some((target) => originOf(node, target) === object)) continue;
          const [step, ...others] = to.steps;
          if (step === undefined)
            for (const source of given) this.copy(into, node, source, point, isSure, depth);
          // A path (`[...arg0]`) of one name is a name; a longer one stands under the whole of it.
          else if (step.kind === "entry" && others.length === 0)
            for (const name of foldValues(this.pointsTo, valuesAt(this.pointsTo, site, step.key, names)))
              for (const value of given) put(into, name, [{ node, value }], isSure);
        }
      }
  }

  /** `data[key] = null` in a loop over names; null: any name. */
  private namesBehind(node: FunctionNode, property: PropertyName): readonly string[] | null {
    if (property.kind !== "computed") return null;
    const values = [...this.pointsTo.valuesOf(node, property.value)];
    const made = definitionOf(node, property.value);
    // Which one of a list it is need not be known: `kids.${at}.name`.
    const names =
      made?.kind === "template" && !made.values.every((hole) => this.isConstant(node, hole))
        ? [made.texts.join("*")]
        : foldValues(this.pointsTo, values);
    const isTold = (name: string): boolean =>
      name !== "*" && name.split(".").every((each) => each === "*" || !each.includes("*"));
    return names.length === 0 || !names.every(isTold) ? null : names;
  }

  private isConstant(node: FunctionNode, value: ValueId): boolean {
    const values = [...this.pointsTo.valuesOf(node, value)];
    return values.length > 0 && values.every(({ kind }) => kind === "constant");
  }

  private copy(
    into: Contents,
    node: FunctionNode,
    source: ValueId,
    point: number,
    isSure: boolean,
    depth: number,
  ): void {
    const { byName, isOpen } = this.contents(node, source, point, depth + 1);
    if (isOpen) {
      const rest = definitionOf(node, source);
      const without = rest?.kind === "object-rest" ? namesOf(rest.excluded) : null;
      for (const name of into.byName.keys()) if (without?.has(name) !== true) put(into, name, [null], false);
      into.isOpen = true;
    }
    for (const [name, values] of byName) put(into, name, values, isSure);
  }
}

function put({ byName }: Contents, name: string, values: readonly Standing[], isSure: boolean): void {
  byName.set(name, isSure ? values : [...(byName.get(name) ?? []), ...values]);
}

/** What an instruction copies into an object. */
function sourcesOf(node: FunctionNode, instruction: Instruction, object: ValueId): readonly ValueId[] {
  if (instruction.kind === "copy-properties")
    return instruction.target === object ? [instruction.source] : [];
  if (instruction.kind !== "call" || !joining.test(instruction.name)) return [];
  const [first, ...others] = instruction.arguments;
  return first !== undefined && originOf(node, first.value) === object
    ? others.map(({ value }) => value)
    : [];
}

function namesOf(excluded: readonly PropertyName[]): ReadonlySet<string> {
  return new Set(excluded.flatMap((each) => (each.kind === "name" ? [each.name] : [])));
}
