// The database encrypts by itself, for one column; another is only encoded, and a third is a sibling's neighbour.
import { Pool } from "pg";

export interface Child {
  id: number;
  /** @childData identity */
  name: string;
  /** @childData health */
  finding: string;
  /** @childData contact */
  phone: string;
}

const pool = new Pool({ connectionString: process.env.DATABASE_URL });

export async function keep(child: Child): Promise<void> {
  await pool.query("CREATE EXTENSION pgcrypto");
  await pool.query("CREATE TABLE patients (id int PRIMARY KEY, name text, finding bytea)");
  await pool.query("CREATE TABLE numbers (patient int REFERENCES patients ON DELETE CASCADE, token text)");
  await pool.query("INSERT INTO patients (id, name, finding) VALUES ($1, $2, pgp_sym_encrypt($3, $4))", [child.id, child.name, child.finding, process.env.FIELD_KEY]);
  await pool.query("INSERT INTO numbers (patient, token) VALUES ($1, encode(hmac($2, $3, 'sha256'), 'hex'))", [child.id, child.phone, process.env.FIELD_KEY]);
}

/** @deletionPath deregistration */
export async function erase(id: number): Promise<void> {
  await pool.query("DELETE FROM patients WHERE id = $1", [id]);
}
