// Puts the models beside the compiled code: the YAML as it is, and all of it parsed, so that a run needs no YAML.
import { cpSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = new URL("../", import.meta.url);
const target = new URL("dist/src/models/", root);

for (const folder of ["lib", "packages"]) {
  cpSync(
    fileURLToPath(new URL(`src/models/${folder}/`, root)),
    fileURLToPath(new URL(`${folder}/`, target)),
    { recursive: true },
  );
}

const { readModelFiles } = await import(new URL("dist/src/project/catalogue-files.js", root).href);
writeFileSync(new URL("catalogue.json", target), JSON.stringify(readModelFiles()));
