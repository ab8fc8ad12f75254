/** `npm run new:model -- PACKAGE`: a model and a fixture to fill in. */
import { existsSync, writeFileSync } from "node:fs";

const [name, ...others] = process.argv.slice(2);
if (name === undefined || others.length > 0 || !/^(?:@[\w.-]+\/)?[\w.-]+$/u.test(name)) {
  process.stderr.write("Name one package: npm run new:model -- @acme/kv\n");
  process.exit(2);
}
const file = name.replace("/", "__");
const short = name.replace(/^.*\//u, "");
const files = {
  [`src/models/packages/${file}.yaml`]: `package: "${name}"
paths:
  # From the package's own declarations; src/models/GRAMMAR.md has the words, and 27 shapes to copy from.
  - path: default
    none: true
`,
  [`fixtures/cannot-tell/${short}.ts`]: `// What ${name} does with child data, and what it must leave alone; fixtures/README.md has the markers.
import client from "${name}";

export interface Child {
  /** @childData contact */
  email: string;
  team: string;
}

export function show(child: Child): void {
  console.log(client(child.email));
  console.log(child.team);
}
`,
};
const existing = Object.keys(files).filter((path) => existsSync(path));
if (existing.length > 0) {
  process.stderr.write(`${existing.join(", ")}: already there. Change it, or take it away first.\n`);
  process.exit(2);
}
for (const [path, text] of Object.entries(files)) {
  writeFileSync(path, text);
  process.stdout.write(`${path}\n`);
}
process.stdout.write(`Then: npm run fixtures -- ${short}, and move the fixture to the folder of its duty.\n`);
