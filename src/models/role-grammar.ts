/** The roles of a model, each with its keys: the one place where a role's words are written down. */
import { type Node, isScalar } from "yaml";
import { nearestWord } from "../base/nearest-word.js";
import type { Address, Stretch } from "../contracts/model.js";
import { categories, media, operations } from "../contracts/vocabulary.js";
import { parseAddress } from "./address.js";
import { address, addresses, conditions, protections, target } from "./address-readers.js";
import {
  continuation,
  count,
  handlerScopes,
  members,
  methodOfRequest,
  pathMatches,
  textsByName,
  toldPlaces,
} from "./handler-grammar.js";
import { checkingRoles } from "./checking-roles.js";
import { erasingRoles } from "./erasing-roles.js";
import { entryRoles } from "./entry-roles.js";
import { type RoleForm, form, marker } from "./role-form.js";
import { recipientRoles } from "./recipient-roles.js";
import { sealingRoles } from "./sealing-roles.js";
import { schemaRoles } from "./schema-roles.js";
import { tableRoles } from "./table-roles.js";
import { changes, extension, removal, seals } from "./store-grammar.js";
import { timeRoles, timeUnits } from "./time-roles.js";
import { parsePath } from "./path.js";
import {
  type Failed,
  type Reader,
  type Reading,
  failed,
  flag,
  mapping,
  oneOrMore,
  optional,
  required,
  text,
  word,
  wrongKind,
} from "./reader.js";

/** What a `fact` may say. */
export const facts = ["base-url"] as const;

const returned: readonly Address[] = [{ root: { kind: "return" }, steps: [], text: "return" }];
const whole: Address = { root: { kind: "return" }, steps: [], text: "return" };
/** A type of this package (`Logger`), of another module (`lib#Array`, `node:stream#Readable`), or an address. */
const type: Reader<string | Address> = {
  schema: { type: "string" },
  expects: "a type name or an address",
  read(node, reading) {
    const name = isScalar(node) ? String(node.value) : null;
    if (name === null) return wrongKind(reading, node, "a type name", "an address");
    const asAddress = parseAddress(name);
    if (asAddress.ok && asAddress.value.root.kind !== "literal") return asAddress.value;
    const path = name.slice(name.indexOf("#") + 1);
    const found = parsePath(path);
    return found.ok ? name : reading.fail(node, "malformed-path", { ...found.problem, word: name });
  },
};

const receiver: Address = { root: { kind: "this" }, steps: [], text: "this" };
interface Arrow {
  readonly from: readonly Address[];
  readonly to: readonly Address[];
  readonly withholds?: boolean;
  readonly shownBy?: Address | null;
  readonly keptBy?: Address | null;
  readonly namedBy?: Address | null;
  readonly chosenBy?: Address | null;
  readonly leftBy?: Address | null;
  readonly pickedBy?: Address | null;
  readonly negated?: boolean;
  readonly places?: Stretch | null;
}

function readSide(side: string, node: Node | null, reading: Reading): readonly Address[] | Failed {
  const found: Address[] = [];
  for (const part of side.split(",")) {
    const one = parseAddress(part);
    if (!one.ok) return reading.fail(node, "malformed-address", one.problem);
    found.push(one.value);
  }
  return found;
}

const none: readonly Address[] = [];
const stretch = mapping({
  from: optional(addresses, none),
  until: optional(addresses, none),
  count: optional(addresses, none),
  to: optional(addresses, none),
});

const arrowFields = mapping({
  from: required(addresses),
  to: required(addresses),
  withholds: optional(flag, false),
  shownBy: optional(address, null),
  keptBy: optional(address, null),
  namedBy: optional(address, null),
  chosenBy: optional(address, null),
  leftBy: optional(address, null),
  pickedBy: optional(address, null),
  negated: optional(flag, false),
  places: optional(stretch, null),
});

/** `{ from, to }`, or shorter `this[] -> arg0.param0`; several addresses are separated by commas. */
const arrow: Reader<Arrow> = {
  schema: { anyOf: [arrowFields.schema, { type: "string", pattern: "^.+ -> .+$" }] },
  expects: "{ from, to }, or from -> to",
  read(node, reading) {
    if (!isScalar(node)) return arrowFields.read(node, reading);
    const [from, to, more] = String(node.value).split(/\s+->\s+/u);
    if (from === undefined || to === undefined || more !== undefined)
      return wrongKind(reading, node, "from -> to");
    const sources = readSide(from, node, reading);
    const ends = readSide(to, node, reading);
    return sources === failed || ends === failed ? failed : { from: sources, to: ends };
  },
};

