import type { Day } from "../base/day.js";
import type { FilePath } from "../base/keys.js";
import type { OpenAnswer, StaffRead } from "../contracts/access.js";
import type { AnnotationTable } from "../contracts/annotation.js";
import type { ResolvedConfig } from "../contracts/config.js";
import type { Change } from "../contracts/correction.js";
import type { DeletionFacts } from "../contracts/deletion.js";
import type { DocumentProblem } from "../contracts/document-problem.js";
import type {
  AgeTest,
  Capture,
  Flow,
  HollowGuard,
  HollowSealer,
  UnversionedGuard,
  Operation,
} from "../contracts/flow.js";
import type { ProjectProblem } from "../contracts/project.js";
import type { Register } from "../contracts/register.js";
import type { Companies } from "../contracts/company.js";
import type { UseFacts } from "../contracts/uses.js";
import type { Suppression } from "../contracts/suppression.js";

/** What the code shows. */
export interface CodeFacts {
  /** Flows whose sink is in an audited file. */
  readonly flows: readonly Flow[];
  /** Uses of child data in audited files that are reached without a consent check. */
  readonly operations: readonly Operation[];
  /** Tests in audited files that let children through to such a use. */
  readonly ageTests: readonly AgeTest[];
  readonly hollowGuards: readonly HollowGuard[];
  readonly unversionedGuards: readonly UnversionedGuard[];
  /** Functions of audited files that are marked to encrypt and do not. */
  readonly hollowSealers: readonly HollowSealer[];
  /** Calls in audited files that start SDKs which take data by themselves. */
  readonly captures: readonly Capture[];
  /** Reads of child data by staff, in audited files, at which something is lacking. */
  readonly staffReads: readonly StaffRead[];
  /** Answers in audited files with child data that anybody gets. */
  readonly openAnswers: readonly OpenAnswer[];
  readonly annotations: AnnotationTable;
  readonly deletions: DeletionFacts;
  /** Writes to stores, with the entries of corrections that lead to them. */
  readonly changes: readonly Change[];
  readonly uses: UseFacts;
  /** Companies whose packages are imported, by the catalogue's name. */
  readonly companiesImported: ReadonlySet<string>;
  /** Whether a function, class or export is declared: `src/consent.ts#refuse`. */
  symbolExists(key: string): boolean;
}

/** Everything that a check may judge. */
export interface Facts extends CodeFacts {
  readonly register: Register;
  readonly companies: Companies;
  /** Of configs, models and the register. */
  readonly documentProblems: readonly DocumentProblem[];
  readonly projectProblems: readonly ProjectProblem[];
  /** Of audited files, in order. */
  readonly suppressions: readonly Suppression[];
  readonly configs: readonly ResolvedConfig[];
  readonly today: Day;
  configOf(file: FilePath): ResolvedConfig;
}
