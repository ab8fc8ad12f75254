import { Pool } from "pg";

export const pool = new Pool();

/** @childData */
export interface Toddler {
  name: string;
  nap: string;
}

export class Toddlers {
  static async insert(toddler: Toddler): Promise<void> {
    await pool.query("INSERT INTO toddlers (name, nap) VALUES ($1, $2)", [toddler.name, toddler.nap]);
  }

  static async insertNap({ name, nap }: Toddler): Promise<void> {
    await pool.query("INSERT INTO naps (name, nap) VALUES ($1, $2)", [name, nap]); // expect: require-guardian-consent Toddler.name, Toddler.nap
  }
}
