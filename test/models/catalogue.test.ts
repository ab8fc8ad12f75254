import { describe, expect, it } from "vitest";
import type { PackageModel } from "../../src/contracts/model.js";
import { type ModelForm, createCatalogue } from "../../src/models/catalogue.js";
import { parseModelFile } from "../../src/models/model-file.js";
import { readBuiltInModels } from "../../src/project/catalogue-files.js";

function model(text: string): PackageModel {
  const { model: found, errors } = parseModelFile(text, "x.yaml");
  expect(errors).toEqual([]);
  return found as PackageModel;
}

const catalogue = createCatalogue(
  [
    model(`package: kv
aliases: [kv-next, "kv/sub as sub", "kv.* as *"]
extends: { Pool: [Client, "node:bus#Bus"] }
paths:
  - { path: default, type: App }
  - { path: App.get, calls: arg1 }
  - { path: default().raw, none: true }
  - { path: Client.query, log: arg0 }
  - { path: Client.*, none: true }
  - { path: Client.*.*, store: { medium: cache, data: arg0, target: [name0, name1] } }
  - { path: sub.put, log: arg0 }
  - { path: fooBar, none: true }
  - { path: Client.name, form: assign, log: value }
`),
    model(
      "node: bus\naliases: ['node:bus/promises as promises']\npaths:\n  - { path: Bus.emit, none: true }\n  - { path: promises.send, none: true }\n",
    ),
    model('package: old\nversions: "<2"\npaths: [{ path: a, log: arg0 }]\n'),
    model('package: old\nversions: ">=2"\npaths: [{ path: a, none: true }]\n'),
    model(
      "global: true\npaths:\n  - { path: store, form: read, type: lib#Storage }\n  - { path: deep.store, form: read, type: lib#Storage }\n",
    ),
    model(
      "lib: true\npaths:\n  - { path: Storage.setItem, log: arg1 }\n  - { path: List.map, none: true }\n",
    ),
    model("file: '**/app/**/route.{ts,js}'\npaths: [{ path: POST, form: convention, input: arg0 }]\n"),
    model("file: src/kv.ts\npaths: [{ path: put, log: arg0 }]\n"),
  ],
  { versionOf: (module) => (module === "npm:old" ? "2.1.0" : null) },
);

function texts(module: string, path: string, form: ModelForm = "call"): string[] {
  return catalogue.match(module, path === "" ? [] : path.split("."), form).map((match) => match.model.text);
}

describe("createCatalogue", () => {
  it("puts the exact path first and captures names", () => {
    expect(texts("npm:kv", "Client.query")).toEqual(["Client.query", "Client.*"]);
    expect(catalogue.match("npm:kv", ["Client", "child", "put"], "call").map((match) => match.names)).toEqual(
      [["child", "put"]],
    );
    expect(catalogue.match("npm:kv", ["Client", "query"], "call").map((match) => match.rank)).toEqual([0, 1]);
    expect(texts("npm:kv", "Client")).toEqual([]);
    expect(texts("npm:kv", "Other.query")).toEqual([]);
  });

  it("knows that default.X is X, and the module itself default", () => {
    expect(texts("npm:kv", "default.Client.query")).toEqual(["Client.query", "Client.*"]);
    expect(texts("npm:kv", "default")).toEqual(["default"]);
    expect(texts("npm:kv", "default.default")).toEqual(["default"]);
    expect(texts("npm:kv", "")).toEqual(["default"]);
    expect(texts("npm:kv", "default.().raw")).toEqual(["default().raw"]);
    expect(texts("npm:kv", "().raw")).toEqual(["default().raw"]);
  });

  it("goes through the types that models name", () => {
    expect(texts("npm:kv", "default.().get")).toEqual(["App.get"]);
    expect(texts("global", "store.setItem")).toEqual(["Storage.setItem"]);
    expect(texts("global", "window.store.setItem")).toEqual(["Storage.setItem"]);
    expect(texts("global", "deep.store.setItem")).toEqual(["Storage.setItem"]);
    expect(texts("global", "store.nothing")).toEqual([]);
  });

  it("finds inherited members, also of other modules, after a type's own", () => {
    expect(texts("npm:kv", "Pool.query")).toEqual(["Client.query", "Client.*"]);
    expect(texts("npm:kv", "Pool.emit")).toContain("Bus.emit");
    expect(catalogue.match("npm:kv", ["Pool", "query"], "call").every((match) => match.rank >= 16)).toBe(
      true,
    );
  });

  it("keeps the forms apart", () => {
    expect(texts("npm:kv", "Client.name", "assign")).toEqual(["Client.name"]);
    expect(texts("npm:kv", "Client.name", "read")).toEqual([]);
  });

  it("follows aliases", () => {
    expect(texts("npm:kv-next", "Client.query")).toEqual(["Client.query", "Client.*"]);
    expect(texts("npm:kv/sub", "put")).toEqual(["sub.put"]);
    expect(texts("npm:kv/sub", "default.put")).toEqual(["sub.put"]);
    expect(texts("npm:kv.foobar", "default")).toEqual(["fooBar"]);
    expect(texts("npm:kv.foobar", "")).toEqual(["fooBar"]);
    expect(texts("npm:kv/elsewhere", "Client.query")).toEqual(["Client.query", "Client.*"]);
    expect(texts("npm:kv/sub", "Client.query")).toEqual(["Client.query", "Client.*"]);
    expect(texts("npm:kvx", "Client.query")).toEqual([]);
  });

  it("takes Node's modules with and without node:", () => {
    for (const name of ["node:bus", "bus", "npm:bus"]) expect(texts(name, "Bus.emit")).toEqual(["Bus.emit"]);
    for (const name of ["node:bus/promises", "bus/promises", "npm:bus/promises"])
      expect(texts(name, "send")).toEqual(["promises.send"]);
  });

  it("chooses by installed version", () => {
    expect(catalogue.match("npm:old", ["a"], "call").map((match) => match.model.roles[0]?.kind)).toEqual([
      "none",
    ]);
    expect(catalogue.find("npm:old")).toHaveLength(1);
  });

  it("finds own files by name and by convention", () => {
    expect(texts("file:src/kv.ts", "put")).toEqual(["put"]);
    expect(texts("file:src/app/users/route.ts", "POST", "convention")).toEqual(["POST"]);
    expect(texts("file:src/app/users/page.ts", "POST", "convention")).toEqual([]);
  });

  it("finds members by name for receivers of an unknown type", () => {
    expect(catalogue.membersNamed("lib", "map", "call").map((match) => match.model.text)).toEqual([
      "List.map",
    ]);
    expect(catalogue.membersNamed("lib", "Storage", "call")).toEqual([]);
  });
});

