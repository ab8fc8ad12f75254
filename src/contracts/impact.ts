/** What a change does to the data map: what `child-privacy impact --format json` prints, with its JSON Schema. */
import { z } from "zod";
import { ruleIds } from "./obligation.js";
import { articleStatuses } from "./report.js";
import { categories, media } from "./vocabulary.js";

const names = z.array(z.string());
const place = z.strictObject({ file: z.string(), line: z.int(), column: z.int() });

const field = z.strictObject({
  name: z.string(),
  category: z.enum(categories),
  purposes: names,
  retention: z.string().nullable(),
});
const store = z.strictObject({
  name: z.string().describe("medium:client/target"),
  fields: names,
  protection: z.array(z.string()),
});
const recipient = z.strictObject({ name: z.string(), fields: names });
const entry = z.strictObject({ entry: z.string(), kind: z.string(), reaches: names, misses: names });

function changesOf<T extends z.ZodType>(item: T) {
  return z.strictObject({
    added: z.array(item),
    removed: z.array(item),
    changed: z.array(z.strictObject({ was: item, is: item })),
  });
}

const finding = z.strictObject({
  fingerprint: z.string(),
  rule: z.enum(ruleIds),
  severity: z.enum(["error", "warn"]),
  location: place,
  message: z.string(),
});

export const practiceKinds = ["category", "store", "recipient", "purpose"] as const;
export type PracticeKind = (typeof practiceKinds)[number];

const uncovered = z.strictObject({
  kind: z.enum(practiceKinds),
  what: z.string(),
  medium: z.enum(media).nullable(),
  fields: names,
  by: z.enum(["notice", "register"]),
  why: z.enum(["not-there", "not-listed", "not-in-scope"]),
  record: z.string().nullable().describe("The notice or record that comes nearest"),
});

const editedNotice = z.strictObject({
  file: z.string(),
  version: z.string(),
  effective: z.iso.date(),
  added: z
    .array(z.strictObject({ kind: z.enum([...practiceKinds, "retention"]), what: z.string() }))
    .describe("What those who consented to this version before were not told of"),
  changed: names.describe("Keys that are not as they were"),
});

export const impactSchema = z
  .strictObject({
    version: z.literal(1),
    since: z.strictObject({ ref: z.string(), commit: z.string() }),
    today: z.iso.date(),
    fields: changesOf(field),
    collections: z
      .strictObject({ added: names, removed: names })
      .describe("Fields that come in from outside"),
    stores: changesOf(store),
    recipients: changesOf(recipient),
    purposes: z.strictObject({ added: names, removed: names }),
    entries: changesOf(entry).describe("From where data is erased"),
    uncovered: z.array(uncovered).describe("What is new and no notice or record covers yet"),
    notices: z
      .array(editedNotice)
      .describe("Versions in effect that say something else than before, under the same name"),
    consent: z.strictObject({
      again: z.boolean().describe("Article 10: guardians are asked again"),
      reasons: z.array(
        z.strictObject({
          kind: z.enum([...practiceKinds, "retention", "notice", "edited"]),
          what: z.string(),
        }),
      ),
      notice: z
        .strictObject({ version: z.string(), effective: z.iso.date(), file: z.string() })
        .nullable()
        .describe("The new version that tells guardians of it and asks them again"),
    }),
    articles: z.array(
      z.strictObject({
        article: z.int(),
        was: z.enum(articleStatuses),
        is: z.enum(articleStatuses),
      }),
    ),
    findings: z.strictObject({ added: z.array(finding), removed: z.array(finding) }),
  })
  .meta({ title: "Impact", description: "What child-privacy impact --format json prints" });

export type ImpactDocument = z.infer<typeof impactSchema>;
export type Uncovered = ImpactDocument["uncovered"][number];
export type EditedNotice = ImpactDocument["notices"][number];
