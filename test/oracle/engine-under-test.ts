/** The one place where the oracle meets the engine. */
import { analyse } from "../../src/engine.js";

/** A finding as the oracle compares it. */
export interface Reported {
  readonly rule: "no-child-data-in-logs" | "require-encryption";
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** `Child.email`. */
  readonly field: string;
  readonly verdict: "proven" | "possible";
}

/** What the engine says of a folder; paths are relative to it. */
export function findingsIn(root: string): Reported[] {
  const { findings } = analyse({ root });
  return findings.flatMap((finding) => {
    if (finding.rule !== "no-child-data-in-logs" && finding.rule !== "require-encryption") return [];
    if (!("field" in finding)) return [];
    const { rule, verdict, location, field } = finding;
    return [{ rule, verdict, file: location.file, line: location.line, field: field.name }];
  });
}
