/** Columns that a call takes out by their names: `{ $unset: { phone: 1 } }`, `"REMOVE phone"`. */
import type { Address, Role } from "../../contracts/model.js";
import { foldValues } from "../constants/constants.js";
import { valuesAt } from "../models/address-values.js";
import { meantNames } from "../models/asked-names.js";
import type { SiteModels } from "../models/site-models.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { isHidingColumn } from "./deletion-names.js";
import { isFixed } from "./fixed-values.js";
import { givenOperands } from "./given-operands.js";
import type { Overwritten } from "./overwritten-columns.js";

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
  if (role.updates != null)
    for (const text of foldValues(pointsTo, valuesAt(pointsTo, site, role.updates, names)))
      for (const { column, value } of changesIn(text)) {
        const name = meant(pointsTo, site, role, names, column.split(".")).join(".");
        if (value !== null && !isConstant(asked, site, role, value)) continue;
        if (value !== null && isHidingColumn(name)) hiding.add(name);
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

interface Change {
  /** As written, a path too: `guardian.phone`. */
  readonly column: string;
  /** The name of what it is set to; null: it is removed. */
  readonly value: string | null;
}

/** The clauses of an expression that remove attributes or set them to one value. */
function changesIn(text: string): readonly Change[] {
  const clauses = text.split(/\b(SET|REMOVE|ADD|DELETE)\b/iu);
  const moved = new Set(
    clauses
      .filter((_, index) => clauses[index - 1]?.toUpperCase() === "SET")
      .flatMap((clause) => clause.split(","))
      .flatMap((part) => part.slice(part.indexOf("=")).match(/[#\w.-]+/gu) ?? []),
  );
  return clauses.flatMap((clause, index): readonly Change[] => {
    const verb = clauses[index - 1]?.toUpperCase();
    if (index % 2 === 1 || (verb !== "SET" && verb !== "REMOVE")) return [];
    return clause.split(",").flatMap((part): readonly Change[] => {
      const [, path = "", value] = /^\s*([#\w.-]+)\s*(?:=\s*(:\w+)\s*)?$/u.exec(part) ?? [];
      if (path === "" || (verb === "SET") !== (value !== undefined)) return [];
      // What is put under another name first is not gone.
      if (moved.has(path)) return [];
      return [{ column: path, value: value ?? null }];
    });
  });
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

/** `:none`, where the values say that this is always the same. */
function isConstant(asked: Asked, site: CallSite, { values }: EraseRole, name: string): boolean {
  if (values == null) return false;
  const step = { kind: "property", name } as const;
  const written = givenOperands(asked.pointsTo, asked.models, site, {
    ...values,
    steps: [...values.steps, step],
  });
  return written !== null && written.every(([node, value]) => isFixed(asked.pointsTo, node, value));
}
