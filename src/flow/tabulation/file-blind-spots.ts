/** What could not be seen because a file, or a part of it, could not be read: told without the field that it may hide. */
import { locate, type Location } from "../../base/location.js";
import type { FileGraph } from "../../contracts/file-graph.js";
import type { BlindSpot, BlindSpotKind } from "../../contracts/flow.js";
import type { ProjectProblem, ProjectProblemKind } from "../../contracts/project.js";

const kinds: Readonly<Partial<Record<ProjectProblemKind, BlindSpotKind>>> = {
  "syntax-error": "parse-error",
  "file-too-large": "not-analysed",
  "file-too-deep": "not-analysed",
  "unreadable-file": "not-analysed",
  "unresolved-import": "unresolved-import",
};

/** Problems of whole files, and functions that lowering had to leave out. */
export function fileBlindSpots(
  problems: readonly ProjectProblem[],
  graphs: Iterable<FileGraph>,
): readonly BlindSpot[] {
  const ofFiles = problems.flatMap(({ kind, location, subject }) => {
    const told = kinds[kind];
    return told === undefined ? [] : [spot(told, location, subject)];
  });
  const ofFunctions = [...graphs].flatMap(({ file, lineStarts, errors }) =>
    errors.flatMap(({ at, message }) => {
      const [, subject] = /^not analysed: (.*)$/su.exec(message) ?? [];
      return subject === undefined ? [] : [spot("not-analysed", locate(file, lineStarts, [at, at]), subject)];
    }),
  );
  return [...ofFiles, ...ofFunctions];
}

function spot(kind: BlindSpotKind, location: Location, subject: string): BlindSpot {
  return { kind, location, field: null, subject: subject.replace(/\.$/u, ""), weight: 0 };
}
