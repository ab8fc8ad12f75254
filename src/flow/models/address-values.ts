/** What stands at a model's address, as abstract values: for conditions, targets, keys and options. */
import type { Instruction, ValueId } from "../../contracts/file-graph.js";
import type { Address, AddressStep } from "../../contracts/model.js";
import { isModelsOwn, unnamed } from "../../contracts/models-own.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { methodOf } from "../program/class-chain.js";
import { foldIn, foldValues } from "../constants/constants.js";
import { namedFilesOf } from "../folders/named-files.js";
import { memberOfForeign } from "../points-to/foreign-members.js";
import { givenProperties } from "../heap/given-properties.js";
import { declares, isCalled } from "./function-addresses.js";
import type { PointerNode } from "../points-to/pointer-graph.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { ClassNode, FunctionNode } from "../program/program.js";
import type { ReadValues } from "../program/read-values.js";
import { operandsOfSite } from "./site-operands.js";
import { writtenFields } from "../heap/written-fields.js";

export { operandsOfSite } from "./site-operands.js";

/** The operand values that an address is rooted at. */
export function operandsAt(site: CallSite, address: Address): readonly ValueId[] {
  const operands = operandsOfSite(site);
  const { root } = address;
  switch (root.kind) {
    case "argument": {
      const argument = operands.arguments[root.index];
      return argument === undefined ? [] : [argument.value];
    }
    case "template":
      return root.index === null
        ? operands.arguments.map((each) => each.value)
        : operands.arguments.slice(root.index, root.index + 1).map((each) => each.value);
    case "arguments":
      return operands.arguments.slice(root.from).map((each) => each.value);
    case "this":
      return operands.receiver === null ? [] : [operands.receiver];
    case "value":
      return operands.value === null ? [] : [operands.value];
    default:
      return [];
  }
}

export type { ReadValues } from "../program/read-values.js";

export function valuesAt(
  pointsTo: PointsTo,
  site: CallSite,
  address: Address,
  names: readonly string[] = [],
  read?: ReadValues,
): readonly AbstractValue[] {
  const roots = rootValues(pointsTo, site, address, names, read ?? readerOf(pointsTo));
  return valuesFrom(pointsTo, site, roots, address, read, names);
}

function readerOf(pointsTo: PointsTo): ReadValues {
  return (node, value) => pointsTo.valuesOf(node, value);
}

/** What stands at an address whose root is known to be one of some values. */
export function valuesFrom(
  pointsTo: PointsTo,
  site: CallSite,
  roots: readonly AbstractValue[],
  address: Address,
  read?: ReadValues,
  names: readonly string[] = [],
): readonly AbstractValue[] {
  // A method that was taken out of its object ends no chain.
  const isTaken = address.root.kind === "this" && operandsOfSite(site).receiver === null;
  let current = isTaken && address.steps[0]?.kind === "chain" ? [] : roots;
  let entries: readonly AbstractValue[] = [];
  address.steps.forEach((step, index) => {
    const next = address.steps[index + 1];
    const put = entries;
    entries =
      next === undefined ? [] : entriesNamed(pointsTo, current, step, namedStep(site, next, names), next);
    current = [...stepValues(pointsTo, site, current, namedStep(site, step, names), read, next), ...put];
  });
  return current;
}

/** What models have put under the name into a place of theirs: `schema.static("deleteOne", …)`, of `statics_[called]`. */
function entriesNamed(
  pointsTo: PointsTo,
  values: readonly AbstractValue[],
  place: AddressStep,
  named: AddressStep,
  next: AddressStep,
): readonly AbstractValue[] {
  if (place.kind !== "property" || !isModelsOwn(place.name)) return [];
  if (named.kind !== "property" || next.kind === "property") return [];
  return values.flatMap((value) => [...pointsTo.fieldNode(value, `${place.name}=${named.name}`).values]);
}

