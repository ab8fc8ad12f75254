// Drizzle: sealed before it is written, deleted in a transaction, hidden by a date, overwritten in an upsert.
import { createCipheriv, randomBytes } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { integer, pgTable, text, timestamp, varchar } from "drizzle-orm/pg-core";
import postgres from "postgres";

export const skippers = pgTable("skippers", {
  id: integer("id").primaryKey(),
  /** @childData identity */
  name: varchar("name", { length: 80 }),
  /** @childData contact */
  mail: text("mail"),
  /** @childData credential */
  login: text("login"),
});

export const routes = pgTable("routes", {
  skipper: integer("skipper"),
  /** @childData location */
  harbour: text("harbour"),
  deletedAt: timestamp("deleted_at"),
});

export const logbooks = pgTable("logbooks", {
  skipper: integer("skipper"),
  /** @childData content */
  entry: text("entry"),
});

const db = drizzle(postgres(process.env.DATABASE_URL!, { onnotice: () => undefined }));

function seal(plain: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", Buffer.from(process.env.FIELD_KEY!, "hex"), iv);
  return Buffer.concat([iv, cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]).toString("base64url");
}

interface Given {
  id: number;
  name: string;
  mail: string;
  login: string;
  harbour: string;
  entry: string;
}

export async function keep(child: Given): Promise<void> {
  await db.execute(sql`CREATE TABLE skippers (id int PRIMARY KEY, name varchar(80), mail text, login text)`);
  await db.execute(sql`CREATE TABLE routes (skipper int, harbour text, deleted_at timestamp)`);
  await db.execute(sql`CREATE TABLE logbooks (skipper int, entry text)`);
  await db
    .insert(skippers)
    .values({ id: child.id, name: child.name, mail: seal(child.mail) })
    .onConflictDoUpdate({ target: skippers.id, set: { name: child.name } });
  await db.update(skippers).set({ login: seal(child.login) }).where(eq(skippers.id, child.id));
  await db.insert(routes).values([{ skipper: child.id, harbour: child.harbour }]);
  await db.execute(sql`INSERT INTO logbooks (skipper, entry) VALUES (${child.id}, ${child.entry})`);
}

/** @deletionPath request */
export async function leave(id: number): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.update(routes).set({ deletedAt: new Date() }).where(eq(routes.skipper, id));
    await tx.delete(skippers).where(eq(skippers.id, id));
  });
}

/** @deletionPath request */
export async function forget(id: number): Promise<void> {
  await db.update(logbooks).set({ entry: null }).where(eq(logbooks.skipper, id));
  await db.update(skippers).set({ name: "", mail: null }).where(eq(skippers.id, id));
}
