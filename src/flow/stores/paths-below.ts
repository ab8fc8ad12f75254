/**
 * Of a store that is one tree, what is written at paths that stand as names in the data:
 * `update(root, { ["/players/" + id]: row, "chats/1/text": null })`. A plain name is a part of what is written itself.
 */
import type { FieldId } from "../../contracts/annotation.js";
import type { ValueId } from "../../contracts/file-graph.js";
import type { Address, Role } from "../../contracts/model.js";
import { foldIn } from "../constants/constants.js";
import { valuesAt } from "../models/address-values.js";
import type { AccessPath } from "../paths/access-path.js";
import { isHidden } from "../paths/path-components.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { writtenName } from "../points-to/property-keys.js";
import { writersOf } from "../points-to/writers.js";
import type { FunctionNode } from "../program/program.js";
import type { ReadValues } from "../program/read-values.js";
import { startsAt } from "./collections-made.js";
import { nodeAt, type PathStart } from "./path-names.js";
import type { Tables } from "./tables.js";
import { isPlainName } from "./targets-along-data.js";

/** Something that is written at a path. */
export interface PathWrite {
  /** Parts of the tree, `*` where nobody can tell which. */
  readonly targets: readonly string[];
  readonly node: FunctionNode;
  readonly value: ValueId;
  /** The path is put together, and stands in no fact. */
  readonly isComputed: boolean;
}

export interface PathsAsked {
  readonly pointsTo: PointsTo;
  readonly tables: Tables;
  readonly site: CallSite;
  readonly role: Extract<Role, { kind: "store" }>;
  readonly names: readonly string[];
  readonly read: ReadValues;
}

/** The parts of the tree that something of a field, below the data, goes to; null: to the target itself. */
export function targetsBelow(
  asked: PathsAsked,
  { components }: AccessPath,
  field: FieldId,
): readonly string[] | null {
  const [name, part] = components;
  const starts = name === undefined ? null : startsOf(asked);
  if (starts === null || name === undefined) return null;
  if (isPlainName(name)) return isPath(name, starts) ? placesOf(starts, name) : null;
  const all = pathsWritten(asked, starts).filter(({ isComputed }) => isComputed);
  const likely = all.filter((write) => mayBring(asked, write, part, field));
  const found = (likely.length > 0 ? likely : all).flatMap(({ targets }) => targets);
  return found.length === 0 ? null : [...new Set(found)];
}

export function pathsWritten(
  asked: PathsAsked,
  starts: readonly PathStart[] | null = startsOf(asked),
): readonly PathWrite[] {
  if (starts === null) return [];
  const { pointsTo, site, role, names, read } = asked;
  const writers = writersOf(pointsTo);
  const objects = role.data.flatMap((address) => valuesAt(pointsTo, site, address, names, read));
  return objects.flatMap((object): readonly PathWrite[] => {
    if (object.kind !== "object" || object.array) return [];
    const named = writers
      .ofObject(object)
      .flatMap(({ node, name, value }): PathWrite[] =>
        isPlainName(name) && isPath(name, starts)
          ? [{ targets: placesOf(starts, name), node, value, isComputed: false }]
          : [],
      );
    const stored = writers.unnamedIn(object).flatMap(({ node, point, value }): Pair[] => {
      const instruction = node.code[point];
      return instruction?.kind === "store" && instruction.property.kind === "computed"
        ? [{ key: { node, value: instruction.property.value }, node, value }]
        : [];
    });
    const computed = [...stored, ...pairsOf(pointsTo, object.site)].map(({ key, node, value }): PathWrite => {
      const written = writtenName(key.node, key.value);
      const texts = written === null ? foldIn(pointsTo, read(key.node, key.value), read) : [written];
      const targets = texts.flatMap((text) => placesOf(starts, text));
      return { targets, node, value, isComputed: written === null };
    });
    return [...named, ...computed];
  });
}

/** What stands in an object under a name that is put together. */
interface Pair {
  readonly key: { readonly node: FunctionNode; readonly value: ValueId };
  readonly node: FunctionNode;
  readonly value: ValueId;
}

/** `Object.fromEntries(paths.map((path) => [path, null]))`: where the object was made. */
function pairsOf(pointsTo: PointsTo, site: string): readonly Pair[] {
  const [owner, point] = site.split(":").map(Number);
  const node = pointsTo.program.functions[owner ?? -1];
  const made = node?.code[point ?? -1];
  const [list] = made?.kind === "call" && made.name === "Object.fromEntries" ? made.arguments : [];
  if (node === undefined || list === undefined) return [];
  const writers = writersOf(pointsTo);
  return [...pointsTo.valuesOf(node, list.value)]
    .flatMap((each) => [...pointsTo.fieldsOf(each)])
    .flatMap(([name, { values }]) => (name === "*" || isHidden(name) ? [] : [...values]))
    .flatMap((pair) =>
      writers
        .ofField(pair, "0")
        .flatMap((key) => writers.ofField(pair, "1").map((value): Pair => ({ key, ...value }))),
    );
}

function startsOf({ pointsTo, tables, site, role, names, read }: PathsAsked): readonly PathStart[] | null {
  const { below = [], target } = role;
  const within = target?.parts.find((part): part is Address => typeof part !== "string");
  if (below.length === 0 || within === undefined) return null;
  const namesOf = (value: AbstractValue): readonly string[] => tables.entities.namesOf(value, read);
  return startsAt(pointsTo, site, { within, root: below }, names, namesOf, read);
}

/** At the root of the tree each name is one. */
function isPath(name: string, starts: readonly PathStart[]): boolean {
  return name.includes("/") || starts.some(({ kind }) => kind === "root");
}

function placesOf(starts: readonly PathStart[], path: string): readonly string[] {
  return starts.map((start) => nodeAt(start, path) ?? "*");
}

/** Where the fact does not say what was written at which path: by the parts of what was, or by what it is read of. */
function mayBring(
  { pointsTo, read }: PathsAsked,
  { node, value }: PathWrite,
  part: string | undefined,
  field: FieldId,
): boolean {
  const definition = definitionOf(node, originOf(node, value));
  if (definition?.kind === "constant") return false;
  const { names, fields } = pointsTo.annotations;
  const loaded =
    definition?.kind === "load" && definition.property.kind === "name" ? definition.property.name : "";
  // What is read of another marked field is that.
  if (names.has(loaded) && loaded !== fields.get(field)?.name.split(".").at(-1)) return false;
  const values = [...read(node, value)];
  if (values.length === 0) return true;
  return values.some((each) =>
    part === undefined ? each.kind !== "object" : !isPlainName(part) || mayHave(pointsTo, each, part),
  );
}

/** It is written so, or may be, as it takes over what another object has. */
function mayHave(pointsTo: PointsTo, value: AbstractValue, name: string): boolean {
  if (value.kind !== "object") return true;
  const [owner, point] = value.site.split(":").map(Number);
  const node = pointsTo.program.functions[owner ?? -1];
  const made = node?.code[point ?? -1];
  const isWhole =
    made?.kind !== "object" ||
    node?.code.some((each) => each.kind === "copy-properties" && each.target === made.out) === true;
  const writers = writersOf(pointsTo);
  return isWhole || writers.ofField(value, name).length + writers.unnamedIn(value).length > 0;
}
