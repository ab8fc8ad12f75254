// request: POST /drawings {"image":"TOKEN1","artist":"TOKEN2","guardianId":"g1"}
// request: POST /drawings/copy {"image":"TOKEN1","artist":"TOKEN2","guardianId":"g1"}
// request: POST /drawings/print {"image":"TOKEN1","artist":"TOKEN2","guardianId":"g1"}
// request: POST /contests {"image":"TOKEN1","artist":"TOKEN2","guardianId":"g1"}
// request: POST /contests/late {"image":"TOKEN1","artist":"TOKEN2","guardianId":"g1"}
import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { validator } from "hono/validator";
import { writeFile } from "node:fs/promises";
import { Pool } from "pg";
import { z } from "zod";

const pool = new Pool();

const Drawing = z.object({
  /** @childData media */
  image: z.string(),
  /** @childData identity */
  artist: z.string(),
  guardianId: z.string(),
});
type Drawing = z.infer<typeof Drawing>;

/** @guardianConsent */
async function agreed(guardianId: string): Promise<boolean> {
  const { rows } = await pool.query("SELECT active FROM consents WHERE guardian_id = $1", [guardianId]);
  return rows[0]?.active === true;
}

const drawing = validator("json", (value, c) => {
  const parsed = Drawing.safeParse(value);
  return parsed.success ? parsed.data : c.text("not a drawing", 400);
});

const consentedDrawing = validator("json", async (value) => {
  const parsed = Drawing.parse(value);
  if (!(await agreed(parsed.guardianId))) throw new HTTPException(403, { message: "no consent" });
  return parsed;
});

async function keep(drawing: Drawing): Promise<void> {
  await pool.query("INSERT INTO drawings (image, artist) VALUES ($1, $2)", [drawing.image, drawing.artist]);
}

export const app = new Hono();

app.post("/drawings", consentedDrawing, async (c) => {
  await keep(c.req.valid("json"));
  return c.body(null, 201);
});

app.post("/drawings/copy", drawing, async (c) => {
  const copy = c.req.valid("json");
  await writeFile("/copies/last.png", copy.image); // expect: require-guardian-consent Drawing.image
  return c.body(null, 201);
});

app.post("/drawings/print", drawing, async (c) => {
  const { guardianId, image, artist } = c.req.valid("json");
  const mayPrint = await agreed(guardianId);
  if (mayPrint === false) return c.text("no consent", 403);
  await fetch("https://prints.example/jobs", { method: "POST", body: JSON.stringify({ image, artist }) });
  return c.body(null, 202);
});

app.post(
  "/contests",
  drawing,
  async (c, next) => {
    if (!(await agreed(c.req.valid("json").guardianId))) return c.text("no consent", 403);
    return next();
  },
  async (c) => {
    await pool.query("INSERT INTO contests (artist) VALUES ($1)", [c.req.valid("json").artist]);
    return c.body(null, 201);
  },
);

app.post(
  "/contests/late",
  drawing,
  async (c) => {
    await pool.query("INSERT INTO late (artist) VALUES ($1)", [c.req.valid("json").artist]); // expect: require-guardian-consent Drawing.artist
    return c.body(null, 201);
  },
  // Whoever is behind the handler that answers is never asked.
  async (c, next) => {
    if (!(await agreed(c.req.valid("json").guardianId))) return c.text("no consent", 403);
    return next();
  },
);
