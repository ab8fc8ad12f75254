/** Ways through handlers that end where the request is answered: behind that, a framework hands on to nobody. */
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import type { SiteModels } from "../../models/site-models.js";
import { OpenWays } from "../open-ways.js";

export class AnsweredWays {
  private readonly known = new WeakMap<OpenWays, OpenWays>();
  private answers: ReadonlyMap<FunctionNode, ReadonlySet<number>> | null = null;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly models: SiteModels,
  ) {}

  of(open: OpenWays): OpenWays {
    const answers = (this.answers ??= this.find());
    if (answers.size === 0) return open;
    let found = this.known.get(open);
    if (found === undefined) {
      found = open.exceptedIn((plain) => this.of(plain)) ?? endedAt(open, answers);
      this.known.set(open, found);
    }
    return found;
  }

  private find(): Map<FunctionNode, Set<number>> {
    const found = new Map<FunctionNode, Set<number>>();
    for (const site of this.pointsTo.sites.values()) {
      if (site.foreign.size === 0 || !this.isAnswer(site)) continue;
      const known = found.get(site.caller);
      if (known === undefined) found.set(site.caller, new Set([site.point]));
      else known.add(site.point);
    }
    return found;
  }

  private isAnswer(site: CallSite): boolean {
    return this.models
      .at(site)
      .some(({ model }) => model.roles.some((role) => role.kind === "answers" && role.by === "call"));
  }
}

function endedAt(
  { question, tools }: OpenWays,
  answers: ReadonlyMap<FunctionNode, ReadonlySet<number>>,
): OpenWays {
  return new OpenWays(tools, {
    ...question,
    isDone: (node, point) => question.isDone(node, point) || answers.get(node)?.has(point) === true,
    places: [...question.places, ...answers.keys()],
  });
}
