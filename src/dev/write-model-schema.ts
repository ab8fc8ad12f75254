/** Writes `schema/model.json` from the grammar's readers, for editors: `node dist/src/dev/write-model-schema.js`. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { renderModelSchema } from "../models/model-schema.js";

const file = new URL("../../../schema/model.json", import.meta.url);
writeFileSync(fileURLToPath(file), renderModelSchema());
