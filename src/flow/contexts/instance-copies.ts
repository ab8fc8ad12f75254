/**
 * Methods that are looked at once for each object: what one emitter keeps in its list of listeners is not what another
 * one of the same class keeps. The first object that has a method runs the method itself, the others run copies of it,
 * each on one object alone. Only classes that call what their objects hold, make keys of it or send to it are told apart
 * so; and of what a container makes, those that do on top of one class the same for a table of their own each.
 */
import type { Instruction } from "../../contracts/file-graph.js";
import type { AbstractValue, ValueTable } from "../points-to/abstract-value.js";
import { HoldingClasses } from "../heap/holding-classes.js";
import type { FunctionCopies } from "./function-copies.js";
import type { PointerGraph, PointerNode } from "../points-to/pointer-graph.js";
import type { ClassNode, FunctionNode, Program } from "../program/program.js";
import { isMethodOfOne, isOfMadeClass } from "../program/program.js";

/** Copies of one method; further objects share the method itself. */
const mostCopies = 12;
/** The same where classes on top of it have each a table of their own. */
const mostHeirs = 48;
/** Instructions of a method, with the functions inside it, that is still copied. */
const largest = 400;
/** Instructions of all copies, as a part of the program's, and at least. */
const share = 0.25;
const leastAllowed = 20_000;
/** Objects that are made in copies are told apart to this depth. */
const deepest = 2;

type Instance = Extract<AbstractValue, { kind: "instance" }>;

/** What it reads and adds to. */
interface Pointers {
  readonly graph: PointerGraph;
  readonly values: ValueTable;
  readonly functionCopies: FunctionCopies;
  readonly receiverNode: (owner: FunctionNode) => PointerNode;
  readonly fieldNode: (object: AbstractValue, name: string) => PointerNode;
  readonly callersOf: (callee: FunctionNode) => readonly {
    readonly shape: string;
    readonly site: { readonly instruction: Instruction };
  }[];
  readonly callbacksOf: (callee: FunctionNode) => readonly unknown[];
  readonly instancesOf: (node: ClassNode) => readonly AbstractValue[];
}

export class InstanceCopies {
  private readonly classes: HoldingClasses;
  private readonly counts = new Map<number, number>();
  private readonly found = new Map<string, FunctionNode>();
  /** Methods that objects of a container's run themselves, as there was no room for a copy of each. */
  private readonly shared = new Set<FunctionNode>();
  private room: number;

  constructor(
    private readonly pointsTo: Pointers,
    private readonly program: Program,
    /** Makes the constraints of a function that is new. */
    private readonly add: (node: FunctionNode) => void,
  ) {
    this.classes = new HoldingClasses(
      program,
      pointsTo.functionCopies.secrets,
      pointsTo.functionCopies.general,
    );
    const all = program.functions.reduce((sum, node) => sum + node.code.length, 0);
    this.room = Math.max(leastAllowed, all * share);
  }

  /** The method of its class as it runs on an object. */
  of(self: AbstractValue, method: FunctionNode): FunctionNode {
    if (self.kind !== "instance" || !this.runsOwn(self, method)) return method;
    const key = keyOf(self, method);
    let found = this.found.get(key);
    if (found === undefined) {
      found = this.make(self, method);
      this.found.set(key, found);
      this.pointsTo.graph.add(this.pointsTo.receiverNode(found), self);
      this.pointsTo.graph.add(this.runNode(self, method), this.pointsTo.values.function(found));
    }
    return found;
  }

  /** The same of an object that only a container makes; others run the method itself where nothing calls it. */
  ofContainer(self: AbstractValue, method: FunctionNode): FunctionNode {
    return self.kind === "instance" && self.site === null ? this.of(self, method) : method;
  }

  /** The same once all is made. */
  find(self: AbstractValue, method: FunctionNode): FunctionNode {
    return this.found.get(keyOf(self, method)) ?? method;
  }

  /** Objects have copies of the method, each one but the first. */
  isCopied(method: FunctionNode): boolean {
    const count = this.counts.get(method.index) ?? 0;
    return count > 1 || (count > 0 && this.isOfHeirs(method) && !this.shared.has(method));
  }

  /** The object may run a copy of its own of the method. */
  runsOwn(self: AbstractValue, method: FunctionNode): boolean {
    if (self.kind !== "instance") return false;
    return self.site === null
      ? this.isOfHeirs(method) && this.isOfFamily(self.class, method)
      : this.isToldApart(method);
  }

  /** Objects that a container makes, of classes on top of the method's own, each with its table. */
  private isOfHeirs(method: FunctionNode): boolean {
    if (method.graph.static || (method.copy !== null && !isOfMadeClass(method))) return false;
    const home = this.program.homeClass(method);
    return home !== undefined && this.classes.isOfGeneralHeirs(home);
  }

  /** Each object of a container's has a copy of its own: nothing runs the method itself. */
  isReplaced(method: FunctionNode): boolean {
    return this.isOfHeirs(method) && this.isCopied(method) && this.pointsTo.receiverNode(method).isEmpty;
  }

  /** It runs on an object of a container's alone. */
  isOfContainer({ copy }: FunctionNode): boolean {
    const self = copy?.self == null ? undefined : this.pointsTo.values.get(copy.self);
    return self?.kind === "instance" && self.site === null;
  }

