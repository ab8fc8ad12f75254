/** A program and the packages it imports as one script of a page, whose exports are the global `program`. */
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { build, type Rolldown } from "vite";
import { packagesFolder } from "../../support/compiled-runner.js";
import type { SdkProgram } from "../sdk-program.js";

export async function bundleProgram({ name, text }: SdkProgram): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "child-privacy-bundle-"));
  const entry = join(folder, `${basename(name)}.ts`);
  writeFileSync(entry, text);
  symlinkSync(packagesFolder, join(folder, "node_modules"), "junction");
  try {
    const built = await build({
      root: folder,
      configFile: false,
      envFile: false,
      logLevel: "error",
      // As the bundlers of frameworks do: what is asked of a server's settings is not there.
      define: { "process.env": "{}", "process.env.NODE_ENV": '"production"' },
      build: {
        write: false,
        minify: false,
        lib: { entry, formats: ["iife"], name: "program" },
      },
    });
    return scriptOf(built as readonly Rolldown.RolldownOutput[]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function scriptOf(outputs: readonly Rolldown.RolldownOutput[]): string {
  return outputs
    .flatMap(({ output }) => output.flatMap((each) => ("code" in each ? [each.code] : [])))
    .join("\n");
}
