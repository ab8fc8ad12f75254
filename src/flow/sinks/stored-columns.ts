import type { Address, Role } from "../../contracts/model.js";
import type { AccessPath } from "../paths/access-path.js";
import { isElement } from "../points-to/alias-names.js";
import { foldValues } from "../constants/constants.js";
import { foldParts, valuesAt } from "../models/address-values.js";
import { meantNames } from "../models/asked-names.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { ModelAt } from "../program/model-at.js";
import { namesInPath } from "../stores/column-paths.js";
import { pathsSetTo } from "../stores/update-expressions.js";

type StoreRole = Extract<Role, { kind: "store" }>;

/** What a value is called in what is stored: `name` of a row, `profile` and `name` of one in it. */
export function columnsOf({ components }: AccessPath): readonly string[] {
  return components.filter((each) => !isElement(each));
}

/** The one column that data goes into as the call says: `hset(key, "name", child.name)`; none where it names none, or one that is not known. */
function columnNamed(
  pointsTo: PointsTo,
  site: CallSite,
  { column, part }: StoreRole,
  names: readonly string[],
): readonly string[] {
  if (column == null) return [];
  const all = [...(part == null ? [] : [part]), column].map((each) =>
    foldParts(pointsTo, site, [each], names),
  );
  return all.some((name) => name === "" || name.includes("*")) ? [] : all;
}

/** What data at an address is called in what is stored, as far as the call says it. */
export function columnsAt(
  pointsTo: PointsTo,
  site: CallSite,
  match: ModelAt,
  store: StoreRole,
  address: Address,
  path: AccessPath,
): readonly string[] {
  return [
    ...columnNamed(pointsTo, site, store, match.names),
    ...columnsSet(pointsTo, site, match, address, path),
  ];
}

/** What an expression names by a word of its own goes where the expression says. */
function columnsSet(
  pointsTo: PointsTo,
  site: CallSite,
  { package: { paths }, names }: ModelAt,
  address: Address,
  path: AccessPath,
): readonly string[] {
  const columns = columnsOf(path);
  const [first, ...below] = columns;
  if (first?.startsWith(":") !== true) return columns;
  const [role] = paths
    .flatMap(({ roles }) => roles)
    .filter((each) => each.kind === "erase")
    .filter(({ updates, values }) => updates != null && values?.text === address.text);
  if (role?.updates == null) return columns;
  const texts = foldValues(pointsTo, valuesAt(pointsTo, site, role.updates, names));
  const objects = role.meant == null ? [] : valuesAt(pointsTo, site, role.meant, names);
  const set = texts.flatMap((text) =>
    pathsSetTo(text, first).flatMap((each) => meantNames(pointsTo, namesInPath(each), objects)),
  );
  return set.length === 0 ? columns : [...set, ...below];
}
