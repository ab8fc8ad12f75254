/** The requests that a call sends, as far as the code tells: each way to ask, with each address. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Role } from "../../contracts/model.js";
import { foldIn } from "../constants/constants.js";
import { writtenInto } from "../heap/written-literals.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { ReadValues } from "../program/read-values.js";
import { operandsOfSite, valuesAt } from "./address-values.js";
import { baseAddresses, isRelative } from "./hosts.js";
import { beforeItsEnd, readBehindCalls } from "./made-addresses.js";

export interface Request {
  /** `delete`, `post`; `*` where that cannot be told. */
  readonly verb: string;
  /** What stands behind the host, in order and in small letters; `*` for what is not known. */
  readonly path: readonly string[];
  readonly query: string;
}

type HttpRole = Extract<Role, { kind: "http" }>;

const pathBehindHost = /(?<=^(?:[a-z][a-z\d+.-]*:)?\/\/[^/]*)\/.*$/iu;
/** Calls of a chain that are followed back. */
const longestChain = 16;
const verbNames = /^(?:get|head|delete|del|(?:post|put|patch)(?:form)?|options)$/iu;

export function requestsOf(
  pointsTo: PointsTo,
  site: CallSite,
  role: HttpRole,
  names: readonly string[],
  inRun: ReadValues = (node, value) => pointsTo.valuesOf(node, value),
): readonly Request[] {
  const addresses = addressesOf(pointsTo, site, role, names, inRun).map(partsOf);
  return verbsOf(pointsTo, site, role, names, inRun).flatMap((verb) =>
    addresses.map((each) => ({ verb, ...each })),
  );
}

/** A request that names no way to ask only asks. */
function verbsOf(
  pointsTo: PointsTo,
  site: CallSite,
  { method }: HttpRole,
  names: readonly string[],
  read: ReadValues,
): readonly string[] {
  const told = method.flatMap((address) => valuesAt(pointsTo, site, address, names, read));
  if (told.length > 0) return plainVerbs(foldIn(pointsTo, told, read));
  for (const each of callsLeadingTo(pointsTo, site, read)) {
    const said = verbsAt(pointsTo, each, read);
    if (said.length > 0) return plainVerbs(said);
  }
  return ["get"];
}

/** `del` and `postForm` are `delete` and `post`. */
function plainVerbs(said: readonly string[]): readonly string[] {
  return [
    ...new Set(said.map((verb) => verb.toLowerCase().replace(/form$/u, "").replace(/^del$/u, "delete"))),
  ];
}

/** `axios.post(…)`, `fetch(url, { method: "POST" })`, `needle("post", url)`. */
function verbsAt(pointsTo: PointsTo, site: CallSite, read: ReadValues): readonly string[] {
  const { instruction, caller, foreign } = site;
  const called =
    instruction.kind === "call"
      ? [instruction.name.split(".").at(-1), ...[...foreign].map(({ path }) => path.at(-1))]
      : [];
  const named = called.find((name) => name !== undefined && verbNames.test(name));
  if (named !== undefined) return [named];
  const given = operandsOfSite(site).arguments;
  const said = given.flatMap(({ value }) => saidIn(pointsTo, caller, value, "method", read));
  if (said.length > 0) return said;
  const first = given[0] === undefined ? [] : foldIn(pointsTo, read(caller, given[0].value), read);
  return first.every((text) => verbNames.test(text)) ? first : [];
}

/** The call, and before it those that led to its object: `superagent.post(url).set(…).send(…)`. */
function callsLeadingTo(pointsTo: PointsTo, site: CallSite, read: ReadValues): readonly CallSite[] {
  const found = new Set([site]);
  for (const each of found) {
    const { receiver } = operandsOfSite(each);
    if (receiver === null || receiver < 0 || found.size > longestChain) continue;
    for (const value of read(each.caller, receiver)) {
      const made =
        value.kind === "foreign" && value.site !== null ? pointsTo.sites.get(value.site) : undefined;
      if (made !== undefined) found.add(made);
    }
  }
  return [...found];
}

