import type { Location } from "../base/location.js";
import type { AnnotationTable } from "../contracts/annotation.js";
import type { Purpose } from "../contracts/vocabulary.js";
import type { Project } from "../project/project.js";
import { applyMarks } from "./apply-marks.js";
import { collectMarks } from "./collect-marks.js";
import { type FieldEntry, readConfigFields, readConsentFunctions } from "./config-reader.js";
import { readPrismaAnnotations } from "./prisma-reader.js";
import { findRelations } from "./relation-decorators.js";
import { TableBuilder } from "./table-builder.js";

export interface AnnotationInput {
  /** The configs' `fields:`, with paths relative to the analysed folder. */
  readonly fields?: readonly FieldEntry[];
  /** Words that the configs add to the built-in purposes. */
  readonly purposes?: readonly Purpose[];
  /** The configs' `consent.functions`, as `file#function`. */
  readonly consentFunctions?: readonly string[];
  /** Where a consent function that leads nowhere is reported. */
  readonly config?: Location;
}

/** What the project marks as child data, and which functions have a role, in all five forms. */
export function readAnnotations(project: Project, input: AnnotationInput = {}): AnnotationTable {
  const purposes = input.purposes ?? [];
  const collected = collectMarks(project, purposes);
  const table = new TableBuilder(project, collected.problems);
  readPrismaAnnotations(project, table, purposes);
  applyMarks(project, collected, table);
  readConfigFields(project, table, input.fields ?? []);
  readConsentFunctions(
    project,
    table,
    input.consentFunctions ?? [],
    input.config ?? { file: "child-privacy.yaml", line: 1, column: 1 },
  );
  return { ...table.finish(), relations: findRelations(project) };
}
