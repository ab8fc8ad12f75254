/** Functions that hand out closures, or objects that hold what they are given: each call's are its own. */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { TypeReference } from "../../contracts/type-reference.js";
import type { FunctionNode, Program } from "../program/program.js";
import { definitionOf, originOf } from "../paths/value-places.js";

/**
 * A closure with captured variables is returned, stored, put into an object or kept by a package's, not merely handed to
 * a call that runs it. An object
 * of the program's own that is made of it holds it.
 */
export function handsOutClosure(program: Program, node: FunctionNode, keeping: ReadonlySet<string>): boolean {
  return node.code.some(
    (each) =>
      each.kind === "function" &&
      each.captures.length > 0 &&
      (isKept(node, each.out, keeping) || isHandedOut(program, node, each.out, new Set())),
  );
}

/** A class that is made here is handed out, or an object of it: what its methods have captured, what is static in it. */
export function handsOutClass(program: Program, node: FunctionNode): boolean {
  return node.code.some((each) => {
    if (each.kind !== "class") return false;
    const seen = new Set<ValueId>();
    const boxes = (node.uses[each.out] ?? []).flatMap((point) => {
      const use = node.code[point];
      return use?.kind === "box-write" && use.value === each.out ? [use.box] : [];
    });
    const named = node.code.flatMap((use) =>
      use.kind === "box-read" && boxes.includes(use.box) ? [use.out] : [],
    );
    return [each.out, ...named].some((value) => isHandedOut(program, node, value, seen));
  });
}

/** It is handed to a method that keeps it: `signal.addEventListener("abort", () => found.push(id))`. */
function isKept(node: FunctionNode, value: ValueId, keeping: ReadonlySet<string>): boolean {
  return (node.uses[value] ?? []).some((point) => {
    const use = node.code[point];
    if (use?.kind === "declare" || use?.kind === "cast") return isKept(node, use.out, keeping);
    return (
      use?.kind === "call" &&
      use.receiver !== null &&
      use.callee !== value &&
      keeping.has(use.name.slice(use.name.lastIndexOf(".") + 1))
    );
  });
}

/** It is returned, stored or put into an object, itself or in what is made of it. */
export function isHandedOut(
  program: Program,
  node: FunctionNode,
  value: ValueId,
  seen: Set<ValueId>,
): boolean {
  if (seen.has(value)) return false;
  seen.add(value);
  const isEnd = node.graph.blocks.some(({ end, phis }) =>
    end.kind === "return"
      ? end.value === value
      : phis.some(
          (phi) =>
            phi.inputs.some((input) => input.value === value) && isHandedOut(program, node, phi.out, seen),
        ),
  );
  if (isEnd) return true;
  return (node.uses[value] ?? []).some((point) => {
    const use = node.code[point];
    if (use?.kind === "declare" || use?.kind === "cast") return isHandedOut(program, node, use.out, seen);
    if (use?.kind === "call") return mayHold(program, node, use) && isHandedOut(program, node, use.out, seen);
    return use?.kind === "store"
      ? use.value === value
      : use?.kind === "yield" || use?.kind === "append-elements";
  });
}

/** An object that is made here of what may be called (`new AndSpec(this, other)`, `{ ...column, footer }`) is handed out. */
export function handsOutHolder(program: Program, node: FunctionNode): boolean {
  // `definePlugin(plugin)` gives back what it was given.
  const isGivenBack = node.graph.blocks.some(
    ({ end }) => end.kind === "return" && end.value !== null && isCallableParameter(node, end.value),
  );
  if (isGivenBack) return true;
  return node.code.some((each) => {
    if (each.kind === "function" && givesListened(program, node, each)) return true;
    if (each.kind === "call" && givesUnsettled(program, node, each)) return true;
    if (each.kind === "object")
      return (
        (node.uses[each.out] ?? []).some((point) => {
          const use = node.code[point];
          return (
            (use?.kind === "store" && use.object === each.out && mayBeCallable(program, node, use.value)) ||
            (use?.kind === "copy-properties" &&
              use.target === each.out &&
              mayBeCallable(program, node, use.source))
          );
        }) && isHandedOut(program, node, each.out, new Set())
      );
    if (each.kind === "array")
      return (
        (node.uses[each.out] ?? []).some((point) => {
          const use = node.code[point];
          return (
            (use?.kind === "store" && use.object === each.out && isCallableParameter(node, use.value)) ||
            (use?.kind === "append-elements" &&
              use.target === each.out &&
              isCallableParameter(node, use.source))
          );
        }) && isHandedOut(program, node, each.out, new Set())
      );
    return (
      each.kind === "call" &&
      each.new &&
      definitionOf(node, each.callee)?.kind !== "global" &&
      [each.callee, ...each.arguments.map(({ value }) => value)].some((value) =>
        mayBeCallable(program, node, value),
      ) &&
      isHandedOut(program, node, each.out, new Set())
    );
  });
}

/**
 * A closure that an object is handed has captured what is handed out: `source.on((value) => seen.set(value)); return
 * seen;`.
 */
