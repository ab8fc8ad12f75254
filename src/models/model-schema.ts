import { modelSchema } from "./model-file.js";

/** The published JSON Schema of model files, as text. A test compares it with `schema/model.json`. */
export function renderModelSchema(): string {
  const schema = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: "https://unpkg.com/eslint-plugin-child-privacy/schema/model.json",
    title: "What a package does with data (src/models/GRAMMAR.md)",
    ...modelSchema,
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
