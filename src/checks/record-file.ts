/** Where a record of the register stands, or would stand. */
import type { ResolvedConfig } from "../contracts/config.js";

/** `compliance/assessments/` where the config says `compliance/assessments/*.yaml`; null where it says nothing. */
export function recordFolder(patterns: ResolvedConfig["assessments"]): string | null {
  const pattern = patterns[0]?.pattern;
  return pattern === undefined ? null : pattern.slice(0, pattern.search(/[*?{[]|$/u)).replace(/[^/]*$/u, "");
}

/** `twilio-segment.yaml` */
export function recordFileName(recipient: string): string {
  const words = recipient.toLowerCase().replace(/[^\p{Letter}\p{Number}]+/gu, "-");
  return `${words.replace(/^-|-$/gu, "")}.yaml`;
}