function givesListened(program: Program, node: FunctionNode, made: InstructionOf<"function">): boolean {
  const isHeard = (node.uses[made.out] ?? []).some((point) => {
    const use = node.code[point];
    return (
      use?.kind === "call" &&
      use.callee !== made.out &&
      use.receiver !== null &&
      mayBeCallable(program, node, use.receiver)
    );
  });
  return (
    isHeard &&
    made.captures.some((captured) => {
      const definition = definitionOf(node, captured);
      const isMade = definition?.kind === "object" || (definition?.kind === "call" && definition.new);
      return isMade && isHandedOut(program, node, captured, new Set());
    })
  );
}

/** `new Promise((yes) => { resolve = yes; })` that is handed out: whoever has the function settles this one alone. */
function givesUnsettled(program: Program, node: FunctionNode, made: InstructionOf<"call">): boolean {
  const executor = made.arguments[0]?.value;
  if (!made.new || made.name !== "Promise" || executor === undefined) return false;
  const definition = definitionOf(node, executor);
  const inside = definition?.kind === "function" ? program.functionIn(node, definition.function) : undefined;
  return (
    inside?.code.some(
      (each) =>
        (each.kind === "box-write" || each.kind === "store") &&
        definitionOf(inside, each.value)?.kind === "parameter",
    ) === true && isHandedOut(program, node, made.out, new Set())
  );
}

/** The receiver, a field of it that holds functions, or a parameter whose type is a function's or has a name. */
function mayBeCallable(program: Program, node: FunctionNode, value: ValueId): boolean {
  const merged = node.definitions[originOf(node, value)];
  if (merged?.kind === "phi") return isCallableOption(node, merged.phi.inputs);
  const definition = definitionOf(node, value);
  if (definition?.kind === "load" && definition.property.kind === "name")
    return (
      definitionOf(node, definition.object)?.kind === "this" &&
      holdsFunctions(program, node, definition.property.name)
    );
  return definition?.kind === "this" || isCallableParameter(node, value);
}

/** What a call gives, also in its options, or else an object or function of its own: `{ transport = new Mailer() }`. */
function isCallableOption(node: FunctionNode, inputs: readonly { readonly value: ValueId }[]): boolean {
  const definitions = inputs.map(({ value }) => definitionOf(node, value));
  const isGiven = inputs.some(({ value }, position) => {
    const definition = definitions[position];
    return (
      isCallableParameter(node, value) || (definition?.kind === "load" && definition.property.kind === "name")
    );
  });
  return (
    isGiven &&
    definitions.some(
      (each) => each?.kind === "function" || (each?.kind === "call" && each.new) || each?.kind === "object",
    )
  );
}

/** A field whose type is a function's, or a list's of functions. */
function holdsFunctions(program: Program, node: FunctionNode, name: string): boolean {
  const home = program.homeClass(node);
  if (home === undefined) return false;
  const { constructorFunction, members } = home.graph;
  const constructor = constructorFunction === null ? undefined : program.memberOf(home, constructorFunction);
  const type =
    constructor?.graph.parameters.find((each) => each.property && each.name === name)?.type ??
    members.find((each) => each.kind === "field" && each.name.kind === "name" && each.name.name === name)
      ?.type;
  return type != null && isOfFunctions(type);
}

function isOfFunctions(type: TypeReference): boolean {
  if (type.kind === "function") return true;
  if (type.kind === "array") return isOfFunctions(type.element);
  return (type.kind === "union" || type.kind === "intersection") && type.members.some(isOfFunctions);
}

function isCallableParameter(node: FunctionNode, value: ValueId): boolean {
  const definition = definitionOf(node, value);
  if (definition?.kind !== "parameter") return false;
  const parameter = node.graph.parameters[definition.index];
  // `(...guards: Guard[])`: the list is made anew for each call.
  const { rest = false, type: written = null } = parameter ?? {};
  const type = rest && written?.kind === "array" ? written.element : written;
  return type?.kind === "function" || type?.kind === "named";
}

/** What comes of a call may hold a closure that it was given; lists are only walked by the closures they are given. */
function mayHold(program: Program, node: FunctionNode, use: InstructionOf<"call">): boolean {
  if (use.new || use.receiver === null) return definitionOf(node, use.callee)?.kind !== "global";
  const receiver = definitionOf(node, use.receiver);
  if (receiver?.kind === "this") return !givesItself(program, node, use);
  return receiver?.kind === "global" && receiver.name === "Object";
}

/** A method of the same class that gives back the object itself: `return this.bind(token, factory)`. */
function givesItself(program: Program, node: FunctionNode, { name }: InstructionOf<"call">): boolean {
  const home = program.homeClass(node);
  const called = name.slice(name.lastIndexOf(".") + 1);
  const member = home?.graph.members.find(
    (each) => each.function !== null && each.name.kind === "name" && each.name.name === called,
  );
  const method =
    home === undefined || member?.function == null ? undefined : program.memberOf(home, member.function);
  return (
    method?.graph.blocks.some(
      ({ end }) =>
        end.kind === "return" && end.value !== null && definitionOf(method, end.value)?.kind === "this",
    ) === true
  );
}
