/** What a call takes away: places that a model clears, and properties that a later argument of a range replaces. */
import type { Argument, ValueId } from "../../contracts/file-graph.js";
import type { Address, Role } from "../../contracts/model.js";
import type { ModelMatch } from "../../models/catalogue.js";
import { stepPaths } from "./address-facts.js";
import { certainEntries } from "./entry-paths.js";
import { operandsOfSite } from "./address-values.js";
import { literalFrozenBy } from "../constants/frozen-literals.js";
import { surelyMade } from "../constants/surely-made.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { MadeValue } from "../program/made-value.js";
import type { FunctionNode } from "../program/program.js";
import { isGivenWith } from "../contexts/given-overlays.js";
import { isDeletedFrom } from "../heap/literal-members.js";
import { isHidden, isIndex } from "../paths/path-components.js";
import { originOf } from "../paths/value-places.js";

type FlowRole = Extract<Role, { kind: "flow" }>;

/** The places of a `clear`, as components; nothing where one of them is not known for certain. */
export function clearedPaths(
  pointsTo: PointsTo,
  site: CallSite,
  target: Address,
  names: readonly string[],
): readonly (readonly string[])[] {
  const alternatives = stepPaths(pointsTo, site, target.steps, names, certainEntries)?.alternatives ?? [];
  // Of a list each name is cleared; of a single name that may be one of several, only one is.
  const isList = target.steps.some(
    (step) =>
      step.kind === "entry" &&
      step.key.steps.some((inner) => inner.kind === "element" || inner.kind === "keys"),
  );
  if (!isList && !isOneName(target, alternatives)) return [];
  const isMeant = target.steps.some((step) => step.kind === "element" || step.kind === "any");
  return alternatives.filter(
    // An object as a key may be one of many that one place makes.
    (components) =>
      !components.some((component) => component === "=*" || component.startsWith("=@")) &&
      (isMeant || !components.some((component) => component === "[]" || component === "*")),
  );
}

/** A single name, or one however it is written. */
function isOneName({ steps }: Address, alternatives: readonly (readonly string[])[]): boolean {
  if (alternatives.length < 2) return true;
  const isCaseless = steps.some((step) => step.kind === "entry" && step.caseless === true);
  return isCaseless && new Set(alternatives.map((names) => names.join("\u0000").toLowerCase())).size === 1;
}

/** Clearing `[]` clears every element; clearing a key that key alone. */
export function isWithin(cleared: string, component: string): boolean {
  if (cleared === component || (cleared === "*" && !isHidden(component))) return true;
  return cleared === "[]" && (component.startsWith("=") || isIndex(component));
}

/** A model says that what would come back there is taken out (`omit`), or replaced by what is put there. */
export function isClearedInResult(
  pointsTo: PointsTo,
  site: CallSite,
  models: readonly Pick<ModelMatch, "model" | "names">[],
  to: Address,
  components: readonly string[],
): boolean {
  return models.some(({ model, names }) =>
    model.roles.some(
      (role) =>
        role.kind === "clear" &&
        role.target.root.kind === "return" &&
        role.places == null &&
        role.target.text !== to.text &&
        clearedPaths(pointsTo, site, role.target, names).some(
          (cleared) =>
            cleared.length <= components.length &&
            cleared.every((component, index) => component === components[index]),
        ),
    ),
  );
}

/** The operand of a range of arguments (`arg1..`) whose properties overwrite those of the ones before. */
function rangeOf(site: CallSite, from: Address): readonly Argument[] {
  if (from.root.kind !== "arguments" || from.steps.length > 0) return [];
  return operandsOfSite(site).arguments.slice(from.root.from);
}

/** Does an argument of the range after `base` certainly replace what lies at `path`? */
export function isReplacedLater(
  pointsTo: PointsTo,
  site: CallSite,
  from: Address,
  base: number,
  path: readonly string[],
): boolean {
  const range = rangeOf(site, from);
  const own = range.findIndex((argument) => argument.value === base);
  if (own === -1 || range[own]?.spread === true || path.length === 0) return false;
  return range
    .slice(own + 1)
    .some((argument) => !argument.spread && replaces(pointsTo, site.caller, argument.value, path, 0));
}

/** Does a call that writes a range of arguments into an operand replace what that has at `path`? */
export function isOverwrittenByRange(
  pointsTo: PointsTo,
  site: CallSite,
  role: FlowRole,
  base: number,
  path: readonly string[],
): boolean {
  if (path.length === 0) return false;
  const isTarget = role.to.some(
    (to) =>
      to.steps.length === 0 &&
      to.root.kind === "argument" &&
      operandsOfSite(site).arguments[to.root.index]?.value === base,
  );
  if (!isTarget) return false;
  return role.from.some((from) =>
    rangeOf(site, from).some(
      (argument) =>
        !argument.spread &&
        argument.value !== base &&
        replaces(pointsTo, site.caller, argument.value, path, 0),
    ),
  );
}

