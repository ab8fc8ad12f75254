/**
 * What a place of a written type cannot hold: an object of a class where the type is a list, or a class to which the
 * object's class has hardly a member in common. Where objects of many classes come together (keys that only the run
 * knows, helpers that give back what they are given), this keeps them apart again.
 */
import type { FilePath } from "../../base/keys.js";
import type { TypeReference } from "../../contracts/type-reference.js";
import type { ClassGraph } from "../../contracts/file-graph.js";
import { definitionOf } from "../paths/value-places.js";
import type { ClassNode } from "../program/program.js";
import { transparentTypes } from "../sources/transparent-types.js";
import { WrittenTypes } from "../sources/written-types.js";
import { isScalarReference, mayBeScalar } from "../ways/scalar-types.js";
import type { AbstractValue } from "./abstract-value.js";
import type { PointsTo } from "./points-to.js";

export type Admits = (value: AbstractValue) => boolean;

/** Lists, and what else of the language is made by itself. */
const builtIn = /^(?:(?:Readonly)?(?:Array|Map|Set)|Weak(?:Map|Set)|Date|RegExp|URL|Buffer|Uint8Array)$/u;
const nothing = /^(?:undefined|null|void|never)$/u;
/** Of what a package or the language has, by the name of its class. */
const listLike = /(?:Array|List|Collection|Set|Map)$/u;

/** What a class is made on top of. */
interface Chain {
  readonly nodes: readonly ClassNode[];
  readonly classes: ReadonlySet<ClassGraph>;
  readonly members: ReadonlySet<string>;
  readonly packages: readonly string[];
  /** It may be made on top of anything. */
  readonly isOpen: boolean;
}

export class AdmittedValues {
  private readonly types: WrittenTypes;
  private readonly known = new WeakMap<TypeReference, Map<FilePath, Admits | null>>();
  private readonly chains = new Map<ClassNode, Chain>();
  private readonly alike = new Map<ClassNode, Map<ClassNode, boolean>>();

  constructor(private readonly pointsTo: PointsTo) {
    this.types = new WrittenTypes(pointsTo);
  }

  /** Null: the type says nothing of it. */
  by(file: FilePath, type: TypeReference | null): Admits | null {
    if (type === null || type.kind === "keyword" || type.kind === "other" || type.kind === "object")
      return null;
    let byFile = this.known.get(type);
    if (byFile === undefined) this.known.set(type, (byFile = new Map<FilePath, Admits | null>()));
    let admits = byFile.get(file);
    if (admits === undefined) byFile.set(file, (admits = this.find(file, type)));
    return admits;
  }

  /** What an object of the class can hold in the field. */
  inField(home: ClassNode, name: string): Admits | null {
    for (const node of this.chainOf(home).nodes) {
      const { file, graph } = node;
      const field = graph.members.find(
        (member) => !member.static && member.name.kind === "name" && member.name.name === name,
      );
      if (field === undefined) continue;
      if (field.kind !== "field") return null;
      if (field.type === null) return this.byInitialiser(node, name);
      return isScalarReference(field.type) ? isNoObject : this.by(file, field.type);
    }
    return null;
  }

  /** `shed = new Shed()`: what TypeScript takes to be the type, where none is written. */
  private byInitialiser({ file, graph, owner }: ClassNode, name: string): Admits | null {
    if (graph.fieldInitializer === null || !/\.[cm]?tsx?$/u.test(file)) return null;
    const initialiser = this.pointsTo.program.functionIn(owner, graph.fieldInitializer);
    for (const each of initialiser?.code ?? []) {
      if (each.kind !== "store" || each.property.kind !== "name" || each.property.name !== name) continue;
      const made = initialiser === undefined ? null : definitionOf(initialiser, each.value);
      return made?.kind === "call" && made.new && made.typeArguments.length === 0
        ? this.ofName(file, made.name)
        : null;
    }
    return null;
  }

  private find(file: FilePath, type: TypeReference): Admits | null {
    switch (type.kind) {
      case "array":
      case "tuple":
        return (value) => this.mayBeBuiltIn(value);
      case "union":
        return this.ofUnion(file, type.members);
      case "named": {
        const [inner] = type.arguments;
        if (transparentTypes.has(type.name)) return inner === undefined ? null : this.by(file, inner);
        return this.ofName(file, type.name);
      }
      default:
        return null;
    }
  }

