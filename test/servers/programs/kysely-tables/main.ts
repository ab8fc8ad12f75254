// Kysely: typed tables, an upsert, and a column that is overwritten with nothing.
import { Kysely, PostgresDialect, sql } from "kysely";
import { Pool } from "pg";

export interface Child {
  id: number;
  /** @childData identity */
  name: string;
  /** @childData contact */
  phone: string;
  /** @childData content */
  note: string;
  /** @childData location */
  place: string;
}

interface Tables {
  pupils: { id: number; name: string | null; phone: string | null };
  notes: { pupil: number; words: string };
  trips: { pupil: number; place: string };
}

const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: new Pool({ connectionString: process.env.DATABASE_URL }) }) });

export async function keep(child: Child): Promise<void> {
  await sql`CREATE TABLE pupils (id int PRIMARY KEY, name text, phone text)`.execute(db);
  await sql`CREATE TABLE notes (pupil int, words text)`.execute(db);
  await sql`CREATE TABLE trips (pupil int, place text)`.execute(db);
  await db
    .insertInto("pupils")
    .values({ id: child.id, name: child.name, phone: child.phone })
    .onConflict((conflict) => conflict.column("id").doNothing())
    .execute();
  await db.insertInto("notes").values({ pupil: child.id, words: child.note }).execute();
  await db.insertInto("trips").values({ pupil: child.id, place: child.place }).execute();
}

/** @deletionPath request */
export async function erase(id: number): Promise<void> {
  await db.updateTable("pupils").set({ name: null, phone: null }).where("id", "=", id).execute();
  await db.deleteFrom("notes").where("pupil", "=", id).execute();
}
