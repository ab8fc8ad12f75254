// postgres.js: sealed values in dynamic columns, a statement of several tables, and one that nobody awaits.
import { createCipheriv, randomBytes } from "node:crypto";
import postgres from "postgres";

export interface Child {
  id: number;
  /** @childData identity */
  name: string;
  /** @childData contact */
  phone: string;
  /** @childData health */
  diet: string;
  /** @childData financial */
  account: string;
}

const sql = postgres(process.env.DATABASE_URL!, { onnotice: () => undefined });

function seal(plain: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", Buffer.from(process.env.FIELD_KEY!, "hex"), iv);
  return Buffer.concat([iv, cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]).toString("base64");
}

export async function keep(child: Child): Promise<void> {
  await sql`CREATE TABLE guests (id int PRIMARY KEY, name text, phone text)`;
  await sql`CREATE TABLE diets (guest int, what text)`;
  await sql`CREATE TABLE accounts (guest int, number text)`;
  await sql`INSERT INTO guests ${sql([{ id: child.id, name: child.name, phone: seal(child.phone) }], "id", "name", "phone")}`;
  await sql`INSERT INTO diets ${sql({ guest: child.id, what: seal(child.diet) })}`;
  await sql.unsafe("INSERT INTO accounts (guest, number) VALUES ($1, $2)", [child.id, child.account]);
}

/** @deletionPath request */
export async function leave(id: number): Promise<void> {
  await sql`WITH gone AS (DELETE FROM guests WHERE id = ${id} RETURNING id) DELETE FROM diets USING gone WHERE diets.guest = gone.id`;
}

/** @deletionPath request */
export async function forget(id: number): Promise<void> {
  const query = sql`DELETE FROM accounts WHERE guest = ${id}`;
  await sql`UPDATE guests SET name = NULL WHERE id = ${id}`;
}
