/** What is known of packages: their models, as `child-privacy models` shows them. */
import type { Address, Condition, PackageModel, PathModel, Role } from "../contracts/model.js";
import type { TextTable } from "./messages/text-table.js";
import { wrapText } from "./wrap-text.js";

/** `npm:pg` → `pg` */
export function shownName(module: string): string {
  return module.replace(/^(?:npm|node|file):/u, (scheme) => (scheme === "node:" ? scheme : ""));
}

/** A line a package; ends with a line break. */
export function renderModelList(models: readonly PackageModel[], texts: TextTable): string {
  const rows = models
    .map((model) => ({
      name: [model.module, ...model.aliases].map(shownName).join(", ") + rangeOf(model),
      said: sayPackage(model, texts),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const width = Math.min(40, Math.max(...rows.map(({ name }) => name.length)));
  return rows.map(({ name, said }) => `${name.padEnd(width)}  ${said}\n`).join("");
}

function sayPackage({ company, paths }: PackageModel, { models }: TextTable): string {
  return [
    ...(paths.length === 0 ? [] : [models.paths(paths.length)]),
    ...(company === null ? [] : [models.company(company.name, models.roles[company.role])]),
  ].join("; ");
}

function rangeOf({ versions }: PackageModel): string {
  return versions === null ? "" : ` ${versions}`;
}

/** Everything that is known of some packages: each path with its roles; ends with a line break. */
export function renderModels(models: readonly PackageModel[], texts: TextTable, width: number): string {
  return models.map((model) => renderModel(model, texts, Math.max(60, Math.min(width, 120)))).join("\n");
}

function renderModel(model: PackageModel, texts: TextTable, width: number): string {
  const { company, place, extends: kin = {} } = model;
  const words = texts.models;
  const head = [
    `${[model.module, ...model.aliases].map(shownName).join(", ")}${rangeOf(model)}  (${place.file}:${String(place.line)})`,
    ...(company === null
      ? []
      : [
          `  ${words.company(company.name, words.roles[company.role])}`,
          ...(company.aliases.length === 0 ? [] : [`  ${words.aliases(company.aliases)}`]),
          ...(company.hosts.length === 0 ? [] : [`  ${words.hosts(company.hosts)}`]),
        ]),
    ...Object.entries(kin).map(([type, others]) => `  ${words.extends(type, others)}`),
  ];
  return `${[...head, ...model.paths.flatMap((path) => renderPath(path, width))].join("\n")}\n`;
}

function renderPath({ text, form, when, roles }: PathModel, width: number): string[] {
  const conditions = when.length === 0 ? "" : `  when ${when.map(conditionWords).join(" and ")}`;
  return [
    `  ${text}${form === "call" ? "" : ` (${form})`}${conditions}`,
    ...roles.flatMap((role) =>
      wrapText(roleWords(role), width - 8).map((line, index) => `${" ".repeat(index === 0 ? 4 : 8)}${line}`),
    ),
  ];
}

/** `store: medium database, data arg0.data, target name0`, in the words of the grammar. */
function roleWords({ kind, ...rest }: Role): string {
  const parts = Object.entries(rest).flatMap(([key, value]: [string, unknown]) => {
    const words = valueWords(value);
    return words === "" ? [] : [`${key} ${words}`];
  });
  return parts.length === 0 ? kind : `${kind}: ${parts.join(", ")}`;
}

/** Longer lists, and what lies deeper, stand in the model's file. */
const shownAtOnce = 3;

/** What is not said is left out. */
function valueWords(value: unknown, depth = 0): string {
  if (value === null || value === undefined || value === false) return "";
  if (Array.isArray(value)) {
    const words = value.map((each) => valueWords(each, depth)).filter((each) => each !== "");
    const rest = words.length - shownAtOnce;
    const shown = rest > 0 ? [...words.slice(0, shownAtOnce), `… (+${String(rest)})`] : words;
    return words.length > 1 ? `[${shown.join(", ")}]` : words.join("");
  }
  if (typeof value !== "object") return JSON.stringify(value).replaceAll('"', "");
  if (isAddress(value)) return value.text;
  if ("parts" in value)
    return (value.parts as readonly unknown[]).map((part) => valueWords(part, depth)).join(" + ");
  if (depth > 0) return "{…}";
  const inner = Object.entries(value).flatMap(([key, each]: [string, unknown]) => {
    const words = valueWords(each, depth + 1);
    return words === "" ? [] : [`${key} ${words}`];
  });
  return inner.length === 0 ? "" : `{ ${inner.join(", ")} }`;
}

function isAddress(value: object): value is Address {
  return "text" in value && "root" in value && typeof value.text === "string";
}

function conditionWords(condition: Condition): string {
  switch (condition.kind) {
    case "equals":
      return `${condition.address.text} is ${condition.values.map((value) => JSON.stringify(value)).join(" or ")}`;
    case "matches":
      return `${condition.address.text} matches ${condition.pattern}`;
    case "present":
    case "absent":
      return `${condition.address.text} is ${condition.kind}`;
    case "type":
      return `${condition.address.text} is of type ${condition.type}`;
    case "is":
      return `${condition.address.text} is ${condition.keys.join(" or ")}`;
    case "arity":
      return condition.max === Infinity
        ? `${String(condition.min)} or more arguments`
        : `${String(condition.min)} to ${String(condition.max)} arguments`;
  }
}
