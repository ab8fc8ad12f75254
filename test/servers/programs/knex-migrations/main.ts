// Knex makes the tables, and later changes a key.
import knexFactory, { type Knex } from "knex";

export interface Child {
  id: number;
  /** @childData identity */
  name: string;
  /** @childData media */
  video: string;
  /** @childData health */
  height: string;
  /** @childData other */
  size: string;
}

const knex = knexFactory({ client: "pg", connection: process.env.DATABASE_URL });

export async function up(db: Knex): Promise<void> {
  await db.schema.createTable("dancers", (table) => {
    table.integer("id").primary();
    table.text("stage_name");
  });
  await db.schema.createTable("videos", (table) => {
    table.integer("dancer_id").references("id").inTable("dancers").onDelete("CASCADE");
    table.text("url");
  });
  await db.schema.createTable("measurements", (table) => {
    table.integer("dancer_id");
    table.foreign("dancer_id").references("dancers.id").onDelete("SET NULL");
    table.text("height");
  });
  await db.schema.createTable("costumes", (table) => {
    table.integer("dancer_id").references("dancers.id");
    table.text("size");
  });
  await db.schema.alterTable("costumes", (table) => {
    table.dropForeign("dancer_id");
    table.foreign("dancer_id").references("id").inTable("dancers").onDelete("CASCADE");
  });
}

export async function keep(child: Child): Promise<void> {
  await up(knex);
  await knex("dancers").insert({ id: child.id, stage_name: child.name });
  await knex("videos").insert({ dancer_id: child.id, url: child.video });
  await knex("measurements").insert({ dancer_id: child.id, height: child.height });
  await knex("costumes").insert({ dancer_id: child.id, size: child.size });
}

/** @deletionPath request */
export async function erase(id: number): Promise<void> {
  await knex("dancers").where({ id }).del();
}
