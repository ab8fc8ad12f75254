/** Guards that are asked about the same child or guardian whoever's data is kept: `hasConsent("test-child")`. */
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import { foldedConstant } from "../evidence/folded-constant.js";
import { AskingHelpers } from "./asking-helpers.js";
import type { GuardPlaces } from "./guard-places.js";
import type { Part } from "./subject-parts.js";

/** What a parameter is called that says who is meant; a purpose or a kind may well be constant. */
const naming =
  /(?:^|[a-z\d_])(?:[iI][dD]|UUID|[uU]uid|[eE]?[mM]ail|[pP]hone)$|^(?:child|guardian|kid|parent|pupil|student|user)$/u;

export class ConstantSubjects {
  private readonly helpers: AskingHelpers;
  private readonly known = new Map<CallSite, boolean>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly places: GuardPlaces,
  ) {
    this.helpers = new AskingHelpers(pointsTo, places, namesSubject);
  }

  /** The call of a guard, or of a function that asks guards, names a constant wherever it says who is meant. */
  isAsked(site: CallSite): boolean {
    let found = this.known.get(site);
    if (found === undefined) {
      const isGuard = this.places.in(site.caller).some((each) => each.site === site);
      const asked = isGuard ? [this.helpers.askedAt(site)] : this.helpers.askedBy(site);
      found = asked.length > 0 && asked.every((parts) => parts.some((part) => this.isConstant(part)));
      this.known.set(site, found);
    }
    return found;
  }

  private isConstant({ node, base, path }: Part): boolean {
    const folded = path.length > 0 ? null : foldedConstant(this.pointsTo, node, base);
    return (typeof folded?.value === "string" && folded.value !== "") || typeof folded?.value === "number";
  }
}

function namesSubject({ edges }: CallSite, index: number): boolean {
  return namesOfParameter(edges, index).length > 0;
}

/** What the parameter is called in all functions that are called, where it says who is meant. */
export function namesOfParameter(edges: CallSite["edges"], index: number): readonly string[] {
  const names = [...edges.values()].map(({ callee }) => callee.graph.parameters[index]?.name ?? "");
  return names.every((name) => naming.test(name)) ? names : [];
}
