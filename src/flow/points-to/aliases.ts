/**
 * Which other names in a function the object of a value has: `const a = o.inner` makes `a` and `o.inner` two
 * names of one object, so what is written through one is read through the other.
 */
import { DeepRecursion } from "../../base/deep-recursion.js";
import type { ValueId } from "../../contracts/file-graph.js";
import { accessPath, emptyPath, writtenPath } from "../paths/access-path.js";
import { closure, incoming, receiver } from "../tabulation/fact.js";
import type { Base } from "../tabulation/fact.js";
import { writtenPaths } from "../models/address-facts.js";
import { addPlace, isMadeHere, isOnlyStore, isKept, isPartOfContainer, NameIndex } from "./alias-names.js";
import type { Place } from "./alias-names.js";
import { DerivedParts } from "./derived-parts.js";
import { knownNames } from "./known-names.js";
import { onlyEdge } from "./only-edge.js";
import { definitionOf } from "../paths/value-places.js";
import { Keepers } from "../heap/keepers.js";
import { selectModels } from "../models/select-models.js";
import type { CallEdge, PointsTo } from "./points-to.js";
import type { FunctionNode } from "../program/program.js";
import { isThenable } from "../tabulation/thenables.js";
import { waysHolding } from "./captured-objects.js";
import { slotIn, slotNumber, slotOf } from "../paths/slots.js";

interface FunctionAliases {
  readonly names: Map<Base, readonly Place[]>;
  readonly places: Map<Base, readonly Place[]>;
  /** Values by each of their names. */
  byName: NameIndex | null;
}

export class Aliases {
  private readonly functions = new Map<number, FunctionAliases>();
  private readonly deep = new DeepRecursion();
  private readonly keepers: Keepers;
  private readonly derived: DerivedParts;

  constructor(private readonly pointsTo: PointsTo) {
    this.derived = new DerivedParts(pointsTo, (node, value) => this.namesOf(node, value), this.deep);
    this.keepers = new Keepers(pointsTo, (node, value) => this.namesOf(node, value));
  }

  /** Closures made in the function that may lie at a way below a value. */
  closuresAt(node: FunctionNode, base: Base, components: readonly string[]): readonly Base[] {
    const path = accessPath(components);
    return this.placesOf(node, base)
      .filter((place) => place.path.components.length === 0)
      .flatMap((place) => this.indexOf(node).get(place.base, path))
      .filter((value) => isMadeHere(node, value));
  }

  /** Where a call at a point puts the object of a value that it is handed. */
  keptAt(node: FunctionNode, point: number, value: ValueId): ReturnType<Keepers["keptAt"]> {
    return this.keepers.keptAt(node, point, value);
  }

  private of(node: FunctionNode): FunctionAliases {
    let found = this.functions.get(node.index);
    if (found === undefined) {
      found = { names: new Map(), places: new Map(), byName: null };
      this.functions.set(node.index, found);
    }
    return found;
  }

  /** Every place of the function that may mean the object of `base`, itself first. */
  placesOf(node: FunctionNode, base: Base): readonly Place[] {
    const { places } = this.of(node);
    const known = places.get(base);
    if (known !== undefined) return known;
    const found: Place[] = [];
    const add = (place: Place): void => {
      addPlace(found, place);
    };
    const itself: Place = { base, path: emptyPath, certain: true, since: -1 };
    add(itself);
    const names = base < 0 ? [itself] : this.namesOf(node, base);
    names.forEach(add);
    const byName = this.indexOf(node);
    const copies = new Set<Place>();
    for (const name of names)
      for (const other of byName.get(name.base, name.path)) {
        // Two that were put into the same place are two.
        if (name.since !== -1 && other !== base && this.isPut(node, other, name)) continue;
        const isCopy = other !== base && this.isCopy(node, other, name);
        const certain = name.certain && (other === base || isCopy);
        const place = { base: other, path: emptyPath, certain, since: name.since };
        if (isCopy) copies.add(place);
        add(place);
      }
    for (const name of names)
      for (const { value: other, path } of byName.meeting(name.base, name.path))
        if (other !== base && !(name.since !== -1 && this.isPut(node, other, { ...name, path })))
          add({ base: other, path: emptyPath, certain: false, since: name.since });
    // Copies of a container (`const f = () => x`) are the same container.
    for (let at = 0, end = found.length; at < end; at++) {
      const name = found[at];
      if (name === undefined || name.path.components.length === 0) continue;
      for (const other of byName.get(name.base, emptyPath)) {
        const copied = this.namesOf(node, other).find(
          (each) => each.base === name.base && each.path.components.length === 0,
        );
        add({ ...name, base: other, certain: name.certain && copied?.certain === true });
      }
    }
    // Containers of any of these names contain the object too.
    for (let at = 0, end = found.length; at < end; at++) {
      const name = found[at];
      if (name === undefined) break;
      // Another name that only may mean this object has containers of its own.
      if (name.base < 0 || copies.has(name) || !(name.certain || names.includes(name))) continue;
      for (const container of this.namesOf(node, name.base)) {
        const path = writtenPath([...container.path.components, ...name.path.components]);
        if (path !== null)
          add({
            base: container.base,
            path,
            certain: container.certain && name.certain,
            since: Math.max(container.since, name.since),
          });
      }
    }
    places.set(base, found);
    return found;
  }

