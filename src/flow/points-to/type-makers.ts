/**
 * The functions that make what a written type describes: `Awaited<ReturnType<typeof createContext>>`, or those that
 * say they return it. What a package hands to a program under that type comes from them.
 */
import type { FilePath } from "../../base/keys.js";
import type { TypeReference } from "../../contracts/type-reference.js";
import { nodesNamed } from "../program/named-nodes.js";
import { loadMember } from "./member-constraints.js";
import type { PointerNode } from "./pointer-graph.js";
import type { CallSite, PointsTo } from "./points-to.js";
import { WrittenTypes } from "../sources/written-types.js";

const deepest = 6;
const known = new WeakMap<PointsTo, TypeMakers>();

/** The nodes of functions that make what the call's type argument describes. */
export function makersOf(pointsTo: PointsTo, site: CallSite, index: number): readonly PointerNode[] {
  const { instruction, caller } = site;
  const type = instruction.kind === "call" ? instruction.typeArguments[index] : undefined;
  if (type === undefined) return [];
  let makers = known.get(pointsTo);
  if (makers === undefined) known.set(pointsTo, (makers = new TypeMakers(pointsTo)));
  return makers.of(caller.file, type, 0);
}

class TypeMakers {
  private readonly types: WrittenTypes;

  constructor(private readonly pointsTo: PointsTo) {
    this.types = new WrittenTypes(pointsTo);
  }

  of(file: FilePath, type: TypeReference, depth: number): readonly PointerNode[] {
    if (depth > deepest) return [];
    if (type.kind === "query") return this.ofValue(file, type.name);
    if (type.kind === "union" || type.kind === "intersection")
      return type.members.flatMap((member) => this.of(file, member, depth + 1));
    if (type.kind === "indexed") return this.ofMember(file, type);
    if (type.kind !== "named") return [];
    const given = type.arguments.flatMap((argument) => this.of(file, argument, depth + 1));
    if (given.length > 0) return given;
    return this.types.declarationsOf(file, type.name).flatMap((key) => this.ofDeclaration(key, depth));
  }

  /** `typeof routers.club` */
  private ofValue(file: FilePath, name: string): readonly PointerNode[] {
    const [head = "", ...members] = name.split(".");
    return members.reduce<readonly PointerNode[]>(
      (objects, member) => objects.map((object) => this.memberOf(object, member)),
      nodesNamed(this.pointsTo, file, head),
    );
  }

  private memberOf(object: PointerNode, name: string): PointerNode {
    const member = this.pointsTo.graph.create();
    loadMember(this.pointsTo, object, { kind: "name", name }, member, null);
    return member;
  }

  /** `Server["routes"]`: what objects of an own class have there. */
  private ofMember(
    file: FilePath,
    { object, index }: Extract<TypeReference, { kind: "indexed" }>,
  ): readonly PointerNode[] {
    if (index.kind !== "literal" || typeof index.value !== "string") return [];
    const { graph } = this.pointsTo;
    const owner = graph.create();
    for (const value of this.types.valuesOf(file, object, `member:${file}`))
      if (value.kind === "instance") graph.add(owner, value);
    return [this.memberOf(owner, index.value)];
  }

  /** An alias is what it stands for; of an interface, those that say they return it. */
  private ofDeclaration(key: string, depth: number): readonly PointerNode[] {
    const hash = key.indexOf("#");
    const file = key.slice("file:".length, hash);
    const declared = key.startsWith("file:")
      ? this.pointsTo.program.graphOf(file)?.types.find(({ name }) => name === key.slice(hash + 1))
      : undefined;
    if (declared === undefined) return [];
    const found = this.of(file, declared.type, depth + 1);
    return found.length > 0 ? found : this.returning(key);
  }

  private returning(key: string): readonly PointerNode[] {
    const { graph, program, values } = this.pointsTo;
    return program.functions.flatMap((node) => {
      const { returnType } = node.graph;
      const type =
        returnType?.kind === "named" && /^Promise(?:Like)?$/u.test(returnType.name)
          ? returnType.arguments[0]
          : returnType;
      if (type?.kind !== "named" || !this.types.declarationsOf(node.file, type.name).includes(key)) return [];
      const made = graph.create();
      graph.add(made, values.function(node));
      return [made];
    });
  }
}
