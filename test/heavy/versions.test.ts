/**
 * The same findings whatever compiler and ESLint the user has, and whether packages are installed or not.
 * `npm ci --prefix test/versions --ignore-scripts` installs the versions.
 */
import { existsSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Linter } from "eslint";
import type ts from "typescript";
import { describe, expect, test } from "vitest";
import { analyse, analyseProgram } from "../../src/engine.js";
import type { Analysis } from "../../src/contracts/analysis.js";
import { fixtureDay } from "../support/check-program.js";
import { lintProgram, programOf } from "../support/lint-program.js";
import { findPrograms, isSource, setUp, textsOf } from "../support/programs.js";
import { repository } from "../support/sources.js";

const require = createRequire(join(repository, "test/versions/package.json"));
const packages = join(repository, "test/packages/node_modules");
const programs = findPrograms(process.env.FIXTURES);

function summary(analysis: Analysis): string[] {
  return analysis.findings.map(({ rule, verdict, location, message, fingerprint }) =>
    JSON.stringify([rule, verdict, location, message, fingerprint]),
  );
}

/** Names in quotes in imports and exports came with TypeScript 5.6. */
const beyond: Readonly<Record<string, ReadonlySet<string>>> = {
  "typescript-5.4": new Set(["flow/modules/mixed-exports"]),
};

describe.for(["typescript-5.4", "typescript-5.9"])("%s", (version) => {
  const compiler = require(version) as typeof ts;

  const known = programs.filter(({ name }) => beyond[version]?.has(name) !== true);

  test.for(known)("$name", (program) => {
    const { root, dispose } = setUp(program);
    try {
      const texts = textsOf(root);
      const made = programOf(compiler, root, [...texts.keys()].filter(isSource), texts);
      const request = { root, today: fixtureDay };
      expect(summary(analyseProgram({ ...request, ts: compiler, program: made }))).toEqual(
        summary(analyse(request)),
      );
    } finally {
      dispose();
    }
  });
});

describe.skipIf(!existsSync(packages))("with the packages installed", () => {
  test.for(programs)("$name", (program) => {
    const { root, dispose } = setUp(program);
    try {
      const before = summary(analyse({ root, today: fixtureDay }));
      if (existsSync(join(root, "node_modules"))) return;
      symlinkSync(packages, join(root, "node_modules"));
      expect(summary(analyse({ root, today: fixtureDay }))).toEqual(before);
    } finally {
      dispose();
    }
  });
});

describe("ESLint 9", () => {
  const { Linter: Linter9 } = require("eslint-9") as { Linter: typeof Linter };

  test.for(programs)("$name", (program) => {
    const { root, dispose } = setUp(program);
    try {
      const texts = textsOf(root);
      const today = fixtureDay;
      expect(lintProgram(root, texts, { today, linter: Linter9 })).toEqual(
        lintProgram(root, texts, { today }),
      );
    } finally {
      dispose();
    }
  });
});
