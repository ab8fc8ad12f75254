import { describe, expect, test } from "vitest";
import { auditFiles } from "../support/run-code.js";

const head = `import express from "express";
import { PrismaClient } from "@prisma/client";
import { MongoClient } from "mongodb";
import knexFactory from "knex";
import { pgTable, text, timestamp } from "drizzle-orm/pg-core";
import { drizzle } from "drizzle-orm/node-postgres";
import { eq, sql } from "drizzle-orm";
import { Pool } from "pg";
const prisma = new PrismaClient();
const mongo = new MongoClient("").db("a");
const knex = knexFactory({ client: "pg" });
const kids = pgTable("kids", { id: text("id"), name: text("name"), deletedAt: timestamp("deleted_at") });
const db = drizzle("postgres://");
const pool = new Pool();
interface Body {
  /** @childData identity */
  name: string;
}
const app = express();
`;

/** What the report says of each write, by its line's number in the first handler. */
function saidOf(writes: readonly string[], rest: string): string[] {
  const body = writes.map((each) => `  ${each}\n`).join("");
  const text = `${head}app.post("/", async (req, res) => {\n  const b = req.body as Body;\n${body}  res.end();\n});\n${rest}`;
  const first = `${head}app.post(\n  const b\n`.split("\n").length;
  const { findings } = auditFiles({ "app.ts": text }, { rules: ["require-deletion-path"] }).report;
  return writes.map((_, index) => {
    const found = findings.find(({ location }) => location.line === first + index);
    return found?.message.replace(/ Article 20:.*$/u, "") ?? "";
  });
}

describe("a deletion that only hides is named", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    [
      "await prisma.a.create({ data: { name: b.name } });",
      "await prisma.a.update({ where: { id }, data: { deletedAt: new Date() } });",
      "prisma.a.update",
    ],
    [
      'await mongo.collection("c").insertOne({ name: b.name });',
      'await mongo.collection("c").updateOne({ id }, { $set: { deletedAt: new Date().toISOString() } });',
      "mongo.collection().updateOne",
    ],
    [
      'await knex("e").insert({ name: b.name });',
      'await knex("e").where({ id }).update({ deleted_at: knex.fn.now(), deleted_by: req.params.user });',
      "update",
    ],
    [
      "await db.insert(kids).values({ name: b.name });",
      "await db.update(kids).set({ deletedAt: sql`now()` }).where(eq(kids.id, id));",
      "set",
    ],
    [
      'await pool.query("INSERT INTO g (name) VALUES ($1)", [b.name]);',
      'await pool.query("UPDATE g SET deleted_at = $1 WHERE id = $2", [new Date(), id]);',
      "pool.query",
    ],
    [
      "await prisma.h.create({ data: { name: b.name } });",
      'await prisma.h.update({ where: { id }, data: { isDeleted: true, status: "gone" } });',
      "",
    ],
  ];
  const route = `app.delete("/:id", async (req, res) => {\n  const id = req.params.id;\n${cases.map(([, each]) => `  ${each}\n`).join("")}  res.end();\n});\n`;
  const said = saidOf(
    cases.map(([write]) => write),
    route,
  );

  test.each(cases.slice(0, -1).map(([, deletion, name], index) => [deletion, name, index] as const))(
    "%s",
    (_, name, index) => {
      expect(said[index]).toContain("nothing erases it there.");
      expect(said[index]).toContain(name);
      expect(said[index]).toContain("only hides the rows.");
    },
  );

  test("and what overwrites another column is not", () => {
    expect(said.at(-1)).toContain("leaves this field as it is.");
  });

  test("nor is what takes such a mark away, or writes what somebody says", () => {
    const writes = [
      "await prisma.a.create({ data: { name: b.name } });",
      "await prisma.k.create({ data: { name: b.name } });",
    ];
    const other = `app.delete("/:id", async (req, res) => {
  await prisma.a.update({ where: { id: req.params.id }, data: { deletedAt: null } });
  await prisma.k.update({ where: { id: req.params.id }, data: { disabled: req.body.disabled } });
  res.end();
});
`;
    const texts = saidOf(writes, other);
    expect(texts[0]).not.toContain("hides");
    expect(texts[1]).not.toContain("hides");
    expect(texts.every((each) => each.includes("nothing erases it there."))).toBe(true);
  });
});

