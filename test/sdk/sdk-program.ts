/** Programs that use SDKs, and what they say of themselves: `// sends to RECIPIENT: field, field[ (possible|not found)]` at the call. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const programsFolder = fileURLToPath(new URL("programs", import.meta.url));
const packagesFile = fileURLToPath(new URL("../packages/package.json", import.meta.url));
const childFile = "child.ts";

export interface SdkProgram {
  /** `axios` */
  readonly name: string;
  readonly text: string;
  readonly runs: readonly SdkRun[];
}

/** An exported function, which is called with a child of its own. */
export interface SdkRun {
  readonly name: string;
  readonly sendings: readonly Sending[];
}

export interface Sending {
  /** 1-based: where the call stands. */
  readonly line: number;
  /** As the catalogue names it, or a host. */
  readonly recipient: string;
  readonly fields: readonly string[];
  /** What the engine makes of it: `not found` is a miss that is known. */
  readonly verdict: "proven" | "possible" | "not found";
}

/** What the engine sees: the programs, the type of the child, and which versions are installed. Hosted stores are recipients. */
export function auditedFiles(programs: readonly SdkProgram[]): Record<string, string> {
  return {
    "child-privacy.yaml": "hostedStores: true\n",
    "package.json": readFileSync(packagesFile, "utf8"),
    [childFile]: readFileSync(`${programsFolder}/${childFile}`, "utf8"),
    ...Object.fromEntries(programs.map(({ name, text }) => [`${name}.ts`, text])),
  };
}

/** Those of servers, or those of pages, which stand in a folder below. */
export function findSdkPrograms(filter = "", below = ""): SdkProgram[] {
  return readdirSync(`${programsFolder}/${below}`)
    .filter((file) => file.endsWith(".ts") && file !== childFile && file.includes(filter))
    .sort()
    .map((file) => {
      const text = readFileSync(`${programsFolder}/${below}${file}`, "utf8");
      return { name: `${below}${file.replace(/\.ts$/u, "")}`, text, runs: runsOf(text) };
    });
}

const sendingPattern =
  /\/\/ sends to (?<recipient>[^:]+): (?<fields>[\w, ]+)(?: \((?<seen>possible|not found)\))?$/u;

function runsOf(text: string): SdkRun[] {
  const runs: (SdkRun & { readonly sendings: Sending[] })[] = [];
  text.split("\n").forEach((content, index) => {
    const name = /^export (?:async )?function (\w+)/u.exec(content)?.[1];
    if (name !== undefined) runs.push({ name, sendings: [] });
    const { recipient, fields, seen } = sendingPattern.exec(content.trim())?.groups ?? {};
    if (recipient === undefined || fields === undefined) {
      if (content.includes("// sends")) throw new Error(`a marker that cannot be read: ${content}`);
      return;
    }
    runs.at(-1)?.sendings.push({
      line: index + 1,
      recipient,
      fields: fields.split(",").map((field) => field.trim()),
      verdict: (seen ?? "proven") as Sending["verdict"],
    });
  });
  return runs.filter((run) => run.name !== "close");
}
