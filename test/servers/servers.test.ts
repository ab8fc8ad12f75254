/**
 * What the engine says of stores, held against real ones. Each program puts a child with values that occur nowhere
 * else into PostgreSQL and Redis: what lies there in plain text is what the engine reports, and what it calls
 * encrypted does not lie there. Then each of its entries takes the child out again, by itself and one after the
 * other: of what it reaches no row and no key is left, of what it misses there is, and what all of them leave behind
 * is what the engine says that nothing erases.
 */
import { mkdirSync, cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { audit, type ReportDocument, type ReportFinding } from "../../src/audit.js";
import { databaseUrl, dumpDatabase, dumpRedis, emptyRedis, makeDatabase, type Dump } from "./dump-servers.js";
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
    const { fields, findings, entries, tableNames } = examined(join(programs, name));
    const child = valuesOf(fields);
    const databaseName = name.replaceAll("-", "_");
    const database = databaseUrl(servers, databaseName);
    const environment = { DATABASE_URL: database, REDIS_URL: servers.redis, FIELD_KEY: key };
    const program = prepareProgram(join(programs, name));
    const dump = async (): Promise<Stores> => ({
      database: await dumpDatabase(database),
      cache: await dumpRedis(servers),
    });
    const keepAnew = async (): Promise<Stores> => {
      await makeDatabase(servers, databaseName);
      await emptyRedis(servers);
      program.run("keep", [child], environment);
      return dump();
    };
    try {
      const kept = await keepAnew();
      const plain = fields.flatMap((field) => placesOf(field, child, kept));
      const reported = findings.filter(({ rule }) => rule === "require-encryption");
      expect(reported.map(placeOf).sort(), "in plain text").toEqual(plain.sort());
      for (const [index, { entry, reaches, misses }] of entries.entries()) {
        const before = index === 0 ? kept : await keepAnew();
        program.run(entry, [child["id"]], environment);
        const after = await dump();
        const left = [...reaches, ...misses].filter((store) => isLeft(tableNames, store, before, after));
        expect(left.sort(), `left behind by ${entry}`).toEqual([...misses].sort());
      }
      let last = kept;
      if (entries.length > 1) {
        last = await keepAnew();
        for (const { entry } of entries) program.run(entry, [child["id"]], environment);
      }
      const left = await dump();
      const unerased = findings.filter(({ rule }) => rule === "require-deletion-path");
      // What was sealed is not seen field by field.
      const behind = fields.flatMap((field) => placesOf(field, child, left));
      const seen = unerased.map(placeOf).filter((place) => plain.includes(place));
      expect(seen.sort(), "left behind").toEqual(behind.sort());
      const stores = entries.flatMap(({ reaches, misses }) => [...reaches, ...misses]);
      const leftStores = [...new Set(stores)].filter((store) => isLeft(tableNames, store, last, left));
      expect([...new Set(unerased.map(targetOf))].sort(), "stores left").toEqual(
        leftStores.map((store) => store.slice(store.indexOf("/") + 1)).sort(),
      );
    } finally {
      program.dispose();
    }
  });
});

type Stores = Readonly<Record<"database" | "cache", Dump>>;
type DeletionEntry = ReportDocument["dataMap"]["deletion"][number];

interface Examined {
  readonly fields: readonly string[];
  readonly findings: readonly ReportFinding[];
  readonly entries: readonly DeletionEntry[];
  /** What the schema calls tables, by what clients call them. */
  readonly tableNames: ReadonlyMap<string, readonly string[]>;
}

/** What the engine says of a program, the fields that it marks, as `Type.property`, and what each entry erases. */
function examined(folder: string): Examined {
  // In a folder of its own: this project is no part of it.
  const root = mkdtempSync(join(tmpdir(), "child-privacy-examined-"));
  mkdirSync(join(root, "src"));
  cpSync(folder, join(root, "src"), { recursive: true });
  try {
    const { report, analysis } = audit({ folder: root, today: "2026-11-24" });
    const { fields, deletion } = report.dataMap;
    return {
      fields: fields.map(({ name }) => name),
      findings: report.findings,
      entries: deletion,
      tableNames: analysis.deletions.tableNames,
    };
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
    .filter((medium) => [...stores[medium].values()].flat().some((row) => row.includes(value)))
    .map((medium) => `${medium} ${propertyOf(field)}`);
}

/** Whether some text that lay in the store before, sealed or not, still does. Numbers and names of keys are no texts. */
function isLeft(tableNames: Examined["tableNames"], store: string, before: Stores, after: Stores): boolean {
  const [, medium, target = ""] = /^(database|cache):[^/]*\/(.*)$/u.exec(store) ?? [];
  if (medium !== "database" && medium !== "cache") throw new Error(`no place of a program's: ${store}`);
  const name = target.slice(target.lastIndexOf(".") + 1);
  const names = tableNames.get(name) ?? [name];
  const held = textsAt(before[medium], names);
  if (held.size === 0) throw new Error(`nothing was kept in ${store}`);
  return [...textsAt(after[medium], names)].some((text) => held.has(text));
}

function textsAt(dump: Dump, names: readonly string[]): ReadonlySet<string> {
  const patterns = names.map((name) => name.split("*").map(escaped).join(".*"));
  const pattern = new RegExp(`^(?:${patterns.join("|")})$`, "u");
  const rows = [...dump].filter(([each]) => pattern.test(each)).flatMap(([, found]) => found);
  return new Set(rows.flatMap((row) => textsIn(JSON.parse(row))));
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/gu, String.raw`\$&`);
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return value.length < 8 ? [] : [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function targetOf({ sink }: ReportFinding): string {
  return sink?.target ?? "?";
}

function placeOf({ field, sink }: ReportFinding): string {
  return `${sink?.medium ?? "?"} ${propertyOf(field?.name ?? "?")}`;
}
