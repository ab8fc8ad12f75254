/** What lies in the database and in Redis: the rows of each table, and what each key holds. */
import { createRequire } from "node:module";
import type { Servers } from "./start-servers.js";

interface PgClient {
  connect(): Promise<void>;
  query(text: string): Promise<{ readonly rows: readonly Readonly<Record<string, string>>[] }>;
  end(): Promise<void>;
}

interface RedisClient {
  keys(pattern: string): Promise<string[]>;
  type(key: string): Promise<string>;
  call(command: string, ...values: readonly string[]): Promise<unknown>;
  flushall(): Promise<unknown>;
  quit(): Promise<unknown>;
}

/** The rows of a table by its name, without its schema; what a key holds, as one row. */
export type Dump = ReadonlyMap<string, readonly string[]>;

const load = createRequire(new URL("../packages/package.json", import.meta.url));
const { Client } = load("pg") as { readonly Client: new (url: string) => PgClient };
const { Redis } = load("ioredis") as { readonly Redis: new (url: string) => RedisClient };

/** Makes a database of a name; gives its address. */
export async function makeDatabase({ postgres }: Servers, name: string): Promise<void> {
  await withDatabase(`${postgres}/postgres`, async (client) => {
    await client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    await client.query(`CREATE DATABASE "${name}"`);
  });
}

export function databaseUrl({ postgres }: Servers, name: string): string {
  return `${postgres}/${name}`;
}

export async function dumpDatabase(url: string): Promise<Dump> {
  return withDatabase(url, async (client) => {
    const tables = await client.query(
      "SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) AS path, table_name AS name FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')",
    );
    const dump = new Map<string, readonly string[]>();
    for (const { path = "", name = "" } of tables.rows) {
      const found = await client.query(`SELECT row_to_json(t)::text AS row FROM ${path} t`);
      dump.set(
        name,
        found.rows.map(({ row }) => row ?? ""),
      );
    }
    return dump;
  });
}

const readers: Readonly<Record<string, readonly string[]>> = {
  string: ["GET"],
  hash: ["HGETALL"],
  list: ["LRANGE", "0", "-1"],
  set: ["SMEMBERS"],
  zset: ["ZRANGE", "0", "-1", "WITHSCORES"],
  stream: ["XRANGE", "-", "+"],
};

export async function dumpRedis({ redis }: Servers): Promise<Dump> {
  return withRedis(redis, async (client) => {
    const found = new Map<string, readonly string[]>();
    for (const key of await client.keys("*")) {
      const [command = "GET", ...rest] = readers[await client.type(key)] ?? [];
      found.set(key, [JSON.stringify(await client.call(command, key, ...rest))]);
    }
    return found;
  });
}

export async function emptyRedis({ redis }: Servers): Promise<void> {
  await withRedis(redis, (client) => client.flushall());
}

async function withDatabase<Result>(
  url: string,
  ask: (client: PgClient) => Promise<Result>,
): Promise<Result> {
  const client = new Client(url);
  await client.connect();
  try {
    return await ask(client);
  } finally {
    await client.end();
  }
}

async function withRedis<Result>(
  url: string,
  ask: (client: RedisClient) => Promise<Result>,
): Promise<Result> {
  const client = new Redis(url);
  try {
    return await ask(client);
  } finally {
    await client.quit();
  }
}
