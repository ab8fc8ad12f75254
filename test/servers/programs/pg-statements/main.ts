// Statements of many forms: what each column gets, what is sealed before, and what only selects.
import { createCipheriv, randomBytes } from "node:crypto";
import { Pool } from "pg";

export interface Child {
  id: number;
  /** @childData identity */
  name: string;
  /** @childData contact */
  phone: string;
  /** @childData contact */
  email: string;
  /** @childData health */
  allergy: string;
  /** @childData location */
  school: string;
  /** @childData content */
  poem: string;
  /** @childData media */
  avatar: string;
  /** @childData behaviour */
  habit: string;
}

const pool = new Pool({ connectionString: process.env.DATABASE_URL });

function seal(text: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", Buffer.from(process.env.FIELD_KEY!, "hex"), iv);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return [iv, cipher.getAuthTag(), sealed].map((each) => each.toString("hex")).join(".");
}

const schema = `
  CREATE TABLE children (id int PRIMARY KEY, name text, email text, profile jsonb DEFAULT '{}');
  CREATE TABLE diets (child int REFERENCES children ON DELETE CASCADE, allergy text);
  CREATE TABLE poems (child int REFERENCES children ON DELETE SET NULL, words text);
  CREATE TABLE visits (child int, place text, seen timestamptz DEFAULT now());
  CREATE TABLE habits (label text);
`;

export async function keep(child: Child): Promise<void> {
  await pool.query(schema);
  await pool.query("INSERT INTO children (id, name) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name", [child.id, child.name]);
  await pool.query("UPDATE children SET email = $2 WHERE id = $1 AND name <> $3", [child.id, seal(child.email), child.avatar]);
  await pool.query("UPDATE children SET profile = jsonb_set(profile, '{phone}', to_jsonb($1::text)) WHERE id = $2", [child.phone, child.id]);
  await pool.query("INSERT INTO diets (child, allergy) SELECT * FROM unnest($1::int[], $2::text[])", [[child.id], [child.allergy]]);
  await pool.query("WITH added AS (INSERT INTO poems (child, words) VALUES ($1, $2) RETURNING child) INSERT INTO visits (child) SELECT child FROM added", [child.id, child.poem]);
  await pool.query("UPDATE visits SET place = $2 || ' ' || char_length($1) WHERE child = $3", [child.avatar, child.school, child.id]);
  await pool.query("INSERT INTO habits (label) SELECT CASE WHEN $1::text = $2::text THEN $1 ELSE 'none' END", ["steady", child.habit]);
}

/** @deletionPath request */
export async function erase(id: number): Promise<void> {
  await pool.query("DELETE FROM visits WHERE child = $1", [id]);
  await pool.query("DELETE FROM children WHERE id = $1", [id]);
}
