/**
 * Classes whose objects hold what they call: emitters with their listeners, chains of handlers, services with what they
 * were given; and those whose objects hold the secret that they protect with, or the host that they send to. A class is taken together with those that it extends and that extend it, by the names that they write.
 */
import type { Instruction, InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { SecretParameters } from "../constants/secret-parameters.js";
import type { GeneralHelpers } from "../contexts/general-helpers.js";
import type { ClassNode, FunctionNode, Program } from "../program/program.js";
import { copiedWhole } from "../program/copied-lists.js";
import { originOf } from "../paths/value-places.js";

/** Where the classes of a family are made at more places than this, their objects are one. */
const mostPlaces = 16;
/** Steps from `this` to what is called. */
const longestWay = 8;

interface Family {
  readonly classes: ClassNode[];
  /** Names of classes that others extend. */
  readonly extended: Set<string>;
  /** Names of methods and accessors. */
  readonly methods: Set<string>;
  readonly members: FunctionNode[];
  isDecorated: boolean;
  places: number;
  holds: boolean | null;
  isGeneral: boolean | null;
}

export class HoldingClasses {
  private families: ReadonlyMap<ClassNode, Family> | null = null;

  constructor(
    private readonly program: Program,
    private readonly secrets: SecretParameters,
    private readonly general: GeneralHelpers,
  ) {}

  /**
   * Several classes extend it or one another that do the same for the tables that each of them has, and a container may
   * make their objects.
   */
  isOfGeneralHeirs(home: ClassNode): boolean {
    const family = this.familyOf(home);
    if (family === undefined || !this.isGeneral(home)) return false;
    return family.classes.filter(({ graph }) => !family.extended.has(graph.name)).length > 1;
  }

  /** Others extend it, and do what it does for a table of their own. */
  isGeneral(home: ClassNode): boolean {
    const family = this.familyOf(home);
    if (family?.extended.has(home.graph.name) !== true) return false;
    return (family.isGeneral ??= this.isGeneralFamily(family));
  }

  private isGeneralFamily({ classes, members, methods }: Family): boolean {
    if (classes.some((each) => this.general.holds(each))) return true;
    // `class Rows<Delegate> { constructor(private rows: Delegate) {} }`
    return (
      classes.some((each) => this.general.holdsItsParameter(each)) &&
      members.some((member) => callsHeld(this.program, member, methods))
    );
  }

  /** Objects of the class call what they hold, protect with it or send to it, and there are not many of them. */
  holdsCallees(node: ClassNode): boolean {
    const family = this.familyOf(node);
    return family !== undefined && (family.holds ??= this.holds(family));
  }

  /** One extends the other, or both extend a third. */
  areRelated(one: ClassNode, other: ClassNode): boolean {
    return this.familyOf(one) === this.familyOf(other);
  }

  /** The class, those that it extends and those that extend one of them. */
  relativesOf(node: ClassNode): readonly ClassNode[] {
    const family = this.familyOf(node);
    return this.program.classes.filter((each) => this.familyOf(each) === family);
  }

  private familyOf(node: ClassNode): Family | undefined {
    this.families ??= findFamilies(this.program);
    return this.families.get(node.origin ?? node);
  }

  private holds(family: Family): boolean {
    if (family.isDecorated || family.places > mostPlaces) return false;
    if (family.classes.some((each) => this.general.holds(each))) return true;
    return family.members.some(
      (member) =>
        this.secrets.areUsedIn(member) ||
        this.program
          .familyOf(member)
          .some((node) =>
            node.code.some(
              (each) =>
                (each.kind === "call" && isOfHeld(node, each, family.methods)) ||
                keepsHanded(node, each, node !== member) ||
                (node === member && handsOutItself(node, each)),
            ),
          ),
    );
  }
}

function callsHeld(program: Program, member: FunctionNode, methods: ReadonlySet<string>): boolean {
  return program
    .familyOf(member)
    .some((node) => node.code.some((each) => each.kind === "call" && isOfHeld(node, each, methods)));
}

/** The call runs what lies below `this`, or a member of it. */
function isOfHeld(
  node: FunctionNode,
  { callee, receiver, new: isNew }: InstructionOf<"call">,
  methods: ReadonlySet<string>,
): boolean {
  if (isNew) return false;
  if (receiver === null || !isThis(node, receiver))
    return isBelowThis(node, callee, 0) || (receiver !== null && isBelowThis(node, receiver, 0));
  const loaded = node.definitions[originOf(node, callee)];
  const property =
    loaded?.kind === "instruction" && loaded.instruction.kind === "load" ? loaded.instruction.property : null;
  return property !== null && (property.kind !== "name" || !methods.has(property.name));
}

/**
 * The object keeps what a library has handed over, which may be a function that it made for this object alone: what a
 * callback is given (`new Promise((resolve) => (this.resolve = resolve))`), also by way of a variable or of an object
 * that is laid over this one, or a part of what a function of the platform gives.
 */
function keepsHanded(node: FunctionNode, each: Instruction, isInside: boolean): boolean {
  if (each.kind === "call")
    return (
      isInside && each.arguments.some(({ value }) => isThis(node, value)) && handsOnParameters(node, each)
    );
  if (each.kind !== "store" || !isThis(node, each.object)) return false;
  const instruction = originIn(node, each.value);
  if (instruction?.kind === "parameter") return isInside;
  return (
    instruction?.kind === "box-read" || (instruction?.kind === "load" && isOfPlatform(node, instruction))
  );
}

/**
 * Whoever is told of the object while it is made is handed a function of this object alone:
 * `constructor(station) { station.subscribe(this.update) }`.
 */
function handsOutItself(node: FunctionNode, each: Instruction): boolean {
  if (each.kind !== "call" || !/^(?:constructor|field-initializer)$/u.test(node.graph.kind)) return false;
  return each.arguments.some(({ value }) => {
    const given = originIn(node, value);
    if (given?.kind === "load") return isThis(node, given.object);
    return given?.kind === "function" && given.captures.some((captured) => isThis(node, captured));
  });
}

/** One of the arguments is an object that holds parameters of the function. */
function handsOnParameters(node: FunctionNode, { arguments: given }: InstructionOf<"call">): boolean {
  return given.some(({ value }) =>
    node.code.some(
      (each) =>
        each.kind === "store" && each.object === value && originIn(node, each.value)?.kind === "parameter",
    ),
  );
}

function isOfPlatform(node: FunctionNode, { object }: InstructionOf<"load">): boolean {
  const made = originIn(node, object);
  if (made?.kind !== "call" || made.receiver === null) return false;
  return originIn(node, made.receiver)?.kind === "global";
}

function originIn(node: FunctionNode, value: ValueId): Instruction | null {
  const definition = node.definitions[originOf(node, value)];
  return definition?.kind === "instruction" ? definition.instruction : null;
}

function isBelowThis(node: FunctionNode, value: ValueId, depth: number): boolean {
  const definition = depth > longestWay ? undefined : node.definitions[originOf(node, value)];
  if (definition?.kind === "phi")
    return definition.phi.inputs.some((input) => isBelowThis(node, input.value, depth + 1));
  const instruction = definition?.instruction;
  switch (instruction?.kind) {
    case "load":
      return (
        isThis(node, instruction.object) ||
        isBelowThis(node, instruction.object, depth + 1) ||
        // `formats[this.locale]`: which one it is, is the object's own.
        (instruction.property.kind === "computed" && isBelowThis(node, instruction.property.value, depth + 1))
      );
    case "iterate":
      return isThis(node, instruction.object) || isBelowThis(node, instruction.object, depth + 1);
    case "array": {
      const copied = copiedWhole(node, instruction.out);
      return copied !== null && isBelowThis(node, copied, depth + 1);
    }
    case "call":
      return instruction.receiver !== null && isGotBelowThis(node, instruction, instruction.receiver, depth);
    default:
      return false;
  }
}

/** `this.parts.first()`, `formats.get(this.locale)`. */
function isGotBelowThis(
  node: FunctionNode,
  { arguments: [key, ...others], name }: InstructionOf<"call">,
  holder: ValueId,
  depth: number,
): boolean {
  if (isBelowThis(node, holder, depth + 1)) return true;
  return (
    key !== undefined &&
    others.length === 0 &&
    name.endsWith(".get") &&
    isBelowThis(node, key.value, depth + 1)
  );
}

function isThis(node: FunctionNode, value: ValueId): boolean {
  const definition = node.definitions[originOf(node, value)];
  if (definition?.kind !== "instruction") return false;
  const { instruction } = definition;
  if (instruction.kind === "capture") return node.graph.captures[instruction.slot]?.name === "this";
  return instruction.kind === "this";
}

function findFamilies(program: Program): ReadonlyMap<ClassNode, Family> {
  const byName = new Map<string, Family>();
  const families = new Map<ClassNode, Family>();
  const parents = new Map<string, string>();
  for (const { graph } of program.classes)
    if (graph.extends?.kind === "named") parents.set(graph.name, graph.extends.name);
  const rootOf = (name: string): string => {
    let root = name;
    for (let hops = 0; hops < longestWay; hops++) root = parents.get(root) ?? root;
    return root;
  };
  for (const node of program.classes) {
    if (node.origin !== null) continue;
    const root = rootOf(node.graph.name);
    let family = byName.get(root);
    if (family === undefined)
      byName.set(
        root,
        (family = {
          classes: [],
          extended: new Set(),
          methods: new Set(),
          members: [],
          isDecorated: false,
          places: 0,
          holds: null,
          isGeneral: null,
        }),
      );
    families.set(node, family);
    family.classes.push(node);
    const parent = parents.get(node.graph.name);
    if (parent !== undefined) family.extended.add(parent);
    addMembers(program, node, family);
  }
  for (const { code } of program.functions)
    for (const each of code) {
      if (each.kind !== "call" || !each.new) continue;
      const family = byName.get(rootOf(each.name.slice(each.name.lastIndexOf(".") + 1)));
      if (family !== undefined) family.places++;
    }
  return families;
}

function addMembers(program: Program, node: ClassNode, family: Family): void {
  const { members, constructorFunction, fieldInitializer } = node.graph;
  for (const { name, function: id } of members)
    if (id !== null && name.kind === "name") family.methods.add(name.name);
  for (const id of [constructorFunction, fieldInitializer, ...members.map((member) => member.function)]) {
    const member = id === null ? undefined : program.memberOf(node, id);
    if (member !== undefined) family.members.push(member);
  }
  family.isDecorated ||= node.owner.code.some(
    (each) => each.kind === "call" && each.decorates?.class === node.graph.id,
  );
}
