// request: POST /members {"fullName":"TOKEN1","school":"TOKEN2","guardianId":"g1"}
// request: POST /members/import {"members":[{"fullName":"TOKEN1","school":"TOKEN2"}],"guardianId":"g1"}
// request: PUT /members/7 {"fullName":"TOKEN1","school":"TOKEN2","guardianId":"g1"}
// request: POST /games {"moves":"TOKEN1","playerGuardian":"g1"}
// request: POST /games/annotate {"moves":"TOKEN1","playerGuardian":"g1"}
import express from "express";
import { Pool } from "pg";
import { ConsentService } from "./consent-service.js";
import { GameRepository, MemberRepository } from "./repositories.js";
import { GameService, MemberService } from "./services.js";
import type { Game, Member } from "./types.js";

const pool = new Pool();
const consents = new ConsentService(pool);
const members = new MemberService(new MemberRepository(pool), consents);
const games = new GameService(new GameRepository(pool), consents);

export const app = express();
app.use(express.json());

app.post("/members", async (req, res) => {
  const member: Member = req.body;
  res.status(201).json(await members.join(member, req.body.guardianId));
});

app.post("/members/import", async (req, res) => {
  const { members: list, guardianId } = req.body as { members: Member[]; guardianId: string };
  res.json({ imported: await members.importAll(list, guardianId) });
});

app.put("/members/:id", async (req, res) => {
  const changed: Member = req.body;
  await members.rename(Number(req.params.id), changed);
  res.sendStatus(204);
});

app.post("/games", async (req, res) => {
  await games.record({ moves: req.body.moves } satisfies Game, req.body.playerGuardian);
  res.sendStatus(201);
});

app.post("/games/annotate", async (req, res) => {
  const game: Game = { moves: req.body.moves };
  res.json({ analysis: await games.analyse(game, req.body.playerGuardian) });
});