describe("the shipped catalogue", () => {
  const shipped = createCatalogue(readBuiltInModels());
  const kinds = (module: string, path: string, form: ModelForm = "call"): string[] => {
    const found = shipped.match(module, path.split("."), form);
    return [
      ...new Set(
        found
          .filter((match) => match.rank === found[0]?.rank)
          .flatMap((match) => match.model.roles.map((role) => role.kind)),
      ),
    ].sort();
  };

  it.each([
    ["npm:pg", "Pool.query", "sql"],
    ["npm:pg", "default.Client.query", "sql"],
    ["npm:pg-pool", "PoolClient.query", "sql"],
    ["fs", "writeFileSync", "store"],
    ["node:fs", "promises.writeFile", "store"],
    ["npm:fs/promises", "default.appendFile", "store"],
    ["npm:@prisma/client", "PrismaClient.child.create", "store"],
    ["npm:ioredis", "Redis.set", "store"],
    ["npm:ioredis", "ChainableCommander.hset", "store"],
    ["npm:express", "default.().post", "calls"],
    ["npm:express", "Router.().get", "calls"],
    ["npm:lodash/pick", "default", "flow"],
    ["npm:lodash-es", "cloneDeep", "flow"],
    ["npm:lodash.clonedeep", "default", "flow"],
    ["npm:bcryptjs", "default.hash", "encrypt"],
    ["global", "console.log", "log"],
    ["node:console", "default.log", "log"],
    ["global", "localStorage.setItem", "store"],
    ["global", "window.crypto.subtle.encrypt", "encrypt"],
    ["node:crypto", "webcrypto.subtle.digest", "encrypt"],
    ["node:crypto", "CipherGCM.update", "encrypt"],
    ["lib", "Buffer.map", "flow"],
    ["lib", "ReadonlyArray.map", "flow"],
    ["lib", "string.slice", "flow"],
    ["lib", "string.includes", "none"],
    ["npm:zod", "z.object", "schema"],
    ["npm:zod", "ZodObject.parse", "shaped"],
    ["npm:pino", "default.().info", "log"],
    ["npm:winston", "Logger.child", "log"],
    ["node:crypto", "createHash.().update", "flow"],
    ["node:timers", "setTimeout", "calls"],
    ["npm:mongodb", "MongoClient.db.().collection.().insertOne", "store"],
  ])("%s#%s: %s", (module, path, kind) => {
    expect(kinds(module, path)).toContain(kind);
  });

  it("models assignments", () => {
    expect(kinds("global", "localStorage.name", "assign")).toEqual(["store"]);
    expect(kinds("global", "document.cookie", "assign")).toEqual(["store"]);
    expect(kinds("lib", "Array.length", "read")).toEqual(["none"]);
  });

  it("knows nothing of what is not there", () => {
    expect(shipped.match("npm:unknown", ["x"], "call")).toEqual([]);
    expect(shipped.find("npm:unknown")).toEqual([]);
    expect(shipped.match("npm:pg", ["Pool", "nothing"], "call")).toEqual([]);
  });
});

describe("packages that hand everything on", () => {
  const companies = createCatalogue([
    model(`package: mail
company: Post
extends: { Client: Base }
discloses: notification
paths:
  - { path: Client.open, none: true }
  - { path: Base.close, none: true }
`),
  ]);
  const first = (path: string): string | undefined =>
    companies.match("npm:mail", path.split("."), "call")[0]?.model.text;

  it.each([
    ["Client.send", "**"],
    ["createClient.().letters.send", "**"],
    ["Client.open", "Client.open"],
    ["Client.close", "Base.close"],
    ["Client.send.().then", undefined],
  ])("%s: %s", (path, text) => {
    expect(first(path)).toBe(text);
  });

  it("elements too", () => {
    expect(companies.match("npm:mail", ["Widget"], "jsx")[0]?.model.roles[0]).toMatchObject({
      kind: "disclose",
      recipient: "Post",
      purpose: "notification",
    });
  });
});
