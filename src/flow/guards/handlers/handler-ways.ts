/** How the handlers of a registration go on: asked of each place of the list, for whatever may stand in it. */
import type { FunctionNode } from "../../program/program.js";
import type { AnsweredWays } from "./answered-ways.js";
import { Continuing } from "./continuing.js";
import type { Handler } from "./handlers-given.js";
import type { OpenWays } from "../open-ways.js";
import type { Registration } from "./registrations.js";
import type { Requests, ToldRequests } from "./told-requests.js";

export class HandlerWays {
  constructor(
    private readonly told: ToldRequests,
    private readonly answered: AnsweredWays,
  ) {}

  /** To the next handler, on a way past no guard, for the requests. */
  handsOn(handler: FunctionNode, each: Registration, requests: Requests | null, open: OpenWays): boolean {
    if (!this.continuing(each, open).handsOn(handler)) return false;
    const facts = open.isNearGuard(handler) ? this.told.before(handler, each, requests) : null;
    return facts === null || this.continuing(each, open.given(facts)).handsOn(handler);
  }

  skips({ values }: Handler, each: Registration, level: 0 | 1, open: OpenWays): boolean {
    const continuing = this.continuing(each, open);
    return values.some((value) => "graph" in value && continuing.skips(value, level));
  }

  fails({ values }: Handler, each: Registration, open: OpenWays): boolean {
    const continuing = this.continuing(each, open);
    return values.some((value) => "graph" in value && continuing.fails(value, each.isEscaping));
  }

  isForErrors({ values }: Handler, each: Registration, open: OpenWays): boolean {
    if (each.role.rescues.length === 0) return false;
    const continuing = this.continuing(each, open);
    return values.some((value) => "graph" in value && continuing.isForErrors(value));
  }

  rescues({ values }: Handler, each: Registration, open: OpenWays): boolean {
    if (each.role.rescues.length === 0) return false;
    const continuing = this.continuing(each, open);
    return values.some((value) => "graph" in value && continuing.rescues(value));
  }

  private continuing({ role }: Registration, open: OpenWays): Continuing {
    return new Continuing(open, this.answered.of(open), role);
  }
}

/** `const requireConsent = createMiddleware(…)`: the name that stands in the list is marked. */
export function isMarkedByName(name: Handler["name"], open: OpenWays): boolean {
  const marks = name === null ? [] : open.tools.guards.ofName(name.node, name.start);
  return marks.some((mark) => mark.kind === "guard" && open.question.acceptsMark(mark));
}
