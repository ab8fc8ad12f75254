/** What each instruction does to a fact. True: the fact itself goes on behind the instruction. */
import type { Instruction, PropertyName } from "../contracts/file-graph.js";
import type { AccessPath } from "./access-path.js";
import { accessPath, emptyPath, isIndex, isUnprinted, prepend, readPrefix } from "./access-path.js";
import { foldText } from "./constants.js";
import { incomingIndex, pending, returned } from "./fact.js";
import type { Base, Fact } from "./fact.js";
import { renderPath } from "./access-path.js";
import { propertyNames } from "./instruction-constraints.js";
import type { FunctionNode } from "./program.js";
import type { Entry, Tabulation } from "./tabulation.js";
import type { Trace } from "./trace.js";
import { source } from "./trace.js";

/** Properties that tell how much there is, not what. */
const countProperties = new Set(["length", "size", "byteLength"]);
const comparison = /^(?:===?|!==?|[<>]=?|in|instanceof)$/u;

export function transfer(
  tabulation: Tabulation,
  entry: Entry,
  point: number,
  fact: Fact,
  trace: Trace,
): boolean {
  const { node } = entry;
  const instruction = node.code[point];
  if (instruction === undefined) return true;
  const put = (base: Base, path: AccessPath, next: Trace = trace): void => {
    tabulation.put(entry, point, base, path, fact.state, next);
  };
  const copy = (from: Base, to: Base): boolean => {
    if (fact.base === from) put(to, fact.path);
    return fact.base !== to;
  };
  switch (instruction.kind) {
    case "parameter":
      put(instruction.out, fact.path);
      return true;
    case "this":
      put(instruction.out, fact.path);
      return true;
    case "arguments": {
      const index = incomingIndex(fact.base);
      if (index !== null) {
        const isRest = node.graph.parameters[index]?.rest === true;
        if (!isRest) put(instruction.out, prepend([String(index)], fact.path));
        else if (isIndex(fact.path.components[0] ?? ""))
          put(
            instruction.out,
            accessPath([String(index + Number(fact.path.components[0])), ...fact.path.components.slice(1)]),
          );
        else put(instruction.out, fact.path);
      }
      return true;
    }
    case "capture": {
      const rest = readPrefix(fact.path, [`^${String(instruction.slot)}`]);
      if (rest !== null) put(instruction.out, rest);
      return true;
    }
    case "catch":
      put(instruction.out, fact.path, tabulation.note(entry, instruction, { kind: "caught" }, trace));
      return fact.base !== pending;
    case "cast":
      return copy(instruction.value, instruction.out);
    case "declare":
      if (fact.base === instruction.value)
        put(
          instruction.out,
          fact.path,
          tabulation.note(
            entry,
            { ...instruction, at: instruction.nameAt },
            { kind: "assigned", name: instruction.name },
            trace,
          ),
        );
      return fact.base !== instruction.out;
    case "await":
      if (fact.base === instruction.value) {
        if (fact.path.components[0] === "!")
          tabulation.raise(
            entry,
            node.blockOf[point] ?? 0,
            accessPath(fact.path.components.slice(1)),
            fact.state,
            trace,
          );
        else put(instruction.out, fact.path);
      }
      return fact.base !== instruction.out;
    case "box-read":
      if (fact.base === instruction.box) {
        const rest = readPrefix(fact.path, ["<box>"]);
        if (rest !== null) put(instruction.out, rest);
      }
      return fact.base !== instruction.out;
    case "box-write":
      if (fact.base === instruction.value)
        tabulation.write(
          entry,
          point,
          instruction.box,
          ["<box>", ...fact.path.components],
          fact.state,
          trace,
        );
      return !isOverwritten(tabulation, node, instruction.box, "<box>", fact);
    case "cell-write":
      if (fact.base === instruction.value)
        publish(
          tabulation,
          entry,
          instruction.value,
          fact,
          tabulation.note(
            entry,
            instruction,
            { kind: "stored", place: instruction.cell.replace(/^\*/u, "") },
            trace,
          ),
        );
      return true;
    case "module-exports-write":
      if (fact.base === instruction.value) publish(tabulation, entry, instruction.value, fact, trace);
      return true;
    case "global-write":
      if (fact.base === instruction.value)
        tabulation.heap.publish(
          { key: `global:${instruction.name}`, prefix: [] },
          fact.path,
          fact.state,
          trace,
        );
      return true;
    case "function":
      instruction.captures.forEach((captured, slot) => {
        if (captured === fact.base) put(instruction.out, prepend([`^${String(slot)}`], fact.path));
      });
      return fact.base !== instruction.out;
    case "class":
      captureInClass(tabulation, entry, instruction, fact, trace);
      return true;
    case "load":
      return transferLoad(tabulation, entry, point, instruction, fact, trace);
    case "super-load":
      if (fact.base === -3 && instruction.property.kind === "name") {
        const rest = readPrefix(fact.path, [instruction.property.name]);
        if (rest !== null) put(instruction.out, rest);
      }
      return true;
    case "store":
      return transferStore(tabulation, entry, point, instruction, fact, trace);
    case "delete":
      return (
        instruction.property.kind !== "name" ||
        !isOverwritten(tabulation, node, instruction.object, instruction.property.name, fact)
      );
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
          reachSite(tabulation, entry, point, fact, trace);
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
        if (tabulation.pointsTo.findSite(node, point) !== undefined)
          reachSite(tabulation, entry, point, fact, trace);
      }
      return fact.base !== instruction.out;
    case "unary":
      if (
        fact.base === instruction.operand &&
        /^[+\-~]$/u.test(instruction.operator) &&
        fact.path.components.length === 0
      )
        put(instruction.out, emptyPath);
      return fact.base !== instruction.out;
    case "binary":
      if (
        (fact.base === instruction.left || fact.base === instruction.right) &&
        !comparison.test(instruction.operator) &&
        becomesText(fact.path)
      )
        put(instruction.out, emptyPath);
      if (tabulation.pointsTo.findSite(node, point) !== undefined)
        reachSite(tabulation, entry, point, fact, trace);
      return fact.base !== instruction.out;
    case "template":
      if (instruction.values.includes(fact.base) && becomesText(fact.path)) put(instruction.out, emptyPath);
      if (tabulation.pointsTo.findSite(node, point) !== undefined)
        reachSite(tabulation, entry, point, fact, trace);
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
    case "call":
    case "super-call":
    case "jsx":
      return reachSite(tabulation, entry, point, fact, trace);
    default:
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

/** Texts made of a value: itself, the elements of an array, the message of an error, what it was written out from. */
function becomesText(path: AccessPath): boolean {
  if (path.components.some(isUnprinted)) return false;
  if (path.components.includes("<text>")) return true;
  return (
    path.components.every((component) => component === "[]" || isIndex(component)) ||
    (path.components.length === 1 && path.components[0] === "message")
  );
}

function publish(tabulation: Tabulation, entry: Entry, base: Base, fact: Fact, trace: Trace): void {
  for (const place of tabulation.heap.placesOf(entry.node, base))
    tabulation.heap.publish(place, fact.path, fact.state, trace);
}

/** Methods of a class made inside a function see its variables: told by the heap, for all instances. */
function captureInClass(
  tabulation: Tabulation,
  entry: Entry,
  instruction: Extract<Instruction, { kind: "class" }>,
  fact: Fact,
  trace: Trace,
): void {
  if (fact.path.components[0]?.startsWith("^") !== true) return;
  for (const member of instruction.members) {
    if (member.value !== fact.base) continue;
    const callee = tabulation.pointsTo.program.functionOf(entry.node.file, member.function);
    if (callee !== undefined)
      tabulation.heap.publish(
        { key: `closure:${String(callee.index)}`, prefix: [] },
        fact.path,
        fact.state,
        trace,
      );
  }
}

/** The names a property may have here; `[]` where it is not known. */
export function propertyTexts(
  tabulation: Tabulation,
  { node, context }: Entry,
  property: PropertyName,
): readonly string[] {
  if (property.kind === "name") return [property.name];
  if (property.kind === "element") return ["[]"];
  const [known] = propertyNames(tabulation.pointsTo, node, property);
  if (known?.kind === "name") return [known.name];
  const inContext = tabulation.contexts.constantsIn(context, node, property.value);
  if (inContext !== null) return inContext;
  const texts = foldText(tabulation.pointsTo, node, property.value);
  return texts.some((text) => text.includes("*") || text.startsWith("env:")) ? ["[]"] : texts;
}

function transferLoad(
  tabulation: Tabulation,
  entry: Entry,
  point: number,
  instruction: Extract<Instruction, { kind: "load" }>,
  fact: Fact,
  trace: Trace,
): boolean {
  const { node } = entry;
  if (fact.base !== instruction.object) return fact.base !== instruction.out;
  const names = propertyTexts(tabulation, entry, instruction.property);
  const site = tabulation.pointsTo.findSite(node, point);
  if (site !== undefined) reachSite(tabulation, entry, point, fact, trace);
  for (const slot of receiverSlots(tabulation, node, instruction.out))
    tabulation.put(
      entry,
      point,
      instruction.out,
      prepend([`^${String(slot)}`], fact.path),
      fact.state,
      trace,
    );
  for (const name of names) {
    if (countProperties.has(name) && !ownsProperty(fact.path, name)) continue;
    const wanted = instruction.property.kind === "computed" && name === "[]" ? "*" : name;
    const rest = readPrefix(fact.path, [wanted]);
    if (rest === null) continue;
    const next =
      fact.path.components.length > 0
        ? readTrace(tabulation, entry, instruction, name, rest, fact, trace)
        : trace;
    tabulation.put(entry, point, instruction.out, rest, fact.state, next);
  }
  return fact.base !== instruction.out;
}

/** A function that is a field (`save = () => this.name`) has captured the object it is read from. */
export function receiverSlots(tabulation: Tabulation, node: FunctionNode, out: number): readonly number[] {
  const slots: number[] = [];
  for (const value of tabulation.pointsTo.valuesOf(node, out)) {
    if (value.kind !== "function" || value.function.graph.parent === null) continue;
    const parent = tabulation.pointsTo.program.functionOf(value.function.file, value.function.graph.parent);
    const slot =
      parent?.graph.kind === "field-initializer"
        ? value.function.graph.captures.findIndex((each) => each.name === "this")
        : -1;
    if (slot !== -1) slots.push(slot);
  }
  return slots;
}

/** A read of the field itself from what holds it begins the way anew: that is where the data is read. */
function readTrace(
  tabulation: Tabulation,
  entry: Entry,
  instruction: Instruction,
  name: string,
  rest: AccessPath,
  fact: Fact,
  trace: Trace,
): Trace {
  if (rest.components.length === 0 && isHeldHere(trace, entry.node))
    return source(entry.node, instruction.at, {
      kind: "reads",
      field: tabulation.fieldName(fact.state.field),
    });
  return tabulation.note(entry, instruction, { kind: "loaded", place: renderPath([name]) }, trace);
}

/** Nothing happened to the data yet but being held by a variable of this function. */
function isHeldHere(trace: Trace, node: FunctionNode): boolean {
  let current = trace;
  while (
    current.kind === "step" &&
    (current.note.kind === "assigned" || current.note.kind === "loaded") &&
    current.node === node
  )
    current = current.previous;
  return (
    current.kind === "source" &&
    current.node === node &&
    (current.note.kind === "holds" || (current.note.kind === "reads" && current === trace))
  );
}

function ownsProperty(path: AccessPath, name: string): boolean {
  return path.components[0] === name;
}

function transferStore(
  tabulation: Tabulation,
  entry: Entry,
  point: number,
  instruction: Extract<Instruction, { kind: "store" }>,
  fact: Fact,
  trace: Trace,
): boolean {
  const { node } = entry;
  const names = propertyTexts(tabulation, entry, instruction.property);
  if (
    instruction.property.kind === "computed" &&
    fact.base === instruction.property.value &&
    fact.path.components.length === 0
  )
    tabulation.write(entry, point, instruction.object, ["<keys>"], fact.state, trace);
  if (fact.base === instruction.value) {
    for (const written of names) {
      const name = instruction.accessor === undefined ? written : `${instruction.accessor} ${written}`;
      const note = instruction.initial
        ? trace
        : tabulation.note(entry, instruction, { kind: "stored", place: renderPath([name]) }, trace);
      tabulation.write(entry, point, instruction.object, [name, ...fact.path.components], fact.state, note);
    }
  }
  if (
    tabulation.pointsTo.findSite(node, point) !== undefined ||
    isForeignTarget(tabulation, node, instruction.object)
  ) {
    if (!reachSite(tabulation, entry, point, fact, trace)) return false;
  }
  const [only] = names;
  return (
    only === undefined ||
    names.length > 1 ||
    only === "[]" ||
    !isOverwritten(tabulation, node, instruction.object, only, fact)
  );
}

function isForeignTarget(tabulation: Tabulation, node: FunctionNode, object: number): boolean {
  for (const value of tabulation.pointsTo.valuesOf(node, object)) if (value.kind === "foreign") return true;
  return false;
}

/** The write certainly replaces the part of the object that the fact is about. */
function isOverwritten(
  tabulation: Tabulation,
  node: FunctionNode,
  object: number,
  name: string,
  fact: Fact,
): boolean {
  if (fact.path.components.length === 0) return false;
  return tabulation.aliases.placesOf(node, object).some((place) => {
    if (!place.certain || place.base !== fact.base) return false;
    const { components } = place.path;
    return (
      components.length < fact.path.components.length &&
      components.every(
        (component, index) => component === fact.path.components[index] && component !== "[]",
      ) &&
      fact.path.components[components.length] === name
    );
  });
}

function reachSite(tabulation: Tabulation, entry: Entry, point: number, fact: Fact, trace: Trace): boolean {
  return tabulation.reach(entry, point, fact, trace);
}
