/** What of a run is judged: excluded, generated and test code is followed, and gets no findings. */
import type { FilePath } from "../base/keys.js";
import type { AnnotationTable } from "../contracts/annotation.js";
import type { DeletionFacts } from "../contracts/deletion.js";
import type { Flow } from "../contracts/flow.js";
import type { ProjectFile } from "../contracts/project.js";
import type { SolveResult } from "../contracts/solve-result.js";
import type { Facts } from "./facts.js";

export function auditedFlows(solved: SolveResult, files: readonly ProjectFile[]): Flow[] {
  const audited = auditedPaths(files);
  return solved.flows.filter((flow) => audited.has(flow.sink.location.file));
}

/** Deletions count wherever they stand; what a test copies is nothing that is kept, and its own statements are its own. */
export function auditedDeletions({ deletions }: SolveResult, files: readonly ProjectFile[]): DeletionFacts {
  const audited = auditedPaths(files);
  return {
    ...deletions,
    copies: deletions.copies.filter(({ location }) => audited.has(location.file)),
    unreadSchemas: deletions.unreadSchemas.filter(({ location }) => audited.has(location.file)),
  };
}

export function auditedUses(
  {
    operations,
    ageTests,
    hollowGuards,
    unversionedGuards,
    hollowSealers,
    captures,
    staffReads,
    openAnswers,
  }: SolveResult,
  files: readonly ProjectFile[],
): Pick<
  Facts,
  | "operations"
  | "ageTests"
  | "hollowGuards"
  | "unversionedGuards"
  | "hollowSealers"
  | "captures"
  | "staffReads"
  | "openAnswers"
> {
  const audited = auditedPaths(files);
  return {
    operations: operations.filter(({ sink }) => audited.has(sink.location.file)),
    ageTests: ageTests.filter(({ location }) => audited.has(location.file)),
    hollowGuards: hollowGuards.filter(({ location }) => audited.has(location.file)),
    unversionedGuards: unversionedGuards.filter(({ location }) => audited.has(location.file)),
    hollowSealers: hollowSealers.filter(({ location }) => audited.has(location.file)),
    captures: captures.filter(({ location }) => audited.has(location.file)),
    openAnswers: openAnswers.filter(({ sink }) => audited.has(sink.location.file)),
    staffReads: staffReads.filter(({ sink }) => audited.has(sink.location.file)),
  };
}

export function auditedAnnotations(
  annotations: AnnotationTable,
  files: readonly ProjectFile[],
): AnnotationTable {
  const unaudited = new Set(files.filter((file) => file.role !== "audited").map((file) => file.path));
  return {
    ...annotations,
    problems: annotations.problems.filter((problem) => !unaudited.has(problem.location.file)),
  };
}

function auditedPaths(files: readonly ProjectFile[]): Set<FilePath> {
  return new Set(files.filter((file) => file.role === "audited").map((file) => file.path));
}
