/** The hosts that a request goes to, as far as its address can be told from the code. */
import type { Instruction, ValueId } from "../../contracts/file-graph.js";
import type { Address, Role } from "../../contracts/model.js";
import { operandsAt, operandsOfSite, valuesAt, valuesFrom, type ReadValues } from "./address-values.js";
import { foldIn, foldValues } from "../constants/constants.js";
import { beforeItsEnd, beginningOf, readBehindCalls } from "./made-addresses.js";
import { defaultsOf } from "./environment-defaults.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { AbstractValue } from "../points-to/abstract-value.js";

export interface RequestHost {
  /**
   * `*` where it cannot be told; "" for a relative address, which leads to the program's own server; `env:API_URL` for
   * one that begins with a setting of that name.
   */
  readonly host: string;
  /** What holds an address that cannot be told: a variable, a parameter, a setting. */
  readonly name: string | null;
}

/** Names of settings that come from the environment: `process.env.API_URL`, `config.API_URL`. */
const setting = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/u;

type HttpRole = Extract<Role, { kind: "http" }>;

/** Each host that the request may go to; one that is known drops the settings that it stands in for. */
export function hostsOf(
  pointsTo: PointsTo,
  site: CallSite,
  role: HttpRole,
  names: readonly string[],
  inRun: ReadValues = (node, value) => pointsTo.valuesOf(node, value),
): readonly RequestHost[] {
  const found = writtenHosts(pointsTo, site, role, names, inRun);
  const isOpen = found.some(({ host }) => !isTold(host));
  return isOpen && answersItself(pointsTo, site, role, names, inRun)
    ? [...found.filter(({ host }) => host !== "" && isTold(host)), { host: "", name: null }]
    : found;
}

function isTold(host: string): boolean {
  return host !== "*" && !host.startsWith("env:");
}

/** What answers is made by the program: the type of a client's router is that of one that stands here. */
function answersItself(
  pointsTo: PointsTo,
  site: CallSite,
  { own }: HttpRole,
  names: readonly string[],
  read: ReadValues,
): boolean {
  return own.some((address) =>
    valuesAt(pointsTo, site, address, names, read).some(
      (value) => value.kind !== "foreign" || value.site !== null,
    ),
  );
}

function writtenHosts(
  pointsTo: PointsTo,
  site: CallSite,
  { url, base, host: options }: HttpRole,
  names: readonly string[],
  inRun: ReadValues,
): readonly RequestHost[] {
  const read = readBehindCalls(pointsTo, site, url, inRun);
  const named = options.flatMap((option) =>
    valuesAt(pointsTo, site, option, names, read).flatMap((value) => foldValues(pointsTo, [value])),
  );
  if (named.length > 0 && !named.includes("*"))
    return withoutSettings(
      pointsTo,
      [...new Set(named)].sort().map((host) => ({
        host: host.startsWith("env:") ? host : host.replace(/:\d+$/u, "").toLowerCase(),
        name: host.startsWith("env:") ? host.slice(4) : null,
      })),
    );
  const at = url.find((each) => valuesAt(pointsTo, site, each, names, read).length > 0) ?? url[0];
  const texts = at === undefined ? ["*"] : textsAt(pointsTo, site, at, names, read);
  const bases = base.length === 0 ? [] : baseAddresses(pointsTo, site, base, names, read);
  const absolute = texts.flatMap((text) =>
    isRelative(text) && bases.length > 0 && bases.some((each) => each !== "") ? bases : [text],
  );
  const found = new Map<string, RequestHost>();
  for (const text of absolute) {
    const host = hostIn(text);
    const holder = host === "*" ? (nameOfAddress(site, at) ?? nameOfClient(site)) : null;
    const each =
      holder === null
        ? { host, name: host.startsWith("env:") ? host.slice(4) : null }
        : { host: holder.isSetting ? `env:${holder.name}` : host, name: holder.name };
    found.set(each.host, each);
  }
  return withoutSettings(pointsTo, [...found.values()]);
}

/** One that is known stands in for the setting beside it: `process.env.SMTP_HOST || "mail.example.org"`. */
function withoutSettings(pointsTo: PointsTo, read: readonly RequestHost[]): readonly RequestHost[] {
  const all = read.flatMap((each) => standInsOf(pointsTo, each) ?? [each]);
  const known = all.filter(({ host }) => host !== "" && host !== "*" && !host.startsWith("env:"));
  return known.length > 0 && all.every(({ host }) => host !== "*") ? known : all;
}

