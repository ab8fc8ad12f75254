/** The door of the guard analysis: facts at sinks in, operations that no guard stands before out. */
import type { AnnotationTable } from "../../contracts/annotation.js";
import type { ConsentPolicy } from "../../contracts/flow.js";
import type { SolveResult } from "../../contracts/solve-result.js";
import type { Resolver } from "../../contracts/resolver.js";
import type { Borders } from "../tabulation/borders.js";
import { NoReturn } from "../program/no-return.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { SinkHit } from "../sinks/sinks.js";
import type { SiteModels } from "../models/site-models.js";
import { InputTypes } from "../sources/input-types.js";
import type { Sources } from "../sources/sources.js";
import { RowDeclarations } from "../stores/row-declarations.js";
import type { Tables } from "../stores/tables.js";
import type { StaticConditions } from "../ways/static-conditions.js";
import { tellAgeTest } from "./ages/tell-age-test.js";
import { Chains } from "./handlers/chains.js";
import { Guards } from "./marks/guards.js";
import { HeldValues } from "./held-values.js";
import { deviceReadings } from "./device-readings.js";
import { ValuesBehind } from "./values-behind.js";
import type { Tabulation } from "../tabulation/tabulation.js";
import { HollowGuards } from "./marks/hollow-guards.js";
import type { NewData } from "./new-data.js";
import { Operations } from "./operations.js";
import { unversionedGuards } from "./marks/versioned-guards.js";
import { GivenPlaces } from "./evidence/given-places.js";
import { KeptValues } from "./evidence/kept-values.js";
import type { OpenWaysTools } from "./ways.js";
import { WrittenProperties } from "./evidence/written-properties.js";

interface Solved {
  readonly pointsTo: PointsTo;
  readonly resolver: Resolver;
  readonly annotations: AnnotationTable;
  readonly models: SiteModels;
  readonly sources: Pick<Sources, "origins" | "seeded">;
  readonly conditions: StaticConditions;
  readonly hits: readonly SinkHit[];
  readonly tabulation: Tabulation;
  readonly borders: Borders;
  readonly tables: Tables;
  readonly consent: ConsentPolicy;
}

type Consent = Pick<SolveResult, "operations" | "ageTests" | "hollowGuards" | "unversionedGuards">;

/** What was found, with what looks for guards: others ask of ways, too. */
export interface ConsentFound {
  readonly found: Consent;
  readonly tools: OpenWaysTools;
  readonly chains: Chains;
  readonly fresh: NewData;
}

export function findOperations(solved: Solved): ConsentFound {
  const { pointsTo, resolver, annotations, models, sources, conditions, hits, borders, consent } = solved;
  const { origins } = sources;
  const inputs = new InputTypes(pointsTo, models, solved.tables);
  const rows = new RowDeclarations(pointsTo, models, solved.tables, inputs);
  const guards = new Guards(pointsTo, models, resolver, annotations, undefined, rows);
  const tools = {
    pointsTo,
    guards,
    conditions,
    models,
    noReturn: new NoReturn(pointsTo, models),
    properties: new WrittenProperties(pointsTo, models),
    given: new GivenPlaces(pointsTo, models),
    kept: new KeptValues(pointsTo),
    inputs,
  };
  const chains = new Chains(pointsTo, models);
  const held = new HeldValues(pointsTo);
  const readings = deviceReadings({
    pointsTo,
    models,
    tabulation: solved.tabulation,
    annotations,
    marked: [...borders.crossed, ...sources.seeded],
    behind: () => new ValuesBehind(pointsTo, models, tools.given, borders.writers),
  });
  const asked = new Operations(tools, chains, origins, held, annotations, borders);
  const { operations, ageTests } = asked.find([...readings, ...hits], consent);
  const found = {
    operations,
    ageTests: ageTests.flatMap(tellAgeTest),
    hollowGuards: new HollowGuards(pointsTo, guards, models, origins, held).find(),
    unversionedGuards: unversionedGuards(pointsTo, guards),
  };
  return { found, tools, chains, fresh: asked.fresh };
}
