import type { PrismaSchema } from "../prisma-schema.js";
import { annotationsStandIn } from "./annotations.js";
import { arktypeStandIn } from "./arktype.js";
import { bullmqStandIn } from "./bullmq.js";
import { drizzleCoreStandIn, drizzleStandIn } from "./drizzle.js";
import { expressStandIn, fastifyStandIn, moleculerStandIn } from "./express.js";
import { graphqlStandIn, graphqlToolsStandIn, grpcStandIn, lambdaStandIn } from "./handlers.js";
import { mikroOrmStandIn } from "./mikro-orm.js";
import { mobxStandIn } from "./mobx.js";
import { mongodbStandIn } from "./mongodb.js";
import { mongooseStandIn } from "./mongoose.js";
import { nestMappedTypesStandIn, nestZodStandIn } from "./nest.js";
import { prismaStandIn } from "./prisma.js";
import { reactStandIn } from "./react.js";
import { reduxToolkitStandIn } from "./redux.js";
import { ioTsStandIn, runtypesStandIn, superstructStandIn, vineStandIn } from "./structs.js";
import { typeboxStandIn } from "./typebox.js";
import { valibotStandIn } from "./valibot.js";
import { vueStandIn } from "./vue.js";
import { yupStandIn } from "./yup.js";
import { zodStandIn } from "./zod.js";
import { zustandStandIn } from "./zustand.js";

const written = new Map<string, string>([
  ["npm:eslint-plugin-child-privacy/annotations", annotationsStandIn],
  ...[
    "npm:zod",
    "npm:zod/v3",
    "npm:zod/v4",
    "npm:zod/mini",
    "npm:zod/v4-mini",
    "npm:zod/v4/mini",
    "npm:@zod/mini",
  ].map((module): [string, string] => [module, zodStandIn]),
  ["npm:valibot", valibotStandIn],
  ["npm:zustand", zustandStandIn],
  ["npm:zustand/vanilla", zustandStandIn],
  ["npm:zustand/middleware", zustandStandIn],
  ["npm:zustand/middleware/immer", zustandStandIn],
  ["npm:arktype", arktypeStandIn],
  ["npm:@sinclair/typebox", typeboxStandIn],
  ["npm:typebox", typeboxStandIn],
  ["npm:yup", yupStandIn],
  ["npm:superstruct", superstructStandIn],
  ["npm:io-ts", ioTsStandIn],
  ["npm:runtypes", runtypesStandIn],
  ["npm:@vinejs/vine", vineStandIn],
  ["npm:drizzle-orm", drizzleStandIn],
  ...["pg", "mysql", "sqlite", "singlestore", "cockroach", "mssql"].map((kind): [string, string] => [
    `npm:drizzle-orm/${kind}-core`,
    drizzleCoreStandIn,
  ]),
  ...["vue", "@vue/reactivity", "@vue/runtime-core", "@vue/composition-api", "vue-demi"].map(
    (name): [string, string] => [`npm:${name}`, vueStandIn],
  ),
  ["npm:bullmq", bullmqStandIn],
  ["npm:mobx", mobxStandIn],
  ["npm:mongodb", mongodbStandIn],
  ...[
    "core",
    "postgresql",
    "mysql",
    "mariadb",
    "sqlite",
    "better-sqlite",
    "libsql",
    "mssql",
    "mongodb",
    "knex",
  ].map((name): [string, string] => [`npm:@mikro-orm/${name}`, mikroOrmStandIn]),
  ["npm:mongoose", mongooseStandIn],
  ["npm:react", reactStandIn],
  ["npm:@reduxjs/toolkit", reduxToolkitStandIn],
  ["npm:@reduxjs/toolkit/react", reduxToolkitStandIn],
  ["npm:express", expressStandIn],
  ["npm:fastify", fastifyStandIn],
  ["npm:graphql", graphqlStandIn],
  ["npm:@graphql-tools/utils", graphqlToolsStandIn],
  ["npm:aws-lambda", lambdaStandIn],
  ["npm:nestjs-zod", nestZodStandIn],
  ["npm:@grpc/grpc-js", grpcStandIn],
  ["npm:moleculer", moleculerStandIn],
  ...["npm:@nestjs/mapped-types", "npm:@nestjs/swagger", "npm:@nestjs/graphql"].map(
    (module): [string, string] => [module, nestMappedTypesStandIn],
  ),
]);

/** Modules that export themselves whole: `React.FC` is the `FC` that the module exports, `z` is zod. */
function selfExports(module: string): readonly string[] {
  if (/^npm:@?zod(?:\/|$)/.test(module)) return ["z", "default"];
  return ["npm:react", "npm:mongoose", "npm:yup"].includes(module) ? ["default"] : [];
}

/** Specifier under which a stand-in that exports itself finds its own declarations. */
export const ownDeclarations = "#declarations";

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
 * that whatever is read from it has no type. A module that exports itself has its declarations apart.
 */
export function standInText(
  module: string,
  use: ForeignUse,
  schemas: readonly PrismaSchema[],
): { readonly entry: string; readonly declarations: string | undefined } {
  const base = module === "npm:@prisma/client" ? prismaStandIn(schemas) : (written.get(module) ?? "");
  const selves = selfExports(module);
  const declarations = [base, ...emptyClasses(base, use, selves), ...namespaces(base, use, selves)].join(
    "\n",
  );
  if (selves.length === 0)
    return { entry: `${declarations}\n${defaultExport(base)}`, declarations: undefined };
  return {
    entry: `import * as self from "${ownDeclarations}";\nexport * from "${ownDeclarations}";\nexport { ${selves.map((name) => `self as ${name}`).join(", ")} };\n`,
    declarations,
  };
}

function emptyClasses(base: string, use: ForeignUse, selves: readonly string[]): string[] {
  const members = ["", ...selves].flatMap((owner) => [...(use.members.get(owner) ?? [])]);
  return [...new Set([...use.names, ...members])]
    .filter((name) => name !== "default" && !selves.includes(name) && !isDeclared(base, name))
    .sort()
    .map((name) => emptyClass("export declare", name));
}

function namespaces(base: string, use: ForeignUse, selves: readonly string[]): string[] {
  return [...use.members]
    .filter(
      ([owner]) =>
        owner !== "" && !selves.includes(owner) && (owner === "default" || !isDeclared(base, owner)),
    )
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([owner, members]) =>
        `${owner === "default" ? "declare" : "export declare"} namespace ${localName(owner)} {\n${[...members]
          .sort()
          .map((member) => emptyClass("export", member))
          .join("\n")}\n}`,
    );
}

function defaultExport(base: string): string {
  return /export default|as default/.test(base)
    ? ""
    : `${emptyClass("declare", localName("default"))}\nexport default ${localName("default")};`;
}

function localName(name: string): string {
  return name === "default" ? "$default" : name;
}

function emptyClass(modifier: string, name: string): string {
  return `${modifier} class ${name}<A = any, B = any, C = any, D = any, E = any, F = any> { constructor(...args: any[]); #identity: [A, B, C, D, E, F]; }`;
}

const declaredNames = new Map<string, ReadonlySet<string>>();

function isDeclared(text: string, name: string): boolean {
  let names = declaredNames.get(text);
  if (names === undefined) {
    const found = [
      ...text.matchAll(
        /\b(?:class|interface|type|function|namespace|const|as)\s+([\w$]+)|(?<=^export const .*)\b([\w$]+):/gm,
      ),
    ];
    declaredNames.set(text, (names = new Set(found.map(([, first, second]) => first ?? second ?? ""))));
  }
  return names.has(name);
}
