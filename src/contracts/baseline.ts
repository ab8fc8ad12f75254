/** Findings that are known and accepted for now: what `--update-baseline` writes and `--baseline` reads. */
import { z } from "zod";
import { ruleIds } from "./obligation.js";

export const baselineSchema = z.strictObject({
  version: z.literal(1),
  findings: z.array(z.strictObject({ fingerprint: z.string(), rule: z.enum(ruleIds), file: z.string() })),
});

export type Baseline = z.infer<typeof baselineSchema>;
