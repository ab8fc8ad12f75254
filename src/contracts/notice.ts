/** Notices to guardians: a file a version. */
import { z } from "zod";
import type { Location } from "../base/location.js";
import { categories, media } from "./vocabulary.js";

const text = z.string().trim().min(1);
const words = z.array(text);

export const noticeSchema = z
  .strictObject({
    version: z.union([text, z.number()]),
    effective: z.iso.date("a day such as 2026-03-01"),
    substantive: z
      .boolean()
      .optional()
      .describe("It changes what Article 10 lists, so consent is asked again"),
    purposes: words.optional(),
    categories: z.array(z.enum(categories)).optional(),
    stores: z
      .array(z.strictObject({ medium: z.enum(media), where: text.optional(), period: text.optional() }))
      .optional(),
    recipients: words.optional(),
    safeguards: text.optional(),
    afterExpiry: text.optional(),
    consequencesOfRefusal: text.optional(),
    refusal: z
      .string()
      .regex(/^[^#]+#[^#]+$/u, "file#symbol of the code that honours a refusal")
      .optional(),
    complaints: text.optional(),
    reports: text.optional(),
    correction: text.optional(),
    deletion: text.optional(),
  })
  .meta({ title: "Notice", description: "One version of the notice to guardians (Article 10)" });

export type NoticeDocument = z.infer<typeof noticeSchema>;

export interface Notice extends NoticeDocument {
  readonly file: string;
  readonly location: Location;
  /** Folders of the configs that name it: what it says is about the code there. */
  readonly folders: readonly string[];
  /** Where what it says stands: `["stores", 1]`; the nearest enclosing place of what it does not say. */
  placeOf(path: readonly (string | number)[]): Location;
}