/** What stands in for a setting in a schema: `z.string().default("https://api.example.org")`. */
function standInsOf(pointsTo: PointsTo, { host }: RequestHost): readonly RequestHost[] | null {
  if (!host.startsWith("env:")) return null;
  const hosts = defaultsOf(pointsTo, host.slice(4)).map((text) => hostIn(text) || text);
  return hosts.length === 0 || hosts.some((each) => !/^[\w-]+(?:\.[\w-]+)*$/u.test(each))
    ? null
    : [...new Set(hosts)].map((each) => ({ host: each, name: null }));
}

/** The base addresses of a client: told by the call, by the client, or by the one that it was made from. */
export function baseAddresses(
  pointsTo: PointsTo,
  site: CallSite,
  base: readonly Address[],
  names: readonly string[],
  read: ReadValues,
  seen = new Set<CallSite>(),
): readonly string[] {
  seen.add(site);
  const clients = clientsAt(site, read);
  const isMade = seen.size > 1;
  for (const address of base) {
    const isOfClient = address.root.kind === "this";
    if (isMade && !isOfClient) continue;
    const values = isOfClient
      ? valuesFrom(pointsTo, site, clients, address, read)
      : valuesAt(pointsTo, site, address, names, read);
    if (values.length > 0) return textsOf(pointsTo, values, read);
  }
  const made = clients.flatMap((client) =>
    "site" in client && client.site !== null ? (pointsTo.sites.get(client.site) ?? []) : [],
  );
  const found = made.flatMap((each) =>
    seen.has(each) ? [] : baseAddresses(pointsTo, each, base, names, read, seen),
  );
  if (found.length > 0 || made.length > 0 || isMade) return found;
  // A client that comes from elsewhere has been told its base address there.
  return base.some(({ steps }) => steps.some(({ kind }) => kind === "created")) ? ["*"] : [];
}

/** The client that a request is made with: the object, or the function that is one itself. */
function clientsAt(site: CallSite, read: ReadValues): readonly AbstractValue[] {
  const { receiver } = operandsOfSite(site);
  const { instruction, caller } = site;
  // `this.http({ url })`: the property holds what is called, and not the client's method.
  const called = instruction.kind === "call" ? [...read(caller, instruction.callee)] : [];
  const own = called.filter(
    (each) => each.kind === "foreign" && each.site !== null && each.path.length === 1,
  );
  if (own.length > 0) return own;
  return receiver === null || receiver < 0 ? [...site.foreign] : [...read(site.caller, receiver)];
}

/** A base gives a relative address its host; what cannot be told may be relative too. */
export function isRelative(text: string): boolean {
  return !/^(?:[a-z][a-z0-9+.-]*:)?\/\//iu.test(text) && !text.startsWith("env:");
}

