/**
 * Every member that a model names must exist in the installed declarations of its package. A model whose package is
 * not among `test/packages` is not compared.
 */
import { existsSync, readFileSync, readdirSync, realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { PackageModel } from "../../src/contracts/model.js";
import { readModelFiles } from "../../src/project/catalogue-files.js";
import { findSdkPrograms } from "../sdk/sdk-program.js";

const modules = fileURLToPath(new URL("../packages/node_modules/", import.meta.url));
const isInstalled = existsSync(modules);
const hint = "not installed: run `npm ci --ignore-scripts` in test/packages";

/** Where the declarations of a module lie, from `test/packages/node_modules`, if not in its own folder or in `@types`. */
const declared: Readonly<Record<string, readonly string[]>> = {
  "npm:pg": ["@types/pg", "@types/pg-pool", "pg-protocol"],
  "npm:mongodb": ["mongodb/mongodb.d.ts", "bson/bson.d.ts"],
  "npm:@prisma/client": ["@prisma/client/runtime"],
  "npm:ioredis": ["ioredis/built"],
  "npm:@mikro-orm/core": ["@mikro-orm/core", "@mikro-orm/knex", "@mikro-orm/postgresql"],
  "npm:vue": ["@vue/runtime-dom", "@vue/runtime-core", "@vue/reactivity"],
  "npm:sequelize": ["sequelize", "sequelize-typescript/dist"],
  "npm:@aws-sdk/client-s3": [
    "@aws-sdk/client-s3/dist-types/S3.d.ts",
    "@aws-sdk/client-s3/dist-types/S3Client.d.ts",
    "@aws-sdk/client-s3/dist-types/commands",
    "@smithy/core/dist-types",
    "@smithy/types/dist-types",
  ],
  "npm:@aws-sdk/lib-storage": ["@aws-sdk/lib-storage/dist-types"],
  "npm:multer": ["multer/index.js"],
  "npm:express": [
    "@types/express",
    "@types/express-serve-static-core",
    "@types/serve-static",
    "@types/node/http.d.ts",
    "@types/node/stream.d.ts",
    "@types/body-parser",
  ],
  "npm:zod": ["zod/v4/classic", "zod/v3", "zod/v4/core"],
  "npm:pino": ["pino/pino.d.ts"],
  "npm:winston": [
    "winston/index.d.ts",
    "winston/lib/winston",
    "logform/index.d.ts",
    "@types/node/stream.d.ts",
  ],
  "npm:bcrypt": ["@types/bcrypt", "bcryptjs/umd"],
  // It has no declarations of its own.
  "npm:sha.js": ["sha.js/index.js", "sha.js/hash.js"],
  "npm:lodash": ["@types/lodash"],
  "npm:bullmq": ["bullmq/dist/esm"],
  "npm:@nestjs/common": ["@nestjs/common"],
  "npm:node-cron": ["node-cron/dist/node-cron.d.ts"],
  "npm:croner": ["croner/dist/croner.d.ts"],
  "npm:socket.io": ["socket.io/dist", "@types/node/events.d.ts"],
  "npm:@faker-js/faker": ["@faker-js/faker/dist"],
  "npm:fishery": ["fishery/dist"],
  // It has no declarations of its own.
  "npm:luxon": ["luxon/src/datetime.js", "luxon/src/interval.js", "luxon/src/duration.js"],
  "npm:fastify": ["fastify/fastify.d.ts", "fastify/types"],
  "npm:hono": ["hono/dist/types"],
  // Its types are a package of their own: the source names the members as well.
  "npm:koa": [
    "koa/lib/application.js",
    "koa/lib/context.js",
    "koa/lib/request.js",
    "koa/lib/response.js",
    "@types/node/http.d.ts",
  ],
  "npm:koa-compose": ["koa-compose/index.js"],
  "npm:cookie": ["cookie/index.js"],
};

/** Members that declarations cannot show, each with its reason. */
const undeclared: Readonly<Record<string, readonly string[]>> = {
  // Names of our own for what is given back; mobx-react's.
  "npm:pinia": ["UseStore"],
  "npm:mobx": ["Box", "Computed", "boxed", "useLocalObservable", "useLocalStore", "observer"],
  // Of packages that do the same.
  "npm:fast-deep-equal": ["dequal", "isEqual", "shallowEqual", "shallowEqualObjects", "shallowEqualArrays"],
  "npm:nanoid": [
    // A name of our own for what customAlphabet gives.
    "Maker",
    "v1",
    "v3",
    "v4",
    "v5",
    "v6",
    "v7",
    "ulid",
    "cuid",
    "createId",
    "isCuid",
    "uid",
    "validate",
    "version",
    "isValid",
    "decodeTime",
    "generate",
    "short",
    "monotonicFactory",
    "init",
    "NIL",
    "MAX",
    "parse",
    "stringify",
  ],
  // Of packages that keep values the same way, and of other versions.
  "npm:lru-cache": [
    "LRU",
    "QuickLRU",
    "LRUMap",
    "TTLCache",
    "lru",
    "createLRU",
    "reset",
    "shift",
    "keysAscending",
    "keysDescending",
    "valuesAscending",
    "valuesDescending",
    "entriesAscending",
    "entriesDescending",
    "@@iterator",
    "resize",
    "setTTL",
    "expiresIn",
    "maxAge",
  ],
  // Of other versions than the one that is installed.
  "npm:@faker-js/faker": ["userName"],
  "npm:p-limit": ["map", "limitFunction"],
  "npm:p-queue": [
    "onSizeLessThan",
    "onError",
    "onRateLimit",
    "onRateLimitCleared",
    "setPriority",
    "isRateLimited",
    "isSaturated",
  ],
  "npm:p-retry": ["makeRetriable", "retrying"],
  // Of @node-rs/bcrypt, which has a second spelling.
  "npm:bcrypt": ["verify", "verifySync"],
  // Names of our own for what the packages' builders give.
  "npm:drizzle-orm": [
    "Schema",
    "TableCreator",
    "Columns",
    "CustomType",
    "InsertBuilder",
    "UpdateBuilder",
    "DeleteBuilder",
    "ReturnedRows",
    "InsertedRows",
    "PreparedInsert",
    "Selection",
    "SelectBuilder",
    "JoinedSelect",
    "SyncDatabase",
  ],
  "npm:knex": ["Written", "KeyBuilder"],
  // `getKysely` is of version 7, `Subscriber` of those before 6.
  "npm:@mikro-orm/core": [
    // Of @mikro-orm/mongodb's manager.
    "getCollection",
    "Wrapped",
    "Managed",
    "getKysely",
    "Subscriber",
    "PropertyBuilders",
    "CarryingProperty",
  ],
  "npm:kysely": ["ReturningBuilder", "TableBuilder", "ColumnBuilder", "ForeignKeyBuilder"],
  "npm:postgres": ["Rows"],
  "npm:sequelize": ["AttributeSetter"],
  // As it was called before version 1.
  "npm:typeorm": [
    // Of the list of subscribers.
    "push",
    "createConnection",
    "getConnection",
    "Connection",
    "getManager",
    "getMongoManager",
    "getCustomRepository",
    "findOneById",
    "exist",
  ],
  // Generated from schema.prisma into the project.
  "npm:@prisma/client": [
    "Middleware",
    "PrismaClient",
    "TransactionClient",
    "QueryExtension",
    "create",
    "createMany",
    "createManyAndReturn",
    "update",
    "updateMany",
    "updateManyAndReturn",
    "upsert",
    "delete",
    "deleteMany",
    "findUnique",
    "findUniqueOrThrow",
    "findFirst",
    "findFirstOrThrow",
    "findMany",
    "groupBy",
    "aggregate",
    "count",
    "Prisma",
    "validator",
    "$use",
  ],
  // Names of our own for what has no class of its own.
  "npm:lodash": ["Chain", "Explicit", "Template"],
  "npm:pino": ["ChildLogger"],
  // Levels of the configured level set, and what multer, express-session, passport, connect-flash, pino-http and express-fileupload add to the request.
  "npm:express": [
    "logIn",
    "login",
    "logOut",
    "logout",
    "isAuthenticated",
    "isUnauthenticated",
    "flash",
    "log",
    "mv",
    "file",
    "files",
    "rawBody",
    "param",
    "Express",
    "hostname",
    "session",
    "regenerate",
    "save",
    "touch",
    "reload",
  ],
  // Of later versions.
  // Names of our own for everybody who is connected.
  "npm:socket.io": ["Everybody"],
  "npm:ws": ["Listener"],
  "npm:cookie": ["stringifySetCookie", "parseCookie"],
  // Of component-emitter's Socket, and a name of our own for a socket to the page's own server.
  "npm:socket.io-client": ["write", "off", "once", "removeAllListeners", "OwnSocket"],
  // Of the platform's own forms, which have the same name.
  "npm:form-data": ["set"],
  // A name of our own for what `createWriteStream` gives.
  "npm:@google-cloud/storage": ["FileWriter", "ListedFile"],
  // What a pipeline's commands have in common.
  "npm:ioredis": ["Chained"],
  // Of the Pro edition; a name of our own; and what version 5 still has.
  "npm:bullmq": [
    "QueuedJob",
    "FoundJob",
    "QueuePro",
    "WorkerPro",
    "WorkerBase",
    "update",
    "removeRepeatable",
    "removeRepeatableByKey",
    "discard",
  ],
  // Of the packages for browsers, and a name of our own.
  "npm:nats": ["wsconnect", "TextCodec"],
  // Of moment-timezone and of plugins that give it what Day.js has; and what every object has.
  "npm:moment": [
    "tz",
    "toString",
    "isToday",
    "isTomorrow",
    "isYesterday",
    "offsetName",
    "extend",
    "isDayjs",
    "guess",
    "setDefault",
    "names",
  ],
  // Of plugins, which give it what moment has.
  "npm:dayjs": [
    "parseZone",
    "calendar",
    "isoWeeks",
    "dayOfYear",
    "isUtc",
    "isDST",
    "isUtcOffset",
    "hasAlignedHourOffset",
    "weeksInYear",
    "isoWeeksInISOWeekYear",
    "invalidAt",
    "parsingFlags",
    "zone",
    "zoneAbbr",
    "zoneName",
    "isDate",
    "locales",
    "defineLocale",
    "now",
    "normalizeUnits",
    "relativeTimeThreshold",
    "relativeTimeRounding",
    "names",
    "toIsoString",
    "abs",
  ],
  // Of the packages that share its model; and a name of our own.
  "npm:superjson": ["uneval", "safeParse", "scan", "destr", "safeDestr", "shaped", "build", "Stringify"],
  // Of @fastify/cookie, @fastify/multipart, @fastify/static and @fastify/view, which add them.
  "npm:fastify": [
    // What @fastify/auth adds.
    "auth",
    // What @fastify/session and @fastify/secure-session add.
    "session",
    "set",
    "get",
    "destroy",
    "regenerate",
    "cookies",
    "files",
    "file",
    "parts",
    "saveRequestFiles",
    "sendFile",
    "download",
    "view",
    "setCookie",
    "cookie",
    "clearCookie",
  ],
  // Of @hono/zod-openapi.
  "npm:hono": ["OpenAPIHono", "createRoute", "openapi", "z"],
  // Names of types, and what body parsers and routers add.
  "npm:koa": [
    // Of its types.
    "Next",
    // What koa-session adds.
    "session",
    "Application",
    "Context",
    "ParameterizedContext",
    "ExtendableContext",
    "DefaultContext",
    "Request",
    "params",
    "body",
    "rawBody",
    "file",
    "files",
  ],
  // Of koa-body.
  "npm:@koa/bodyparser": ["koaBody"],
  // Verbs that a router has by the list of `methods`.
  "npm:@koa/router": ["link", "unlink"],
  // pg-native and pg-cloudflare, and pg-pool's own class name.
  "npm:pg": ["BoundPool"],
};

const nodeUndeclared = new Set([
  // A name of our own.
  "Callbackified",
  // Ports have it of the platform's own event targets.
  "addEventListener",
  // fs-extra and graceful-fs, which share the model of fs.
  "outputFile",
  "outputFileSync",
  "writeJson",
  "writeJSON",
  "writeJsonSync",
  "writeJSONSync",
  "outputJson",
  "outputJSON",
  "outputJsonSync",
  "outputJSONSync",
  "readJson",
  "readJSON",
  "readJsonSync",
  "readJSONSync",
  "ensureDir",
  "ensureDirSync",
  "ensureFile",
  "ensureFileSync",
  "pathExists",
  "pathExistsSync",
  "copy",
  "copySync",
  "move",
  "moveSync",
  "remove",
  "removeSync",
  "emptyDir",
  "emptyDirSync",
  "FileDescriptor",
  "promises",
  // Removed from Node 22 on or added after 20: still in code.
  "createCipher",
  "createDecipher",
  "Cipheriv",
  "Decipheriv",
  "LegacyCipher",
  "argon2",
  "argon2Sync",
  "glob",
  "globSync",
  "crc32",
  "zstdCompress",
  "zstdCompressSync",
  "zstdDecompress",
  "zstdDecompressSync",
  "createZstdCompress",
  "createZstdDecompress",
  "matchesGlob",
  "styleText",
  "isArray",
  // Names of our own for return types.
  "Zlib",
  "getDefaultHighWaterMark",
]);

function readDeclarations(place: string): string {
  const path = `${modules}${place}`;
  if (!existsSync(path)) return "";
  if (/\.[jt]s$/u.test(path)) return readFileSync(path, "utf8");
  const entries = readdirSync(realpathSync(path), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.d\.[cm]?ts$/u.test(entry.name))
    .map((entry) => readFileSync(`${entry.parentPath}/${entry.name}`, "utf8"))
    .join("\n");
}

function declarationsOf(model: PackageModel): string {
  if (model.module.startsWith("node:")) {
    const name = model.module.slice(5);
    const extra: Readonly<Record<string, readonly string[]>> = {
      http: ["https", "http2", "stream", "net"],
      zlib: ["stream"],
      fs: ["fs/promises"],
      stream: ["stream/promises"],
      readline: ["readline/promises"],
      crypto: ["stream"],
    };
    return [name, ...(extra[name] ?? [])]
      .map((each) => readDeclarations(`@types/node/${each}.d.ts`))
      .join("\n");
  }
  return placesOf(model).map(readDeclarations).join("\n");
}

function placesOf({ module }: PackageModel): readonly string[] {
  const name = module.replace(/^npm:/u, "");
  return declared[module] ?? [name, `@types/${name.replace(/^@([^/]+)\//u, "$1__")}`];
}

/** What the recipients' SDKs take is shown by running them (`test/sdk`); their models name many packages at once. */
const shownByRunning: ReadonlySet<string> = new Set(
  ["", "alone/", "pages/"]
    .flatMap((folder) => findSdkPrograms("", folder))
    .flatMap(({ text }) =>
      [...text.matchAll(/from "((?:@[^/"]+\/)?[^/"]+)/gu)].map(([, name]) => `npm:${name ?? ""}`),
    ),
);

/** Installed for other packages only: old versions, or models of several packages of which one is there. */
const neededByOthers: ReadonlySet<string> = new Set([
  "npm:@aws-sdk/client-sqs",
  "npm:@noble/hashes",
  "npm:@sentry/core",
  "npm:@standard-schema/spec",
  "npm:async",
  "npm:base64-js",
  "npm:body-parser",
  "npm:busboy",
  "npm:effect",
  "npm:formidable",
  "npm:html-entities",
  "npm:idb",
  "npm:js-base64",
  "npm:js-cookie",
  "npm:jsonwebtoken",
  "npm:minimist",
  "npm:raw-body",
  "npm:redis",
  "npm:request",
  "npm:tweetnacl",
  "npm:yargs",
]);

function isCompared(model: PackageModel): boolean {
  if (shownByRunning.has(model.module) || neededByOthers.has(model.module)) return false;
  return (
    model.module.startsWith("node:") || placesOf(model).some((place) => existsSync(`${modules}${place}`))
  );
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/gu, "");
}

function namesOf(model: PackageModel): string[] {
  const names = model.paths.flatMap(({ path }) =>
    path.flatMap((segment) => (segment.kind === "name" && segment.name !== "default" ? [segment.name] : [])),
  );
  return [...new Set(names)];
}

const models = isInstalled ? readModelFiles().filter((model) => /^(?:npm|node):/u.test(model.module)) : [];

describe.skipIf(!isInstalled)(`models against installed packages${isInstalled ? "" : ` (${hint})`}`, () => {
  it("finds the declarations that are named here", () => {
    const places = Object.values(declared).flat();
    expect(places.filter((place) => !existsSync(`${modules}${place}`))).toEqual([]);
  });

  it.each(models.filter(isCompared).map((model) => [model.place.file, model] as const))(
    "%s names only members that exist",
    (_file, model) => {
      const words = new Set(withoutComments(declarationsOf(model)).match(/[$A-Z_a-z][\w$]*/gu));
      expect(words.size).toBeGreaterThan(10);
      const excepted = (name: string): boolean =>
        model.module.startsWith("node:")
          ? nodeUndeclared.has(name)
          : (undeclared[model.module] ?? []).includes(name);
      expect(namesOf(model).filter((name) => !words.has(name) && !excepted(name))).toEqual([]);
    },
  );
});

if (!isInstalled) it.skip(hint, () => undefined);