/** A step whose property is named by what is called, or by what the path's `*` stood for. */
function namedStep(site: CallSite, step: AddressStep, names: readonly string[]): AddressStep {
  if (step.kind === "called" && site.instruction.kind === "call") {
    const { name } = site.instruction;
    return { kind: "property", name: name.slice(name.lastIndexOf(".") + 1) };
  }
  if (step.kind !== "entry" || step.key.root.kind !== "name" || step.key.steps.length > 0) return step;
  return { kind: "property", name: names[step.key.root.index] ?? "" };
}

function rootValues(
  pointsTo: PointsTo,
  site: CallSite,
  { root }: Address,
  names: readonly string[],
  read: ReadValues,
): readonly AbstractValue[] {
  const operands = operandsOfSite(site);
  const of = (value: ValueId | null | undefined): readonly AbstractValue[] =>
    value === null || value === undefined || value < 0 ? [] : [...read(site.caller, value)];
  switch (root.kind) {
    case "argument":
      return of(operands.arguments[root.index]?.value);
    case "template":
      return root.index === null
        ? operands.arguments.flatMap((each) => of(each.value))
        : of(operands.arguments[root.index]?.value);
    case "arguments":
      return operands.arguments.slice(root.from).flatMap((each) => of(each.value));
    case "this":
      return operands.receiver === null ? takenFrom(pointsTo, site) : of(operands.receiver);
    case "return":
      return of(operands.out);
    case "value":
      return of(operands.value);
    case "name":
      return [pointsTo.values.constant(names[root.index] ?? "*")];
    // Of a file, not of a call; functions by their types are in the pointer graph alone.
    case "exports":
    case "type":
      return [];
    case "literal":
      return [pointsTo.values.constant(root.value)];
    case "file":
      return namedFilesOf(pointsTo)
        .runsOf(site.caller.file)
        .map((key) => pointsTo.values.constant(key));
  }
}

/** `const { register } = useForm()`: what a method was taken out of that is called by itself, or what is called. */
function takenFrom({ values }: PointsTo, { foreign, instruction }: CallSite): readonly AbstractValue[] {
  if (instruction.kind !== "call" || instruction.new) return [];
  return [...foreign].flatMap((callee) => {
    if (callee.site === null) return [];
    // What is called itself: `useStore((state) => state.name)`.
    if (callee.path.length < 2) return [callee];
    const object = values.foreign(callee.module, callee.path.slice(0, -1), callee.site);
    return object === null ? [] : [object];
  });
}

/** Steps behind which anything may stand that the value holds. */
const wholeContent: ReadonlySet<AddressStep["kind"]> = new Set([
  "element",
  "same",
  "last",
  "end",
  "any",
  "deep",
  "entry",
]);

function stepValues(
  pointsTo: PointsTo,
  site: CallSite,
  values: readonly AbstractValue[],
  step: AddressStep,
  narrowed: ReadValues | undefined,
  next: AddressStep | undefined,
): readonly AbstractValue[] {
  const read = narrowed ?? readerOf(pointsTo);
  const within = (value: AbstractValue, name: string | null): Iterable<AbstractValue> =>
    (narrowed === undefined ? null : writtenFields(pointsTo, value, name, narrowed)) ??
    pointsTo.fieldNode(value, name ?? "*").values;
  const found = new Set<AbstractValue>();
  const add = (list: Iterable<AbstractValue>): void => {
    for (const each of list) found.add(each);
  };
  if (step.kind === "file")
    add(
      namedFilesOf(pointsTo)
        .keysOf(values, site.caller)
        .map((key) => pointsTo.values.constant(key)),
    );
  if (step.kind === "chain")
    add(chainValues(pointsTo, values, step.method, step.index, step.all === true, read));
  for (const value of values) {
    if (step.kind === "property") {
      add(within(value, step.name));
      if (value.kind === "instance") {
        add(pointsTo.fieldNode(value, "[]").values);
        const method =
          next === undefined || isCalled(next) ? methodOf(pointsTo, value.class, step.name) : undefined;
        if (method !== undefined)
          found.add(pointsTo.values.function(pointsTo.instanceCopies.find(value, method)));
      }
      if (isModelsOwn(step.name))
        for (const owner of ownersOf(pointsTo, value)) add(pointsTo.fieldNode(owner, step.name).values);
      // What the program puts into a member of a package's object: `client.defaults.baseURL = url`.
      const member =
        value.kind === "foreign" && next !== undefined ? memberOfForeign(pointsTo, value, step.name) : null;
      if (member !== null) found.add(member);
    } else if (step.kind === "parameter" || step.kind === "result")
      add(partOfFunction(pointsTo, value, step).values);
    else if (step.kind === "created") add(createdValues(pointsTo, value, step.index, read));
    else if (step.kind === "maker") add(makers(pointsTo, value, read));
    else if (step.kind === "keys") add(givenProperties(pointsTo, value).flatMap(({ names }) => names));
    else if (wholeContent.has(step.kind)) add(within(value, null));
  }
  return [...found];
}

