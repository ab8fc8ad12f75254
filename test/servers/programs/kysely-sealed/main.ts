// Kysely: what is sealed on its way, what a statement of its own writes, and rows that go or are only marked.
import { createCipheriv, randomBytes } from "node:crypto";
import { Kysely, PostgresDialect, sql, type Generated } from "kysely";
import { Pool } from "pg";

export interface Child {
  id: number;
  /** @childData identity */
  name: string;
  /** @childData contact */
  phone: string;
  /** @childData health */
  finding: string;
  /** @childData media */
  photo: string;
}

interface Database {
  campers: { id: number; name: string; phone: string };
  findings: { id: Generated<number>; camper: number; sealed: string };
  photos: { camper: number; path: string; deleted_at: Date | null };
}

const db = new Kysely<Database>({
  dialect: new PostgresDialect({ pool: new Pool({ connectionString: process.env.DATABASE_URL }) }),
});

const seal = (plain: string): string => {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", Buffer.from(process.env.FIELD_KEY!, "hex"), iv);
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString("hex");
};

export async function keep(child: Child): Promise<void> {
  await db.schema
    .createTable("campers")
    .addColumn("id", "integer", (column) => column.primaryKey())
    .addColumn("name", "text")
    .addColumn("phone", "text")
    .execute();
  await db.schema
    .createTable("findings")
    .addColumn("id", "serial")
    .addColumn("camper", "integer", (column) => column.references("campers.id").onDelete("cascade"))
    .addColumn("sealed", "text")
    .execute();
  await sql`CREATE TABLE photos (camper int, path text, deleted_at timestamptz)`.execute(db);
  await db.insertInto("campers").values([{ id: child.id, name: child.name, phone: seal(child.phone) }]).execute();
  await db.transaction().execute(async (trx) => {
    await trx.insertInto("findings").values({ camper: child.id, sealed: seal(child.finding) }).execute();
    await sql`INSERT INTO photos (camper, path) VALUES (${child.id}, ${child.photo})`.execute(trx);
  });
}

/** @deletionPath request */
export async function leave(id: number): Promise<void> {
  await db.updateTable("photos").set({ deleted_at: new Date() }).where("camper", "=", id).execute();
  await db.deleteFrom("campers").where("id", "=", id).executeTakeFirst();
}

/** @deletionPath request */
export async function tidy(id: number): Promise<void> {
  await db.deleteFrom("findings").where("camper", "=", id).execute();
}