/** The value is an object that has the property for certain: what it is spread over has none of its own left. */
export function writesOver(
  pointsTo: PointsTo,
  user: FunctionNode,
  value: ValueId,
  name: string,
  depth = 0,
  isAwaited = false,
): boolean {
  if (isGivenWith(pointsTo, user, value, name)) return true;
  if ([...pointsTo.valuesOf(user, value)].some((object) => isDeletedFrom(pointsTo, object, name)))
    return false;
  const made = surelyMade(pointsTo, user, value);
  if (made === null) return false;
  const literal = literalOf(made);
  if (literal === null) return isAlwaysMadeWith(pointsTo, made.node, made.value, name, depth, isAwaited);
  return isLaidOutWith(pointsTo, literal, name, depth);
}

/** The literal is written out with the property, or copies something into itself that has it. */
function isLaidOutWith(pointsTo: PointsTo, literal: MadeValue, name: string, depth: number): boolean {
  const { node, value } = literal;
  if (valuesWritten(node, value, name).length > 0) return true;
  return (node.uses[value] ?? []).some((point) => {
    const copy = node.code[point];
    return (
      copy?.kind === "copy-properties" &&
      copy.target === value &&
      depth <= deepest &&
      writesOver(pointsTo, node, copy.source, name, depth + 1)
    );
  });
}

/** The literal that something is made as, also where that is frozen at once. */
function literalOf({ node, value }: MadeValue): MadeValue | null {
  const definition = node.definitions[value];
  if (definition?.kind !== "instruction") return null;
  return definition.instruction.kind === "object" ? { node, value } : literalFrozenBy(node, value);
}

const deepest = 4;

/** A function of the program gives an object back that it has made with the property, whichever way it takes. */
function isAlwaysMadeWith(
  pointsTo: PointsTo,
  node: FunctionNode,
  value: ValueId,
  name: string,
  depth: number,
  isAwaited: boolean,
): boolean {
  const definition = node.definitions[originOf(node, value)];
  if (definition === undefined || depth > deepest) return false;
  const again = (owner: FunctionNode, other: ValueId, awaited = isAwaited): boolean =>
    writesOver(pointsTo, owner, other, name, depth + 1, awaited);
  if (definition.kind === "phi") return definition.phi.inputs.every((input) => again(node, input.value));
  const { instruction, point } = definition;
  if (instruction.kind === "await") return again(node, instruction.value, true);
  const site = instruction.kind === "call" ? pointsTo.findSite(node, point) : undefined;
  if (site === undefined || site.edges.size === 0 || site.foreign.size > 0) return false;
  return [...site.edges.values()].every(({ callee, shape }) => {
    const ends = callee.graph.blocks.flatMap(({ end }) => (end.kind === "return" ? [end.value] : []));
    return (
      shape === "call" &&
      !callee.graph.generator &&
      // A promise that is spread has no properties.
      (isAwaited || !callee.graph.async) &&
      ends.length > 0 &&
      ends.every((end) => end !== null && again(callee, end))
    );
  });
}

/** What a literal is written out with under a name, in order. */
function valuesWritten(node: FunctionNode, literal: ValueId, name: string): readonly ValueId[] {
  return (node.uses[literal] ?? []).flatMap((point) => {
    const store = node.code[point];
    return store?.kind === "store" &&
      store.object === literal &&
      store.initial &&
      store.accessor === undefined &&
      store.property.kind === "name" &&
      store.property.name === name
      ? [store.value]
      : [];
  });
}

/** The value is a literal that has the property; of two objects there it may be merged into the deeper levels count. */
function replaces(
  pointsTo: PointsTo,
  user: FunctionNode,
  value: ValueId,
  path: readonly string[],
  index: number,
): boolean {
  const name = path[index];
  if (name === undefined) return false;
  if (index === path.length - 1) return writesOver(pointsTo, user, value, name);
  const made = surelyMade(pointsTo, user, value);
  const literal = made && literalOf(made);
  if (literal === null) return false;
  const { node } = literal;
  const last = valuesWritten(node, literal.value, name).at(-1);
  if (last === undefined) return false;
  return objectLiteral(node, last) === null
    ? isPlain(node, last)
    : replaces(pointsTo, node, last, path, index + 1);
}

/** A constant or computed text: no object that could be merged with another. */
function isPlain(node: FunctionNode, value: ValueId): boolean {
  const definition = node.definitions[value];
  return (
    definition?.kind === "instruction" && /^(?:constant|template|binary)$/u.test(definition.instruction.kind)
  );
}

function objectLiteral(node: FunctionNode, value: ValueId): ValueId | null {
  let current = value;
  for (let hops = 0; hops < 8; hops++) {
    const definition = node.definitions[current];
    if (definition?.kind !== "instruction") return null;
    const { instruction } = definition;
    if (instruction.kind === "object") return current;
    if (instruction.kind !== "declare" && instruction.kind !== "cast") return null;
    current = instruction.value;
  }
  return null;
}
