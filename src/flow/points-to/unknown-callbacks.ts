/** Functions handed to a callee that nothing describes: they are assumed to be called by it. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Address } from "../../contracts/model.js";
import { functionPlace, onFunction } from "../models/function-addresses.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { FunctionNode } from "../program/program.js";
import { addForeignCallback } from "./call-sites.js";
import { channelModule } from "./abstract-value.js";
import type { PointerNode } from "./pointer-graph.js";
import type { CallSite, PointsTo } from "./points-to.js";

/** Members and calls of what a call gave. */
const longestChain = 16;

export function addUnknownCallbacks(
  pointsTo: PointsTo,
  site: CallSite,
  given: readonly { readonly node: PointerNode }[],
): void {
  given.forEach(({ node }, index) => {
    addUnknownCallback(pointsTo, site, node, index);
  });
}

function addUnknownCallback(pointsTo: PointsTo, site: CallSite, node: PointerNode, index: number): void {
  const address: Address = { root: { kind: "argument", index }, steps: [], text: `arg${String(index)}` };
  const result: Address = { ...address, steps: [{ kind: "result" }], text: `${address.text}.result` };
  addMouths(pointsTo, site, node, address.text);
  onFunction(pointsTo, node, (callee) => {
    pointsTo.addCallback(site, callee, address);
    // What it gives back is called in the end: `useEffect(() => () => leave())`.
    onFunction(pointsTo, pointsTo.returnNode(callee), (later) => {
      pointsTo.addCallback(site, later, functionPlace(result, 1));
    });
  });
}

/** Functions that packages handed out and that are handed on to be called: `onSubmit={save.mutate}`. */
export function addMouths(pointsTo: PointsTo, site: CallSite, node: PointerNode, address: string): void {
  pointsTo.graph.onValue(node, (value) => {
    if (value.kind === "foreign" && value.module === channelModule) addForeignCallback(site, value, address);
  });
}

/**
 * `box.map((child) => child.name)` where an interface, a declaration or a parameter's type is all that is known of `map`.
 * What is read from an object is handed over as data, whatever else it may be there.
 */
export function seedUnseenCallees(pointsTo: PointsTo): void {
  for (const node of pointsTo.program.functions)
    node.code.forEach((instruction, point) => {
      if (instruction.kind !== "call" || instruction.arguments.some(({ spread }) => spread)) return;
      if (!isUnseen(pointsTo, node, instruction.callee)) return;
      instruction.arguments.forEach(({ value }, index) => {
        if (definitionOf(node, value)?.kind !== "load")
          addUnknownCallback(pointsTo, pointsTo.siteAt(node, point), pointsTo.valueNode(node, value), index);
      });
    });
  pointsTo.graph.solve();
}

function isUnseen(pointsTo: PointsTo, node: FunctionNode, callee: ValueId): boolean {
  return pointsTo.valueNode(node, callee).isEmpty && !isOfDescribed(pointsTo, node, callee);
}

/** `multer().single("photo")(request)`: of what a described call gave, its description says what there is to say. */
function isOfDescribed(pointsTo: PointsTo, node: FunctionNode, start: ValueId): boolean {
  let value = start;
  for (let hops = 0; hops < longestChain; hops++) {
    const definition = node.definitions[originOf(node, value)];
    if (definition?.kind !== "instruction") return false;
    const { instruction, point } = definition;
    if (instruction.kind === "load") value = instruction.object;
    else if (instruction.kind === "await") ({ value } = instruction);
    else if (instruction.kind === "call") {
      const made = pointsTo.findSite(node, point)?.foreign ?? [];
      if ([...made].some(({ module, path }) => pointsTo.catalogue.match(module, path, "call").length > 0))
        return true;
      value = instruction.callee;
    } else return false;
  }
  return false;
}