  /** `const other = card`: another name that is given to nothing else. */
  private isCopy(node: FunctionNode, value: ValueId, { base, path }: Place): boolean {
    if (path.components.length > 0) return false;
    return this.namesOf(node, value).some(
      (name) => name.base === base && name.path === path && name.certain && name.since === -1,
    );
  }

  private isPut(node: FunctionNode, value: ValueId, { base, path }: Place): boolean {
    return this.namesOf(node, value).some(
      (name) => name.since !== -1 && name.base === base && name.path === path,
    );
  }

  /** The values of a function by their names. */
  indexOf(node: FunctionNode): NameIndex {
    const own = this.of(node);
    if (own.byName !== null) return own.byName;
    const byName = new NameIndex();
    own.byName = byName;
    node.definitions.forEach((definition, value) => {
      if (definition === undefined) return;
      for (const name of this.namesOf(node, value)) byName.add(name, value);
    });
    return byName;
  }

  /** The names of a value's object by where the value comes from and where it is put. */
  namesOf(node: FunctionNode, value: ValueId): readonly Place[] {
    const { names } = this.of(node);
    const known = names.get(value);
    if (known !== undefined) return known;
    const itself: Place = { base: value, path: emptyPath, certain: true, since: -1 };
    return this.deep.answer(names, value, [itself], () => this.findNames(node, value, itself));
  }

  private findNames(node: FunctionNode, value: ValueId, itself: Place): readonly Place[] {
    const found: Place[] = [itself];
    const add = (place: Place): void => {
      addPlace(found, place);
    };
    this.addOrigins(node, value, add);
    for (const part of this.derived.ofRead(node, value))
      this.extend(node, part.value, part.components, false, add);
    // Objects that are put into each other ask for each other's names meanwhile.
    this.of(node).names.set(value, found.slice());
    this.addContainers(node, value, add);
    return found;
  }

  private extend(
    node: FunctionNode,
    from: ValueId,
    suffix: readonly string[],
    certain: boolean,
    add: (place: Place) => void,
    since = -1,
  ): void {
    for (const name of this.namesOf(node, from)) {
      // A way round a recursive structure names no single object.
      const path = writtenPath([...name.path.components, ...suffix]);
      if (path === null) continue;
      add({
        base: name.base,
        path,
        certain: certain && name.certain,
        since: Math.max(since, name.since),
      });
    }
  }

  /** What lies at a way below a value of which the elements or properties are those of another one. */
  derivedBelow(node: FunctionNode, base: Base, components: readonly string[]): readonly Place[] {
    const found: Place[] = [];
    if (base >= 0)
      for (const part of this.derived.behind(node, { value: base, components }))
        this.extend(node, part.value, part.components, false, (place) => {
          addPlace(found, place);
        });
    return found;
  }

  private addOrigins(node: FunctionNode, value: ValueId, add: (place: Place) => void): void {
    const definition = node.definitions[value];
    if (definition === undefined) return;
    if (definition.kind === "phi") {
      for (const input of definition.phi.inputs) this.extend(node, input.value, [], false, add);
      return;
    }
    const { instruction, point } = definition;
    switch (instruction.kind) {
      case "await":
        if (isThenable(this.pointsTo, node, instruction.value)) return;
        this.extend(node, instruction.value, [], true, add);
        return;
      case "declare":
      case "cast":
        this.extend(node, instruction.value, [], true, add);
        return;
      case "parameter":
        add({ base: incoming(instruction.index), path: emptyPath, certain: true, since: -1 });
        return;
      case "this":
        add({ base: receiver, path: emptyPath, certain: true, since: -1 });
        return;
      case "capture":
        add({ base: closure, path: accessPath([slotOf(node, instruction.slot)]), certain: true, since: -1 });
        return;
      case "box-read":
        this.extend(node, instruction.box, ["<box>"], true, add);
        return;
      case "load":
        for (const name of knownNames(this.pointsTo, node, instruction.property))
          this.extend(node, instruction.object, [name], instruction.property.kind === "name", add);
        return;
      case "iterate":
        if (instruction.mode === "of") this.extend(node, instruction.object, ["[]"], false, add);
        return;
      case "call":
        this.addResult(node, point, add);
        return;
      default:
        return;
    }
  }

