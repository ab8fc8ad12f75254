// Migrations in files: what stands in the end decides, and a step back is not taken.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Client } from "pg";

export interface Child {
  id: number;
  /** @childData identity */
  fullName: string;
  /** @childData location */
  points: string;
  /** @childData health */
  injury: string;
}

async function connected(): Promise<Client> {
  const client = new Client(process.env.DATABASE_URL);
  await client.connect();
  return client;
}

async function migrate(client: Client): Promise<void> {
  const folder = join(__dirname, "migrations");
  for (const file of (await readdir(folder)).sort())
    if (!file.endsWith(".down.sql")) await client.query(await readFile(join(folder, file), "utf8"));
}

export async function keep(child: Child): Promise<void> {
  const client = await connected();
  await migrate(client);
  await client.query("INSERT INTO riders (id, full_name) VALUES ($1, $2)", [child.id, child.fullName]);
  await client.query("INSERT INTO lessons (id, rider_id) VALUES ($1, $2)", [1, child.id]);
  await client.query("INSERT INTO tracks (lesson_id, points) VALUES ($1, $2)", [1, child.points]);
  await client.query("INSERT INTO falls (rider_id, injury) VALUES ($1, $2)", [child.id, child.injury]);
}

/** @deletionPath request */
export async function erase(id: number): Promise<void> {
  const client = await connected();
  await client.query("DELETE FROM riders WHERE id = $1", [id]);
}