export function hostIn(text: string): string {
  const absolute = /^(?:[a-z][a-z0-9+.-]*:)?\/\/([^/?#]*)/iu.exec(text);
  if (absolute !== null)
    return (absolute[1] ?? "*")
      .replace(/^.*@/u, "")
      .replace(/:(?:\d+|\*)$/u, "")
      .toLowerCase();
  if (text.startsWith("env:")) return text;
  return /^[/.?#]|^[\w-]+(?:[/?#]|$)/u.test(text) ? "" : "*";
}

function textsAt(
  pointsTo: PointsTo,
  site: CallSite,
  address: Address,
  names: readonly string[],
  read: ReadValues,
): readonly string[] {
  return textsOf(pointsTo, valuesAt(pointsTo, site, address, names, read), read);
}

function textsOf(pointsTo: PointsTo, values: readonly AbstractValue[], read: ReadValues): readonly string[] {
  const texts = values.flatMap((value) => addressesOf(pointsTo, value, read));
  return texts.length === 0 ? foldValues(pointsTo, values) : [...new Set(texts)].sort();
}

/** What a text or a `URL` says: `new URL("/pupils", base)` is `base` where the first is relative. */
function addressesOf(pointsTo: PointsTo, value: AbstractValue, read: ReadValues): readonly string[] {
  if (value.kind === "computed") return madeAddresses(pointsTo, value, read);
  const before = beforeItsEnd(pointsTo, value);
  if (before !== null) return textsOf(pointsTo, [...read(before.node, before.value)], read);
  if (value.kind !== "foreign" || value.site === null || value.path.at(-1) !== "URL")
    return foldValues(pointsTo, [value]);
  const [owner = "", point = ""] = value.site.split(":");
  const node = pointsTo.program.functions[Number(owner)];
  const made = node?.code[Number(point)];
  if (node === undefined || made?.kind !== "call" || !made.new) return foldValues(pointsTo, [value]);
  const [path, base] = made.arguments.map((argument) =>
    textsOf(pointsTo, [...read(node, argument.value)], read),
  );
  return (path ?? ["*"]).flatMap((text) => (isRelative(text) && base !== undefined ? base : [text]));
}

/** A text that is put together: where it may begin with a setting, that is told beside what stands in for it. */
function madeAddresses(pointsTo: PointsTo, value: AbstractValue, read: ReadValues): readonly string[] {
  const texts = foldIn(pointsTo, [value], read);
  const beginnings = beginningsOf(pointsTo, value, 0, read);
  const settings = beginnings.filter((text) => text.startsWith("env:"));
  const isOpen = beginnings.some((text) => text.startsWith("*"));
  if (settings.length > 0 && texts.some((text) => text.startsWith("*")))
    return [...texts.filter((text) => isOpen || !text.startsWith("*")), ...settings];
  // Of all that it may be, in this run it is what begins as it does in this run.
  const here = texts.filter((text) => beginnings.some((each) => beginsWith(text, each)));
  if (isOpen || here.length > 0) return isOpen ? texts : here;
  // Where it may be too much to be told, a whole host that it begins with is told.
  return beginnings.length > 0 &&
    beginnings.every((text) => /^(?:https?:)?\/\/[\w-]+\.[\w.-]*\w(?:[:/]|$)/iu.test(text))
    ? beginnings
    : texts;
}

function beginsWith(text: string, beginning: string): boolean {
  return beginning === "" ? isRelative(text) : text.startsWith(beginning);
}

function beginningsOf(
  pointsTo: PointsTo,
  value: AbstractValue,
  depth: number,
  read: ReadValues,
): readonly string[] {
  const instruction = value.kind === "computed" ? value.function.code[value.point] : undefined;
  const first = instruction === undefined || depth > 4 ? null : beginningOf(instruction);
  const before = depth > 4 ? null : beforeItsEnd(pointsTo, value);
  if (before !== null)
    return [...read(before.node, before.value)].flatMap((each) =>
      beginningsOf(pointsTo, each, depth + 1, read),
    );
  if (value.kind !== "computed" || first === null) return foldValues(pointsTo, [value]);
  const texts = withoutReplacements(pointsTo, [...read(value.function, first)]).flatMap((each) =>
    beginningsOf(pointsTo, each, depth + 1, read),
  );
  return [...new Set(texts)];
}

/** What an end is replaced by is nothing that a text begins with: the empty text beside `base.replace(/\/$/, "")`. */
function withoutReplacements(pointsTo: PointsTo, values: readonly AbstractValue[]): readonly AbstractValue[] {
  return values.some((value) => beforeItsEnd(pointsTo, value) !== null)
    ? values.filter((value) => value.kind !== "constant" || value.value !== "")
    : values;
}

/** What holds an address: the setting that its text begins with, or the variable or parameter. */
function nameOfAddress(
  site: CallSite,
  url: Address | undefined,
): { readonly name: string; readonly isSetting: boolean } | null {
  const [value] = url === undefined ? [] : operandsAt(site, url);
  return value === undefined ? null : nameOfValue(site.caller, value);
}

function nameOfClient(site: CallSite): ReturnType<typeof nameOfValue> {
  const { receiver } = operandsOfSite(site);
  return receiver === null || receiver < 0 ? null : nameOfValue(site.caller, receiver);
}

function nameOfValue(
  node: FunctionNode,
  value: ValueId,
): { readonly name: string; readonly isSetting: boolean } | null {
  let at: ValueId = value;
  for (let hops = 0; hops < 12; hops++) {
    const definition = node.definitions[at];
    if (definition?.kind !== "instruction") return null;
    const { instruction } = definition;
    const name = nameIn(node, instruction);
    if (name !== null) return { name, isSetting: instruction.kind === "load" && setting.test(name) };
    const next = beginningOf(instruction);
    if (next === null) return null;
    at = next;
  }
  return null;
}

function nameIn(node: FunctionNode, instruction: Instruction): string | null {
  switch (instruction.kind) {
    case "parameter":
      return node.graph.parameters[instruction.index]?.name ?? null;
    case "capture":
      return node.graph.captures[instruction.slot]?.name ?? null;
    case "load":
      return instruction.property.kind === "name" ? instruction.property.name : null;
    case "declare":
    case "global":
      return instruction.name;
    case "cell-read":
      return instruction.cell;
    case "import-read":
      return node.fileGraph.imports[instruction.import]?.local ?? null;
    default:
      return null;
  }
}
