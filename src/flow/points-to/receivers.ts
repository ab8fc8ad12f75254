/**
 * Which objects run a method that a call of a member runs: those whose class has another method of that name run
 * theirs, as `for (const table of [scores, players]) table.remove(id)` shows.
 */
import type { AbstractValue } from "./abstract-value.js";
import { forPrototypes } from "./class-prototypes.js";
import type { PointerNode } from "./pointer-graph.js";
import type { CallShape } from "../program/call-shapes.js";
import type { CallSite, PointsTo } from "./points-to.js";
import { definitionOf } from "../paths/value-places.js";
import { forMember } from "../program/class-members.js";
import { isMethodOfOne, type FunctionNode, type Program } from "../program/program.js";

export function giveReceiver(
  pointsTo: PointsTo,
  site: CallSite,
  callee: FunctionNode,
  receiver: PointerNode,
  shape: CallShape,
): void {
  const name = shape === "call" ? calledMember(site) : null;
  const isOneOfSeveral = name !== null && isMethodOf(callee, name) && makersOf(pointsTo.program, name) > 1;
  pointsTo.instanceCopies.receive(
    isOneOfSeveral ? runningIt(pointsTo, callee, receiver, name) : receiver,
    callee,
  );
}

/** The receivers that run the method, as far as their classes tell. */
function runningIt(
  pointsTo: PointsTo,
  callee: FunctionNode,
  receiver: PointerNode,
  name: string,
): PointerNode {
  const { graph } = pointsTo;
  const run = graph.create();
  graph.onValue(receiver, (value) => {
    if (value.kind !== "instance" || !runsAnother(pointsTo, value, callee, name)) graph.add(run, value);
    // The method of another class may have been put into the object.
    else {
      const hear = (member: AbstractValue): void => {
        if (member.kind === "function" && isSame(member.function, callee)) graph.add(run, value);
      };
      graph.onValue(pointsTo.fieldNode(value, name), hear);
      // Or into the prototype of its class; and the object may have got another prototype.
      graph.onValue(pointsTo.prototypeNode(value), () => {
        graph.add(run, value);
      });
      forPrototypes(pointsTo, value.class, name, (prototype) => {
        graph.onValue(pointsTo.fieldNode(prototype, name), hear);
      });
    }
  });
  return run;
}

/** The class has, or is known by now to inherit, methods of the name, and this is none of them. */
function runsAnother(
  pointsTo: PointsTo,
  value: Extract<AbstractValue, { kind: "instance" }>,
  callee: FunctionNode,
  name: string,
): boolean {
  const found: (FunctionNode | null)[] = [];
  forMember(pointsTo, value.class, name, false, (member) => {
    found.push(member.kind === "method" ? member.function : null);
  });
  return found.length > 0 && found.every((each) => each !== null && !isSame(each, callee));
}

/** The name by which the call takes the method from its receiver. */
function calledMember({ caller, instruction }: CallSite): string | null {
  if (instruction.kind !== "call" || instruction.new || instruction.receiver === null) return null;
  const member = definitionOf(caller, instruction.callee);
  return member?.kind === "load" && member.property.kind === "name" ? member.property.name : null;
}

function isMethodOf({ graph }: FunctionNode, name: string): boolean {
  const isNamed = graph.name === name || graph.name.endsWith(`.${name}`);
  return isNamed && graph.kind === "method" && graph.class !== null && !graph.static;
}

function isSame(one: FunctionNode, other: FunctionNode): boolean {
  return rootOf(one).graph === rootOf(other).graph;
}

function rootOf(node: FunctionNode): FunctionNode {
  return isMethodOfOne(node) ? (node.copy?.root ?? node) : node;
}

const makers = new WeakMap<Program, { readonly known: number; readonly byName: Map<string, number> }>();

/** How many classes have a method of the name. */
function makersOf(program: Program, name: string): number {
  const { classes } = program;
  let found = makers.get(program);
  if (found?.known !== classes.length) {
    const byName = new Map<string, number>();
    for (const { graph } of classes)
      for (const member of graph.members)
        if (member.kind === "method" && !member.static && member.name.kind === "name")
          byName.set(member.name.name, (byName.get(member.name.name) ?? 0) + 1);
    makers.set(program, (found = { known: classes.length, byName }));
  }
  return found.byName.get(name) ?? 0;
}
