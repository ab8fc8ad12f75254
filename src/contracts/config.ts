/** `child-privacy.yaml`: its schema, and what it becomes once resolved. */
import { z } from "zod";
import type { Node } from "yaml";
import { isDay } from "../base/day.js";
import { parseDuration } from "../base/duration.js";
import type { FilePath } from "../base/keys.js";
import type { Location } from "../base/location.js";
import type { Retention } from "./annotation.js";
import { ruleIds, type Level, type RuleId } from "./obligation.js";
import { categories, media, operations, type Category, type Operation, type Purpose } from "./vocabulary.js";

const words = z.array(z.string().min(1));

const duration = z
  .string()
  .refine((text) => parseDuration(text) !== null, "a duration such as 15d, 6m, 3y or P180D")
  .describe("A duration: 15d, 2w, 6m, 3y or ISO 8601 (P180D)");

const retention = z
  .string()
  .refine(
    (text) => text === "until-deregistration" || parseDuration(text) !== null,
    "a duration such as 180d or P180D, or until-deregistration",
  )
  .describe("How long it may be kept: 180d, P180D or until-deregistration");

const fieldSchema = z.strictObject({
  path: z
    .string()
    .regex(
      /^[^#]+#[^#]+\.[^#.]+$/u,
      "a file glob or package, # and Type.property: src/user.ts#User.birthDate",
    )
    .describe("File glob # Type.property, or package#Type.property"),
  category: z.enum(categories).optional(),
  purpose: words.optional().describe("The purposes the guardian agreed to"),
  retention: retention.optional(),
});

const storePattern = new RegExp(`^(?:${media.join("|")}|[^:]*\\*[^:]*):[^/]*(?:/.*)?$`, "u");

const storeSchema = z.strictObject({
  match: z
    .string()
    .regex(
      storePattern,
      "medium:client/target, such as database:prisma/*; a medium is database, cache, file, browser, queue, object-store or search-index",
    )
    .describe("medium:client/target, with * as a wildcard"),
  encryptedAtRest: z
    .string()
    .trim()
    .min(1)
    .describe("Says where the proof is; listed in the report as declared"),
});

const retainedSchema = z.strictObject({
  store: z.string().trim().min(1),
  statute: z.string().trim().min(1),
  until: z
    .string()
    .refine((text) => parseDuration(text) !== null || isDay(text), "a duration such as 3y, or a day"),
});

const levelSchema = z.enum(["error", "warn", "off"]);

export const configSchema = z
  .strictObject({
    fields: z.array(fieldSchema).optional().describe("Child data in generated or foreign code"),
    models: z
      .array(z.looseObject({}))
      .optional()
      .describe("What packages and project files do, as in the catalogue"),
    purposes: words.optional().describe("Words added to the built-in purposes"),
    assessments: words.optional().describe("Globs of the assessment register's files"),
    notices: words.optional().describe("Globs of the notices"),
    firstParty: words
      .optional()
      .describe("Hosts of the same legal person; env:NAME for one held by a variable"),
    include: words.optional(),
    exclude: words.optional(),
    tests: words.optional().describe("Replaces the default patterns of test files, which are not audited"),
    rules: z
      .strictObject(Object.fromEntries(ruleIds.map((id) => [id, levelSchema.optional()])) as RuleShape)
      .optional(),
    consent: z
      .strictObject({
        functions: words
          .optional()
          .describe("file#function or package#function that establishes a guardian's consent"),
        operations: z.array(z.enum(operations)).optional(),
      })
      .optional(),
    stores: z.array(storeSchema).optional().describe("Protection that code cannot show"),
    deletion: z
      .strictObject({ expiresWithin: duration.optional(), retainedByLaw: z.array(retainedSchema).optional() })
      .optional(),
    hostedStores: z.boolean().optional(),
    officer: z.strictObject({ name: z.string().trim().min(1), contact: z.string().trim().min(1) }).optional(),
    specialRules: z.string().trim().min(1).optional(),
    userAgreement: z.string().trim().min(1).optional(),
    emergencyPlan: z.string().trim().min(1).optional(),
  })
  .meta({ title: "child-privacy.yaml", description: "Configuration of eslint-plugin-child-privacy" });

type RuleShape = Record<RuleId, z.ZodOptional<typeof levelSchema>>;

export type ConfigDocument = z.infer<typeof configSchema>;

export interface ConfigField {
  readonly path: string;
  readonly category: Category;
  readonly purposes: readonly Purpose[];
  readonly retention: Retention | null;
  readonly location: Location;
}

/** The `models:` list as it stands in the file; the catalogue reads it with its own grammar. */
export interface ConfigModels {
  readonly node: Node;
  readonly file: FilePath;
  /** The 1-based line of an offset in the config's text. */
  readonly lineAt: (offset: number) => number;
  readonly resolve: (alias: Node) => Node | undefined;
}

/** A path or glob of the register, relative to the config's own folder. */
export interface ConfigPattern {
  readonly pattern: string;
  readonly location: Location;
}

export interface ConfigStore {
  readonly match: string;
  readonly encryptedAtRest: string;
  readonly location: Location;
}

declare const resolved: unique symbol;

/** A config with its defaults, made by `src/config/` only: the brand is the trust boundary. */
export type ResolvedConfig = ConfigValues & { readonly [resolved]: true };

export interface ConfigValues {
  /** Null: there is none, and defaults apply. */
  readonly file: FilePath | null;
  /** The folder it rules, relative to the analysed one; `` is the analysed folder, `..` one above it. */
  readonly folder: FilePath;
  readonly fields: readonly ConfigField[];
  readonly models: ConfigModels | null;
  /** Words that it adds to the built-in purposes. */
  readonly purposes: readonly Purpose[];
  readonly assessments: readonly ConfigPattern[];
  readonly notices: readonly ConfigPattern[];
  readonly firstParty: readonly string[];
  /** Null: the files of the tsconfig, or all of the folder. */
  readonly include: readonly string[] | null;
  readonly exclude: readonly string[];
  /** Null: the default patterns. */
  readonly tests: readonly string[] | null;
  readonly rules: Readonly<Partial<Record<RuleId, Level | "off">>>;
  /** The rules that it switches off, each where it says so. */
  readonly switchedOff: readonly { readonly rule: RuleId; readonly location: Location }[];
  readonly consent: { readonly functions: readonly string[]; readonly operations: readonly Operation[] };
  readonly stores: readonly ConfigStore[];
  readonly deletion: {
    readonly expiresWithinDays: number;
    readonly retainedByLaw: readonly {
      readonly store: string;
      readonly statute: string;
      readonly until: string;
    }[];
  };
  readonly hostedStores: boolean;
  readonly officer: { readonly name: string; readonly contact: string } | null;
  readonly specialRules: string | null;
  readonly userAgreement: string | null;
  readonly emergencyPlan: string | null;
  /** Hash of the text, for the report. */
  readonly digest: string;
}