/** What a member belongs to, which models may have put something into: `client` of `client.child`. */
function ownersOf(pointsTo: PointsTo, value: AbstractValue): readonly AbstractValue[] {
  if (value.kind !== "foreign") return [];
  return value.path
    .slice(1)
    .map((_, index) => pointsTo.values.foreign(value.module, value.path.slice(0, index + 1), value.site))
    .filter((each) => each !== null);
}

/** What a function is called with, or returns. */
function partOfFunction(
  pointsTo: PointsTo,
  value: AbstractValue,
  step: Extract<AddressStep, { kind: "parameter" | "result" }>,
): PointerNode {
  if (value.kind !== "function" || !declares(value.function, step)) return pointsTo.graph.nothing;
  return step.kind === "parameter"
    ? pointsTo.parameterNode(value.function, step.index)
    : pointsTo.returnNode(value.function);
}

/** Argument `index` of the call that made a package value. */
function createdValues(
  pointsTo: PointsTo,
  value: AbstractValue,
  index: number,
  read: ReadValues,
): readonly AbstractValue[] {
  if ((value.kind !== "foreign" && value.kind !== "instance") || value.site === null) return [];
  const made = pointsTo.sites.get(value.site);
  if (made === undefined) return [];
  const given = value.kind === "instance" ? givenToParent(pointsTo, value.class, made) : made;
  const argument = operandsOfSite(given).arguments[index];
  return argument === undefined ? leftOut(pointsTo, value) : [...read(given.caller, argument.value)];
}

/** What a model says for arguments that are left out where a package's object is made: `storage.bucket()`. */
function leftOut(pointsTo: PointsTo, value: AbstractValue): readonly AbstractValue[] {
  return [...pointsTo.fieldNode(value, unnamed).values];
}

/** The functions whose call made a package value. */
function makers(pointsTo: PointsTo, value: AbstractValue, read: ReadValues): readonly AbstractValue[] {
  const made = value.kind === "foreign" && value.site !== null ? pointsTo.sites.get(value.site) : undefined;
  return made?.instruction.kind === "call" ? [...read(made.caller, made.instruction.callee)] : [];
}

/** The call that hands on to a package's class what an own class on top of it is made with. */
export function givenToParent(pointsTo: PointsTo, start: ClassNode, made: CallSite): CallSite {
  let given = made;
  const seen = new Set<ClassNode>();
  for (let current: ClassNode | undefined = start; current !== undefined && !seen.has(current);) {
    seen.add(current);
    const own: FunctionNode | undefined =
      current.graph.constructorFunction === null
        ? undefined
        : pointsTo.program.memberOf(current, current.graph.constructorFunction);
    const point = own?.code.findIndex((each) => each.kind === "super-call") ?? -1;
    if (own !== undefined && point !== -1)
      given = pointsTo.siteAt(
        pointsTo.instanceCopies.find(pointsTo.values.instance(start, made.id), own),
        point,
      );
    const created: Instruction | undefined = current.owner.code[current.point];
    const heritage = created?.kind === "class" ? created.heritage : null;
    const parents: readonly AbstractValue[] =
      heritage === null ? [] : [...pointsTo.valuesOf(current.owner, heritage)];
    current = parents.find((each) => each.kind === "class")?.class;
  }
  return given;
}