  /** A call that gives back its receiver or an argument: fluent builders, `Map.set`, own functions that do. */
  private addResult(node: FunctionNode, point: number, add: (place: Place) => void): void {
    const site = this.pointsTo.findSite(node, point);
    if (site?.instruction.kind !== "call") return;
    const call = site.instruction;
    for (const part of this.derived.gathered(node, point))
      this.extend(node, part.value, part.components, false, add);
    for (const callee of site.foreign) {
      for (const { model, names } of selectModels(this.pointsTo, site, callee)) {
        for (const role of model.roles) {
          if (
            role.kind !== "flow" ||
            !role.to.some((to) => to.root.kind === "return" && to.steps.length === 0)
          )
            continue;
          for (const from of role.from) {
            if (
              from.steps.length === 0 &&
              !model.roles.some(
                (other) =>
                  other.kind === "type" && typeof other.type !== "string" && other.type.text === from.text,
              )
            )
              continue;
            if (from.steps.length > 1 || !(isKept(from) || from.steps.every(isPartOfContainer))) continue;
            const suffixes = writtenPaths(this.pointsTo, site, from.steps, names);
            const operand =
              from.root.kind === "this"
                ? call.receiver
                : from.root.kind === "argument"
                  ? call.arguments[from.root.index]?.value
                  : undefined;
            if (operand !== null && operand !== undefined)
              for (const suffix of suffixes) this.extend(node, operand, suffix, false, add);
          }
        }
      }
    }
    for (const edge of site.edges.values()) {
      if (edge.shape !== "call") continue;
      const isFluent = onlyEdge(site, "call") !== null && alwaysGivesItself(edge.callee);
      for (const place of this.returnPlaces(edge.callee)) {
        if (place.base === receiver && call.receiver !== null)
          this.extend(node, call.receiver, place.path.components, isFluent, add);
        const index = place.base <= -10 ? -10 - place.base : null;
        const argument = index === null ? undefined : call.arguments[index];
        if (argument !== undefined && !argument.spread)
          this.extend(node, argument.value, place.path.components, false, add);
        if (place.base === closure) this.extend(node, call.callee, place.path.components, false, add);
        // `const list = { add(each) { …; return list; } }`
        if (
          place.base === closure &&
          call.receiver !== null &&
          this.isCaptured(node, call.receiver, edge, place)
        )
          this.extend(node, call.receiver, [], false, add);
      }
    }
  }

  /** What stands in a slot of the called closure is the object that it is called on. */
  private isCaptured(node: FunctionNode, object: ValueId, { callee }: CallEdge, { path }: Place): boolean {
    const [slot = "", box, ...rest] = path.components;
    const number = slotNumber(slot);
    if (rest.length > 0 || Number.isNaN(number) || (box !== undefined && box !== "<box>")) return false;
    const held = [...this.pointsTo.slotNode(callee, number).values];
    const [captured, ...others] =
      box === undefined ? held : held.flatMap((each) => [...this.pointsTo.fieldNode(each, box).values]);
    return (
      captured !== undefined && others.length === 0 && this.pointsTo.valuesOf(node, object).has(captured)
    );
  }

  private readonly returns = new Map<number, readonly Place[]>();

  /** Names of what a function returns that its caller knows: its receiver, parameters, captured variables. */
  private returnPlaces(callee: FunctionNode): readonly Place[] {
    return this.deep.answer(this.returns, callee.index, [], () =>
      callee.graph.blocks.flatMap(({ end }) =>
        end.kind === "return" && end.value !== null
          ? this.namesOf(callee, end.value).filter((name) => name.base < 0)
          : [],
      ),
    );
  }

  private addContainers(node: FunctionNode, value: ValueId, add: (place: Place) => void): void {
    const definition = node.definitions[value];
    if (definition?.kind === "instruction" && definition.instruction.kind === "call")
      for (const kept of this.keepers.keptWhenMade(node, definition.point))
        this.extend(node, kept.in, kept.components, false, add, definition.point);
    for (const point of node.uses[value] ?? []) {
      const instruction = node.code[point];
      if (instruction?.kind === "load" || instruction?.kind === "call")
        for (const way of waysHolding(this.pointsTo, node, point, value))
          this.extend(node, instruction.out, way, instruction.kind === "call", add);
      if (instruction?.kind === "store" && instruction.value === value) {
        for (const name of knownNames(this.pointsTo, node, instruction.property))
          this.extend(node, instruction.object, [name], isOnlyStore(node, instruction), add, point);
      } else if (instruction?.kind === "box-write" && instruction.value === value)
        this.extend(node, instruction.box, ["<box>"], false, add, point);
      else if (instruction?.kind === "call") {
        for (const kept of this.keepers.keptAt(node, point, value))
          this.extend(node, kept.in, kept.components, false, add, point);
      } else if (instruction?.kind === "function") {
        instruction.captures.forEach((captured, slot) => {
          if (captured === value)
            add({
              base: instruction.out,
              path: accessPath([slotIn(node, instruction.function, slot)]),
              certain: true,
              since: -1,
            });
        });
      }
    }
  }
}

/** `return this`, wherever it returns. */
function alwaysGivesItself(node: FunctionNode): boolean {
  const { async: isAsync, generator, blocks } = node.graph;
  const given = blocks.flatMap(({ end }) => (end.kind === "return" ? [end.value] : []));
  return (
    !isAsync &&
    !generator &&
    given.length > 0 &&
    given.every((value) => value !== null && definitionOf(node, value)?.kind === "this")
  );
}
