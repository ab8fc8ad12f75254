/** Functions that say which elements of a list go on (`filter`, `find`): what they say no to is left out. */
import type { Address, PathModel } from "../../contracts/model.js";
import type { AccessPath } from "../paths/access-path.js";
import { valuesAt } from "../models/address-values.js";
import { anything } from "../heap/held-fields.js";
import type { State } from "../tabulation/fact.js";
import { functionPlace } from "../models/function-addresses.js";
import { pairKey } from "../paths/path-components.js";
import type { CallSite } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { Tabulation } from "../tabulation/tabulation.js";
import type { IsConverted } from "./converted-fields.js";

/** What stands at `path` in an element does not go on to `to`: every function that is asked says no. `again` is done once it may say yes. */
export function isLeftOut(
  tabulation: Tabulation,
  site: CallSite,
  model: PathModel,
  targets: readonly Address[],
  to: Address,
  path: AccessPath,
  state: State,
  again: () => void,
): boolean {
  const isConverted = tabulation.converted.asked(state, () => again);
  return model.roles.some((role) => {
    if (role.kind !== "selects" || role.by.text === to.text) return false;
    const { by } = role;
    const position = by.steps.length - 1;
    const last = by.steps[position];
    if (last?.kind !== "parameter" || !targets.some((target) => target.text === by.text)) return false;
    const functions = valuesAt(tabulation.pointsTo, site, functionPlace(by, position), []);
    return (
      functions.length > 0 &&
      functions.every(
        (value) =>
          value.kind === "function" &&
          saysNo(tabulation, value.function, last.index, path, state, isConverted),
      )
    );
  });
}

/** The function, given an element in which something stands at `path`, answers with no truth. */
function saysNo(
  { conditions, branches, facts }: Tabulation,
  asked: FunctionNode,
  index: number,
  path: AccessPath,
  state: State,
  isConverted: IsConverted,
): boolean {
  const key = pairKey(path.components[0] ?? "");
  if (key !== null) return conditions.truthOfResult(asked, index, key, true) === false;
  const element = asked.code.find((each) => each.kind === "parameter" && each.index === index);
  if (element?.kind !== "parameter") return false;
  const fact = facts.fact(element.out, path, facts.noteKey(state, null));
  return branches.tests.answersWithout(asked, fact, "then", { ...anything, isConverted });
}
