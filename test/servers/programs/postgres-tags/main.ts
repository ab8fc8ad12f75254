// Tagged templates of postgres.js, its rows, and a schema of a name of its own.
import { createHmac } from "node:crypto";
import postgres from "postgres";

export interface Child {
  id: number;
  /** @childData identity */
  name: string;
  /** @childData contact */
  phone: string;
  /** @childData contact */
  email: string;
  /** @childData content */
  diary: string;
}

const sql = postgres(process.env.DATABASE_URL!, { onnotice: () => undefined });

const token = (text: string): string => createHmac("sha256", process.env.FIELD_KEY!).update(text).digest("hex");

export async function keep(child: Child): Promise<void> {
  await sql`CREATE SCHEMA club`;
  await sql`CREATE TABLE club.members (id int PRIMARY KEY, name text, email_token text)`;
  await sql`CREATE TABLE club.phones (member int REFERENCES club.members (id) ON DELETE CASCADE, phone text)`;
  await sql`CREATE TABLE club.diaries (member int, words text)`;
  const { id, name } = child;
  await sql`INSERT INTO club.members ${sql({ id, name })}`;
  await sql`UPDATE club.members SET email_token = ${token(child.email)} WHERE id = ${child.id}`;
  await sql.begin(async (tx) => {
    await tx`INSERT INTO club.phones (member, phone) VALUES (${child.id}, ${child.phone})`;
    await tx`INSERT INTO club.diaries ("member", "words") VALUES (${child.id}, ${child.diary})`;
  });
}

/** @deletionPath withdrawal */
export async function erase(id: number): Promise<void> {
  await sql`DELETE FROM club.diaries WHERE member = ${id}`;
  await sql`DELETE FROM club.members WHERE id = ${id}`;
}
