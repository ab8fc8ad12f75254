/** Paths of addresses beside paths of values. */
import type { AddressStep } from "../../../contracts/model.js";

/** Whichever element of a list. */
export const someElement = "[]";

/** What a step leads to, as a name in a path; null where that is no one place. */
function nameOf(step: AddressStep): string | null {
  switch (step.kind) {
    case "property":
      return step.name;
    case "element":
    case "last":
    case "same":
    case "end":
    case "entry":
      return someElement;
    default:
      return null;
  }
}

/** Null where they lead to more than one place, or deeper than names do. */
export function namesOfSteps(steps: readonly AddressStep[]): readonly string[] | null {
  const names = steps.map(nameOf);
  return names.every((name) => name !== null) ? names : null;
}

function areSame(one: string, other: string | undefined): boolean {
  if (one === other) return true;
  const isIndex = (name: string | undefined): boolean => name === someElement || /^\d+$/u.test(name ?? "");
  return isIndex(one) && isIndex(other) && (one === someElement || other === someElement);
}

/** What remains of a path below the names; null: it leads elsewhere, or ends above them. */
export function restBelow(names: readonly string[], path: readonly string[]): readonly string[] | null {
  return names.every((name, index) => areSame(name, path[index])) ? path.slice(names.length) : null;
}

/** One of them leads into the other. */
export function meets(names: readonly string[], path: readonly string[]): boolean {
  const length = Math.min(names.length, path.length);
  return names.slice(0, length).every((name, index) => areSame(name, path[index]));
}
