// Puts the models beside the compiled code: the YAML as it is, and all of it parsed, so that a run needs no YAML.
import { cpSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = new URL("../", import.meta.url);
const target = new URL("dist/src/models/", root);

for (const folder of ["lib", "packages"]) {
  const copy = fileURLToPath(new URL(`${folder}/`, target));
  // A model that is gone or renamed must not live on in the copy.
  rmSync(copy, { recursive: true, force: true });
  cpSync(fileURLToPath(new URL(`src/models/${folder}/`, root)), copy, { recursive: true });
}

cpSync(new URL("src/models/recipients.yaml", root), new URL("recipients.yaml", target));

const { readModelFiles } = await import(new URL("dist/src/project/catalogue-files.js", root).href);
writeFileSync(new URL("catalogue.json", target), JSON.stringify(readModelFiles()));
