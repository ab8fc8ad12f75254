// request: POST /api/anyway {"name":"TOKEN1","guardianId":"g1"}
import type { NextApiRequest, NextApiResponse } from "next";
import { guardedLoosely, pool } from "../../consent";

interface Player {
  /** @childData identity */
  name: string;
}

export default guardedLoosely(async (request: NextApiRequest, response: NextApiResponse) => {
  const player: Player = request.body;
  // reason: the error is swallowed, or the answer lost, at consent.ts:27
  await pool.query("INSERT INTO players (name) VALUES ($1)", [player.name]); // expect: require-guardian-consent Player.name
  response.status(201).end();
});
