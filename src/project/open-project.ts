import { assembleProject, readLayout } from "./assemble-project.js";
import { readFolder } from "./folder.js";
import { loadBundledTypeScript } from "./library-files.js";
import type { FileSelection, Project } from "./project.js";

export interface ProjectOptions extends FileSelection {
  /** Absolute path of the folder to analyse. */
  readonly root: string;
  /** Configs to use instead of every `tsconfig.json` of the folder; relative to the root or absolute. */
  readonly tsconfigs?: readonly string[] | undefined;
}

/** Opens a folder for the audit, with the TypeScript that ts-morph bundles. Never throws for what the folder holds. */
export function openProject({ root, tsconfigs, ...selection }: ProjectOptions): Project {
  const { ts, library } = loadBundledTypeScript();
  const folder = readFolder(root.replaceAll("\\", "/").replace(/(?<=.)\/$/, ""));
  const input = {
    ts,
    library,
    folder,
    selection,
    tsconfigs,
    cache: { files: new Map(), tooDeep: new Map(), program: undefined },
    given: () => undefined,
    extra: [],
  };
  return assembleProject(input, readLayout(input));
}
