/** Reads addresses such as `arg1.data.*`, `this[arg0]`, `arg0.param0`; the grammar stands in GRAMMAR.md. */
import { nearestWord } from "../base/nearest-word.js";
import type { Address, AddressRoot, AddressStep } from "../contracts/model.js";
import { isModelsOwn, modelsOwnName } from "../contracts/models-own.js";
import { type Parsed, parsed, unreadable } from "./parsed.js";

/** One example of each root, for messages and schemas. */
export const addressRoots = [
  "arg0",
  "args",
  "arg1..",
  "this",
  "return",
  "template*",
  "template0",
  "name0",
  "type0",
  "value",
  "exports",
  "file",
] as const;

const steps = [
  ".name",
  ".*",
  ".**",
  "[]",
  "[last]",
  "[end]",
  "[same]",
  "[store]",
  "[called]",
  "[arg0]",
  "[...arg0]",
  "['text']",
  "<keys>",
  "<text>",
  "<file>",
  ".param0",
  ".param0(4)",
  ".result",
  ".receiver",
  "!",
  ".created.arg0",
  ".maker",
  ".chain(method).arg0",
  ".chains(method).arg0",
  ".held(name)",
];

/** Reads one address; the whole text must be one. */
export function parseAddress(text: string): Parsed<Address> {
  const cursor = new Cursor(text.trim());
  const address = readAddress(cursor);
  if (!address.ok) return address;
  if (!cursor.atEnd) return unreadable(cursor.rest, null, steps);
  return address;
}

