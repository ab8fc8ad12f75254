/** What an object of an own class tells by its properties: what its constructor puts there of what it is given. */
import { definitionOf, originOf } from "../../paths/value-places.js";
import type { ValueId } from "../../../contracts/file-graph.js";
import type { CallSite } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import type { OpenWaysTools } from "../ways.js";
import { mayBe, type Outcome } from "./outcome.js";

type Properties = Pick<OpenWaysTools["properties"], "writersOf">;
type Ask = (node: FunctionNode, value: ValueId, outcome: Outcome, isAwaited: boolean) => boolean;

/** `new Answer(null, "no consent")`, asked about `failure`. */
export function constructedTells(
  properties: Properties,
  site: CallSite,
  { test, path }: Outcome,
  ask: Ask,
): boolean {
  const { instruction, caller } = site;
  const [name, ...rest] = path;
  if (instruction.kind !== "call" || !instruction.new || name === undefined) return false;
  const edges = [...site.edges.values()].filter(({ shape }) => shape === "construct");
  if (edges.length !== 1 || site.foreign.size > 0) return false;
  const outcome: Outcome = { test, path: rest };
  const constructor = edges.map(({ callee }) => callee).find(({ graph }) => graph.kind === "constructor");
  if (constructor === undefined) return false;
  // What is put there later tells something else.
  const writers = properties.writersOf(caller, instruction.out, name);
  if (writers.some(({ node }) => node !== constructor)) return false;
  const stored = constructor.code.flatMap((each) =>
    each.kind === "store" &&
    each.property.kind === "name" &&
    each.property.name === name &&
    definitionOf(constructor, each.object)?.kind === "this"
      ? [each.value]
      : [],
  );
  return (
    stored.length > 0 &&
    stored.every((value) => {
      const definition = definitionOf(constructor, originOf(constructor, value));
      if (definition?.kind !== "parameter") return ask(constructor, value, outcome, false);
      const given = instruction.arguments.slice(0, definition.index + 1);
      if (given.some(({ spread }) => spread)) return false;
      const argument = given[definition.index];
      return argument === undefined
        ? !mayBe(undefined, outcome)
        : ask(caller, argument.value, outcome, false);
    })
  );
}
