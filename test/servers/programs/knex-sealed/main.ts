// Knex: values that are sealed before, upserts, raw statements, and rows that are moved instead of deleted.
import { createCipheriv, randomBytes } from "node:crypto";
import createKnex from "knex";

export interface Child {
  id: number;
  /** @childData identity */
  name: string;
  /** @childData guardian */
  guardian: string;
  /** @childData behaviour */
  score: string;
  /** @childData content */
  poem: string;
}

const db = createKnex({ client: "pg", connection: process.env.DATABASE_URL });

function seal(plain: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", Buffer.from(process.env.FIELD_KEY!, "hex"), iv);
  return Buffer.concat([iv, cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]).toString("base64");
}

export async function keep(child: Child): Promise<void> {
  await db.schema.createTable("poets", (table) => {
    table.integer("id").primary();
    table.text("name");
    table.text("guardian");
  });
  await db.schema.createTable("scores", (table) => {
    table.integer("poet");
    table.text("value");
  });
  await db.schema.createTable("poems", (table) => {
    table.integer("poet").references("id").inTable("poets").onDelete("CASCADE");
    table.text("words");
  });
  await db("poets").insert({ id: child.id, name: child.name, guardian: seal(child.guardian) }).onConflict("id").merge();
  await db.raw("INSERT INTO scores (poet, value) VALUES (?, ?)", [child.id, child.score]);
  await db.transaction(async (trx) => {
    await trx("poems").insert({ poet: child.id, words: child.poem });
  });
}

/** @deletionPath request */
export async function leave(id: number): Promise<void> {
  await db("poets").where("id", id).delete();
}

/** @deletionPath request */
export async function forget(id: number): Promise<void> {
  await db("scores").where({ poet: id }).update({ value: null });
  await db("poets").where({ id }).update("name", "");
}