describe("a deletion that is never run is told so", () => {
  const writes = ["a", "b", "c", "d", "e"].map(
    (table) => `await pool.query("INSERT INTO ${table} (name) VALUES ($1)", [b.name]);`,
  );
  const rest = `const ERASE = false;
async function eraseA(id: string) {
  await pool.query("DELETE FROM a WHERE id = $1", [id]);
}
async function wipe(id: string, really: boolean) {
  if (really) await pool.query("DELETE FROM b WHERE id = $1", [id]);
}
async function eraseC(id: string) {
  await pool.query("DELETE FROM c WHERE id = $1", [id]);
}
app.delete("/:id", async (req, res) => {
  if (ERASE) await eraseA(req.params.id);
  await wipe(req.params.id, false);
  if (ERASE) await pool.query("DELETE FROM d WHERE id = $1", [req.params.id]);
  if (process.env.ERASE === "1") await pool.query("DELETE FROM e WHERE id = $1", [req.params.id]);
  res.end();
});
app.get("/report", async (req, res) => {
  await eraseC(String(req.query.id));
  res.end();
});
`;
  const said = saidOf(writes, rest);
  const lineOf = (text: string): string => {
    const before = `${head}app.post("/", async (req, res) => {\n  const b = req.body as Body;\n${writes.map((each) => `${each}\n`).join("")}  res.end();\n});\n${rest.slice(0, rest.indexOf(text))}`;
    return `app.ts:${String(before.split("\n").length)}`;
  };
  const held = "is never run, as the condition that it depends on never holds";

  test("with the call that is held back", () => {
    expect(said[1]).toContain(`${held} (it is called at ${lineOf("await wipe")}).`);
  });

  test("or that nothing calls it that runs", () => {
    expect(said[0]).toContain("(only from eraseA, which nothing that runs calls).");
    expect(said[3]).toMatch(/nothing erases it there\.$/u);
  });

  test("and not where it is run from elsewhere, or may be run", () => {
    expect(said[2]).toContain("is reached from no entry that is there to erase (only from GET /report).");
    expect(said[4]).toBe("");
  });
});

describe("what a deletion of other rows leaves behind is named", () => {
  const schema = `CREATE TABLE child (id int PRIMARY KEY, name text);
CREATE TABLE pet (id int, name text, child_id int REFERENCES child ON DELETE CASCADE);
CREATE TABLE note (id int, name text, child_id int REFERENCES child ON DELETE SET NULL);
CREATE TABLE walk (id int, name text, child_id int REFERENCES child);
CREATE TABLE stray (id int, name text);
`;
  const app = `${head}app.post("/", async (req, res) => {
  const b = req.body as Body;
  await pool.query("INSERT INTO child (name) VALUES ($1)", [b.name]);
  await pool.query("INSERT INTO pet (name) VALUES ($1)", [b.name]);
  await pool.query("INSERT INTO note (name) VALUES ($1)", [b.name]);
  await pool.query("INSERT INTO walk (name) VALUES ($1)", [b.name]);
  await pool.query("INSERT INTO stray (name) VALUES ($1)", [b.name]);
  res.end();
});
`;
  const erasing = `app.delete("/:id", async (req, res) => {
  await pool.query("DELETE FROM child WHERE id = $1", [req.params.id]);
  res.end();
});
`;
  const said = (rest: string): string[] =>
    auditFiles(
      { "app.ts": `${app}${rest}`, "migrations/001.sql": schema },
      { rules: ["require-deletion-path"] },
    ).report.findings.map(({ message }) => message);

  test("by a key that is set to null, and by one that no cascade goes along", () => {
    const messages = said(erasing);
    expect(messages).toHaveLength(3);
    const of = (table: string): string => messages.find((each) => each.includes(`(pg, ${table})`)) ?? "";
    expect(of("note")).toContain(
      "takes away the rows that these belong to, and only sets their key to null.",
    );
    expect(of("note")).toContain("ON DELETE CASCADE");
    expect(of("walk")).toContain("takes away the rows that these belong to, and no cascade carries it on.");
    expect(of("stray")).toMatch(/nothing erases it there\. Article 20/u);
  });

  test("and not where nobody asks for that deletion", () => {
    const messages = said(erasing.replace('app.delete("/:id"', 'app.get("/report"'));
    expect(messages).toHaveLength(5);
    expect(messages.filter((each) => each.includes("belong to"))).toEqual([]);
  });
});

describe("a deletion that a plugin of mongoose brings is named", () => {
  const text = `import express from "express";
import mongoose, { Schema } from "mongoose";
import mongooseDelete from "mongoose-delete";
const kite = new Schema({
  /** @childData identity */
  owner: String,
});
kite.plugin(mongooseDelete);
const Kite = mongoose.model("Kite", kite) as any;
const harp = new Schema({
  /** @childData location */
  home: String,
});
harp.plugin((schema: Schema) => {
  schema.statics.hide = function (id: string) {
    return this.updateOne({ _id: id }, { deletedAt: new Date() });
  };
});
const Harp = mongoose.model("Harp", harp) as any;
const app = express();
app.post("/", async (req, res) => {
  await Kite.create({ owner: req.body.owner });
  await Harp.create({ home: req.body.home });
  res.end();
});
app.delete("/:id", async (req, res) => {
  await Kite.deleteById(req.params.id);
  await Harp.hide(req.params.id);
  res.end();
});
`;

  test("of a package, and of the project", () => {
    const messages = auditFiles({ "app.ts": text }, { rules: ["require-deletion-path"] }).report.findings.map(
      ({ message }) => message,
    );
    expect(messages).toHaveLength(2);
    expect(messages.join("\n")).toContain("Kite.deleteById (app.ts:27) only hides the rows.");
    expect(messages.join("\n")).toContain("this.updateOne (app.ts:16) only hides the rows.");
  });
});
