/**
 * Reads a template of a cloud's stack (CloudFormation, SAM, `serverless.yml`) for the stores whose content ends by
 * itself, or that keep earlier versions of it, under the names by which code knows them: their own, or the environment variable that holds it.
 */
import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node, type YAMLMap } from "yaml";
import type { Medium } from "../../contracts/vocabulary.js";
import { stackKinds, type StackKind } from "./stack-kinds.js";

/** What lies at one of the targets ends by itself, or what is deleted there stays as an earlier version. */
interface StackExpiry {
  readonly medium: Medium;
  readonly ends: boolean;
  /** Folded as in code, `env:DIARIES` for what a variable names. */
  readonly targets: readonly string[];
  /** Null: when what lies there says. */
  readonly seconds: number | null;
  readonly kind: string;
  /** 1-based. */
  readonly line: number;
}

type Mapping = YAMLMap;

const secondsOfDay = 86_400;
const mostRounds = 5;

export function readStack(text: string): StackExpiry[] {
  if (!Object.keys(stackKinds).some((kind) => text.includes(kind))) return [];
  const lines = new LineCounter();
  // Tags such as `!Ref` are read as what they stand before; a warning is no error.
  const document = parseDocument(text, { lineCounter: lines, logLevel: "silent" });
  return isMap(document.contents) ? new StackReader(document.contents, lines).read() : [];
}

class StackReader {
  private readonly resources = new Map<string, Mapping>();
  private readonly variables: { readonly name: string; readonly holds: string }[] = [];

  constructor(
    private readonly root: Mapping,
    private readonly lines: LineCounter,
  ) {}

  read(): StackExpiry[] {
    this.visit(this.root, 0);
    return [...this.resources].flatMap(([id, resource]) => {
      const kind = textOf(resource.get("Type", true));
      const described = kind === null ? undefined : stackKinds[kind];
      const properties = resource.get("Properties", true);
      if (kind === null || described === undefined || !isMap(properties)) return [];
      const names = this.namesOf(id, properties, described);
      const line = this.lines.linePos(properties.range?.[0] ?? 0).line;
      const { medium } = described;
      const ends = endsOf(properties, described).map(({ prefix, seconds }) => ({
        medium,
        ends: true,
        targets: names.map((name) => (prefix === "" ? name : `${name}/${prefix}`)),
        seconds,
        kind,
        line,
      }));
      return keepsVersions(properties, described)
        ? [...ends, { medium, ends: false, targets: names, seconds: null, kind, line }]
        : ends;
    });
  }

  /** Finds the resources, and the variables that functions are given, wherever they stand. */
  private visit(node: unknown, depth: number): void {
    if (depth > 40) return;
    if (isSeq(node)) for (const item of node.items) this.visit(item, depth + 1);
    if (!isMap(node)) return;
    for (const { key, value } of node.items) {
      const name = textOf(key);
      if (isMap(value) && name !== null) {
        if (value.has("Type") && value.has("Properties")) this.resources.set(name, value);
        if (/^(?:environment|variables)$/iu.test(name)) this.readVariables(value);
      }
      this.visit(value, depth + 1);
    }
  }

  private readVariables(variables: Mapping): void {
    for (const { key, value } of variables.items) {
      const name = textOf(key);
      const holds = this.identityOf(value);
      if (name !== null && holds !== null) this.variables.push({ name, holds });
    }
  }

  private namesOf(id: string, properties: Mapping, { name }: StackKind): string[] {
    const own = this.identityOf(properties.get(name, true));
    const known = new Set([`@${id}`, ...(own === null ? [] : [own])]);
    const names = this.variables.filter(({ holds }) => known.has(holds)).map((each) => `env:${each.name}`);
    // What only stands in for a name says nothing: `*` would be every table.
    if (own !== null && !own.startsWith("@")) names.push(own.replaceAll(/\$\{[^}]*\}/gu, "*"));
    return [...new Set(names)].filter((each) => !/^[*/-]*$/u.test(each));
  }

  /** The same for whatever names the same store: `@Drawings` for the resource of that id, or a text. */
  private identityOf(node: unknown): string | null {
    if (isScalar(node)) {
      const text = textOf(node);
      if (text === null) return null;
      if (node.tag === "!Ref") return `@${text}`;
      if (node.tag === "!GetAtt") return `@${text.replace(/\..*$/u, "")}`;
      return this.plain(text);
    }
    if (!isMap(node) || node.items.length !== 1) return null;
    const [{ key, value }] = node.items as [YAMLMap["items"][number]];
    switch (textOf(key)) {
      case "Ref":
        return isScalar(value) ? `@${String(value.value)}` : null;
      case "Fn::Sub":
        return isSeq(value) ? this.identityOf(value.items[0]) : this.identityOf(value);
      default:
        return null;
    }
  }

  /** `${self:custom.bucket}` is what stands there; `${Drawings}` the resource. */
  private plain(text: string): string {
    let current = text;
    for (let round = 0; round < mostRounds; round++) {
      const next = current.replaceAll(/\$\{self:([\w.-]+)(?:,[^}]*)?\}/gu, (whole, path: string) => {
        const found = textOf(this.root.getIn(path.split("."), true));
        return found ?? whole;
      });
      if (next === current) break;
      current = next;
    }
    const only = /^\$\{([A-Za-z]\w*)\}$/u.exec(current)?.[1];
    return only === undefined ? current : `@${only}`;
  }
}

function textOf(node: unknown): string | null {
  if (typeof node === "string") return node;
  const value: unknown = isScalar(node) ? node.value : null;
  return typeof value === "string" || typeof value === "number" ? String(value) : null;
}

function endsOf(
  properties: Mapping,
  { rows, rules }: StackKind,
): readonly { readonly prefix: string; readonly seconds: number | null }[] {
  if (rows !== null) {
    const switched = properties.getIn(rows, true);
    const isOn = isMap(switched) && isYes(switched.get("Enabled")) && switched.has("AttributeName");
    return isOn ? [{ prefix: "", seconds: null }] : [];
  }
  const list = rules === null ? null : (properties.getIn(rules, true) as Node | undefined);
  if (!isSeq(list)) return [];
  return list.items.flatMap((rule) => {
    if (!isMap(rule) || !isYes(rule.get("Status"))) return [];
    // A rule for tags is for some objects, and code that tags them is not followed.
    const days = Number(rule.get("ExpirationInDays"));
    if (!rule.has("ExpirationInDays") || Number.isNaN(days) || rule.has("TagFilters")) return [];
    return [{ prefix: textOf(rule.get("Prefix")) ?? "", seconds: days * secondsOfDay }];
  });
}

/** It keeps them, and no rule takes them away. */
function keepsVersions(properties: Mapping, { versions, rules }: StackKind): boolean {
  if (versions === null || !isYes(properties.getIn(versions.kept))) return false;
  const list = rules === null ? null : (properties.getIn(rules, true) as Node | undefined);
  const isTakenAway = (rule: unknown): boolean =>
    isMap(rule) && isYes(rule.get("Status")) && versions.end.some((name) => rule.has(name));
  return !isSeq(list) || !list.items.some(isTakenAway);
}

function isYes(value: unknown): boolean {
  return value === true || value === "true" || value === "Enabled";
}
