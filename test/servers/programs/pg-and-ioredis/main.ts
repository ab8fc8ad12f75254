// Rows and what was copied from them: who deletes the one has not deleted the other.
import { createCipheriv, randomBytes } from "node:crypto";
import Redis from "ioredis";
import { Pool } from "pg";

export interface Child {
  id: number;
  /** @childData identity */
  name: string;
  /** @childData contact */
  email: string;
  /** @childData content */
  draft: string;
}

const pool = new Pool({ connectionString: process.env.DATABASE_URL });
const redis = new Redis(process.env.REDIS_URL!);
const profileKey = (id: number): string => `profile:${id}`;

function seal(plain: string): Buffer {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", Buffer.from(process.env.FIELD_KEY!, "hex"), iv);
  return Buffer.concat([iv, cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]);
}

export async function keep(child: Child): Promise<void> {
  await pool.query("CREATE TABLE writers (id int PRIMARY KEY, name text, email bytea)");
  await pool.query("CREATE TABLE drafts (writer int, words text, hidden boolean DEFAULT false)");
  await pool.query("INSERT INTO writers VALUES ($1, $2, $3)", [child.id, child.name, seal(child.email)]);
  await pool.query({ text: "INSERT INTO drafts (writer, words) VALUES ($1, $2)", values: [child.id, child.draft] });
  await redis.set(profileKey(child.id), JSON.stringify({ name: child.name, email: seal(child.email).toString("hex") }));
  await redis.hset("drafts", String(child.id), child.draft);
}

async function transact(statements: readonly string[], id: number): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    for (const statement of statements) await client.query(statement, [id]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

/** @deletionPath request */
export async function leave(id: number): Promise<void> {
  await transact(["DELETE FROM drafts WHERE writer = $1", "DELETE FROM writers WHERE id = $1"], id);
}

/** @deletionPath request */
export async function forget(id: number): Promise<void> {
  await pool.query("UPDATE drafts SET hidden = true WHERE writer = $1", [id]);
  await redis.hdel("drafts", String(id));
}
