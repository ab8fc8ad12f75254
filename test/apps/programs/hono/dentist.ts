// not shown by running: checks whose tags name another operation or purpose, and wrong thresholds
// request: POST /visits {"patient":"TOKEN1","finding":"TOKEN2","age":8,"guardianId":"g1"}
// request: POST /visits/share {"patient":"TOKEN1","finding":"TOKEN2","age":8,"guardianId":"g1"}
// request: POST /xrays {"patient":"TOKEN1","finding":"TOKEN2","age":8,"guardianId":"g1"}
// request: POST /xrays/share {"patient":"TOKEN1","finding":"TOKEN2","age":8,"guardianId":"g1"}
// request: POST /braces {"patient":"TOKEN1","finding":"TOKEN2","age":8,"guardianId":"g1"}
// request: POST /braces/order {"patient":"TOKEN1","finding":"TOKEN2","age":8,"guardianId":"g1"}
import { Hono } from "hono";
import { Pool } from "pg";
import { z } from "zod";

const pool = new Pool();
const Input = z.object({
  patient: z.string(),
  finding: z.string(),
  age: z.number().min(0).max(120),
  guardianId: z.string(),
});

interface Visit {
  /** @childData identity */
  patient: string;
  /** @childData health */
  finding: string;
}

const column = async (name: string, guardianId: string): Promise<boolean> => {
  const { rows } = await pool.query("SELECT kind, granted FROM consents WHERE kind = $1 AND guardian_id = $2", [name, guardianId]);
  return rows[0]?.granted === true;
};

/** @guardianConsent collection */
const mayKeep = (guardianId: string): Promise<boolean> => column("keep", guardianId);

/** @guardianConsent transfer, disclosure */
const mayShare = (guardianId: string): Promise<boolean> => column("share", guardianId);

/** @guardianConsent */
const mayAll = (guardianId: string): Promise<boolean> => column("all", guardianId);

const visitOf = ({ patient, finding }: z.infer<typeof Input>): Visit => ({ patient, finding });

export const app = new Hono();

app.post("/visits", async (c) => {
  const input = Input.parse(await c.req.json());
  if (!(await mayKeep(input.guardianId))) return c.body(null, 403);
  const visit = visitOf(input);
  await pool.query("INSERT INTO visits (patient, finding) VALUES ($1, $2)", [visit.patient, visit.finding]);
  return c.body(null, 201);
});
app.post("/visits/share", async (c) => {
  const input = Input.parse(await c.req.json());
  if (!(await mayKeep(input.guardianId))) return c.body(null, 403);
  await fetch("https://insurer.example/claims", { method: "POST", body: JSON.stringify(visitOf(input)) }); // expect: require-guardian-consent Visit.patient, Visit.finding
  return c.body(null, 202);
});
app.post("/xrays", async (c) => {
  const input = Input.parse(await c.req.json());
  if (!(await mayShare(input.guardianId))) return c.body(null, 403);
  const { finding } = visitOf(input);
  await pool.query("INSERT INTO xrays (finding) VALUES ($1)", [finding]); // expect: require-guardian-consent Visit.finding
  return c.body(null, 201);
});
app.post("/xrays/share", async (c) => {
  const input = Input.parse(await c.req.json());
  const [keep, share] = await Promise.all([mayKeep(input.guardianId), mayShare(input.guardianId)]);
  if (!keep || !share) return c.body(null, 403);
  const { finding } = visitOf(input);
  await pool.query("INSERT INTO xrays (finding) VALUES ($1)", [finding]);
  await fetch("https://lab.example/xrays", { method: "POST", body: finding });
  return c.body(null, 201);
});
app.post("/braces", async (c) => {
  const input = Input.parse(await c.req.json());
  // expect-next-line: valid-age-threshold
  const needsGuardian = input.age < 13;
  if (needsGuardian && !(await mayAll(input.guardianId))) return c.body(null, 403);
  await pool.query("INSERT INTO braces (patient) VALUES ($1)", [visitOf(input).patient]);
  return c.body(null, 201);
});
app.post("/braces/order", async (c) => {
  const input = Input.parse(await c.req.json());
  const isYoung = !(input.age >= 14);
  if (isYoung) {
    const allowed = await mayAll(input.guardianId);
    if (!allowed) return c.body(null, 403);
  }
  await fetch("https://braces.example/orders", { method: "POST", body: visitOf(input).finding });
  return c.body(null, 202);
});
