// request: POST /api/notes {"name":"TOKEN1","guardianId":"g1"}
// request: PUT /api/notes {"name":"TOKEN1","guardianId":"g1"}
// request: PATCH /api/notes {"name":"TOKEN1","guardianId":"g1"}
import type { NextApiRequest, NextApiResponse } from "next";
import { assertConsent, pool } from "../../consent";

interface Player {
  /** @childData identity */
  name: string;
}

export default async function handler(request: NextApiRequest, response: NextApiResponse) {
  const player: Player = request.body;
  if (request.method === "POST") {
    await assertConsent(request);
    await pool.query("INSERT INTO players (name) VALUES ($1)", [player.name]);
  }
  if (request.method === "PUT") {
    // reason: it runs after this
    await pool.query("UPDATE players SET name = $1", [player.name]); // expect: require-guardian-consent Player.name
    await assertConsent(request);
  }
  if (request.method === "PATCH") {
    assertConsent(request).catch(() => undefined);
    // reason: its promise is not awaited
    await pool.query("UPDATE players SET nick = $1", [player.name]); // expect: require-guardian-consent Player.name
  }
  return response.status(201).end();
}
