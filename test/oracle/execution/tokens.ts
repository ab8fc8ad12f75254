/**
 * Values that say where they came from. Each field's token is written in letters that nothing else in a program
 * uses, so that a slice, another case, the reverse or a single letter still names the field; encodings are undone
 * before looking.
 */

/** Letters with two cases and two bytes in UTF-8; 14 a field. */
const alphabets = [
  "абвгдежзиклмно",
  "ηθικλμνξοπρτυφ",
  "աբգդեզթժլխծկհձ",
  "өұүһәқғңҗҙҫҳҷһ",
  "ĀČĐĒĢĪĶĻŅŌŖŠŪŽ".toLowerCase(),
  "ƀƃƅƈƌƒƙƥƨƭưƴƶƹ",
  "прстуфхцчшщъыь",
  "ղճմյնշոչպջռսվտ",
  "śŝşţťŧũŭůűųŵŷź",
  "ⲁⲃⲅⲇⲉⲋⲍⲏⲑⲓⲕⲗⲙⲛ",
  "ⰰⰱⰲⰳⰴⰵⰶⰷⰸⰹⰺⰻⰼⰽ",
  "აბგდევზთიკლმნო",
  "ⴀⴁⴂⴃⴄⴅⴆⴇⴈⴉⴊⴋⴌⴍ",
  "ꙁꙃꙅꙇꙉꙋꙍꙏꙑꙓꙕꙗꙙꙛ",
  "ꜣꜥꜧꜩꜫꜭꜯꜳꜵꜷꜹꜻꜽꜿ",
];

/** The token of what comes from outside of a program and is no child data. */
export const outside = alphabets.length - 1;

/** Fields of one program that can be told apart. */
export const mostTokens = alphabets.length - 1;

/** Looks like an address: parts of it are found by splitting at `@` and `.`. */
export function tokenOf(index: number): string {
  const letters = alphabets[index] ?? "";
  return `${letters.slice(0, 6)}@${letters.slice(6, 11)}.${letters.slice(11)}`;
}

const owners = new Map<number, number>();
alphabets.forEach((letters, index) => {
  for (const letter of letters) {
    for (const form of [letter, letter.toUpperCase()]) owners.set(form.codePointAt(0) ?? 0, index);
  }
});

/** Adds the index of every token of which a trace is in the text. */
export function findTokens(text: string, found: Set<number>): void {
  collect(text, found);
  if (!/[%0-9a-zA-Z+/]{3}/u.test(text)) return;
  for (const [escaped] of text.matchAll(/(?:%[0-9A-F]{2}|%u[0-9A-F]{4}){1,}/giu))
    collect(unescaped(escaped), found);
  for (const [hex] of text.matchAll(/(?:[0-9a-f]{2}){2,}/gu)) collectBytes(Buffer.from(hex, "hex"), found);
  // Nothing but the bytes of one letter.
  for (const [hex] of text.matchAll(/\b(?:[0-9a-f]{4}|[0-9a-f]{6})\b/gu)) {
    const letter = Buffer.from(hex, "hex").toString("utf8");
    if (/^.$/u.test(letter)) collect(letter, found);
  }
  for (const [encoded] of text.matchAll(/[A-Za-z0-9+/_-]{6,}/gu)) {
    for (let offset = 0; offset < 4; offset++)
      collectBytes(Buffer.from(encoded.slice(offset), "base64"), found);
  }
  for (const [digits] of text.matchAll(/\b\d{3,5}\b/gu)) {
    const owner = owners.get(Number(digits));
    if (owner !== undefined) found.add(owner);
  }
}

function collect(text: string, found: Set<number>): void {
  for (const letter of text) {
    const owner = owners.get(letter.codePointAt(0) ?? 0);
    if (owner !== undefined) found.add(owner);
  }
}

/** Two letters of one token in a row: bytes that merely happen to be a letter are told apart. */
function collectBytes(bytes: Buffer, found: Set<number>): void {
  const text = bytes.toString("utf8");
  let last: number | undefined;
  for (const letter of text) {
    const owner = owners.get(letter.codePointAt(0) ?? 0);
    if (owner !== undefined && owner === last) found.add(owner);
    last = owner;
  }
}

function unescaped(escaped: string): string {
  const wide = escaped.replace(/%u([0-9A-F]{4})/giu, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  try {
    return decodeURIComponent(wide);
  } catch {
    return wide;
  }
}

/** What a log or a file shows of a value, at any depth: fields, elements, keys, messages, bytes; no closures. */
export function observe(value: unknown, found: Set<number>, seen = new Set<object>()): void {
  if (typeof value === "string") findTokens(value, found);
  else if (typeof value === "number" || typeof value === "bigint") findTokens(String(value), found);
  else if (typeof value === "object" && value !== null && !seen.has(value)) {
    seen.add(value);
    observeObject(value, found, seen);
  }
}

function observeObject(value: object, found: Set<number>, seen: Set<object>): void {
  if (Buffer.isBuffer(value) || value instanceof Uint8Array) {
    collectBytes(Buffer.from(value), found);
    return;
  }
  if (value instanceof Map) {
    for (const [key, item] of value)
      [key, item].forEach((part) => {
        observe(part, found, seen);
      });
  } else if (value instanceof Set) {
    for (const item of value) observe(item, found, seen);
  } else if (value instanceof Error) {
    for (const name of ["message", "stack", "cause", "errors"])
      observe(Reflect.get(value, name), found, seen);
  }
  for (const [key, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(value))) {
    if (descriptor.enumerable !== true) continue;
    // Positions are no content: the number of one may happen to be the code of a letter.
    if (!Array.isArray(value) || !/^\d+$/u.test(key)) observe(key, found, seen);
    observe(descriptor.get === undefined ? descriptor.value : descriptor.get.call(value), found, seen);
  }
}