/** Whether a text begins as an address does, so that a misspelt address is not taken for something else. */
export function looksLikeAddress(text: string): boolean {
  return /^[A-Za-z]+\d*(\.\.|\*)?($|[.[<!])/u.test(text) || /^(['"]).*\1$/.test(text);
}

class Cursor {
  position = 0;
  constructor(readonly text: string) {}
  get rest(): string {
    return this.text.slice(this.position);
  }
  get atEnd(): boolean {
    return this.position >= this.text.length;
  }
  /** Takes what the (sticky) pattern matches here. */
  take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.position;
    const match = pattern.exec(this.text);
    if (match !== null) this.position += match[0].length;
    return match;
  }
}

function readAddress(cursor: Cursor): Parsed<Address> {
  const start = cursor.position;
  const root = readRoot(cursor);
  if (!root.ok) return root;
  const found: AddressStep[] = [];
  for (;;) {
    const step = readStep(cursor, found.at(-1));
    if (step === "end") break;
    if (!step.ok) return step;
    if (step.value !== null) found.push(step.value);
  }
  return parsed({ root: root.value, steps: found, text: cursor.text.slice(start, cursor.position) });
}

function readRoot(cursor: Cursor): Parsed<AddressRoot> {
  const quoted = cursor.take(/'([^']*)'|"([^"]*)"/y);
  if (quoted !== null) return parsed({ kind: "literal", value: quoted[1] ?? quoted[2] ?? "" });
  const number = cursor.take(/-?\d+(\.\d+)?/y);
  if (number !== null) return parsed({ kind: "literal", value: Number(number[0]) });
  const word = cursor.take(/([A-Za-z]+)(\d*)(\.\.|\*)?/y);
  if (word === null) return unreadable(cursor.rest, null, addressRoots);
  const root = rootOf(word[1] ?? "", word[2] ?? "", word[3] ?? "");
  if (root !== null) return parsed(root);
  return unreadable(word[0], nearestRoot(word[0]), addressRoots);
}

function rootOf(name: string, digits: string, suffix: string): AddressRoot | null {
  const index = Number(digits);
  if (digits !== "") {
    if (name === "arg" && suffix === "..") return { kind: "arguments", from: index };
    if (suffix !== "") return null;
    if (name === "arg") return { kind: "argument", index };
    if (name === "template") return { kind: "template", index };
    if (name === "type") return { kind: "type", index };
    return name === "name" ? { kind: "name", index } : null;
  }
  if (name === "template" && suffix === "*") return { kind: "template", index: null };
  if (suffix !== "") return null;
  if (name === "args") return { kind: "arguments", from: 0 };
  if (name === "this" || name === "return" || name === "value") return { kind: name };
  if (name === "exports" || name === "file") return { kind: name };
  if (name === "true" || name === "false") return { kind: "literal", value: name === "true" };
  return null;
}

function nearestRoot(word: string): string | null {
  const digits = /\d+/.exec(word)?.[0] ?? "0";
  return nearestWord(word, [
    `arg${digits}`,
    "args",
    `arg${digits}..`,
    "this",
    "return",
    "template*",
    `template${digits}`,
    `name${digits}`,
    `type${digits}`,
    "value",
    "exports",
    "file",
  ]);
}

/** One step; null for a step that changes nothing (`.awaited`); `end` where no step begins. */
function readStep(cursor: Cursor, before: AddressStep | undefined): Parsed<AddressStep | null> | "end" {
  if (cursor.take(/!/y) !== null) return parsed({ kind: "rejected" });
  if (cursor.take(/<keys>/y) !== null) return parsed({ kind: "keys" });
  if (cursor.take(/<text>/y) !== null) return parsed({ kind: "text" });
  if (cursor.take(/<file>/y) !== null) return parsed({ kind: "file" });
  if (cursor.take(/\[\]/y) !== null) return parsed({ kind: "element" });
  if (cursor.take(/\[last\]/y) !== null) return parsed({ kind: "last" });
  if (cursor.take(/\[called\]/y) !== null) return parsed({ kind: "called" });
  if (cursor.take(/\[store\]/y) !== null) return parsed({ kind: "store" });
  if (cursor.take(/\[same\]/y) !== null) return parsed({ kind: "same" });
  const end = cursor.take(/\[end(?:\+(\d+))?\]/y);
  if (end !== null) return parsed({ kind: "end", offset: Number(end[1] ?? "0") });
  const index = cursor.take(/\[(?:(\d+)|'([^']*)'|"([^"]*)")\]/y);
  if (index !== null) {
    const name = index[1] ?? index[2] ?? index[3] ?? "";
    return parsed(isPlaceOfModels(before) ? entryNamed(name) : { kind: "property", name });
  }
  const entry = cursor.take(/\[(\.\.\.)?/y);
  if (entry !== null) return readEntry(cursor, entry[1] !== undefined);
  if (cursor.take(/\.\*\*/y) !== null) return parsed({ kind: "deep" });
  if (cursor.take(/\.\*/y) !== null) return parsed({ kind: "any" });
  const created = cursor.take(/\.created\.arg(\d+)/y);
  if (created !== null) return parsed({ kind: "created", index: Number(created[1]) });
  const chain = cursor.take(/\.chain(s?)\(([\w$]+)\)\.arg(\d+)/y);
  if (chain !== null) {
    const [, all, method = "", at] = chain;
    return parsed({ kind: "chain", method, index: Number(at), ...(all === "s" ? { all: true } : {}) });
  }
  const held = cursor.take(/\.held\(([\w$]+)( by )?/y);
  if (held !== null) return readHeld(cursor, held[1] ?? "", held[2] !== undefined);
  const counted = cursor.take(/\.param(\d+)\((?=\d|\.\.\d)(\d*)(\.\.)?(\d*)\)/y);
  if (counted !== null) return parsed(countedParameter(counted));
  const name = cursor.take(/\.(#?[\w$]+)/y);
  if (name !== null) return namedStep(name[1] ?? "");
  if (cursor.atEnd || /^[\s,\])]/.test(cursor.rest)) return "end";
  return unreadable(cursor.rest, null, steps);
}

function isPlaceOfModels(step: AddressStep | undefined): boolean {
  return step?.kind === "property" && isModelsOwn(step.name);
}

/** `listeners_['message']`: what stands in a place of the models under a name that is always the same. */
function entryNamed(name: string): AddressStep {
  return { kind: "entry", key: { root: { kind: "literal", value: name }, steps: [], text: `'${name}'` } };
}

/** `.held(jobs)`, `.held(messages by arg1)` */
function readHeld(cursor: Cursor, name: string, isBound: boolean): Parsed<AddressStep> {
  const by = isBound ? readAddress(cursor) : null;
  if (by?.ok === false) return by;
  if (cursor.take(/\)/y) === null)
    return unreadable(cursor.rest === "" ? cursor.text : cursor.rest, null, [")"]);
  return parsed({ kind: "held", name, ...(by === null ? {} : { by: by.value }) });
}

/** `.param0(4)`, `.param0(..3)`, `.param0(2..)`. */
function countedParameter([, index, least, range, most]: RegExpExecArray): AddressStep {
  const min = Number(least ?? "");
  const max = range === undefined ? min : most === "" ? Infinity : Number(most);
  return { kind: "parameter", index: Number(index), of: { min, max } };
}

function namedStep(name: string): Parsed<AddressStep | null> {
  const parameter = /^param(\d+)$/.exec(name);
  if (parameter !== null) return parsed({ kind: "parameter", index: Number(parameter[1]) });
  if (name === "result" || name === "receiver" || name === "maker") return parsed({ kind: name });
  if (name === "awaited") return parsed(null);
  if (name === "created") return unreadable(".created", ".created.arg0", steps);
  if (name === "chain") return unreadable(".chain", ".chain(method).arg0", steps);
  return parsed({ kind: "property", name: name.endsWith("_") ? modelsOwnName(name) : name });
}

function readEntry(cursor: Cursor, isPath: boolean): Parsed<AddressStep> {
  const key = readAddress(cursor);
  if (!key.ok) return key;
  const isCaseless = cursor.take(/ i(?=\])/y) !== null;
  if (cursor.take(/\]/y) === null)
    return unreadable(cursor.rest === "" ? cursor.text : cursor.rest, null, ["]"]);
  return parsed({
    kind: "entry",
    key: key.value,
    ...(isPath ? { path: true as const } : {}),
    ...(isCaseless ? { caseless: true as const } : {}),
  });
}
