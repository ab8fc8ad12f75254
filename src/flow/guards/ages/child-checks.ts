/** Functions that are marked to say who is a child, and whether the ages in them are right. */
import type { CallSite } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import { OpenWays } from "../open-ways.js";
import { at } from "../evidence/outcome.js";
import type { OpenWaysTools } from "../ways.js";
import { childAge } from "./age-limit.js";
import { AgeQuestion } from "./age-question.js";
import type { AgeTests } from "./age-tests.js";

interface Body {
  readonly level: number;
  readonly ages: AgeQuestion | null;
}

const trusted: Body = { level: childAge, ages: null };

export class ChildChecks {
  private readonly bodies = new Map<FunctionNode, Body>();

  constructor(
    private readonly tools: OpenWaysTools,
    private readonly tests: AgeTests,
  ) {}

  /** Is the answer that somebody is no child taken for what it says? */
  accepts(site: CallSite, ages: AgeQuestion): boolean {
    return [...site.edges.values()].every(({ callee }) => {
      const body = this.bodyOf(callee);
      if (body.ages === null) return true;
      if (body.level < ages.level) return false;
      if (ages.without !== null && body.ages.overlooked.has(ages.without)) return false;
      for (const [test, telling] of body.ages.overlooked) ages.overlooked.set(test, telling);
      return true;
    });
  }

  /** A body that does not decide by an age is trusted. */
  private bodyOf(node: FunctionNode): Body {
    let found = this.bodies.get(node);
    if (found !== undefined) return found;
    this.bodies.set(node, trusted);
    found = this.examine(node);
    this.bodies.set(node, found);
    return found;
  }

  private examine(node: FunctionNode): Body {
    for (const level of [childAge, ...this.tests.levels]) {
      const ages = new AgeQuestion(this.tests, level);
      const open = new OpenWays(this.tools, {
        ages,
        accepts: (mark, site) => mark.kind === "adult" && this.accepts(site, ages),
        acceptsMark: (mark) => mark.kind === "adult",
        isDone: () => false,
        places: [...this.tests.functions],
      });
      if (!open.mayReturn(node, at([], { kind: "falsy" }), node.graph.async))
        return level === childAge ? trusted : { level, ages };
    }
    return trusted;
  }
}
