// request: POST /letters {"to":"TOKEN1","guardianId":"g1"}
// request: POST /letters/express {"to":"TOKEN1","guardianId":"g1"}
// request: POST /postcards {"to":"TOKEN1","guardianId":"g1"}
// request: POST /parcels {"to":"TOKEN1","guardianId":"g1"}
// request: POST /stamps {"to":"TOKEN1","guardianId":"g1"}
// request: POST /boxes/small {"to":"TOKEN1","guardianId":"g1"}
// request: PUT /boxes/small {"to":"TOKEN1","guardianId":"g1"}
// request: POST /boxes/big {"to":"TOKEN1","guardianId":"g1"}
import { Hono } from "hono";
import { validator } from "hono/validator";
import { Pool } from "pg";

const pool = new Pool();

/** @childData contact */
interface Letter {
  to: string;
}
type Posted = Letter & { guardianId: string };

/** @guardianConsent */
async function consentOf(guardianId: string): Promise<{ granted: boolean }> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  return { granted: rows[0]?.granted === true };
}

const posted = validator("json", (value: Posted, c) =>
  typeof value.to === "string" ? value : c.text("to whom?", 400),
);
/** The check is part of the validation. */
const agreed = validator("json", async (value: Posted, c) => {
  const { granted } = await consentOf(value.guardianId);
  return granted ? value : c.text("a guardian has to agree", 403);
});

const letters = new Hono()
  .post("/", agreed, async (c) => {
    const letter: Letter = { to: c.req.valid("json").to };
    await pool.query("INSERT INTO letters (recipient) VALUES ($1)", [letter.to]);
    return c.json({}, 201);
  })
  .post("/express", posted, async (c) => {
    const letter: Letter = { to: c.req.valid("json").to };
    await pool.query("INSERT INTO letters (recipient) VALUES ($1)", [letter.to]); // expect: require-guardian-consent Letter.to
    return c.json({}, 201);
  });

export const app = new Hono()
  .route("/letters", letters)
  .post("/postcards", posted, async (c) => {
    const { to, guardianId } = c.req.valid("json");
    const { granted } = await consentOf(guardianId);
    if (!granted) return c.text("a guardian has to agree", 403);
    const letter: Letter = { to };
    await fetch("https://postcards.example/v1", { method: "POST", body: JSON.stringify(letter) });
    return c.json({}, 202);
  })
  .post("/parcels", posted, async (c) => {
    const { to, guardianId } = c.req.valid("json");
    const answer = await consentOf(guardianId);
    if (!answer) return c.text("a guardian has to agree", 403);
    const letter: Letter = { to };
    await fetch("https://parcels.example/v1", { method: "POST", body: JSON.stringify(letter) }); // expect: require-guardian-consent Letter.to
    return c.json({}, 202);
  });

app.post(
  "/stamps",
  async (c) => {
    const letter: Letter = await c.req.json();
    await pool.query("INSERT INTO stamps (recipient) VALUES ($1)", [letter.to]); // expect: require-guardian-consent Letter.to
    return c.text("kept");
  },
  agreed,
);

// For one method: a guard of `post` is no guard of `put`.
app.post("/boxes/*", agreed);
app.on(["POST", "PUT"], "/boxes/small", async (c) => {
  const letter: Letter = await c.req.json();
  await pool.query("INSERT INTO boxes (recipient) VALUES ($1)", [letter.to]); // expect: require-guardian-consent Letter.to
  return c.text("kept");
});
app.all("/boxes/big", agreed, async (c) => {
  const letter: Letter = await c.req.json();
  await pool.query("INSERT INTO boxes (recipient) VALUES ($1)", [letter.to]);
  return c.text("kept");
});