/** Argument of the last earlier call `method`, or of all of them, in the chains that lead to values. */
function chainValues(
  pointsTo: PointsTo,
  values: readonly AbstractValue[],
  method: string,
  index: number,
  all: boolean,
  read: ReadValues,
): readonly AbstractValue[] {
  const seen = new Set<string>();
  const found: AbstractValue[] = [];
  let current = values;
  while (current.length > 0) {
    const next: AbstractValue[] = [];
    for (const value of current) {
      if (value.kind !== "foreign" || value.site === null || seen.has(value.site)) continue;
      seen.add(value.site);
      const made = pointsTo.sites.get(value.site);
      if (made === undefined) continue;
      if (
        made.instruction.kind === "call" &&
        (made.instruction.name === method || made.instruction.name.endsWith(`.${method}`))
      ) {
        const argument = made.instruction.arguments[index];
        if (argument === undefined) found.push(...leftOut(pointsTo, value));
        else found.push(...read(made.caller, argument.value));
        if (!all) return found;
      }
      const { receiver } = operandsOfSite(made);
      if (receiver !== null) next.push(...read(made.caller, receiver));
    }
    current = next;
  }
  return found;
}

/** Texts and addresses of a target, folded; `*` for what is not known. */
export function foldParts(
  pointsTo: PointsTo,
  site: CallSite,
  parts: readonly (string | Address)[],
  names: readonly string[],
  read?: ReadValues,
): string {
  return parts
    .map((part) => {
      if (typeof part === "string") return part;
      const values = valuesAt(pointsTo, site, part, names, read);
      return commonText(read === undefined ? foldValues(pointsTo, values) : foldIn(pointsTo, values, read));
    })
    .join("");
}

/** More alternatives than this are told by what they have in common. */
const mostAlternatives = 8;

/** The same, each alternative by itself. */
export function foldEach(
  pointsTo: PointsTo,
  site: CallSite,
  parts: readonly (string | Address)[],
  names: readonly string[],
  read?: ReadValues,
): readonly string[] {
  const whole = parts.map((part) => {
    if (typeof part === "string") return [part];
    const values = valuesAt(pointsTo, site, part, names, read);
    return read === undefined ? foldValues(pointsTo, values) : foldIn(pointsTo, values, read);
  });
  const count = whole.reduce((all, texts) => all * texts.length, 1);
  if (count > mostAlternatives) return [foldParts(pointsTo, site, parts, names, read)];
  return whole.reduce<readonly string[]>(
    (texts, part) => texts.flatMap((text) => part.map((each) => text + each)),
    [""],
  );
}

/**
 * What alternatives have in common, up to separators: `child:a` and `child:b` are `child:*`. A setting with a default
 * (`*:pictures` or `club:pictures`) leaves what stands behind it.
 */
function commonText(texts: readonly string[]): string {
  const [first = "*", ...others] = texts;
  if (others.length === 0) return first;
  let end = 0;
  while (end < first.length && first[end] !== "*" && others.every((other) => other[end] === first[end]))
    end++;
  const prefix = /^.*[:/.]/u.exec(first.slice(0, end))?.[0] ?? "";
  const [rest = "", ...rests] = texts.map((text) => text.slice(prefix.length));
  let size = 0;
  while (size < rest.length && rests.every((other) => other.at(-1 - size) === rest.at(-1 - size))) size++;
  const suffix = size === 0 ? "" : (/[:/.].*$/u.exec(rest.slice(-size))?.[0] ?? "");
  return `${prefix}*${suffix}`;
}
