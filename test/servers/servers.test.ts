/**
 * What the engine says of stores, held against real ones. Each program puts a child with values that occur nowhere
 * else into PostgreSQL and Redis, and then takes it out again: what lies there in plain text is what the engine
 * reports, what it calls encrypted does not lie there, and what stays behind is what it says that nothing erases.
 */
import { mkdirSync, cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { audit, type ReportFinding } from "../../src/audit.js";
import { dumpDatabase, dumpRedis, emptyRedis, makeDatabase } from "./dump-servers.js";
import { prepareProgram } from "./run-program.js";
import { installServers, startServers, type Servers } from "./start-servers.js";

const programs = fileURLToPath(new URL("programs", import.meta.url));
const names = readdirSync(programs).sort();
const missing = installServers();
if (missing !== null) process.stderr.write(`Skipped: ${missing}\n`);

const key = "a".repeat(64);

describe.skipIf(missing !== null)("programs on real servers", () => {
  let servers: Servers;
  beforeAll(async () => {
    servers = await startServers();
  });
  afterAll(() => {
    servers.stop();
  });

  it.each(names)("%s", { timeout: 120_000 }, async (name) => {
    const { fields, findings } = examined(join(programs, name));
    const child = valuesOf(fields);
    const database = await makeDatabase(servers, name.replaceAll("-", "_"));
    const environment = { DATABASE_URL: database, REDIS_URL: servers.redis, FIELD_KEY: key };
    await emptyRedis(servers);
    const program = prepareProgram(join(programs, name));
    try {
      program.run("keep", [child], environment);
      const kept = { database: await dumpDatabase(database), cache: await dumpRedis(servers) };
      const plain = fields.flatMap((field) => placesOf(field, child, kept));
      const reported = findings.filter(({ rule }) => rule === "require-encryption");
      expect(reported.map(placeOf).sort(), "in plain text").toEqual(plain.sort());
      program.run("erase", [child["id"]], environment);
      const left = { database: await dumpDatabase(database), cache: await dumpRedis(servers) };
      const behind = fields.flatMap((field) => placesOf(field, child, left));
      const unerased = findings.filter(({ rule }) => rule === "require-deletion-path").map(placeOf);
      expect(unerased.sort(), "left behind").toEqual(behind.sort());
    } finally {
      program.dispose();
    }
  });
});

type Stores = Readonly<Record<"database" | "cache", string>>;

/** What the engine says of a program, and the fields that it marks, as `Type.property`. */
function examined(folder: string): { fields: readonly string[]; findings: readonly ReportFinding[] } {
  // In a folder of its own: this project is no part of it.
  const root = mkdtempSync(join(tmpdir(), "child-privacy-examined-"));
  mkdirSync(join(root, "src"));
  cpSync(folder, join(root, "src"), { recursive: true });
  try {
    const { report } = audit({ folder: root, today: "2026-11-24" });
    return { fields: report.dataMap.fields.map((field) => field.name), findings: report.findings };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** A value for each marked property that occurs nowhere else, and a number that names the child. */
function valuesOf(fields: readonly string[]): Record<string, unknown> {
  const child: Record<string, unknown> = { id: 7 };
  for (const field of fields) child[propertyOf(field)] = `marked-${propertyOf(field)}-value`;
  return child;
}

function propertyOf(field: string): string {
  return field.slice(field.lastIndexOf(".") + 1);
}

function placesOf(field: string, child: Record<string, unknown>, stores: Stores): string[] {
  const value = String(child[propertyOf(field)]);
  return (["database", "cache"] as const)
    .filter((medium) => stores[medium].includes(value))
    .map((medium) => `${medium} ${propertyOf(field)}`);
}

function placeOf({ field, sink }: ReportFinding): string {
  return `${sink?.medium ?? "?"} ${propertyOf(field?.name ?? "?")}`;
}
