/** Everything in the repository that is made from something else. A test compares; `npm run generate` writes. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { checks } from "../checks/index.js";
import { configSchema } from "../contracts/config.js";
import { impactSchema } from "../contracts/impact.js";
import { noticeSchema } from "../contracts/notice.js";
import { articlesOf, defaultLevelOf, type RuleId } from "../contracts/obligation.js";
import { assessmentSchema } from "../contracts/register.js";
import { reportSchema } from "../contracts/report.js";
import { modelSchema } from "../models/model-file.js";
import { renderModelSchema } from "../models/model-schema.js";
import { rules } from "../../rules/index.js";

const madeBy = "Made by `npm run generate`";

/** Paths below the root with the text that each should have. */
export function generatedFiles(root: string): Map<string, string> {
  const files = new Map([
    ["schema/config.json", configSchemaText()],
    ["schema/assessment.json", schemaText("assessment", assessmentSchema)],
    ["schema/notice.json", schemaText("notice", noticeSchema)],
    ["schema/report.json", schemaText("report", reportSchema)],
    ["schema/impact.json", schemaText("impact", impactSchema)],
    ["schema/model.json", renderModelSchema()],
    ["src/checks/index.ts", checkIndex(root)],
    ["rules/index.ts", ruleIndex(root)],
  ]);
  const readme = readmeText(root);
  if (readme !== null) files.set("README.md", readme);
  return files;
}

function schemaText(
  name: string,
  schema: z.ZodType,
  more: (document: JsonSchema) => JsonSchema = (document) => document,
): string {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: "input" }) as JsonSchema;
  const document = more({
    $schema,
    $id: `https://unpkg.com/eslint-plugin-child-privacy/schema/${name}.json`,
    ...rest,
  });
  return `${JSON.stringify(document, null, 2)}\n`;
}

type JsonSchema = Readonly<Record<string, unknown>>;

/** The grammar of models writes its own schema. */
function configSchemaText(): string {
  const { $defs, ...items } = modelSchema;
  return schemaText("config", configSchema, (document) => ({
    ...document,
    properties: { ...(document.properties as JsonSchema), models: { type: "array", items } },
    $defs: { ...((document.$defs ?? {}) as JsonSchema), ...($defs as JsonSchema) },
  }));
}

interface Definition {
  readonly file: string;
  readonly name: string;
}

/** The files of a folder that export what `maker` makes. */
function definitions(folder: string, maker: string): Definition[] {
  const pattern = new RegExp(`^export const (\\w+) = ${maker}\\(`, "mu");
  return readdirSync(folder)
    .filter((file) => file.endsWith(".ts"))
    .sort()
    .flatMap((file) => {
      const name = pattern.exec(readFileSync(join(folder, file), "utf8"))?.[1];
      return name === undefined ? [] : [{ file: file.replace(/\.ts$/u, ""), name }];
    });
}

function imports(found: readonly Definition[]): string {
  return found.map(({ file, name }) => `import { ${name} } from "./${file}.js";`).join("\n");
}

function checkIndex(root: string): string {
  const found = definitions(join(root, "src/checks"), "defineCheck");
  const list = found.map(({ name }) => name).join(", ");
  return `// ${madeBy} from the files of this folder that define a check.\n${imports(found)}\n\nexport const checks = [${list}] as const;\n`;
}

function ruleIndex(root: string): string {
  const found = definitions(join(root, "rules"), "defineRule");
  const entries = found.map(({ file, name }) => `  "${file}": ${name},`).join("\n");
  return `// ${madeBy} from the files of this folder that define a rule.\n${imports(found)}\n\nexport const rules = {\n${entries}\n} as const;\n`;
}

const tableStart = "<!-- rules: made by npm run generate -->";
const tableEnd = "<!-- /rules -->";

/** The README with its table of rules brought up to date, or null where it has none. */
function readmeText(root: string): string | null {
  const path = join(root, "README.md");
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";
  const start = text.indexOf(tableStart);
  const end = text.indexOf(tableEnd);
  if (start === -1 || end < start) return null;
  return `${text.slice(0, start + tableStart.length)}\n\n${ruleTable()}\n\n${text.slice(end)}`;
}

function ruleTable(): string {
  const rows = (Object.keys(rules) as (keyof typeof rules)[]).map((id) => {
    const articles = articlesOf(id).join(", ");
    return [`[${id}](rules/${id}.md)`, descriptionOf(id), articles, defaultLevelOf(id)];
  });
  return renderTable([["rule", "what it asks for", "articles", "recommended"], ...rows]);
}

function descriptionOf(id: RuleId): string {
  return (
    checks.find((check) => check.id === id)?.description ?? rules["cannot-tell"].meta?.docs?.description ?? ""
  );
}

/** As prettier writes tables, so that formatting leaves it alone. */
function renderTable(rows: readonly (readonly string[])[]): string {
  const widths =
    rows[0]?.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length))) ?? [];
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const [head = [], ...body] = rows;
  return [line(head), `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...body.map(line)].join(
    "\n",
  );
}
