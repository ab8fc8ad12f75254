/** Requests by which a company is asked to erase what it keeps, or only to put it aside. */
import type { AskedBy, Company } from "../../contracts/company.js";
import type { ErasureStrength } from "../../contracts/deletion.js";
import type { Request } from "../models/requests.js";

/** What a request asks a company to do with what it keeps. */
export interface Asked {
  /** Null: with all that it keeps. */
  readonly target: string | null;
  readonly strength: Extract<ErasureStrength, "hard" | "archive" | "unknown">;
}

export function askedOf(company: Company, request: Request): readonly Asked[] {
  const { keeps, archives } = company;
  const isTold = company.erases.length + archives.length > 0;
  const erases = isTold ? company.erases : keeps.flatMap(({ word }) => deletesOf(word.toLowerCase()));
  const asked = (forms: readonly AskedBy[], strength: Asked["strength"]): readonly Asked[] =>
    forms.flatMap((form) => {
      const is = isAskedBy(form, request);
      const target = keeps.find(({ word }) => form.path.includes(word.toLowerCase()))?.target ?? null;
      return is === "no" ? [] : [{ target, strength: is === "yes" ? strength : "unknown" }];
    });
  const erased = asked(erases, "hard");
  const aside = asked(archives, "archive");
  // What is known to erase is no putting aside: `/users/*` beside `/users/*?hard_delete=true`.
  return erased.some(({ strength }) => strength === "hard")
    ? erased
    : aside.some(({ strength }) => strength === "archive")
      ? aside
      : erased;
}

function deletesOf(word: string): readonly AskedBy[] {
  return [[word], [word, "*"]].map((path) => ({ verb: "delete", path, query: "" }));
}

/** Whether a request is one of that form; `maybe`: nothing is known of its address but the host. */
export function isAskedBy({ verb, path, query }: AskedBy, request: Request): "yes" | "no" | "maybe" {
  if (request.verb !== verb) return "no";
  if (request.path.length > 0 && request.path.every((each) => each === "*"))
    return path.every((each) => each === "*") ? "yes" : "maybe";
  const from = request.path.length - path.length;
  if (from < 0 || !request.query.includes(query)) return "no";
  return path.every((each, index) => each === "*" || each === plain(request.path[from + index]))
    ? "yes"
    : "no";
}

/** `/users/1.json` */
function plain(part: string | undefined): string | undefined {
  return part?.replace(/\.json$/u, "");
}
