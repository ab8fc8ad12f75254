/** The register that a privacy lead keeps: assessments and notices. */
import { z } from "zod";
import type { Location } from "../base/location.js";
import type { DocumentProblem } from "./document-problem.js";
import type { Notice } from "./notice.js";
import { categories, recipientRoles } from "./vocabulary.js";

const day = z.iso.date("a day such as 2026-03-01");
const text = z.string().trim().min(1);

export const dutyNames = [
  "instructions",
  "assistsRequests",
  "reportsIncidents",
  "deletesAtEnd",
  "noRedelegation",
] as const;

const agreementSchema = z.strictObject({
  signed: day.optional(),
  document: text.optional().describe("Where the agreement is kept"),
  responsibilities: text.optional(),
  period: text.optional(),
  nature: text.optional(),
  purpose: text.optional(),
  matters: text.optional().describe("What is processed; asked for by strict"),
  duties: z
    .strictObject(Object.fromEntries(dutyNames.map((name) => [name, z.boolean().optional()])) as DutyShape)
    .optional()
    .describe("The duties of Article 16 that the agreement lays on the processor"),
  ended: day.optional().describe("An ended agreement covers nothing"),
});

type DutyShape = Record<(typeof dutyNames)[number], z.ZodOptional<z.ZodBoolean>>;

/** Whether a record is complete for its role is judged where a flow needs it; here, only what it cannot be. */
export const assessmentSchema = z
  .strictObject({
    recipient: text.optional().describe("As the catalogue names it"),
    hosts: z.array(text).min(1).optional().describe("For plain HTTP"),
    role: z.enum(recipientRoles).describe("Article 16, 17 or 18"),
    assessed: day.optional(),
    expires: day.optional(),
    assessor: text.optional(),
    scope: z
      .strictObject({
        categories: z.array(z.enum(categories)).optional(),
        fields: z.array(text).optional(),
        purposes: z.array(text).optional(),
      })
      .optional(),
    agreement: agreementSchema.optional().describe("Required for a processor"),
    basis: z.string().optional().describe("For a disclosure: the law, or the agreement with guardians"),
  })
  .refine((record) => record.recipient !== undefined || record.hosts !== undefined, {
    path: ["recipient"],
    message: "a recipient, or hosts",
    params: { missing: true },
  })
  .meta({
    title: "Assessment",
    description: "One recipient of children's personal information",
    anyOf: [{ required: ["recipient"] }, { required: ["hosts"] }],
  });

export type AssessmentDocument = z.infer<typeof assessmentSchema>;

export interface Assessment extends AssessmentDocument {
  /** Keys that would narrow what the record covers, and that stand there in words which cannot be read: `expires`. */
  readonly unread: readonly string[];
  readonly file: string;
  readonly location: Location;
}

/** Every record and notice that could be read, and what could not. */
export interface Register {
  readonly assessments: readonly Assessment[];
  readonly notices: readonly Notice[];
  readonly problems: readonly DocumentProblem[];
}
