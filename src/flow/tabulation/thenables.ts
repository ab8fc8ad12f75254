/** Awaiting an object with a `then` of the program's own calls it; what it hands to its first parameter comes out, to its second is thrown. */
import type { Address } from "../../contracts/model.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { channelModule } from "../points-to/abstract-value.js";
import { forMember } from "../program/class-members.js";
import { hasOwnPromiseMember } from "../points-to/promise-members.js";
import type { PointerNode } from "../points-to/pointer-graph.js";
import type { ValueId } from "../../contracts/file-graph.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode, Program } from "../program/program.js";

/** What a `then` is handed: where what each of the two is called with comes out. */
const mouths: readonly { readonly from: Address; readonly to: Address }[] = [
  { from: givenTo(0), to: { root: { kind: "return" }, steps: [], text: "return" } },
  { from: givenTo(1), to: { root: { kind: "return" }, steps: [{ kind: "rejected" }], text: "return!" } },
];

export function awaitThenable(
  pointsTo: PointsTo,
  operand: PointerNode,
  out: PointerNode,
  at: { readonly node: FunctionNode; readonly point: number },
): void {
  passOn(pointsTo, operand, out);
  pointsTo.graph.onValue(operand, (value) => {
    if (value.kind === "object")
      pointsTo.graph.onValue(pointsTo.fieldNode(value, "then"), (method) => {
        if (method.kind === "function")
          settle(pointsTo, pointsTo.siteAt(at.node, at.point), value, method.function, out);
      });
    else if (value.kind === "instance")
      forMember(pointsTo, value.class, "then", false, (member) => {
        if (member.function === null) return;
        const method = pointsTo.instanceCopies.of(value, member.function);
        settle(pointsTo, pointsTo.siteAt(at.node, at.point), value, method, out);
      });
  });
}

const thenables = new WeakMap<Program, boolean>();

/** Some class of the program has a `then`. */
function hasThenables(program: Program): boolean {
  const known = thenables.get(program);
  if (known !== undefined) return known;
  const found = program.classes.some(({ graph }) =>
    graph.members.some(({ name }) => name.kind === "name" && name.name === "then"),
  );
  thenables.set(program, found);
  return found;
}

/** Whatever is awaited comes out as it is, or as what the promise of it gives: all but objects that hand out another. */
function passOn(pointsTo: PointsTo, operand: PointerNode, out: PointerNode): void {
  const { graph, program } = pointsTo;
  if (!hasThenables(program)) graph.edge(operand, out);
  else
    graph.onValue(operand, (value) => {
      if (value.kind !== "instance" || !hasOwnPromiseMember(pointsTo, value, "then")) graph.add(out, value);
    });
}

/** What one of the functions is called with that a `then` is handed. */
function givenTo(index: number): Address {
  return {
    root: { kind: "argument", index },
    steps: [{ kind: "parameter", index: 0 }],
    text: `arg${String(index)}.param0`,
  };
}

/** What an `await` hands to a `then`: to be called with what comes out, and with what is thrown. */
export function settlersOf(pointsTo: PointsTo, site: CallSite): readonly AbstractValue[] {
  return ["then", "catch"].flatMap((name) => {
    const value = pointsTo.values.foreign(channelModule, [site.id, name], null);
    return value === null ? [] : [value];
  });
}

function settle(
  pointsTo: PointsTo,
  site: CallSite,
  self: AbstractValue,
  method: FunctionNode,
  out: PointerNode,
): void {
  const { graph } = pointsTo;
  pointsTo.addEdge(site, method, "await");
  graph.add(pointsTo.receiverNode(method), self);
  settlersOf(pointsTo, site).forEach((settler, index) => {
    const mouth = mouths[index];
    if (mouth === undefined) return;
    pointsTo.addChannel(settler, site, mouth.from, mouth.to);
    graph.add(pointsTo.parameterNode(method, index), settler);
    if (index === 0) graph.edge(pointsTo.fieldNode(settler, "<given 0>"), out);
  });
}

/** An object with a `then` of the program's own, of its class or its own. */
function settlesItself(pointsTo: PointsTo, value: AbstractValue): boolean {
  if (value.kind === "instance") return hasOwnPromiseMember(pointsTo, value, "then");
  if (value.kind !== "object") return false;
  const own = pointsTo.fieldsOf(value).get("then");
  return own?.list.some(({ kind }) => kind === "function") === true;
}

/** What is awaited can only be an object with a `then` of its own: what comes out is another. */
export function isThenable(pointsTo: PointsTo, node: FunctionNode, awaited: ValueId): boolean {
  const values = [...pointsTo.valuesOf(node, awaited)];
  return values.length > 0 && values.every((value) => settlesItself(pointsTo, value));
}

/** The same, and the object has the property. */
export function isKeptByThenable(
  pointsTo: PointsTo,
  node: FunctionNode,
  awaited: ValueId,
  name: string | undefined,
): boolean {
  if (name === undefined || !isThenable(pointsTo, node, awaited)) return false;
  return [...pointsTo.valuesOf(node, awaited)].every((value) => pointsTo.fieldsOf(value).has(name));
}
