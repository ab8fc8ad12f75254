/** One table is one store for the map and the checks; what a notice and a register are written from is there. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reportSchema, type ReportDocument } from "../../src/contracts/report.js";
import { audit } from "../../src/audit.js";

const program = `
import { Pool } from "pg";
import { PrismaClient } from "@prisma/client";
import Stripe from "stripe";
import * as Sentry from "@sentry/node";
import express from "express";

interface Rower {
  id: string;
  /**
   * @childData contact
   * @purpose service
   * @retention 30d
   */
  email: string;
}

const pool = new Pool();
const prisma = new PrismaClient();
const stripe = new Stripe(process.env.KEY!);
Sentry.init({ dsn: process.env.DSN });
export const app = express();

app.post("/rowers", async (req, res) => {
  const rower = req.body as Rower;
  await pool.query("INSERT INTO public.rowers (id, email) VALUES ($1, $2)", [rower.id, rower.email]);
  await stripe.customers.create({ email: rower.email });
  res.sendStatus(201);
});

export async function correct(rower: Rower): Promise<void> {
  await prisma.rowers.update({ where: { id: rower.id }, data: { email: rower.email } });
}

/** @deletionPath withdrawal */
export async function forget(id: string): Promise<void> {
  await prisma.rowers.delete({ where: { id } });
}
`;

const nested = `
import { getFirestore } from "firebase-admin/firestore";

interface Rower {
  id: string;
  /** @childData contact */
  email: string;
}

const store = getFirestore();

export async function add({ id, email }: Rower): Promise<void> {
  await store.collection("children").doc(id).collection("notes").add({ email });
  await store.collection("parents").doc("all").collection("notes").doc(id).set({ email });
}

/** @deletionPath deregistration */
export async function forget(id: string): Promise<void> {
  const rows = await store.collection(\`children/\${id}/notes\`).get();
  for (const row of rows.docs) await row.ref.delete();
}
`;

describe("the data map", () => {
  const root = mkdtempSync(join(tmpdir(), "data-map-"));
  let map: ReportDocument["dataMap"];

  beforeAll(() => {
    writeFileSync(join(root, "app.ts"), program);
    const { report } = audit({ folder: root, today: "2026-11-24" });
    map = reportSchema.parse(report).dataMap;
  });
  afterAll(() => {
    rmSync(root, { recursive: true });
  });

  it("has one store for a table that two clients reach", () => {
    expect(map.stores).toHaveLength(1);
    expect(map.stores[0]).toMatchObject({
      client: "pg",
      clients: ["pg", "prisma"],
      categories: ["contact"],
      purposes: ["service"],
      retention: { declared: ["30d"], ends: null },
      entries: ["POST /rowers", "correct"],
    });
  });

  it("names the store alike in flows and in what entries reach", () => {
    const [store] = map.stores;
    const name = `database:pg/${store?.target ?? ""}`;
    expect(new Set(map.flows.map(({ to }) => to))).toEqual(new Set([name, "recipient:Stripe"]));
    expect(map.deletion).toMatchObject([
      { entry: "forget", kind: "withdrawal", reaches: [name], misses: ["recipient:Stripe/customers"] },
    ]);
  });

  it("says what a recipient gets, in which role and for what, and what is taken by itself", () => {
    expect(map.recipients).toMatchObject([
      { name: "Sentry", role: "processor", captures: ["errors"], fields: [] },
      {
        name: "Stripe",
        role: "processor",
        fields: ["Rower.email"],
        categories: ["contact"],
        purposes: ["payment"],
        keeps: ["recipient:Stripe/customers"],
        records: [],
      },
    ]);
    expect(map.captures).toMatchObject([{ recipient: "Sentry", what: "errors", callee: "Sentry.init" }]);
  });

  it("lists purposes, declared or of calls, and from where data is collected", () => {
    expect(map.purposes).toMatchObject([
      { purpose: "payment", declared: false, recipients: ["Stripe"] },
      { purpose: "service", declared: true, recipients: [] },
    ]);
    expect(map.collections[0]?.entries).toEqual(["POST /rowers"]);
  });
});

describe("collections in the data map", () => {
  const root = mkdtempSync(join(tmpdir(), "collections-"));
  let map: ReportDocument["dataMap"];

  beforeAll(() => {
    writeFileSync(join(root, "app.ts"), nested);
    map = reportSchema.parse(audit({ folder: root, today: "2026-11-24" }).report).dataMap;
  });
  afterAll(() => {
    rmSync(root, { recursive: true });
  });

  it("tells those of one name apart by what they lie in, whichever document it is", () => {
    expect(map.stores.map(({ target }) => target)).toEqual(["children/*/notes", "parents/*/notes"]);
    expect(map.deletion).toMatchObject([
      {
        reaches: ["database:firebase/children/*/notes"],
        misses: ["database:firebase/parents/*/notes"],
      },
    ]);
  });
});
