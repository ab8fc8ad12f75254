// request: POST /api/drafts {"name":"TOKEN1","guardianId":"g1"}
import type { NextApiRequest, NextApiResponse } from "next";
import { guarded, pool } from "../../consent";

interface Player {
  /** @childData identity */
  name: string;
}

const inner = async (request: NextApiRequest, response: NextApiResponse) => {
  const player: Player = request.body;
  // reason: Check it before this: assertConsent is used by 2 other routes
  await pool.query("INSERT INTO players (name) VALUES ($1)", [player.name]); // expect: require-guardian-consent Player.name
  response.status(201).end();
};

export const other = guarded(inner);
export default inner;
