/**
 * Parameters of which it depends what a function does with its data: they name properties, or what is kept; or they
 * are lists of functions that it runs. They may be used by the functions inside it, and by the callbacks that it hands
 * to the list's own methods: `names.forEach((name) => delete copy[name])`.
 */
import type { Instruction, InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { FunctionNode, Program } from "../program/program.js";
import { copiedWhole } from "../program/copied-lists.js";
import { definitionOf } from "../paths/value-places.js";
import { keysBesideFunctions } from "./keys-beside-functions.js";
import { overlaidOperands } from "./overlays.js";
import { queueNames } from "./queue-names.js";

export interface DecidingParameter {
  readonly index: number;
  /** All further arguments are its elements. */
  readonly isRest: boolean;
  /** It is a property of it that names: `job.topic`. */
  readonly member: string | null;
}

export interface DecidingParameters {
  readonly names: readonly DecidingParameter[];
  /** They are laid over what another object holds: `{ ...row, ...changes }`. */
  readonly overlays: readonly number[];
  /** It calls the elements of a list. */
  readonly runsList: boolean;
  /**
   * It keeps what a function that it is given makes: `kept[name] = wrap(kept[name])`, or a function inside it does so
   * in what they share: `finished.push(await work(item))`.
   */
  readonly keepsMade: boolean;
}

/** Where a value comes from: a parameter itself, or an element of one. */
interface Origin {
  readonly index: number;
  readonly isElement: boolean;
}

export function decidingParameters(
  program: Program,
  callee: FunctionNode,
  inside: readonly FunctionNode[],
  /** A parameter is a package's client: it is asked for what it is handed first. */
  isClient: (index: number) => boolean,
): DecidingParameters {
  const family = new Family(program, callee, inside);
  const names = new Set<number>();
  const members = new Map<string, DecidingParameter>();
  const overlays = new Set<number>();
  let runsList = false;
  let keepsMade = false;
  for (const node of inside)
    for (const [point, each] of node.code.entries()) {
      for (const operand of overlaidOperands(node, each, point)) {
        const origin = family.givenAs(node, operand);
        if (origin !== null) overlays.add(origin);
      }
      const named =
        each.kind === "call" ? [...queueNames(node, each), ...family.askedOf(node, each, isClient)] : [];
      for (const operand of [...namingOperands(node, each), ...askedLists(each), ...named]) {
        const origin = family.originOf(node, operand);
        if (origin !== null) names.add(origin.index);
        const member = origin === null && isByName(each) ? family.memberOf(node, operand) : null;
        if (member !== null) members.set(`${String(member.index)}.${member.member ?? ""}`, member);
      }
      if (each.kind !== "call" || each.new) continue;
      runsList ||= family.runsElement(node, each);
      if (ranBy(each).some((value) => family.isGiven(node, value)))
        keepsMade ||=
          isStored(node, each.out) ||
          (node !== callee && isKeptBeyond(node, each.out, family.isCalledByName(node)));
    }
  for (const index of keysBesideFunctions(program, inside, (node, value) => family.givenAs(node, value)))
    names.add(index);
  return {
    names: [
      ...[...names]
        .sort((a, b) => a - b)
        .map((index) => ({ index, isRest: callee.graph.parameters[index]?.rest === true, member: null })),
      ...members.values(),
    ],
    overlays: [...overlays].sort((a, b) => a - b),
    runsList,
    keepsMade,
  };
}

/** It is put into an object or a list. */
function isStored(node: FunctionNode, made: ValueId): boolean {
  return (node.uses[made] ?? []).some((point) => {
    const use = node.code[point];
    if (use?.kind === "declare" || use?.kind === "cast") return isStored(node, use.out);
    return use?.kind === "store" && use.value === made;
  });
}

/** What a call runs: what is called, or handed to `then`. */
function ranBy({ callee, receiver, name, arguments: given }: InstructionOf<"call">): readonly ValueId[] {
  if (receiver === null) return [callee];
  return /\.(?:then|catch|finally)$/u.test(name) ? given.map(({ value }) => value) : [];
}

/**
 * A function inside another puts it where the other finds it: into what it has captured, or a promise's `resolve`; or
 * gives it back to who calls it by its name.
 */
function isKeptBeyond(
  node: FunctionNode,
  made: ValueId,
  isNamed: boolean,
  seen = new Set<ValueId>(),
): boolean {
  if (seen.has(made)) return false;
  seen.add(made);
  const isEnd = node.graph.blocks.some(
    ({ phis, end }) =>
      (isNamed && end.kind === "return" && end.value === made) ||
      phis.some(
        ({ inputs, out }) =>
          inputs.some(({ value }) => value === made) && isKeptBeyond(node, out, isNamed, seen),
      ),
  );
  if (isEnd) return true;
  return (node.uses[made] ?? []).some((point) => {
    const use = node.code[point];
    switch (use?.kind) {
      case "declare":
      case "cast":
      case "await":
      case "template":
        return isKeptBeyond(node, use.out, isNamed, seen);
      case "store":
        return use.value === made;
      case "append-elements":
        return use.source === made;
      case "box-write":
        return use.value === made;
      case "call":
        return use.receiver === made
          ? /\.(?:then|catch|finally)$/u.test(use.name)
          : isCaptured(node, use.receiver ?? use.callee);
      default:
        return false;
    }
  });
}

/** It was there before the function ran. */
function isCaptured(node: FunctionNode, value: ValueId): boolean {
  const definition = definitionOf(node, value);
  return definition !== null && /^(?:capture|parameter|box-read)$/u.test(definition.kind);
}

/**
 * What names a property, or is handed to a member of what outlives the call, or to a function from outside the
 * program: `fetch(url, …)` sends to whom its first argument says.
 */
function namingOperands(node: FunctionNode, each: Instruction): readonly ValueId[] {
  if ("property" in each && each.property.kind === "computed") return partsOfName(node, each.property.value);
  if (each.kind !== "call") return [];
  const isNaming =
    each.receiver === null ? !each.new && isFromOutside(node, each.callee) : isKept(node, each.receiver);
  return isNaming ? each.arguments.slice(0, 1).map((argument) => beginningOf(node, argument.value)) : [];
}

/** A name may be put together: `` row[`name${language}`] ``, also by a function: `row[keyOf("name", language)]`. */
function partsOfName(node: FunctionNode, name: ValueId): readonly ValueId[] {
  const definition = definitionOf(node, name);
  if (definition?.kind === "template") return definition.values;
  if (definition?.kind === "call" && definition.receiver === null && !definition.new)
    return definition.arguments.flatMap(({ value, spread }) => (spread ? [] : [value]));
  return definition?.kind === "binary" && definition.operator === "+"
    ? [definition.left, definition.right]
    : [name];
}

/** Something is looked up or kept under the name, or told to whoever waits for it: `plugins.set(plugin.name, plugin)`. */
function isByName(each: Instruction): boolean {
  return each.kind === "call"
    ? /\.(?:get|set|emit)$/u.test(each.name)
    : each.kind === "load" || each.kind === "store";
}

/** What is asked for a name: `hidden.includes(key)`. */
function askedLists(each: Instruction): readonly ValueId[] {
  return each.kind === "call" &&
    each.receiver !== null &&
    /\.(?:includes|has|indexOf|some|every)$/u.test(each.name)
    ? [each.receiver]
    : [];
}

/** A global, or what is imported under the name of a package. */
function isFromOutside(node: FunctionNode, callee: ValueId): boolean {
  const definition = definitionOf(node, callee);
  if (definition?.kind === "global") return true;
  if (definition?.kind !== "import-read") return false;
  const specifier = node.fileGraph.imports[definition.import]?.specifier ?? ".";
  return !/^(?:[./~#]|@\/|src\/)/u.test(specifier);
}

/** What a text begins with decides where it leads: `base` of `${base}/pupils`. */
function beginningOf(node: FunctionNode, value: ValueId): ValueId {
  const definition = definitionOf(node, value);
  if (definition?.kind === "template" && definition.texts[0] === "") return definition.values[0] ?? value;
  return definition?.kind === "binary" && definition.operator === "+" ? definition.left : value;
}

const deepest = 8;

/** A function and those inside it, by who makes whom. */
class Family {
  private readonly makers = new Map<FunctionNode, { readonly maker: FunctionNode; readonly made: Made }>();

  constructor(
    program: Program,
    private readonly root: FunctionNode,
    inside: readonly FunctionNode[],
  ) {
    for (const maker of inside)
      for (const made of maker.code) {
        if (made.kind !== "function") continue;
        const node = program.functionIn(maker, made.function);
        if (node !== undefined) this.makers.set(node, { maker, made });
      }
  }

  /**
   * The call runs an element of a list, or a method of one of those that are handed over one by one, or of one that
   * goes on with what the one before it gave.
   */
  runsElement(node: FunctionNode, call: InstructionOf<"call">): boolean {
    if (call.receiver === null) return this.originOf(node, call.callee)?.isElement === true;
    const origin = this.originOf(node, call.receiver);
    if (origin?.isElement !== true) return false;
    return this.root.graph.parameters[origin.index]?.rest === true || goesOn(node, call);
  }

  /** `manager.save(entity, row)`, `db.insertInto(table)`, `knex(table)`: what a client that is handed over is asked for. */
  askedOf(
    node: FunctionNode,
    { callee, receiver, arguments: given }: InstructionOf<"call">,
    isClient: (index: number) => boolean,
  ): readonly ValueId[] {
    const origin = this.originOf(node, receiver ?? callee);
    return origin !== null && !origin.isElement && isClient(origin.index)
      ? given.slice(0, 1).map(({ value }) => value)
      : [];
  }

  /** A function inside that is not merely handed to a call: the others call it. */
  isCalledByName(node: FunctionNode): boolean {
    const found = this.makers.get(node);
    return found !== undefined && isUsedElsewhere(found.maker, found.made.out);
  }

  /** A function that the outermost function is given, also in an object (`{ work }`). */
  isGiven(node: FunctionNode, value: ValueId): boolean {
    const definition = definitionOf(node, value);
    const given =
      definition?.kind === "load" && definition.property.kind === "name" ? definition.object : value;
    return this.originOf(node, given)?.isElement === false;
  }

  /** The parameter of the outermost function that a value is, or would be without its default. */
  givenAs(node: FunctionNode, value: ValueId): number | null {
    const merged = node.definitions[value];
    const inputs = merged?.kind === "phi" ? merged.phi.inputs.map((input) => input.value) : [value];
    for (const input of inputs) {
      const origin = this.originOf(node, input);
      if (origin?.isElement === false) return origin.index;
    }
    return null;
  }

  /** The property of a parameter of the outermost function that a value is: `job.topic`, also taken apart. */
  memberOf(node: FunctionNode, value: ValueId): DecidingParameter | null {
    const definition = definitionOf(node, value);
    if (definition?.kind !== "load" || definition.property.kind !== "name") return null;
    const origin = this.originOf(node, definition.object);
    return origin === null || origin.isElement || this.root.graph.parameters[origin.index]?.rest === true
      ? null
      : { index: origin.index, isRest: false, member: definition.property.name };
  }

  /** The parameter of the outermost function that a value is, or is an element of. */
  originOf(node: FunctionNode, value: ValueId, depth = 0): Origin | null {
    const definition = depth > deepest ? null : definitionOf(node, value);
    const element = (list: Origin | null): Origin | null => list && { ...list, isElement: true };
    switch (definition?.kind) {
      case "parameter":
        return node === this.root
          ? { index: definition.index, isElement: false }
          : element(this.listOf(node, depth + 1));
      case "capture": {
        const made = this.makers.get(node);
        const captured = made?.made.captures[definition.slot];
        return made === undefined || captured === undefined
          ? null
          : this.originOf(made.maker, captured, depth + 1);
      }
      case "iterate":
        return element(this.originOf(node, definition.object, depth + 1));
      case "array": {
        const copied = copiedWhole(node, definition.out);
        return copied === null ? null : this.originOf(node, copied, depth + 1);
      }
      // The same elements, in another order or fewer of them, or as a set; parts of a text.
      case "call":
        if (definition.new && definition.name === "Set" && definition.arguments[0] !== undefined)
          return this.originOf(node, definition.arguments[0].value, depth + 1);
        return definition.receiver !== null &&
          /\.(?:toReversed|reverse|slice|filter|split)$/u.test(definition.name)
          ? this.originOf(node, definition.receiver, depth + 1)
          : null;
      case "load":
        return definition.property.kind === "computed"
          ? element(this.originOf(node, definition.object, depth + 1))
          : null;
      default:
        return null;
    }
  }

  /** The list whose method a function is handed to as a callback. */
  private listOf(node: FunctionNode, depth: number): Origin | null {
    const found = this.makers.get(node);
    if (found === undefined) return null;
    for (const point of found.maker.uses[found.made.out] ?? []) {
      const use = found.maker.code[point];
      if (use?.kind === "call" && use.receiver !== null && !use.new)
        return this.originOf(found.maker, use.receiver, depth);
    }
    return null;
  }
}

/** `(gathered, step) => step.run(gathered)` */
function goesOn(node: FunctionNode, { receiver, arguments: given }: InstructionOf<"call">): boolean {
  const isParameter = (value: ValueId, index: number): boolean => {
    const definition = definitionOf(node, value);
    const awaited = definition?.kind === "await" ? definitionOf(node, definition.value) : definition;
    return awaited?.kind === "parameter" && awaited.index === index;
  };
  return receiver !== null && isParameter(receiver, 1) && given.some(({ value }) => isParameter(value, 0));
}

function isUsedElsewhere(maker: FunctionNode, value: ValueId): boolean {
  return (maker.uses[value] ?? []).some((point) => {
    const use = maker.code[point];
    if (use?.kind === "declare" || use?.kind === "cast") return isUsedElsewhere(maker, use.out);
    return use?.kind !== "call" || use.callee === value;
  });
}

type Made = Extract<Instruction, { kind: "function" }>;

/** The value was there before the call: a field, a captured variable, a variable of the module; or may have been. */
function isKept(node: FunctionNode, value: ValueId, depth = 0): boolean {
  const merged = node.definitions[value];
  if (merged?.kind === "phi")
    return depth < deepest && merged.phi.inputs.some((input) => isKept(node, input.value, depth + 1));
  const definition = definitionOf(node, value);
  return definition !== null && /^(?:load|capture|cell-read|import-read|box-read)$/u.test(definition.kind);
}
