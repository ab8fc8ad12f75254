/** How tables are called, and how names of one table are told to be the same. */

const irregular = new Map([
  ["child", "children"],
  ["person", "people"],
  ["man", "men"],
  ["woman", "women"],
]);

/** Databases and code spell one name in their own ways: `guardian_phone` is `guardianPhone`. */
export function plainName(name: string): string {
  return name.toLowerCase().replaceAll("_", "");
}

export function isSameName(a: string, b: string): boolean {
  return plainName(a) === plainName(b);
}

/** `GuardianContact` is `guardian_contact`. */
export function snakeName(name: string): string {
  return name
    .replaceAll(/([a-z\d])([A-Z])/gu, "$1_$2")
    .replaceAll(/([A-Z]+)([A-Z][a-z])/gu, "$1_$2")
    .toLowerCase();
}

/** As libraries make a table's name of a model's: `Child` is `Children`, `city` is `cities`; `runners` stays. */
export function pluralOf(name: string): string {
  const last = /[A-Z]?[a-z]+$/u.exec(name)?.[0] ?? name;
  const before = name.slice(0, name.length - last.length);
  const other = irregular.get(last.toLowerCase());
  if (other !== undefined) return before + (/^[A-Z]/u.test(last) ? capital(other) : other);
  if (/[^ius]s$/iu.test(name) || [...irregular.values()].includes(last.toLowerCase())) return name;
  if (/(?:s|x|z|ch|sh)$/iu.test(name)) return `${name}es`;
  return /[^aeiou]y$/iu.test(name) ? `${name.slice(0, -1)}ies` : `${name}s`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
