/**
 * A list of functions that is folded, as compositions are made: `wrappers.reduceRight((inner, wrap) => wrap(inner), run)`,
 * `steps.reduce((before, step) => before.then(step), ready)`. Where the list's length is known, the function that folds
 * it is looked at once for each element, in order, so that what the first one gives is not what the last one gets.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Address } from "../../contracts/model.js";
import type { AbstractValue } from "./abstract-value.js";
import type { Operands } from "./call-operands.js";
import { isIndex } from "../paths/path-components.js";
import { areMoved } from "./moved-lists.js";
import type { CallSite, PointsTo } from "./points-to.js";
import type { FunctionNode } from "../program/program.js";
import { madeAt } from "../program/copies.js";
import { turned } from "../program/copied-lists.js";
import { definitionOf, originOf } from "../paths/value-places.js";

/** Longer lists are not gone through one by one. */
const longest = 8;
/** Of an element: `step.handler.run`. */
const deepestPart = 3;

const firstArgument: Address = { root: { kind: "argument", index: 0 }, steps: [], text: "arg0" };

/** Takes the call over, if it folds functions; `asAlways` makes its constraints as for any list. */
export function addFold(
  pointsTo: PointsTo,
  site: CallSite,
  callee: AbstractValue,
  operands: Operands,
  asAlways: () => void,
): boolean {
  const fold = foldAt(pointsTo, site, callee);
  if (fold === null || operands.receiver === null || pointsTo.isSolved) return false;
  const { graph } = pointsTo;
  const list = pointsTo.valueNode(site.caller, fold.list);
  let lengthTaken: number | null = null;
  graph.onQuiet(() => {
    if (list.isEmpty) return false;
    const length = lengthOf(pointsTo, list.values);
    if (length !== null && length === lengthTaken) return false;
    const rounds =
      length === null || lengthTaken !== null
        ? null
        : pointsTo.functionCopies.rounds(fold.by, site.caller, fold.initial === null ? length - 1 : length);
    if (rounds === null) {
      asAlways();
      return true;
    }
    lengthTaken = length;
    addRounds(pointsTo, site, fold, rounds, operands, list.values);
    return false;
  });
  return true;
}

interface Fold {
  readonly by: FunctionNode;
  /** What is folded, or what a copy that is folded was made of: `[...steps]`. */
  readonly list: ValueId;
  /** Null: the first element is. */
  readonly initial: ValueId | null;
  readonly isFromEnd: boolean;
}

function foldAt(pointsTo: PointsTo, { caller, instruction }: CallSite, callee: AbstractValue): Fold | null {
  if (callee.kind !== "foreign" || callee.module !== "lib" || instruction.kind !== "call") return null;
  if (instruction.receiver === null) return null;
  const [owner, method = ""] = callee.path;
  if ((owner !== "Array" && owner !== "*") || !/^reduce(?:Right)?$/u.test(method)) return null;
  const [given, initial] = instruction.arguments;
  if (given === undefined || given.spread || initial?.spread === true) return null;
  const made = definitionOf(caller, given.value);
  const by = made?.kind === "function" ? pointsTo.program.functionIn(caller, made.function) : undefined;
  if (by === undefined || by.graph.generator || !runsElement(pointsTo, by)) return null;
  const isFromEnd = method === "reduceRight";
  return {
    by,
    ...turned(caller, { list: instruction.receiver, isFromEnd }),
    initial: initial?.value ?? null,
  };
}

/**
 * It calls the element, or hands it on to be called, itself or in a function inside it; or it hands what is gathered to
 * a method of the element; or it reads what lies under the element as a key.
 */