/** What an option of the request says, written out at the call or in an object that is handed on. */
function saidIn(
  pointsTo: PointsTo,
  node: FunctionNode,
  options: ValueId,
  name: string,
  read: ReadValues,
): readonly string[] {
  const written = writtenInto(node, options).flatMap(([property, value]) =>
    property === name ? [value] : [],
  );
  if (written.length > 0) return written.flatMap((value) => foldIn(pointsTo, read(node, value), read));
  return [...read(node, options)].flatMap((value) => {
    // `fetch(new Request(address, { method }))`
    const made = madeBy(pointsTo, value, "Request");
    const given = made?.instruction.kind === "call" ? made.instruction.arguments[1] : undefined;
    if (made !== null && given !== undefined) return saidIn(pointsTo, made.caller, given.value, name, read);
    const values = value.kind === "object" && !value.array ? [...pointsTo.fieldNode(value, name).values] : [];
    return values.length === 0 ? [] : foldIn(pointsTo, values, read);
  });
}

function addressesOf(
  pointsTo: PointsTo,
  site: CallSite,
  { url, base }: HttpRole,
  names: readonly string[],
  inRun: ReadValues,
): readonly string[] {
  const read = readBehindCalls(pointsTo, site, url, inRun);
  const values = url
    .map((each) => valuesAt(pointsTo, site, each, names, read))
    .find((each) => each.length > 0);
  const texts = values === undefined ? ["*"] : textsOf(pointsTo, values, read);
  // Where the address is only that of the server, an option tells the rest: `request(origin, { path, method })`.
  const behind =
    callsLeadingTo(pointsTo, site, inRun)
      .map((each) =>
        operandsOfSite(each).arguments.flatMap(({ value }) =>
          saidIn(pointsTo, each.caller, value, "path", inRun),
        ),
      )
      .find((paths) => paths.length > 0) ?? [];
  const whole = texts.flatMap((text) =>
    behind.length === 0 ? [text] : behind.map((path) => `${text}/${path}`),
  );
  if (base.length === 0 || !whole.some(isRelative)) return whole;
  const bases = baseAddresses(pointsTo, site, base, names, read).filter((each) => each !== "");
  return whole.flatMap((text) =>
    isRelative(text) && bases.length > 0 ? bases.map((each) => `${each}/${text}`) : [text],
  );
}

function textsOf(pointsTo: PointsTo, values: readonly AbstractValue[], read: ReadValues): readonly string[] {
  return [...new Set(values.flatMap((value) => textsOfOne(pointsTo, value, read)))].sort();
}

/** A text, or what a `URL` is made of: the path of its first argument stands behind the host of its second. */
function textsOfOne(pointsTo: PointsTo, value: AbstractValue, read: ReadValues): readonly string[] {
  const before = beforeItsEnd(pointsTo, value);
  if (before !== null) return textsOf(pointsTo, [...read(before.node, before.value)], read);
  const site = madeBy(pointsTo, value, "URL") ?? madeBy(pointsTo, value, "Request");
  if (site?.instruction.kind !== "call") return foldIn(pointsTo, [value], read);
  const [path = ["*"], base = [""]] = site.instruction.arguments.map((argument) =>
    textsOf(pointsTo, [...read(site.caller, argument.value)], read),
  );
  const made = path.flatMap((text) =>
    isRelative(text)
      ? base.map((each) => `${text.startsWith("/") ? each.replace(pathBehindHost, "") : each}/${text}`)
      : [text],
  );
  // `url.pathname = "/contacts"`, be it always or only where something holds.
  const assigned = [...pointsTo.fieldNode(value, "pathname").values];
  if (assigned.length === 0) return made;
  const put = foldIn(pointsTo, assigned, read);
  const kept = made.filter((text) => partsOf(text).path.length > 0);
  return [
    ...kept,
    ...put.flatMap((text) => made.map((each) => `${each.replace(pathBehindHost, "")}/${text}`)),
  ];
}

/** The call that makes an object of that class. */
function madeBy(pointsTo: PointsTo, value: AbstractValue, name: string): CallSite | null {
  if (value.kind !== "foreign" || value.path.at(-1) !== name || value.site === null) return null;
  const site = pointsTo.sites.get(value.site);
  return site?.instruction.kind === "call" && site.instruction.new ? site : null;
}

function partsOf(address: string): Pick<Request, "path" | "query"> {
  const [whole = "", query = ""] = address.toLowerCase().split("?", 2);
  const path = whole
    .replace(/^(?:[a-z][a-z\d+.-]*:)?\/\/[^/#]*/u, "")
    .replace(/^env:\w+/u, "")
    .split(/[/#]/u)
    .filter((each) => each !== "");
  return { path, query };
}
