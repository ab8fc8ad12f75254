/** Which fields are read for something, and what cannot be told of reads. */
import type { UseFacts } from "../../contracts/uses.js";
import type { FieldId } from "../../contracts/annotation.js";
import { HeldValues } from "../guards/held-values.js";
import type { Chains } from "../guards/handlers/chains.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { SiteModels } from "../models/site-models.js";
import type { Writers } from "../points-to/writers.js";
import type { Tables } from "../stores/tables.js";
import { WithheldAnswers } from "../models/withheld-answers.js";
import { ColumnMentions } from "./column-mentions.js";
import type { FieldUses } from "./field-uses.js";
import { UseOrigins } from "./use-origins.js";

interface Solved {
  readonly pointsTo: PointsTo;
  readonly models: SiteModels;
  readonly writers: Writers;
  readonly chains: Chains;
  readonly uses: FieldUses;
  readonly told: ReadonlySet<CallSite>;
  readonly tables: Tables;
}

export function findUses({ pointsTo, models, writers, chains, uses, told, tables }: Solved): UseFacts {
  const held = new HeldValues(pointsTo);
  const withheld = new WithheldAnswers(tables.withheld, pointsTo, models, chains);
  const origins = new UseOrigins(pointsTo, models, held, chains, withheld);
  const used = new Set<FieldId>(uses.used);
  for (const [field, doubtful] of uses.doubtful)
    if (!used.has(field) && doubtful.some((use) => origins.counts(field, use))) used.add(field);
  return { used, ...new ColumnMentions({ pointsTo, models, writers, held, told, tables }).facts };
}
