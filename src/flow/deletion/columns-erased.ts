/** Columns that a call takes out by their names: `{ $unset: { phone: 1 } }`, `"REMOVE phone"`. */
import type { Address, Role } from "../../contracts/model.js";
import { foldValues } from "../constants/constants.js";
import { valuesAt } from "../models/address-values.js";
import { meantNames } from "../models/asked-names.js";
import type { SiteModels } from "../models/site-models.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { namesInPath } from "../stores/column-paths.js";
import { changesIn } from "../stores/update-expressions.js";
import { isFixed } from "./fixed-values.js";
import { type GivenOperand, givenOperands } from "./given-operands.js";
import { isHiding } from "./hiding-values.js";
import type { Overwritten } from "./overwritten-columns.js";
import { OwnLists } from "./own-lists.js";

interface Asked {
  readonly pointsTo: PointsTo;
  readonly models: SiteModels;
}

type EraseRole = Extract<Role, { kind: "erase" }>;

export function columnsErased(
  asked: Asked,
  site: CallSite,
  role: EraseRole,
  names: readonly string[],
): Overwritten {
  const { pointsTo } = asked;
  const erased = new Set(role.data.flatMap((address) => namedAt(pointsTo, site, address, names)));
  const hiding = new Set<string>();
  const lists = new OwnLists(asked, site, role, names);
  if (role.updates != null)
    for (const text of foldValues(pointsTo, valuesAt(pointsTo, site, role.updates, names)))
      for (const { column, value } of changesIn(text)) {
        const name = meant(pointsTo, site, role, names, namesInPath(column)).join(".");
        const given = value === null ? [] : givenFor(asked, site, role, value);
        if (given.some(([node, each]) => isHiding(name, node, each))) hiding.add(name);
        else if (value !== null && (given.length === 0 || !given.every(isErasing(asked, lists, name))))
          continue;
        else erased.add(name);
      }
  erased.delete("*");
  return { erased: [...erased].sort(), hiding: [...hiding].sort() };
}

/** By the keys of an object, or as texts. */
function namedAt(
  pointsTo: PointsTo,
  site: CallSite,
  address: Address,
  names: readonly string[],
): readonly string[] {
  return valuesAt(pointsTo, site, address, names).flatMap((value) =>
    value.kind === "object"
      ? [...pointsTo.fieldsOf(value)].flatMap(([key, { values }]) =>
          isListKey(key) ? foldValues(pointsTo, [...values]) : [key],
        )
      : foldValues(pointsTo, [value]),
  );
}

function isListKey(key: string): boolean {
  return key === "[]" || /^\d+$/u.test(key);
}

function meant(
  pointsTo: PointsTo,
  site: CallSite,
  { meant: at }: EraseRole,
  names: readonly string[],
  parts: readonly string[],
): readonly string[] {
  return meantNames(pointsTo, parts, at == null ? [] : valuesAt(pointsTo, site, at, names));
}

/** What stands for `:none`; nothing: that cannot be told. */
function givenFor(
  { pointsTo, models }: Asked,
  site: CallSite,
  { values }: EraseRole,
  name: string,
): readonly GivenOperand[] {
  if (values == null) return [];
  const step = { kind: "property", name } as const;
  return givenOperands(pointsTo, models, site, { ...values, steps: [...values.steps, step] }) ?? [];
}

/** It is always the same, or the row's own list made smaller. */
function isErasing({ pointsTo }: Asked, lists: OwnLists, column: string): (operand: GivenOperand) => boolean {
  return ([node, value]) => isFixed(pointsTo, node, value) || lists.isLess(column, node, value);
}