  /** Each member that is something says what it admits, or nothing is known. */
  private ofUnion(file: FilePath, members: readonly TypeReference[]): Admits | null {
    const all: Admits[] = [];
    for (const member of members) {
      if (member.kind === "keyword" && nothing.test(member.name)) continue;
      if (member.kind === "literal" && member.value === null) continue;
      const admits = isScalarReference(member) ? mayBeScalar : this.by(file, member);
      if (admits === null) return null;
      all.push(admits);
    }
    return all.length === 0 ? null : (value) => all.some((admits) => admits(value));
  }

  private ofName(file: FilePath, name: string): Admits | null {
    const [key, ...others] = this.types.declarationsOf(file, name);
    if (key === undefined) return builtIn.test(name) ? (value) => this.mayBeBuiltIn(value) : null;
    const home = others.length > 0 ? null : this.types.classOf(key);
    return home === null ? null : (value) => value.kind !== "instance" || this.areAlike(home, value.class);
  }

  private mayBeBuiltIn(value: AbstractValue): boolean {
    if (value.kind !== "instance") return true;
    const { isOpen, packages } = this.chainOf(value.class);
    return isOpen || packages.some((name) => listLike.test(name));
  }

  /** One is an heir of the other, or has at least half of the members by which the type may be used. */
  private areAlike(type: ClassNode, given: ClassNode): boolean {
    if (type.graph === given.graph || type.graph.name === given.graph.name) return true;
    let ofType = this.alike.get(type);
    if (ofType === undefined) this.alike.set(type, (ofType = new Map<ClassNode, boolean>()));
    let found = ofType.get(given);
    if (found === undefined) ofType.set(given, (found = this.compare(type, given)));
    return found;
  }

  private compare(type: ClassNode, given: ClassNode): boolean {
    const above = this.chainOf(type);
    const below = this.chainOf(given);
    if (above.isOpen || below.isOpen || above.classes.has(given.graph) || below.classes.has(type.graph))
      return true;
    const wanted = [...above.members];
    return wanted.filter((name) => below.members.has(name)).length * 2 >= wanted.length;
  }

  /** By the names that classes are extended by, which are known before anything is solved. */
  private chainOf(start: ClassNode): Chain {
    let found = this.chains.get(start);
    if (found === undefined) this.chains.set(start, (found = this.findChain(start)));
    return found;
  }

  private findChain(start: ClassNode): Chain {
    const classes = new Set<ClassGraph>([start.graph]);
    const members = new Set<string>();
    const packages: string[] = [];
    let isOpen = false;
    const queue = [start];
    for (const { file, graph, owner, point } of queue) {
      for (const { name, static: isStatic } of graph.members)
        if (name.kind === "name" && !isStatic) members.add(name.name);
      const created = owner.code[point];
      if (created?.kind !== "class" || created.heritage === null) continue;
      const [key, ...others] =
        graph.extends?.kind === "named" ? this.types.declarationsOf(file, graph.extends.name) : [];
      const parent = key === undefined || others.length > 0 ? null : this.types.classOf(key);
      if (parent !== null && !classes.has(parent.graph)) {
        classes.add(parent.graph);
        queue.push(parent);
      } else if (parent === null) {
        // What a mixin gives may be anything; a package's class has a name.
        if (key === undefined || key.startsWith("file:")) isOpen = true;
        else packages.push(key.slice(key.indexOf("#") + 1));
      }
    }
    return { nodes: queue, classes, members, packages, isOpen };
  }
}

const admitted = new WeakMap<PointsTo, AdmittedValues>();

function admittedIn(pointsTo: PointsTo): AdmittedValues {
  let known = admitted.get(pointsTo);
  if (known === undefined) admitted.set(pointsTo, (known = new AdmittedValues(pointsTo)));
  return known;
}

/** What a place of a type takes that is written in a file; null: the type says nothing of it. */
export function admittedBy(pointsTo: PointsTo, file: FilePath, type: TypeReference | null): Admits | null {
  return admittedIn(pointsTo).by(file, type);
}

/** What the field of a class, or of one that it extends, takes by the type that its declaration gives it. */
export function admittedInField(pointsTo: PointsTo, home: ClassNode, name: string): Admits | null {
  return admittedIn(pointsTo).inField(home, name);
}

/** Nothing that has members of its own by which it could be told. */
export function isNoObject({ kind }: AbstractValue): boolean {
  return kind !== "instance" && kind !== "object" && kind !== "function" && kind !== "class";
}
