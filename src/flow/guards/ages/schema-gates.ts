/**
 * Schemas as gates of an age: what has come through `z.object({ age: z.number().min(14) })`, by a parse that throws or
 * whose answer was tested, is of nobody under 14.
 */
import type { ValueId } from "../../../contracts/file-graph.js";
import { valuesAt } from "../../models/address-values.js";
import type { FunctionNode } from "../../program/program.js";
import type { Outcome } from "../evidence/outcome.js";
import { anyOutcome, at } from "../evidence/outcome.js";
import { functionPlace } from "../../models/function-addresses.js";
import { conditionHolds, selectModels } from "../../models/select-models.js";
import { isGuess } from "../../models/site-models.js";
import type { AbstractValue } from "../../points-to/abstract-value.js";
import type { CallSite } from "../../points-to/points-to.js";
import { OpenWays } from "../open-ways.js";
import type { OpenWaysTools } from "../ways.js";
import { childAge, levelOf } from "./age-limit.js";
import { AgeQuestion } from "./age-question.js";
import type { Decorations } from "../../models/decorations.js";
import type { FoundEntry } from "../entries/entry-found.js";
import type { MadeHandler } from "../handlers/kept-methods.js";
import { ClassDemands } from "./class-demands.js";
import type { AgeTelling, AgeTest } from "./age-test.js";
import type { AgeTests } from "./age-tests.js";
import { isOfAdult } from "./age-words.js";
import type { ChildChecks } from "./child-checks.js";
import type { Examinations } from "./examinations.js";
import { namedAge } from "./named-ages.js";
import { JsonSchemaDemands } from "./json-schema-demands.js";
import type { Demand, SchemaDemands } from "./schema-demands.js";

/** What one demand of a schema says where something came through: a limit, or a function that was asked. */
interface Gate {
  readonly tellings: readonly AgeTelling[];
  readonly level: number;
}

/** What has to fit schemas to come behind a call: what it gives stands there, or what it is given. */
interface Admission {
  /** The addresses of the functions that it is given. */
  readonly given: readonly string[];
  /** Of each of the schemas that may stand there. */
  readonly demands: readonly (readonly Demand[])[];
}

export class SchemaGates {
  private readonly demands: SchemaDemands;
  private readonly written: JsonSchemaDemands;
  private readonly examinations: Examinations;
  private readonly gates = new Map<Demand, Gate | null>();
  private readonly behind = new Map<CallSite, readonly Admission[]>();
  private found: ReadonlySet<FunctionNode> | null = null;
  private readonly classes: ClassDemands;

  constructor(
    private readonly tools: OpenWaysTools,
    private readonly tests: AgeTests,
    private readonly childChecks: ChildChecks,
    decorations: Decorations,
  ) {
    this.classes = new ClassDemands(tools.pointsTo, tools.models, decorations);
    this.demands = tests.schemas;
    this.written = new JsonSchemaDemands(tools.pointsTo, this.demands);
    this.examinations = tests.examinations;
  }

  /** Functions in which something is held against a schema that asks for an age. */
  get functions(): ReadonlySet<FunctionNode> {
    return (this.found ??= this.find());
  }

  /** How low the levels of tests go, these among them, the highest first. */
  get levels(): readonly number[] {
    if (this.functions.size === 0) return this.tests.levels;
    const own = [...this.gates.values()].flatMap((gate) => (gate === null ? [] : [gate.level]));
    return [...new Set([...this.tests.levels, ...own])]
      .filter((level) => level < childAge)
      .sort((a, b) => b - a);
  }

  /** Where the value comes out so, only people of an age that is no child's have been let through. */
  tells(node: FunctionNode, value: ValueId, outcome: Outcome, isWaited: boolean, ages: AgeQuestion): boolean {
    if (!this.functions.has(node)) return false;
    return this.examinations.held(node, value, outcome, isWaited).some(({ site, by }) => {
      const schemas = valuesAt(this.tools.pointsTo, site, by);
      return this.areAsked(
        schemas.map((schema) => this.demands.of(schema)),
        ages,
      );
    });
  }

  /** Does what a package gives let nobody else through: `zValidator("json", schema)`, `procedure.input(schema)`? */
  isGuard(
    value: AbstractValue,
    ages: AgeQuestion,
    entry: FoundEntry | null = null,
    made: MadeHandler | null = null,
  ): boolean {
    if (this.functions.size > 0 && entry !== null) {
      // Of several objects that are given, one that is of nobody under 14 is enough.
      const asked = this.classes.askedBefore(value, entry, made);
      if (asked.some((demands) => this.areAsked([demands], ages))) return true;
    }
    if (value.kind !== "foreign" || value.site === null) return false;
    const site = this.tools.pointsTo.sites.get(value.site);
    return site !== undefined && this.admits(site, null, ages);
  }

  /** Does the call itself ask, before what it is given is run: `app.post(path, { schema }, handler)`? */
  isGuardingCall(site: CallSite, address: string, ages: AgeQuestion): boolean {
    return this.admits(site, address, ages);
  }

  /** With no address, what the call gives. */
  private admits(site: CallSite, address: string | null, ages: AgeQuestion): boolean {
    if (this.functions.size === 0) return false;
    return (this.behind.get(site) ?? []).some(
      ({ given, demands }) =>
        (address === null ? given.length === 0 : given.includes(address)) && this.areAsked(demands, ages),
    );
  }

