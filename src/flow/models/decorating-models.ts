/** What models say of a decorator, for where it stands: `@RabbitSubscribe({ queue }) onGone(message)`. */
import type { ModelMatch } from "../../models/catalogue.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { conditionHolds } from "./select-models.js";

export interface DecoratingModel extends ModelMatch {
  /** The call that makes the decorator, with what it says. */
  readonly at: CallSite;
  /** The method or the class that it stands at. */
  readonly decorated: AbstractValue | null;
}

export function decoratingModels(pointsTo: PointsTo, site: CallSite): readonly DecoratingModel[] {
  if (site.instruction.kind !== "call" || site.instruction.decorates === undefined) return [];
  return [...site.foreign].flatMap(({ module, path, site: made }) => {
    const at = made === null ? undefined : pointsTo.sites.get(made);
    return at === undefined || path.at(-1) !== "()"
      ? []
      : pointsTo.catalogue
          .match(module, path.slice(0, -1), "decorator")
          .filter(({ model, names }) =>
            model.when.every((condition) => conditionHolds(pointsTo, at, condition, names)),
          )
          .map((match) => ({ ...match, at, decorated: decoratedAt(pointsTo, site) }));
  });
}

function decoratedAt({ program, values }: PointsTo, { caller, instruction }: CallSite): AbstractValue | null {
  const target = instruction.kind === "call" ? instruction.decorates : undefined;
  const home = target === undefined ? undefined : program.classIn(caller, target.class);
  if (target === undefined || home === undefined) return null;
  if (target.kind === "class") return values.class(home);
  const member = home.graph.members.find(
    ({ kind, name }) => kind === "method" && name.kind === "name" && name.name === target.member,
  );
  const method = member?.function == null ? undefined : program.memberOf(home, member.function);
  return method === undefined ? null : values.function(method);
}
