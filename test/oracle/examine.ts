/** Writes programs to a folder, analyses them in one go, runs them, and compares. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { compare, type Comparison } from "./compare.js";
import { findingsIn, type Reported } from "./engine-under-test.js";
import type { Outcome } from "./execution/execution.js";
import { runPrograms } from "./execution/run-programs.js";
import { folderName } from "./source-text.js";
import type { Program } from "./write-program.js";

const tsconfig = {
  compilerOptions: {
    strict: true,
    target: "es2023",
    lib: ["esnext"],
    module: "nodenext",
    moduleResolution: "nodenext",
    allowJs: true,
    noEmit: true,
    skipLibCheck: true,
    noUncheckedIndexedAccess: true,
    paths: { "@at/*": ["./*"] },
  },
};

export interface Examined {
  readonly program: Program;
  /** Null where the program did not end in time. */
  readonly outcome: Outcome | null;
  /** Null where there is nothing to compare with. */
  readonly comparison: Comparison | null;
}

/** Puts each program into a folder of its own under `root`. */
export function writePrograms(root: string, programs: readonly Program[]): void {
  writeFileSync(
    join(root, "package.json"),
    JSON.stringify({ name: "oracle", private: true, type: "module", workspaces: ["p*"] }),
  );
  writeFileSync(join(root, "tsconfig.json"), JSON.stringify(tsconfig));
  for (const [index, program] of programs.entries()) {
    const folder = folderOf(index);
    for (const file of program.files) {
      const path = join(root, folder, file.path);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, file.text.replaceAll(folderName, folder));
    }
    if (program.isPackage)
      writeFileSync(join(root, folder, "package.json"), JSON.stringify(manifest(folder)));
  }
}

/** A program some of whose files are imported by the name of a workspace's package. */
function manifest(folder: string): object {
  return { name: `@oracle/${folder}`, private: true, type: "module", exports: { "./*": "./*.ts" } };
}

function folderOf(index: number): string {
  return `p${String(index).padStart(4, "0")}`;
}

export async function examine(programs: readonly Program[]): Promise<Examined[]> {
  const outcomes = await runPrograms(programs);
  const reported = analysed(programs);
  return programs.map((program, index) => {
    const outcome = outcomes[index] ?? null;
    return {
      program,
      outcome,
      comparison: outcome === null ? null : compare(program, outcome, reported[index] ?? []),
    };
  });
}

/** The engine's findings by program. */
export function analysed(programs: readonly Program[]): Reported[][] {
  const root = mkdtempSync(join(tmpdir(), "child-privacy-oracle-"));
  try {
    writePrograms(root, programs);
    const found = programs.map((): Reported[] => []);
    for (const finding of findingsIn(root)) {
      const [folder = "", ...rest] = finding.file.split("/");
      found[Number(folder.slice(1))]?.push({ ...finding, file: rest.join("/") });
    }
    return found;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
