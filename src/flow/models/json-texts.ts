/** What JSON shows of a value: an object's own `toJSON` decides, and some objects hide what they hold. */
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { AccessPath } from "../paths/access-path.js";
import { accessPath } from "../paths/access-path.js";
import { noContext } from "../contexts/context.js";
import { chainOf, declaresMember, isLibraryError } from "../program/class-chain.js";
import type { Entry } from "../tabulation/entry.js";
import { hasEntered } from "../tabulation/entry.js";
import type { Base, Fact } from "../tabulation/fact.js";
import { receiver } from "../tabulation/fact.js";
import { forMember } from "../program/class-members.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { ClassNode, FunctionNode } from "../program/program.js";
import type { Tabulation } from "../tabulation/tabulation.js";
import type { Trace } from "../tabulation/trace.js";
import { step } from "../tabulation/trace.js";

/** Library objects that are written as `{}`, whatever they hold. */
const emptyInJson = /^(?:Weak)?(?:Map|Set)$|^Promise$/u;
const errorType = /Error$/u;
const hiddenInErrors = new Set(["message", "stack", "cause"]);

export class JsonTexts {
  private readonly conversions = new Map<AbstractValue, readonly FunctionNode[]>();

  constructor(
    private readonly tabulation: Tabulation,
    private readonly pointsTo: PointsTo,
  ) {}

  /**
   * A fact at `path` below `base` is written into the text `out`. Where an object on the way has a `toJSON`, it is
   * called, and what it returns stands there instead. True if nothing else of the fact is written.
   */
  convert(
    entry: Entry,
    site: CallSite,
    base: Base,
    path: AccessPath,
    out: Base,
    fact: Fact,
    trace: Trace,
  ): boolean {
    if (base < 0) return false;
    let values: readonly AbstractValue[] = [...this.pointsTo.valuesOf(entry.node, base)];
    for (let depth = 0; depth < path.components.length; depth++) {
      const component = path.components[depth] ?? "";
      const objects = values.filter((value) => value.kind !== "constant");
      if (objects.length === 0) return false;
      const converted = objects.map((value) => this.conversionsOf(value));
      for (const callee of new Set(converted.flat()))
        this.enter(entry, site, callee, path.components, depth, out, fact, trace);
      if (
        objects.every(
          (value, index) => (converted[index] ?? []).length > 0 || hides(this.pointsTo, value, component),
        )
      )
        return true;
      // Each once: objects that know each other would come again and again.
      values = [
        ...new Set(objects.flatMap((value) => [...this.pointsTo.fieldNode(value, component).values])),
      ];
    }
    return false;
  }

  private conversionsOf(value: AbstractValue): readonly FunctionNode[] {
    const known = this.conversions.get(value);
    if (known !== undefined) return known;
    const found: FunctionNode[] = [];
    this.conversions.set(value, found);
    if (value.kind === "instance")
      forMember(this.pointsTo, value.class, "toJSON", false, (member) => {
        if (member.kind === "method" && member.function !== null)
          found.push(this.pointsTo.instanceCopies.find(value, member.function));
      });
    else if (value.kind === "object")
      for (const method of this.pointsTo.fieldsOf(value).get("toJSON")?.values ?? [])
        if (method.kind === "function") found.push(method.function);
    return found;
  }

  private enter(
    entry: Entry,
    site: CallSite,
    callee: FunctionNode,
    components: readonly string[],
    depth: number,
    out: Base,
    fact: Fact,
    trace: Trace,
  ): void {
    const inside = this.tabulation.facts.fact(receiver, accessPath(components.slice(depth)), fact.state);
    const run = this.tabulation.entryOf(callee, inside, noContext);
    if (hasEntered(run, fact, (each) => each.entry === entry && each.site === site)) return;
    const { name } = callee.graph;
    const passed = step(
      entry.node,
      site.instruction.at,
      { kind: "passed", parameter: "this", callee: name },
      trace,
    );
    const result = { base: out, read: [], add: ["<text>", ...components.slice(0, depth)] };
    this.tabulation.addIncoming(run, {
      entry,
      site,
      binding: { callee, links: [], result },
      callback: null,
      fact,
      trace: passed,
      before: trace,
    });
  }
}

function hides(pointsTo: PointsTo, value: AbstractValue, component: string): boolean {
  if (value.kind === "instance") {
    if (!hiddenInErrors.has(component)) return false;
    const chain = chainOf(pointsTo, value.class);
    const isOwn = chain.some((each) => each.kind === "class" && assigns(pointsTo, each.class, component));
    return chain.some(isLibraryError) && !isOwn && !declaresMember(chain, component);
  }
  if (value.kind !== "foreign" || value.module !== "lib") return false;
  const type = value.path.length === 1 ? (value.path[0] ?? "") : "";
  return emptyInJson.test(type) || (errorType.test(type) && hiddenInErrors.has(component));
}

/** A constructor that writes the property itself makes it one that is shown. */
function assigns(pointsTo: PointsTo, each: ClassNode, name: string): boolean {
  const { constructorFunction } = each.graph;
  if (constructorFunction === null) return false;
  return (pointsTo.program.memberOf(each, constructorFunction)?.code ?? []).some(
    (instruction) =>
      instruction.kind === "store" &&
      instruction.property.kind === "name" &&
      instruction.property.name === name,
  );
}
