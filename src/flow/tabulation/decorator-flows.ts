/** Where a package's decorator puts the method that it stands at: a listener, under the name of its event. */
import type { DecoratorTarget } from "../../contracts/file-graph.js";
import type { Address, Role } from "../../contracts/model.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { forAddress } from "../models/address-nodes.js";
import { operandsOfSite } from "../models/address-values.js";
import { methodOf } from "../program/class-chain.js";
import type { Operands } from "../points-to/call-operands.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { addProvided, giveAt, injectAt } from "../points-to/provided-objects.js";
import { typeNamed } from "../points-to/type-names.js";
import type { ClassNode, FunctionNode } from "../program/program.js";

type Foreign = Extract<AbstractValue, { kind: "foreign" }>;
type TypeRole = Extract<Role, { kind: "type" }>;
type FlowRole = Extract<Role, { kind: "flow" }>;

export function handDecorated(
  pointsTo: PointsTo,
  decorator: Foreign,
  owner: ClassNode,
  target: DecoratorTarget,
): void {
  if (decorator.path.at(-1) !== "()" || decorator.site === null) return;
  const made = pointsTo.sites.get(decorator.site);
  if (made === undefined) return;
  const matches = pointsTo.catalogue.match(decorator.module, decorator.path.slice(0, -1), "decorator");
  for (const { model } of matches)
    for (const role of model.when.length > 0 ? [] : model.roles)
      if (role.kind === "flow")
        for (const name of role.from.flatMap((from) => methodMeant(from, target)))
          putMethods(pointsTo, made, role, owner, name);
      else if (role.kind === "provides") {
        if (target.kind !== "class") continue;
        const value = pointsTo.graph.create();
        pointsTo.graph.add(value, pointsTo.values.class(owner));
        addProvided(pointsTo, made, { ...operandsOf(pointsTo, made), value }, role);
      } else if (role.kind === "type" && role.output.root.kind === "value" && role.instance === true) {
        giveForToken(pointsTo, made, role, owner, target);
      } else if (role.kind === "type" && typeof role.type === "string" && role.output.root.kind === "value") {
        const given = pointsTo.values.foreign(...typeNamed(role.type, decorator.module), made.id);
        if (given !== null) giveInjected(pointsTo, given, owner, target);
      }
}

/** A parameter of the constructor, or a field. */
function placeOf({ kind, member, parameter }: DecoratorTarget): number | string | null {
  if (kind === "field") return member;
  return kind === "parameter" && member === "constructor" ? parameter : null;
}

/** What a container hands out for a token is injected there. */
function giveForToken(
  pointsTo: PointsTo,
  made: CallSite,
  { type }: TypeRole,
  owner: ClassNode,
  target: DecoratorTarget,
): void {
  const place = placeOf(target);
  if (place === null || typeof type === "string") return;
  forAddress(
    pointsTo,
    made,
    operandsOf(pointsTo, made),
    type,
    (tokens) => {
      injectAt(pointsTo, tokens, owner, place);
    },
    false,
  );
}

/** What is injected at a parameter of the constructor or in a field: made by the decorator, with what that is given. */
function giveInjected(
  pointsTo: PointsTo,
  given: AbstractValue,
  owner: ClassNode,
  target: DecoratorTarget,
): void {
  const { graph, program } = pointsTo;
  const place = placeOf(target);
  if (place !== null) giveAt(pointsTo, given, owner, place);
  const { kind, member, parameter } = target;
  const made = owner.graph.constructorFunction;
  const constructor = made === null ? undefined : program.memberOf(owner, made);
  if (kind === "parameter" && member === "constructor" && parameter !== null && constructor !== undefined)
    graph.add(pointsTo.parameterNode(constructor, parameter), given);
  if (kind === "field" && member !== null)
    graph.onQuiet(() => {
      for (const object of pointsTo.likelyInstances(owner))
        graph.add(pointsTo.fieldNode(object, member), given);
      return true;
    });
}

function putMethods(
  pointsTo: PointsTo,
  made: CallSite,
  role: FlowRole,
  owner: ClassNode,
  name: string,
): void {
  const own = methodsOf(pointsTo, owner, name);
  for (const method of own) put(pointsTo, made, role, owner, method);
  // Which class it extends may only be known when that is.
  if (own.length === 0)
    pointsTo.graph.onQuiet(() => {
      const method = methodOf(pointsTo, owner, name);
      if (method !== undefined) put(pointsTo, made, role, owner, method);
      return true;
    });
}

/** `value`: the decorated method itself, not what it gets; `value.execute`: the decorated class's method of that name. */
function methodMeant({ root, steps }: Address, target: DecoratorTarget): readonly string[] {
  const [step, ...others] = steps;
  if (root.kind !== "value" || others.length > 0) return [];
  if (target.kind === "method") return step === undefined && target.member !== null ? [target.member] : [];
  return target.kind === "class" && step?.kind === "property" ? [step.name] : [];
}

/** Those that a class declares under a name. */
export function methodsOf({ program }: PointsTo, owner: ClassNode, name: string): readonly FunctionNode[] {
  return owner.graph.members.flatMap((member) => {
    const isMeant = member.kind === "method" && member.name.kind === "name" && member.name.name === name;
    const found = isMeant && member.function !== null ? program.memberOf(owner, member.function) : undefined;
    return found === undefined ? [] : [found];
  });
}

function put(
  pointsTo: PointsTo,
  made: CallSite,
  role: FlowRole,
  owner: ClassNode,
  method: FunctionNode,
): void {
  const { graph, values } = pointsTo;
  for (const to of role.to) {
    const last = to.steps.at(-1);
    if (last?.kind !== "property") continue;
    const place = { ...to, steps: to.steps.slice(0, -1) };
    forAddress(
      pointsTo,
      made,
      operandsOf(pointsTo, made),
      place,
      (node) => {
        graph.onValue(node, (name) => {
          graph.add(pointsTo.fieldNode(name, last.name), values.function(method));
        });
      },
      false,
    );
  }
  // Whoever calls it from there does so on the object that the framework made of the class.
  graph.onQuiet(() => {
    for (const object of pointsTo.likelyInstances(owner)) {
      graph.add(pointsTo.receiverNode(method), object);
      pointsTo.markShared(object);
    }
    return true;
  });
}

function operandsOf(pointsTo: PointsTo, site: CallSite): Operands {
  const { arguments: list, out } = operandsOfSite(site);
  return {
    receiver: null,
    arguments: list.map(({ value, spread }) => ({ node: pointsTo.valueNode(site.caller, value), spread })),
    out: out === null ? pointsTo.graph.create() : pointsTo.valueNode(site.caller, out),
  };
}
