/** Where a package's decorator puts the method that it stands at: a listener, under the name of its event. */
import type { Role } from "../contracts/model.js";
import type { AbstractValue } from "./abstract-value.js";
import { forAddress } from "./address-nodes.js";
import { operandsOfSite } from "./address-values.js";
import type { Operands } from "./call-operands.js";
import type { CallSite, PointsTo } from "./points-to.js";
import type { ClassNode, FunctionNode } from "./program.js";

type Foreign = Extract<AbstractValue, { kind: "foreign" }>;
type FlowRole = Extract<Role, { kind: "flow" }>;

export function handDecorated(
  pointsTo: PointsTo,
  decorator: Foreign,
  owner: ClassNode,
  methods: readonly FunctionNode[],
): void {
  if (decorator.path.at(-1) !== "()" || decorator.site === null) return;
  const made = pointsTo.sites.get(decorator.site);
  if (made === undefined) return;
  const matches = pointsTo.catalogue.match(decorator.module, decorator.path.slice(0, -1), "decorator");
  for (const { model } of matches)
    for (const role of model.when.length > 0 ? [] : model.roles)
      if (role.kind === "flow" && isOfMethod(role))
        for (const method of methods) put(pointsTo, made, role, owner, method);
}

/** `value -> arg0.listeners_`: the method itself, not what it gets. */
function isOfMethod({ from }: FlowRole): boolean {
  return from.some(({ root, steps }) => root.kind === "value" && steps.length === 0);
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
