import type { PrismaSchema } from "../prisma-schema.js";
import { annotationsStandIn } from "./annotations.js";
import { drizzleCoreStandIn, drizzleStandIn } from "./drizzle.js";
import { expressStandIn, fastifyStandIn } from "./express.js";
import { mongooseStandIn } from "./mongoose.js";
import { prismaStandIn } from "./prisma.js";
import { reactStandIn } from "./react.js";
import { typeboxStandIn } from "./typebox.js";
import { valibotStandIn } from "./valibot.js";
import { yupStandIn } from "./yup.js";
import { zodStandIn } from "./zod.js";

const written = new Map<string, string>([
  ["npm:eslint-plugin-child-privacy/annotations", annotationsStandIn],
  ...["npm:zod", "npm:zod/v3", "npm:zod/v4", "npm:zod/mini", "npm:zod/v4-mini", "npm:zod/v4/mini", "npm:@zod/mini"].map((module): [string, string] => [module, zodStandIn.replace('from "zod"', `from "${module.slice(4)}"`)]),
  ["npm:valibot", valibotStandIn],
  ["npm:@sinclair/typebox", typeboxStandIn],
  ["npm:typebox", typeboxStandIn],
  ["npm:yup", yupStandIn],
  ["npm:drizzle-orm", drizzleStandIn],
  ...["pg", "mysql", "sqlite", "singlestore", "cockroach", "mssql"].map((kind): [string, string] => [`npm:drizzle-orm/${kind}-core`, drizzleCoreStandIn]),
  ["npm:mongoose", mongooseStandIn],
  ["npm:react", reactStandIn],
  ["npm:express", expressStandIn],
  ["npm:fastify", fastifyStandIn],
]);

/** Modules whose default export is their namespace: `React.FC` is the `FC` that the module exports. */
const namespaceDefaults = new Set(["npm:react", "npm:mongoose", "npm:zod", "npm:yup"]);

/** What own code names of a foreign module. */
export interface ForeignUse {
  /** Exported names that are imported. */
  readonly names: Set<string>;
  /** Members named in types or `new` of the namespace (`""`) or of an imported name. */
  readonly members: Map<string, Set<string>>;
}

/**
 * The declarations that stand in for a foreign module in the program: what is written by hand for modules
 * whose types carry the shape of data, and for each other name that own code imports an empty class. The
 * class has an identity, so that the checker can say of a value that it is `pg`'s `Pool`, and no members, so
 * that whatever is read from it has no type.
 */
export function standInText(module: string, use: ForeignUse, schemas: readonly PrismaSchema[]): string {
  const base = module === "npm:@prisma/client" ? prismaStandIn(schemas) : (written.get(module) ?? "");
  const names = new Set([...use.names, ...(use.members.get("") ?? [])]);
  if (namespaceDefaults.has(module)) for (const member of use.members.get("default") ?? []) names.add(member);
  const parts = [base];
  for (const name of [...names].sort()) if (name !== "default" && !isDeclared(base, name)) parts.push(emptyClass("export declare", name));
  for (const [owner, members] of [...use.members].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (owner === "" || (owner === "default" && namespaceDefaults.has(module)) || (owner !== "default" && isDeclared(base, owner))) continue;
    const declared = [...members].sort().map((member) => emptyClass("export", member)).join("\n");
    parts.push(`${owner === "default" ? "declare" : "export declare"} namespace ${localName(owner)} {\n${declared}\n}`);
  }
  if (!/export default|as default/.test(base)) parts.push(emptyClass("declare", localName("default")), `export default ${localName("default")};`);
  return parts.join("\n");
}

function localName(name: string): string {
  return name === "default" ? "$default" : name;
}

function emptyClass(modifier: string, name: string): string {
  return `${modifier} class ${name}<A = any, B = any, C = any, D = any, E = any, F = any> { constructor(...args: any[]); #identity: [A, B, C, D, E, F]; }`;
}

function isDeclared(text: string, name: string): boolean {
  const escaped = name.replaceAll("$", "\\$");
  return new RegExp(`\\b(?:class|interface|type|function|namespace|const|as)\\s+${escaped}\\b|^export const .*\\b${escaped}:`, "m").test(text);
}
