import picomatch from "picomatch";
import type { ProjectFile } from "../contracts/project.js";
import type { ConfigSet } from "./find-config.js";

/** What a nested config says about the files of its folder; the outermost one has had its say already. */
export function rolesUnder(configs: ConfigSet, files: readonly ProjectFile[]): ProjectFile[] {
  const outermost = configs.configOf("");
  return files.map((file) => {
    const config = configs.configOf(file.path);
    if (config === outermost || file.role !== "audited") return file;
    if (config.tests !== null && matches(config.tests, file.path))
      return { ...file, role: "test", leftOutBy: "tests" };
    if (matches(config.exclude, file.path)) return { ...file, role: "followed", leftOutBy: "exclude" };
    return config.include !== null && !matches(config.include, file.path)
      ? { ...file, role: "followed", leftOutBy: "choice" }
      : file;
  });
}

function matches(patterns: readonly string[], path: string): boolean {
  return patterns.length > 0 && picomatch.isMatch(path, [...patterns], { dot: true });
}
