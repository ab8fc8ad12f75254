/** What one run of the engine knows: everything that the faces show is made from it. */
import type { Day } from "../base/day.js";
import type { FilePath } from "../base/keys.js";
import type { AnnotationTable, Field } from "./annotation.js";
import type { ResolvedConfig } from "./config.js";
import type { Change } from "./correction.js";
import type { DeletionFacts } from "./deletion.js";
import type { RatedFinding, SuppressedFinding } from "./finding.js";
import type { BlindSpot, Capture, Flow } from "./flow.js";
import type { LeftOut } from "./left-out.js";
import type { Notice } from "./notice.js";
import type { ProjectFile, ProjectProblem } from "./project.js";
import type { Companies } from "./company.js";
import type { Assessment } from "./register.js";

/** The phases of a run that are timed, in their order. */
export const phases = ["read", "annotate", "lower", "solve", "check"] as const;
export type Phase = (typeof phases)[number];

export interface Analysis {
  /** By location, rule and field. */
  readonly findings: readonly RatedFinding[];
  readonly suppressed: readonly SuppressedFinding[];
  /** What only `strict` reports. */
  readonly strictFindings: readonly RatedFinding[];
  readonly fields: readonly Field[];
  /** Flows to sinks in audited files. */
  readonly flows: readonly Flow[];
  /** SDKs that take data by themselves, started in audited files. */
  readonly captures: readonly Capture[];
  /** How many things besides flows were judged, found wanting or not. */
  readonly judged: Readonly<Record<"staffReads" | "ageTests" | "openAnswers", number>>;
  readonly blindSpots: readonly BlindSpot[];
  readonly annotations: AnnotationTable;
  readonly configs: readonly ResolvedConfig[];
  readonly deletions: DeletionFacts;
  /** Writes to stores, with from where they are reached. */
  readonly changes: readonly Change[];
  readonly assessments: readonly Assessment[];
  /** Who stands behind packages and hosts. */
  readonly companies: Companies;
  readonly notices: readonly Notice[];
  readonly problems: readonly ProjectProblem[];
  /** A config or record could not be used as it is (exit 2). */
  readonly isSetupBroken: boolean;
  readonly files: readonly ProjectFile[];
  readonly leftOut: LeftOut;
  readonly today: Day;
  /** Hashes of what the result depends on besides the code. */
  readonly digests: {
    readonly catalogue: string;
    readonly config: string | null;
    readonly register: string | null;
  };
  readonly milliseconds: Readonly<Record<Phase, number>>;
  /** Files that were lowered. */
  readonly lowered: number;
  configOf(file: FilePath): ResolvedConfig;
  textOf(file: FilePath): string | undefined;
}