  /** No call of a method that objects have copies of gives the parameter: it is nothing here, whatever others give. */
  isLeftOut(node: FunctionNode, index: number): boolean {
    if (!this.isCopied(methodOf(node)) || this.pointsTo.callbacksOf(node).length > 0) return false;
    return this.pointsTo.callersOf(node).every(({ shape, site: { instruction } }) => {
      if (instruction.kind !== "call" && instruction.kind !== "super-call") return false;
      if (shape !== "call" && shape !== "construct" && shape !== "super") return false;
      return index >= instruction.arguments.length && !instruction.arguments.some(({ spread }) => spread);
    });
  }

  /**
   * A call's receivers go into a callee: of the objects of its class those that run it, since others have a copy; also
   * those that were given it as a member.
   */
  receive(from: PointerNode, callee: FunctionNode): void {
    const { pointsTo } = this;
    const { graph } = pointsTo;
    const to = pointsTo.receiverNode(callee);
    const run = withoutNames(callee);
    const method = methodOf(callee);
    if (!this.isToldApart(method) && !this.isOfHeirs(method)) {
      graph.edge(from, to);
      return;
    }
    graph.onValue(from, (value) => {
      if (value.kind !== "instance" || !this.runsOwn(value, method) || !this.isOfFamily(value.class, method))
        graph.add(to, value);
      else
        for (const members of [this.runNode(value, method), pointsTo.fieldNode(value, "*")])
          graph.onValue(members, (member) => {
            if (member.kind === "function" && withoutNames(member.function) === run) graph.add(to, value);
          });
    });
  }

  private isOfFamily(node: ClassNode, method: FunctionNode): boolean {
    const home = this.program.homeClass(method);
    return home !== undefined && this.areRelated(node, home);
  }

  /** One class extends the other, or both extend a third. */
  areRelated(one: ClassNode, other: ClassNode): boolean {
    return this.classes.areRelated(one, other);
  }

  /** Objects of a class, of those that it extends and of those that extend one of them. */
  relativesOf(node: ClassNode): readonly AbstractValue[] {
    return this.classes.relativesOf(node).flatMap((each) => this.pointsTo.instancesOf(each));
  }

  /** The methods of a class are looked at once for each object. */
  tellsApart(node: ClassNode): boolean {
    return this.classes.holdsCallees(node);
  }

  /** Other classes extend it that do the same for a table of their own each. */
  isGeneral(node: ClassNode): boolean {
    return this.classes.isGeneral(node);
  }

  /** The methods are looked at once for each object, or for each class on top of it. */
  mayRunOwn(node: ClassNode): boolean {
    return this.tellsApart(node) || this.classes.isOfGeneralHeirs(node);
  }

  /** What an object runs where its class has the method. */
  private runNode(self: Instance, method: FunctionNode): PointerNode {
    return this.pointsTo.graph.node(`run:${keyOf(self, method)}`);
  }

  private isToldApart(method: FunctionNode): boolean {
    if ((method.copy !== null && !isOfMadeClass(method)) || method.graph.static) return false;
    const home = this.program.homeClass(method);
    if (home === undefined || !this.tellsApart(home)) return false;
    const { kind } = method.graph;
    const isMaking = kind === "constructor" || kind === "field-initializer";
    return isMaking || !this.pointsTo.functionCopies.isCopiedByCall(method);
  }

  private makerOf({ site, class: home }: Instance): FunctionNode | undefined {
    return site === null ? home.owner : this.program.functions[Number(site.split(":")[0])];
  }

  /** How many objects made one another: what is made by a method that runs on one object counts one more. */
  private levelOf(self: Instance): number {
    const id = this.makerOf(self)?.copy?.self ?? null;
    const maker = id === null ? undefined : this.pointsTo.values.get(id);
    return maker?.kind === "instance" ? this.levelOf(maker) + 1 : 0;
  }

  private make(self: Instance, method: FunctionNode): FunctionNode {
    const count = this.counts.get(method.index) ?? 0;
    this.counts.set(method.index, count + 1);
    const madeIn = this.makerOf(self);
    const isOfContainer = self.site === null;
    if ((count === 0 && !isOfContainer) || madeIn === undefined) return method;
    const size = this.program.familyOf(method).reduce((sum, node) => sum + node.code.length, 0);
    const isTooMuch = count > (isOfContainer ? mostHeirs : mostCopies) || size > largest || size > this.room;
    if (isTooMuch || this.levelOf(self) > deepest) {
      this.shared.add(method);
      return method;
    }
    this.room -= size;
    const [copy = method, ...inside] = this.program.copy(method, madeIn, self.id);
    for (const each of [copy, ...inside]) this.add(each);
    return copy;
  }
}

/** The method that a function is, or is a copy of. */
function methodOf(node: FunctionNode): FunctionNode {
  const run = withoutNames(node);
  return isMethodOfOne(run) ? (run.copy?.root ?? run) : run;
}

function keyOf(self: AbstractValue, method: FunctionNode): string {
  return `${String(self.id)}:${String(method.index)}`;
}

/** The function that a copy for a call was made of. */
function withoutNames(node: FunctionNode): FunctionNode {
  let run = node;
  while (run.copy !== null && !isMethodOfOne(run) && run.graph === run.copy.root.graph) run = run.copy.root;
  return run;
}
