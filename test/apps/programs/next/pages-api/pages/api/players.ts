// request: POST /api/players {"name":"TOKEN1","guardianId":"g1"}
// request: PUT /api/players {"name":"TOKEN1","guardianId":"g1"}
import type { NextApiRequest, NextApiResponse } from "next";
import { assertConsent, pool } from "../../consent";

interface Player {
  /** @childData identity */
  name: string;
}

export default async function handler(request: NextApiRequest, response: NextApiResponse) {
  const player: Player = request.body;
  switch (request.method) {
    case "POST":
      await assertConsent(request);
      await pool.query("INSERT INTO players (name) VALUES ($1)", [player.name]);
      return response.status(201).end();
    case "PUT":
      await pool.query("UPDATE players SET name = $1", [player.name]); // expect: require-guardian-consent Player.name
      return response.status(204).end();
    default:
      return response.status(405).end();
  }
}
