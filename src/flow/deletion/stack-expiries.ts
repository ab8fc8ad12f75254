/** What templates of stacks say: what lies in this table or bucket goes by itself. */
import type { Erasure } from "../../contracts/deletion.js";
import { readStack } from "../../models/stacks/read-stack.js";

export function stackExpiries(
  files: readonly { readonly path: string; readonly text: string }[],
): readonly Erasure[] {
  return files.flatMap(({ path, text }) =>
    readStack(text).flatMap(({ medium, targets, ends, seconds, kind, line }) =>
      (ends ? targets : []).map((target) => {
        const location = { file: path, line, column: 1, endLine: line, endColumn: 1 };
        return {
          medium,
          package: kind,
          recipient: null,
          target,
          cascades: [],
          columns: null,
          strength: "ttl" as const,
          seconds,
          age: null,
          callee: kind,
          path: kind,
          engines: [],
          location,
          enclosing: location,
          isDropped: false,
          isNeverSent: false,
          entries: [],
          unheardEntries: [],
          entriesForOne: [],
          otherOutsets: [],
          uncalled: [],
          neverRunAt: null,
        };
      }),
    ),
  );
}
