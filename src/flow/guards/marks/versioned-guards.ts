/** Guards that ask whether a guardian consented, and not to which version of the notice. */
import type { Instruction, ValueId } from "../../../contracts/file-graph.js";
import type { MarkedGuard } from "../../../contracts/flow.js";
import type { PointsTo } from "../../points-to.js";
import type { FunctionNode } from "../../program.js";
import { locationOf } from "../../program.js";
import type { Guards } from "./guards.js";

/** Words that the version of a notice goes by. */
const version = /version|notice|policy|terms|revision/iu;
/** The day of a text, which a consent has to be younger than. */
const day = /^\d{4}-\d{2}-\d{2}/u;
const deepest = 4;

export function unversionedGuards(pointsTo: PointsTo, guards: Guards): MarkedGuard[] {
  const functions = pointsTo.program.functions.filter(({ copy }) => copy === null);
  const marked = functions.flatMap((node) => {
    const mark = guards.ofFunction(node).find(({ kind }) => kind === "guard");
    if (mark === undefined || isVersioned(pointsTo, node)) return [];
    return [{ name: mark.name, location: locationOf(node, node.graph.nameAt) }];
  });
  const classes = pointsTo.program.classes.flatMap((home) => {
    const mark = guards.ofClass(home).find(({ kind }) => kind === "guard");
    const members = functions.filter((node) => pointsTo.program.homeClass(node) === home);
    const isAsking = members.some(({ graph }) => graph.kind === "method");
    if (mark === undefined || !isAsking || members.some((node) => isVersioned(pointsTo, node))) return [];
    return [{ name: mark.name, location: locationOf(home.owner, home.graph.nameAt) }];
  });
  return [...marked, ...classes];
}

/** In the guard, in what it calls, or in what it is handed somebody speaks of a version. */
function isVersioned(pointsTo: PointsTo, node: FunctionNode): boolean {
  return (
    speaksOfVersion(pointsTo, node, 0, new Set()) ||
    pointsTo.callersOf(node).some(({ site }) => {
      const { instruction, caller } = site;
      return (
        instruction.kind === "call" &&
        instruction.arguments.some(({ value }) => {
          const definition = caller.definitions[value];
          return definition?.kind === "instruction" && isAboutVersion(definition.instruction);
        })
      );
    })
  );
}

function speaksOfVersion(
  pointsTo: PointsTo,
  node: FunctionNode,
  depth: number,
  seen: Set<FunctionNode>,
): boolean {
  if (seen.has(node)) return false;
  seen.add(node);
  if (node.graph.parameters.some(({ name }) => name !== null && version.test(name))) return true;
  return node.code.some((instruction, point) => {
    if (isAboutVersion(instruction)) return true;
    if (depth >= deepest) return false;
    if (instruction.kind === "cell-read" && isMadeOfVersion(pointsTo, node, instruction.cell, 0)) return true;
    const site = pointsTo.findSite(node, point);
    if (site === undefined) return false;
    return [...site.edges.values(), ...site.callbacks.values()].some(({ callee }) =>
      speaksOfVersion(pointsTo, callee, depth + 1, seen),
    );
  });
}

/** `const digest = hash(readFileSync("notice.md"))`: what a variable of the module is made of. */
function isMadeOfVersion(pointsTo: PointsTo, { file }: FunctionNode, cell: string, depth: number): boolean {
  const module = pointsTo.program.moduleOf(file);
  const written = module?.code.find((each) => each.kind === "cell-write" && each.cell === cell);
  if (module === undefined || written?.kind !== "cell-write") return false;
  const isAbout = (value: ValueId, hops: number): boolean => {
    const definition = module.definitions[value];
    if (definition?.kind !== "instruction" || hops > 2 * deepest) return false;
    const { instruction } = definition;
    if (isAboutVersion(instruction)) return true;
    if (instruction.kind === "cell-read" && depth < deepest)
      return isMadeOfVersion(pointsTo, module, instruction.cell, depth + 1);
    return operandsOf(instruction).some((each) => isAbout(each, hops + 1));
  };
  return isAbout(written.value, 0);
}

function operandsOf(instruction: Instruction): readonly ValueId[] {
  switch (instruction.kind) {
    case "call":
      return [
        ...(instruction.receiver === null ? [] : [instruction.receiver]),
        ...instruction.arguments.map(({ value }) => value),
      ];
    case "declare":
    case "cast":
    case "await":
      return [instruction.value];
    case "load":
      return [instruction.object];
    default:
      return [];
  }
}

function isAboutVersion(instruction: Instruction): boolean {
  switch (instruction.kind) {
    case "constant":
      return (
        typeof instruction.value === "string" &&
        (version.test(instruction.value) || day.test(instruction.value))
      );
    case "template":
      return instruction.texts.some((text) => version.test(text));
    case "load":
    case "store":
      return instruction.property.kind === "name" && version.test(instruction.property.name);
    case "cell-read":
      return version.test(instruction.cell);
    case "call":
    case "declare":
      return version.test(instruction.name);
    default:
      return false;
  }
}
