// Puts the models beside the compiled code: the YAML as it is, and all of it parsed, so that a run needs no YAML.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
// JSON has no infinity, but a number that is read as such: what an open arity is written as.
const written = JSON.stringify(readModelFiles(), (key, value) => (value === Infinity ? "<open>" : value));
writeFileSync(new URL("catalogue.json", target), written.replaceAll('"<open>"', "1e999"));

// Of node-sql-parser, which installs 89 MB, three files of 0.7 MB are asked for: they go with us.
const parsers = new URL("dist/node-sql-parser/", root);
const loader = new URL("dist/src/models/sql/parsers/load-parsers.js", root);
mkdirSync(parsers, { recursive: true });
for (const dialect of ["mysql", "sqlite", "transactsql"])
  cpSync(
    new URL(`node_modules/node-sql-parser/build/${dialect}.js`, root),
    new URL(`${dialect}.cjs`, parsers),
  );
cpSync(new URL("node_modules/node-sql-parser/LICENSE", root), new URL("LICENSE", parsers));
writeFileSync(
  loader,
  readFileSync(loader, "utf8").replaceAll(
    /"node-sql-parser\/build\/(\w+)\.js"/gu,
    '"../../../../node-sql-parser/$1.cjs"',
  ),
);
