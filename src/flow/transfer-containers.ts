/** What spreading, destructuring and iterating do to a fact: members go from one container to another. */
import type { Instruction } from "../contracts/file-graph.js";
import type { AccessPath } from "./access-path.js";
import { accessPath, emptyPath, prepend } from "./access-path.js";
import { isIndex } from "./path-components.js";
import type { Entry } from "./entry.js";
import { returned } from "./fact.js";
import type { Fact } from "./fact.js";
import { readFlows, readModels } from "./read-flows.js";
import type { Tabulation } from "./tabulation.js";
import type { Trace } from "./trace.js";
import { propertyTexts } from "./transfer-properties.js";

type ContainerInstruction = Extract<
  Instruction,
  {
    kind: "copy-properties" | "append-elements" | "object-rest" | "array-rest" | "iterate" | "yield";
  }
>;

export function transferContainer(
  tabulation: Tabulation,
  entry: Entry,
  point: number,
  instruction: ContainerInstruction,
  fact: Fact,
  trace: Trace,
): boolean {
  const { node } = entry;
  const put = (base: number, path: AccessPath): void => {
    tabulation.put(entry, point, base, path, fact.state, trace);
  };
  switch (instruction.kind) {
    case "copy-properties":
      if (fact.base === instruction.source && fact.path.components[0]?.startsWith("^") !== true)
        tabulation.write(entry, point, instruction.target, fact.path.components, fact.state, trace);
      return true;
    case "append-elements":
      if (fact.base === instruction.source) {
        const rest = iterated(fact.path);
        if (rest !== null)
          tabulation.write(entry, point, instruction.target, ["[]", ...rest.components], fact.state, trace);
        if (tabulation.pointsTo.findSite(node, point) !== undefined)
          tabulation.reach(entry, point, fact, trace);
      }
      return true;
    case "object-rest":
      if (
        fact.base === instruction.object &&
        !instruction.excluded.some((name) =>
          propertyTexts(tabulation, entry, name).includes(fact.path.components[0] ?? ""),
        )
      )
        put(instruction.out, fact.path);
      return fact.base !== instruction.out;
    case "array-rest":
      if (fact.base === instruction.array) {
        const [first, ...rest] = fact.path.components;
        if (first === undefined) put(instruction.out, accessPath(["[]"]));
        else if (!isIndex(first)) put(instruction.out, fact.path);
        else if (Number(first) >= instruction.from)
          put(instruction.out, accessPath([String(Number(first) - instruction.from), ...rest]));
      }
      return fact.base !== instruction.out;
    case "iterate":
      if (fact.base === instruction.object) {
        const rest =
          instruction.mode === "in"
            ? fact.path.components[0] === "<keys>"
              ? accessPath(fact.path.components.slice(1))
              : null
            : iterated(fact.path);
        if (rest !== null) put(instruction.out, rest);
        if (instruction.mode !== "in") {
          const { models } = readModels(tabulation.pointsTo, node, instruction.object, "@@iterator", "call");
          for (const path of readFlows(tabulation.pointsTo, node, point, models, fact.path)) {
            const element = iterated(path);
            if (element !== null) put(instruction.out, element);
          }
        }
        if (tabulation.pointsTo.findSite(node, point) !== undefined)
          tabulation.reach(entry, point, fact, trace);
      }
      return fact.base !== instruction.out;
    case "yield":
      if (fact.base === instruction.value) {
        if (instruction.delegate && fact.path.components[0] === "<return>")
          put(instruction.out, accessPath(fact.path.components.slice(1)));
        const path = instruction.delegate ? iterated(fact.path) : fact.path;
        if (path !== null)
          tabulation.exit(entry, tabulation.facts.fact(returned, prepend(["[]"], path), fact.state), trace);
      }
      return true;
  }
}

/** An element of what is iterated: of arrays and sets the element, of maps the pair. */
function iterated(path: AccessPath): AccessPath | null {
  const [first, ...rest] = path.components;
  if (first === undefined) return emptyPath;
  if (first === "[]" || isIndex(first)) return accessPath(rest);
  if (first.startsWith("=")) return accessPath(["1", ...rest]);
  if (first === "<keys>") return accessPath(["0", ...rest]);
  return null;
}
