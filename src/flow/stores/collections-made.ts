/** Which collections a reference is to that a call makes, by its path: `collection(db, "a", id, "b")`, `parent.doc(id)`. */
import type { Address, Role } from "../../contracts/model.js";
import { foldIn, foldValues } from "../constants/constants.js";
import { operandsOfSite, valuesAt } from "../models/address-values.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { ReadValues } from "../program/read-values.js";
import { collectionAt, groupOf, nodeAt, type PathStart } from "./path-names.js";

type AboutRole = Extract<Role, { kind: "about" }>;

/** More alternatives than this are not told apart. */
const mostAlternatives = 8;

export function collectionsMade(
  pointsTo: PointsTo,
  site: CallSite,
  role: AboutRole & { readonly path: NonNullable<AboutRole["path"]> },
  names: readonly string[],
  /** The collections that a value is a reference to; null: that is being asked already. */
  namesOf: (value: AbstractValue) => readonly string[] | null,
  read?: ReadValues,
): readonly string[] {
  const texts = pathsAt(pointsTo, site, role.entity, names, read);
  if (role.path === "group") return texts.flatMap((text) => groupOf(text) ?? []);
  const starts = startsAt(pointsTo, site, role, names, namesOf, read);
  const { path: end } = role;
  if (end === "around") return [];
  const nameAt = (start: PathStart, text: string): string | null =>
    end === "node" ? nodeAt(start, text) : collectionAt(start, text, end);
  const found = starts.flatMap((start) => texts.flatMap((text) => nameAt(start, text) ?? []));
  return [...new Set(found)].sort();
}

export function startsAt(
  pointsTo: PointsTo,
  site: CallSite,
  { within, root }: Pick<AboutRole, "within" | "root">,
  names: readonly string[],
  namesOf: (value: AbstractValue) => readonly string[] | null,
  read: ReadValues | undefined,
): readonly PathStart[] {
  if (within === null) return [{ kind: "root" }];
  const found = new Map<string, PathStart>();
  let isAsked = false;
  for (const value of valuesAt(pointsTo, site, within, names, read)) {
    const around = namesOf(value);
    isAsked ||= around === null;
    for (const name of around ?? []) found.set(name, { kind: "in", name });
    if (around?.length === 0 && isRoot(value, root)) found.set("", { kind: "root" });
  }
  return found.size > 0 || isAsked ? [...found.values()] : [{ kind: "unknown" }];
}

/** It is of the type that no path leads to, since all begin there. */
function isRoot(value: AbstractValue, root: readonly string[]): boolean {
  return value.kind === "foreign" && value.path.length === 1 && root.includes(value.path[0] ?? "");
}

/** The parts, one behind the other; arguments of which there may be any number are a part each. */
function pathsAt(
  pointsTo: PointsTo,
  site: CallSite,
  addresses: readonly Address[],
  names: readonly string[],
  read: ReadValues | undefined,
): readonly string[] {
  const fold = (values: Iterable<AbstractValue>): readonly string[] =>
    read === undefined ? foldValues(pointsTo, values) : foldIn(pointsTo, values, read);
  const parts = addresses.flatMap(({ root, ...address }): (readonly string[])[] => {
    if (root.kind !== "arguments") return [fold(valuesAt(pointsTo, site, { root, ...address }, names, read))];
    const { arguments: all } = operandsOfSite(site);
    return all
      .slice(root.from)
      .map(({ value, spread }) =>
        spread
          ? ["*"]
          : fold(read === undefined ? pointsTo.valuesOf(site.caller, value) : read(site.caller, value)),
      );
  });
  let paths: readonly string[] = [""];
  for (const part of parts) {
    paths = paths.flatMap((path) => part.map((each) => `${path}/${each}`));
    if (paths.length > mostAlternatives) return ["*"];
  }
  return paths;
}

/** What a reference has led out of: it is to the document in which its collection lies. */
export function liesAround({ catalogue }: PointsTo, value: AbstractValue): boolean {
  return (
    value.kind === "foreign" &&
    catalogue
      .match(value.module, value.path, "type")
      .some(({ model }) => model.roles.some((role) => role.kind === "about" && role.path === "around"))
  );
}
