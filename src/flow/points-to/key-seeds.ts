/**
 * Names of properties that a type lists (`kind: "name" | "ward"`), where nothing else tells: of parameters that code
 * outside gives, and of what lies in them, as far as they come to where something is read or written under them.
 */
import type { Span } from "../../base/location.js";
import type { ValueId } from "../../contracts/file-graph.js";
import type { TypeReference } from "../../contracts/type-reference.js";
import { isPartGivenFromOutside } from "./given-from-outside.js";
import type { PointerNode } from "./pointer-graph.js";
import type { PointsTo } from "./points-to.js";
import type { FunctionNode } from "../program/program.js";
import { isNeverRun } from "../contexts/never-run.js";
import { seed } from "./seed-values.js";

/** Where a type may list what is given there. */
interface Candidate {
  readonly node: FunctionNode;
  readonly nameAt: Span;
  readonly target: PointerNode;
  /** It lies in what a parameter is given. */
  readonly isPart: boolean;
}

const told = new WeakMap<PointsTo, Set<PointerNode>>();

/** All that is read there from what comes from outside, its type lists. */
export function isToldByType(pointsTo: PointsTo, place: PointerNode): boolean {
  return told.get(pointsTo)?.has(place) === true;
}

function toldIn(pointsTo: PointsTo): Set<PointerNode> {
  let places = told.get(pointsTo);
  if (places === undefined) told.set(pointsTo, (places = new Set()));
  return places;
}

export function seedKeys(pointsTo: PointsTo): boolean {
  const candidates = candidatesIn(pointsTo);
  const leading = leadingToKeys(pointsTo, candidates);
  let seeded = false;
  for (const { node, nameAt, target, isPart } of candidates) {
    if (!leading.has(target)) continue;
    const literals = pointsTo.resolver.literalsAt?.(node.file, nameAt) ?? [];
    if (
      !seed(
        pointsTo,
        target,
        literals.map((literal) => pointsTo.values.constant(literal)),
      )
    )
      continue;
    seeded = true;
    if (isPart) toldIn(pointsTo).add(target);
  }
  return seeded;
}

function candidatesIn(pointsTo: PointsTo): readonly Candidate[] {
  const found: Candidate[] = [];
  for (const node of pointsTo.program.functions) {
    if (isNeverRun(pointsTo, node)) continue;
    for (const { index, type, rest, nameAt } of node.graph.parameters) {
      const target = pointsTo.parameterNode(node, index);
      if (type !== null && !rest && mayListNames(type) && target.isEmpty)
        found.push({ node, nameAt, target, isPart: false });
    }
    for (const each of node.code) {
      const nameAt =
        each.kind === "load" && each.property.kind === "name"
          ? each.nameAt
          : each.kind === "iterate" && each.mode === "of"
            ? declaredAt(node, each.out)
            : null;
      if (nameAt === null || (each.kind !== "load" && each.kind !== "iterate")) continue;
      const target = pointsTo.valueNode(node, each.out);
      if (target.isEmpty && isPartGivenFromOutside(pointsTo, node, each.object))
        found.push({ node, nameAt, target, isPart: true });
    }
  }
  return found;
}

function mayListNames({ kind }: TypeReference): boolean {
  return (
    kind !== "keyword" && kind !== "function" && kind !== "object" && kind !== "array" && kind !== "tuple"
  );
}

function declaredAt(node: FunctionNode, value: ValueId): Span | null {
  for (const point of node.uses[value] ?? []) {
    const use = node.code[point];
    if (use?.kind === "declare" && use.value === value) return use.nameAt;
  }
  return null;
}

/** Those of which a value may come to where it names a property. */
function leadingToKeys(pointsTo: PointsTo, candidates: readonly Candidate[]): ReadonlySet<PointerNode> {
  const { keys, received } = keysIn(pointsTo);
  const found = new Set<PointerNode>();
  if (keys.size === 0 || candidates.length === 0) return found;
  const before = new Map<PointerNode, PointerNode[]>();
  const ahead = new Set(candidates.map(({ target }) => target));
  for (const place of ahead)
    for (const target of [...place.targets, ...(received.get(place) ?? [])]) {
      const known = before.get(target);
      if (known === undefined) before.set(target, [place]);
      else known.push(place);
      ahead.add(target);
    }
  for (const key of keys) if (ahead.has(key)) found.add(key);
  for (const place of found) for (const each of before.get(place) ?? []) found.add(each);
  return found;
}

/** The values that name properties; and what is received for a parameter, which not all that is given comes to. */
function keysIn(pointsTo: PointsTo): {
  readonly keys: ReadonlySet<PointerNode>;
  readonly received: ReadonlyMap<PointerNode, readonly PointerNode[]>;
} {
  const keys = new Set<PointerNode>();
  const received = new Map<PointerNode, readonly PointerNode[]>();
  for (const node of pointsTo.program.functions)
    for (const each of node.code) {
      if ("property" in each && each.property.kind === "computed")
        keys.add(pointsTo.valueNode(node, each.property.value));
      if (each.kind === "parameter")
        received.set(pointsTo.parameterNode(node, each.index), [pointsTo.valueNode(node, each.out)]);
    }
  return { keys, received };
}