function runsElement({ program }: PointsTo, node: FunctionNode): boolean {
  const parameters = (index: number): readonly ValueId[] =>
    node.code.flatMap((each) => (each.kind === "parameter" && each.index === index ? [each.out] : []));
  return runs(node, parameters(1), parameters(0));

  function runs(inside: FunctionNode, elements: readonly ValueId[], gathered: readonly ValueId[]): boolean {
    const isMeant = (value: ValueId): boolean => elements.includes(originOf(inside, value));
    return inside.code.some((each) => {
      if (each.kind === "call")
        return (
          isMeant(each.callee) ||
          (each.name.endsWith(".then") && each.arguments.some(({ value }) => isMeant(value))) ||
          (isPartOf(inside, each.callee, elements) &&
            each.arguments.some(({ value }) => gathered.includes(awaitedIn(inside, value))))
        );
      if (each.kind === "load" && each.property.kind === "computed" && isMeant(each.property.value))
        return true;
      if (each.kind !== "function") return false;
      const made = program.functionIn(inside, each.function);
      if (made === undefined) return false;
      const captured = (values: readonly ValueId[]): readonly ValueId[] => {
        const slots = each.captures.flatMap((value, slot) =>
          values.includes(originOf(inside, value)) ? [slot] : [],
        );
        return made.code.flatMap((some) =>
          some.kind === "capture" && slots.includes(some.slot) ? [some.out] : [],
        );
      };
      const within = captured(elements);
      return within.length > 0 && runs(made, within, captured(gathered));
    });
  }
}

/** `step.run`, `entry[1]`: it lies in one of the values. */
function isPartOf(node: FunctionNode, value: ValueId, wholes: readonly ValueId[]): boolean {
  let at = value;
  for (let hops = 0; hops < deepestPart; hops++) {
    const definition = definitionOf(node, at);
    if (definition?.kind !== "load") return false;
    at = originOf(node, definition.object);
    if (wholes.includes(at)) return true;
  }
  return false;
}

function awaitedIn(node: FunctionNode, value: ValueId): ValueId {
  const definition = definitionOf(node, value);
  return originOf(node, definition?.kind === "await" ? definition.value : value);
}

/** Of one list whose elements all have a place. */
export function lengthOf(pointsTo: PointsTo, values: ReadonlySet<AbstractValue>): number | null {
  const [only, ...others] = values;
  if (only?.kind !== "object" || !only.array || others.length > 0) return null;
  const names = [...pointsTo.fieldsOf(only)].flatMap(([name, { isEmpty }]) =>
    isEmpty || name === "*" ? [] : [name],
  );
  if (areMoved(pointsTo, values)) return null;
  const isWhole = names.every((name) => isIndex(name) && Number(name) < names.length);
  if (!isWhole || names.length === 0 || names.length > longest) return null;
  return isAsWritten(pointsTo, only, names.length) ? names.length : null;
}

/** What stands at a place of a literal stood there from the first: `steps[1] = mask` may come later, or not at all. */
function isAsWritten(pointsTo: PointsTo, list: AbstractValue, length: number): boolean {
  if (list.kind !== "object") return false;
  const { node, maker } = madeAt(pointsTo, list.site);
  if (maker?.kind !== "array") return true;
  const written = (node?.uses[maker.out] ?? []).filter((point) => {
    const store = node?.code[point];
    return store?.kind === "store" && store.initial && store.property.kind === "name";
  });
  return written.length >= length;
}

function addRounds(
  pointsTo: PointsTo,
  site: CallSite,
  { initial, list: folded, isFromEnd }: Fold,
  rounds: readonly FunctionNode[],
  { arguments: given, out }: Operands,
  lists: ReadonlySet<AbstractValue>,
): void {
  const { graph } = pointsTo;
  const [list] = lists;
  if (list === undefined) return;
  const length = initial === null ? rounds.length + 1 : rounds.length;
  const elements = Array.from({ length }, (_, place) => pointsTo.fieldNode(list, String(place)));
  if (isFromEnd) elements.reverse();
  let gathered = initial === null ? elements.shift() : given[1]?.node;
  if (gathered === undefined) return;
  let before: FunctionNode | null = null;
  for (const [turn, node] of rounds.entries()) {
    pointsTo.addCallback(site, node, firstArgument);
    graph.edge(gathered, pointsTo.parameterNode(node, 0));
    graph.edge(elements[turn] ?? graph.nothing, pointsTo.parameterNode(node, 1));
    pointsTo.foldRounds.set(node, { site, before, initial, list: folded, isFromEnd });
    gathered = pointsTo.returnNode(node);
    before = node;
  }
  graph.edge(gathered, out);
}
