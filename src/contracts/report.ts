/** The report as JSON: stable, versioned, with its JSON Schema in `schema/report.json`. */
import { z } from "zod";
import { ruleIds } from "./obligation.js";
import { categories, media } from "./vocabulary.js";

const line = z.int().min(1);

const locationSchema = z
  .strictObject({
    file: z.string().describe("Relative to the audited folder, with /"),
    line,
    column: line,
    endLine: line.exactOptional(),
    endColumn: line.exactOptional(),
  })
  .meta({ id: "location" });

const stepSchema = z.strictObject({ file: z.string(), line, column: line, note: z.string() });

export const findingSchema = z
  .strictObject({
    rule: z.enum(ruleIds),
    severity: z.enum(["error", "warn"]),
    verdict: z.enum(["proven", "possible"]),
    articles: z.array(z.int()),
    message: z.string(),
    fingerprint: z.string(),
    location: locationSchema,
    field: z
      .strictObject({ name: z.string(), category: z.enum(categories), declaration: locationSchema })
      .nullable()
      .describe("Null for findings that are about no field"),
    sink: z
      .strictObject({
        package: z.string(),
        path: z.string(),
        medium: z.enum(media).nullable(),
        target: z.string().nullable(),
        recipient: z.string().optional().describe("The company or host, where the sink hands data on"),
      })
      .nullable(),
    trace: z.array(stepSchema).describe("From where the data is read or enters to the sink"),
    otherSources: z.array(locationSchema),
    fix: z.string(),
  })
  .meta({ id: "finding" });

const fieldSchema = z.strictObject({
  name: z.string(),
  category: z.enum(categories),
  purposes: z.array(z.string()),
  retention: z.string().nullable(),
  declaration: locationSchema,
});

const storeSchema = z.strictObject({
  medium: z.enum(media),
  client: z.string(),
  target: z.string().nullable(),
  fields: z.array(z.string()),
  protection: z.array(z.string()).describe("The states in which data arrives: raw, encrypted, …"),
  declared: z.string().nullable().describe("Encryption at rest as the config declares it; not verified"),
  locations: z.array(locationSchema),
});

const recipientSchema = z.strictObject({
  name: z.string(),
  fields: z.array(z.string()),
  locations: z.array(locationSchema),
});

const collectionSchema = z.strictObject({ field: z.string(), location: locationSchema });

const flowSchema = z.strictObject({
  field: z.string(),
  to: z.string().describe("medium:client/target, log:client or recipient:name"),
  protection: z.string(),
  verdict: z.enum(["proven", "possible"]),
  source: locationSchema,
  sink: locationSchema,
});

const deletionSchema = z.strictObject({
  entry: z.string(),
  kind: z.string(),
  reaches: z.array(z.string()),
  misses: z.array(z.string()),
});

/** No article is ever called met. */
export const articleStatuses = [
  "violated",
  "no-violation-found",
  "declared",
  "undetermined",
  "not-applicable",
] as const;

const articleSchema = z.strictObject({
  article: z.int().min(1).max(29),
  status: z.enum(articleStatuses),
  findings: z.int(),
  evidence: z.array(
    z.strictObject({ kind: z.string(), location: locationSchema.nullable(), note: z.string() }),
  ),
});

export const reportSchema = z
  .strictObject({
    version: z.literal(1),
    provenance: z.strictObject({
      tool: z.string(),
      catalogue: z.string(),
      commit: z.string().nullable(),
      dirty: z.boolean().nullable(),
      config: z.string().nullable(),
      register: z.string().nullable(),
      command: z.string(),
      assumeSuggested: z.boolean(),
      today: z.iso.date(),
    }),
    findings: z.array(findingSchema),
    dataMap: z.strictObject({
      fields: z.array(fieldSchema),
      collections: z.array(collectionSchema),
      stores: z.array(storeSchema),
      recipients: z.array(recipientSchema),
      flows: z.array(flowSchema),
      deletion: z.array(deletionSchema),
    }),
    blindSpots: z.array(
      z.strictObject({
        kind: z.string(),
        location: locationSchema,
        field: z.string().nullable(),
        note: z.string(),
      }),
    ),
    suppressed: z.array(
      z.strictObject({
        fingerprint: z.string(),
        rule: z.enum(ruleIds).optional(),
        location: locationSchema.optional(),
        reason: z.string().nullable(),
        until: z.iso.date().nullable(),
      }),
    ),
    articles: z.array(articleSchema),
    notExamined: z.array(z.string()),
    stats: z.strictObject({ files: z.int(), lines: z.int(), milliseconds: z.number() }),
  })
  .meta({ title: "Report", description: "What child-privacy audit --format json prints" });

/** The report as it is written. */
export type ReportDocument = z.infer<typeof reportSchema>;
export type ReportFinding = z.infer<typeof findingSchema>;
