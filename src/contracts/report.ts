/** The report as JSON: stable, versioned, with its JSON Schema in `schema/report.json`. */
import { z } from "zod";
import { ruleIds } from "./obligation.js";
import { categories, media, recipientRoles } from "./vocabulary.js";

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
  client: z.string().describe("The one that writes to it first, by place"),
  clients: z.array(z.string()).exactOptional().describe("All that write to it: one table is one store"),
  target: z.string().nullable(),
  fields: z.array(z.string()),
  categories: z.array(z.enum(categories)).exactOptional(),
  purposes: z.array(z.string()).exactOptional().describe("As its fields declare them"),
  recipient: z
    .string()
    .nullable()
    .exactOptional()
    .describe("The company that hosts it, where its package says"),
  retention: z
    .strictObject({
      declared: z.array(z.string()),
      ends: z
        .strictObject({ by: z.enum(["ttl", "purge"]), days: z.number().nullable() })
        .nullable()
        .describe("What ends it in code, the longest of its fields; null: some field is kept for ever"),
    })
    .exactOptional(),
  entries: z.array(z.string()).exactOptional().describe("From where it is written"),
  protection: z.array(z.string()).describe("The states in which data arrives: raw, encrypted, …"),
  declared: z.string().nullable().describe("Encryption at rest as the config declares it; not verified"),
  locations: z.array(locationSchema),
});

const recipientSchema = z.strictObject({
  name: z.string(),
  role: z
    .enum(recipientRoles)
    .nullable()
    .exactOptional()
    .describe("Processor (Art. 16), transfer (17) or disclosure (18); null: the code cannot tell"),
  hosts: z.array(z.string()).exactOptional().describe("Of plain requests"),
  fields: z.array(z.string()),
  categories: z.array(z.enum(categories)).exactOptional(),
  purposes: z.array(z.string()).exactOptional().describe("As the models of its calls say"),
  captures: z
    .array(z.string())
    .exactOptional()
    .describe("What its SDK takes by itself: screen, usage, errors"),
  keeps: z.array(z.string()).exactOptional().describe("What it keeps until it is told to erase it"),
  records: z.array(z.string()).exactOptional().describe("Files of the register that speak of it"),
  locations: z.array(locationSchema),
});

const purposeSchema = z
  .strictObject({
    purpose: z.string(),
    fields: z.array(z.string()),
    declared: z.boolean().describe("Some field declares it; otherwise only calls are made for it"),
    recipients: z.array(z.string()),
  })
  .describe("What child data is used for");

const captureSchema = z.strictObject({
  recipient: z.string(),
  what: z.string(),
  callee: z.string(),
  unless: z.array(z.string()).describe("Options that would keep it out"),
  location: locationSchema,
});

const collectionSchema = z.strictObject({
  field: z.string(),
  location: locationSchema,
  entries: z.array(z.string()).exactOptional().describe("From where what comes in is kept"),
});

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
  location: locationSchema.exactOptional(),
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
      purposes: z.array(purposeSchema).exactOptional(),
      captures: z.array(captureSchema).exactOptional(),
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
/** What speaks for an article, or against it. */
export type ArticleEvidence = ReportDocument["articles"][number]["evidence"][number];
export type ReportFinding = z.infer<typeof findingSchema>;
