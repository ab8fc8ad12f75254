// Drizzle: what the tables say of their keys is what the migration made.
import { createCipheriv, randomBytes } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { customType, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";

const sealed = customType<{ data: string; driverData: string }>({
  dataType: () => "text",
  toDriver: (value) => {
    const iv = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", Buffer.from(process.env.FIELD_KEY!, "hex"), iv);
    return Buffer.concat([iv, cipher.update(value, "utf8"), cipher.final(), cipher.getAuthTag()]).toString("hex");
  },
});

export const astronomers = pgTable("astronomers", {
  id: integer("id").primaryKey(),
  /** @childData identity */
  callName: text("call_name"),
  /** @childData contact */
  email: sealed("email"),
});

export const observations = pgTable("observations", {
  astronomer: integer("astronomer").references(() => astronomers.id, { onDelete: "cascade" }),
  /** @childData location */
  place: jsonb("place"),
});

export const questions = pgTable("questions", {
  astronomer: integer("astronomer").references(() => astronomers.id, { onDelete: "set null" }),
  /** @childData communication */
  wording: text("wording"),
});

const db = drizzle(process.env.DATABASE_URL!);

interface Given {
  id: number;
  callName: string;
  email: string;
  place: string;
  wording: string;
}

export async function keep(child: Given): Promise<void> {
  await db.execute(sql`CREATE TABLE astronomers (id int PRIMARY KEY, call_name text, email text)`);
  await db.execute(sql`CREATE TABLE observations (astronomer int REFERENCES astronomers ON DELETE CASCADE, place jsonb)`);
  await db.execute(sql`CREATE TABLE questions (astronomer int REFERENCES astronomers ON DELETE SET NULL, wording text)`);
  await db.insert(astronomers).values({ id: child.id, callName: child.callName, email: child.email });
  await db.insert(observations).values({ astronomer: child.id, place: [child.place] });
  await db.insert(questions).values({ astronomer: child.id, wording: child.wording });
}

/** @deletionPath request */
export async function erase(id: number): Promise<void> {
  await db.delete(astronomers).where(eq(astronomers.id, id));
}