const flow: RoleForm = {
  schema: oneOrMore(arrow).schema,
  read(node, reading) {
    const arrows = oneOrMore(arrow).read(node, reading);
    return arrows === failed ? failed : arrows.map((each) => ({ kind: "flow", ...each }));
  },
};

/** All roles, by the key that a path writes them under. */
export const roleForms: Readonly<Record<string, RoleForm>> = {
  store: form(
    {
      medium: optional(word(media), "database"),
      data: required(addresses),
      target: optional(target, null),
      protectedBy: optional(protections, []),
      seals: optional(seals, []),
      extended: optional(extension, null),
      entity: optional(target, null),
      expires: optional(address, null),
      typed: optional(word(["row", "tables"]), "row"),
      column: optional(address, null),
      part: optional(address, null),
      creates: optional(addresses, []),
      adds: optional(addresses, []),
      flat: optional(flag, false),
      unsets: optional(flag, false),
      below: optional(oneOrMore(text), []),
      handedTo: optional(oneOrMore(text), []),
      takenOutBy: optional(oneOrMore(text), []),
      fires: optional(oneOrMore(text), []),
      changes: optional(changes, null),
      within: optional(addresses, []),
      except: optional(address, null),
      removes: optional(removal, null),
      lazy: optional(flag, false),
      sentBy: optional(oneOrMore(text), []),
    },
    undefined,
    (values) => ({ kind: "store", ...values }),
  ),
  sql: form(
    {
      text: required(address),
      values: optional(address, null),
      medium: optional(word(media), "database"),
      rows: optional(address, null),
      row: optional(address, null),
      lazy: optional(flag, false),
      tables: optional(address, null),
    },
    "text",
    (values) => ({ kind: "sql", ...values }),
  ),
  settings: form(
    { of: optional(address, null), name: optional(address, null), value: optional(address, null) },
    "of",
    (values) => ({ kind: "settings", ...values }),
  ),
  ...erasingRoles,
  log: form(
    { data: required(addresses), except: optional(address, null), through: optional(address, null) },
    "data",
    (values) => ({
      kind: "log",
      ...values,
    }),
  ),
  ...recipientRoles,
  ...sealingRoles,
  resumes: form({ data: required(address) }, "data", (values) => ({ kind: "resumes", ...values })),
  random: form({ output: optional(addresses, returned) }, "output", (values) => ({
    kind: "random",
    ...values,
  })),
  consent: form(
    { effect: required(word(["tests", "asserts"])), operations: optional(oneOrMore(word(operations)), []) },
    undefined,
    (values) => ({ kind: "consent", ...values }),
  ),
  flow,
  none: marker("none"),
  calls: form(
    {
      function: required(address),
      entry: optional(flag, false),
      inside: optional(flag, false),
      job: optional(flag, false),
      asked: optional(flag, false),
      directive: optional(text, null),
      unless: optional(address, null),
      sent: optional(flag, false),
      name: optional(address, null),
    },
    "function",
    (values) => ({ kind: "calls", ...values }),
  ),
  ...checkingRoles,
  handles: form(
    {
      chain: optional(address, receiver),
      handlers: optional(addresses, []),
      where: optional(members, []),
      without: optional(textsByName, []),
      path: optional(address, null),
      keys: optional(count, null),
      around: optional(address, null),
      each: optional(address, null),
      others: optional(flag, false),
      match: optional(word(pathMatches), "prefix"),
      anyCase: optional(flag, false),
      except: optional(address, null),
      method: optional(methodOfRequest, null),
      kind: optional(text, null),
      parameter: optional(address, null),
      scope: optional(word(handlerScopes), "own"),
      config: optional(addresses, []),
      definitions: optional(address, null),
      tells: optional(toldPlaces, []),
      any: optional(flag, false),
      last: optional(flag, false),
      continues: required(oneOrMore(continuation)),
      rescues: optional(oneOrMore(continuation), []),
      skips: optional(oneOrMore(text), []),
    },
    "continues",
    ({ kind: called, ...values }) => ({ kind: "handles", called, ...values }),
  ),
  mounts: form(
    {
      chain: required(addresses),
      in: optional(address, receiver),
      path: optional(address, null),
      whole: optional(flag, false),
    },
    "chain",
    (values) => ({ kind: "mounts", ...values }),
  ),
  prefix: form(
    { chain: optional(address, whole), of: optional(address, receiver), path: required(address) },
    "path",
    (values) => ({ kind: "prefix", ...values }),
  ),
  route: form(
    {
      fact: required(word(["method", "path", "url", "config", "directive"])),
      name: optional(address, null),
    },
    "fact",
    (values) => ({ kind: "route", ...values }),
  ),
  responds: form({ data: required(addresses) }, "data", (values) => ({ kind: "responds", ...values })),
  answers: form({ by: required(word(["call", "return"])) }, "by", (values) => ({
    kind: "answers",
    ...values,
  })),
  ...timeRoles,
  ...entryRoles,
  promisifies: form({ function: required(address) }, "function", (values) => ({
    kind: "promisifies",
    ...values,
  })),
  clear: form({ target: required(address), places: optional(stretch, null) }, "target", (values) => ({
    kind: "clear",
    ...values,
  })),
  childData: form(
    { output: optional(addresses, returned), category: required(word(categories)) },
    "category",
    (values) => ({ kind: "child-data", ...values }),
  ),
  type: form(
    {
      type: required(type),
      output: optional(address, whole),
      arguments: optional(addresses, []),
      inherits: optional(address, null),
      instance: optional(flag, false),
    },
    "type",
    (values) => ({ kind: "type", ...values }),
  ),
  ...schemaRoles,
  visits: form(
    {
      from: required(address),
      key: required(address),
      value: required(address),
      to: optional(address, whole),
      deep: optional(flag, false),
    },
    undefined,
    (values) => ({ kind: "visits", ...values }),
  ),
  drafts: form(
    { of: required(address), by: required(address), to: optional(address, whole) },
    undefined,
    (values) => ({ kind: "drafts", ...values }),
  ),
  selects: form({ by: required(address) }, "by", (values) => ({ kind: "selects", ...values })),
  ...tableRoles,
  throws: form({ data: required(addresses), as: optional(text, null) }, "data", (values) => ({
    kind: "throws",
    ...values,
  })),
  joins: form({ with: required(text) }, "with", (values) => ({ kind: "joins", ...values })),
  joined: marker("joined"),
  spliced: form({ text: required(address), quoted: optional(flag, false) }, "text", (values) => ({
    kind: "spliced",
    ...values,
  })),
  begins: form({ with: required(address), output: required(addresses) }, undefined, (values) => ({
    kind: "begins",
    ...values,
  })),
  variable: form({ name: required(address), output: optional(address, whole) }, "name", (values) => ({
    kind: "variable",
    ...values,
  })),
  variables: form({ of: required(addresses) }, "of", (values) => ({ kind: "variables", ...values })),
  retention: form(
    { period: required(address), unit: optional(word(timeUnits), "second") },
    "period",
    (values) => ({ kind: "retention", ...values }),
  ),
  delays: form(
    { period: required(address), unit: optional(word(timeUnits), "second") },
    "period",
    (values) => ({ kind: "delays", ...values }),
  ),
  repeats: marker("repeats"),
  authorize: form(
    {
      effect: required(word(["asserts", "tests", "handles"])),
      unless: optional(oneOrMore(conditions), []),
    },
    "effect",
    (values) => ({ kind: "authorize", ...values }),
  ),
  record: marker("record"),
  refuses: marker("refuses"),
  withheld: marker("withheld"),
  shown: marker("shown"),
  withholds: form({ scope: required(word(["own", "entries"])) }, "scope", (values) => ({
    kind: "withholds",
    ...values,
  })),
  fact: form(
    { fact: required(word(facts)), subject: optional(address, null), value: optional(address, null) },
    "fact",
    (values) => ({ kind: "fact", ...values }),
  ),
};

export const roleKeys: readonly string[] = Object.keys(roleForms);

/** The role key that a wrong one may have meant. */
export function nearestRoleKey(key: string, others: readonly string[]): string | null {
  return nearestWord(key, [...roleKeys, ...others]);
}
