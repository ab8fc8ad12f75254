/** What lies in variables that the program does not make: the browser's, and those that a file declares only. */
import type { InstructionOf } from "../../contracts/file-graph.js";
import type { Origin, OriginQuestion } from "./origin-question.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

const isBrowsers = /^(document|window|location|navigator|event|prompt)$/u;

/** Of what is no browser's and not declared in the same file its type tells what it holds, and nothing else does. */
export function ofGlobal(
  pointsTo: PointsTo,
  question: OriginQuestion,
  node: FunctionNode,
  { name, out, declared }: InstructionOf<"global">,
): Origin {
  if (isBrowsers.test(name)) return "yes";
  if (question !== "opaque" && !isOfProgram(declared)) return "no";
  const isMade = [...pointsTo.valuesOf(node, out)].some(({ kind }) => kind !== "foreign");
  return isMade ? "no" : "yes";
}

/** What is of a package's type is for the models of the package to tell. */
function isOfProgram(declared: InstructionOf<"global">["declared"]): boolean {
  return declared === "of-language" || declared === "otherwise";
}