  /** Does each of the schemas ask for an age? */
  private areAsked(schemas: readonly (readonly Demand[])[], ages: AgeQuestion): boolean {
    return (
      schemas.length > 0 &&
      schemas.every((demands) =>
        demands.some((demand) => {
          const gate = this.gateOf(demand);
          return gate !== null && gate.level >= ages.level && ages.acceptsAll(gate.tellings);
        }),
      )
    );
  }

  /** The schemas that everything has to fit behind a call, whatever is called there. */
  private findAdmissions(site: CallSite): readonly Admission[] {
    const { pointsTo, models } = this.tools;
    const found = models.at(site).flatMap(({ model, names }) =>
      model.roles.flatMap((role) =>
        role.kind === "admits" &&
        !role.unless.some((all) => all.every((each) => conditionHolds(pointsTo, site, each, names)))
          ? [
              {
                model,
                given: role.given.map((each) => functionPlace(each, each.steps.length).text),
                demands: valuesAt(pointsTo, site, role.by, names).map((each) => this.written.of(each)),
              },
            ]
          : [],
      ),
    );
    const isCertain =
      found.length > 0 &&
      site.edges.size === 0 &&
      [...site.foreign].every(
        (callee) =>
          isGuess(callee) ||
          selectModels(pointsTo, site, callee).some(({ model }) =>
            found.some((each) => each.model === model),
          ),
      );
    return isCertain ? found : [];
  }

  private find(): ReadonlySet<FunctionNode> {
    const { pointsTo, models } = this.tools;
    const found = new Set<FunctionNode>();
    for (const demand of this.classes.all) if (this.gateOf(demand) !== null) found.add(demand.site.caller);
    for (const site of pointsTo.sites.values()) {
      if (site.foreign.size === 0) continue;
      const examined = models
        .at(site)
        .flatMap(({ model, names }) =>
          model.roles.flatMap((role) =>
            role.kind === "examines" && role.by != null ? valuesAt(pointsTo, site, role.by, names) : [],
          ),
        );
      const admissions = this.findAdmissions(site);
      if (admissions.length > 0) this.behind.set(site, admissions);
      const demands = [
        ...examined.flatMap((schema) => this.demands.of(schema)),
        ...admissions.flatMap((each) => each.demands.flat()),
      ];
      const gates = demands.map((each) => this.gateOf(each));
      if (gates.some((gate) => gate !== null)) found.add(site.caller);
    }
    return found;
  }

  private gateOf(demand: Demand): Gate | null {
    let found = this.gates.get(demand);
    if (found === undefined) this.gates.set(demand, (found = this.findGate(demand)));
    return found;
  }

  private findGate(demand: Demand): Gate | null {
    const { path, asks, site } = demand;
    // In a list there may be nobody, and next to a child somebody who is none.
    if (path.includes("[]", 1) || path.some(isOfAdult)) return null;
    const isSpared = [...demand.spared].some((length) => length > 0 || path.length === 0);
    if ("functions" in asks) {
      const gates = asks.functions.map((each) => this.gateOfFunction(each, asks.answer));
      const all = gates.flatMap((gate) => gate ?? []);
      if (all.length < gates.length) return null;
      const tellings = all.flatMap((gate) => gate.tellings);
      if (!isSpared) return { level: Math.min(...all.map(({ level }) => level)), tellings };
      const test = { node: site.caller, at: site.instruction.at, sides: [null, null], of: [] } as const;
      return missing(test);
    }
    const name = path.findLast((each) => each !== "[]");
    const age = name === undefined ? null : namedAge(name, "no");
    if (age === null) return null;
    const test = this.tests.limited(site, age, asks.operator, asks.limit);
    const [verdict] = test?.sides ?? [];
    if (test === null || verdict == null) return null;
    return isSpared && verdict.level > levelOf.missing
      ? missing(test)
      : { level: verdict.level, tellings: [{ test, verdict }] };
  }

  /** A function that only says yes, or only comes back without a complaint, for those who are no children. */
  private gateOfFunction(node: FunctionNode, answer: "yes" | "nothing"): Gate | null {
    const { pointsTo, models } = this.tools;
    const isUnmet = (caller: FunctionNode, point: number): boolean => {
      const site = pointsTo.findSite(caller, point);
      return (
        site !== undefined &&
        models.at(site).some(({ model }) => model.roles.some((role) => role.kind === "demands" && role.unmet))
      );
    };
    for (const level of [childAge, ...this.tests.levels]) {
      const ages = new AgeQuestion(this.tests, level);
      const open = new OpenWays(this.tools, {
        ages,
        accepts: (mark, site) => mark.kind === "adult" && this.childChecks.accepts(site, ages),
        acceptsMark: (mark) => mark.kind === "adult",
        isDone: (caller, point) => answer === "nothing" && isUnmet(caller, point),
        places: [...this.tests.functions],
      });
      const outcome = answer === "yes" ? at([], { kind: "truthy" }) : anyOutcome;
      if (!open.mayReturn(node, outcome, node.graph.async))
        return { level, tellings: [...ages.overlooked.values()] };
    }
    return null;
  }
}

/** Of whom no age is said comes through. */
function missing(test: AgeTest): Gate {
  const verdict = { level: levelOf.missing, fault: "missing", youngest: 0 } as const;
  return { level: levelOf.missing, tellings: [{ test, verdict }] };
}
