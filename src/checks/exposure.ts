/** Whether what happened to a field on its way keeps it from whoever reads the store. */
import type { Field } from "../contracts/annotation.js";
import type { Protection } from "../contracts/flow.js";

/** Hashed as passwords are, a password is kept; a birth date, of which there are few, is found by trying. */
export function isExposed(protection: Protection, field: Field | undefined): boolean {
  switch (protection.kind) {
    case "raw":
    case "encoded":
    case "weak":
      return true;
    case "hashed":
      return !(protection.slow && field !== undefined && isPassword(field));
    case "encrypted":
    case "pseudonymised":
      return false;
  }
}

function isPassword({ category, name }: Field): boolean {
  const own = name.slice(name.lastIndexOf(".") + 1);
  return category === "credential" || /pass(?:word|wd|code|phrase)|pwd|credential/iu.test(own);
}
