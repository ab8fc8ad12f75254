// request: POST /teams [x-guardian: g1] {"nickname":"TOKEN1"}
// request: POST /teams/late [x-guardian: g1] {"nickname":"TOKEN1"}
// request: POST /answers [x-guardian: g1] {"nickname":"TOKEN1"}
// request: POST /answers/open [x-guardian: g1] {"nickname":"TOKEN1"}
// request: POST /answers/hasty [x-guardian: g1] {"nickname":"TOKEN1"}
// request: POST /scores [x-guardian: g1] {"nickname":"TOKEN1"}
import Fastify, { type FastifyReply, type FastifyRequest, type HookHandlerDoneFunction } from "fastify";
import { appendFileSync } from "node:fs";
import { Pool } from "pg";

const db = new Pool();

type Player = {
  /** @childData account */
  nickname: string;
};

/** Calls back with an error when the guardian has not agreed. @guardianConsent */
function checkConsent(request: FastifyRequest, _reply: FastifyReply, done: HookHandlerDoneFunction): void {
  db.query("SELECT granted FROM consents WHERE guardian_id = $1", [request.headers["x-guardian"]], (error, found) => {
    if (error) return done(error);
    if (found.rows[0]?.granted !== true) return done(new Error("no consent"));
    done();
  });
}

/** Goes on at once. */
function checkConsentSoon(request: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction): void {
  checkConsent(request, reply, (error) => {
    if (error) request.log.warn("no consent");
  });
  done();
}

const playerOf = (request: FastifyRequest): Player => request.body as Player;

/** What everybody says is kept for the moderators, when the answer has been sent. */
async function keepForModerators(request: FastifyRequest): Promise<void> {
  const player = playerOf(request);
  await db.query("INSERT INTO moderation (nickname) VALUES ($1)", [player.nickname]); // expect: require-guardian-consent Player.nickname
}

export const app = Fastify();

app.post("/teams", { preHandler: checkConsent }, async (request, reply) => {
  const { nickname } = playerOf(request);
  await db.query("INSERT INTO teams (nickname) VALUES ($1)", [nickname]);
  return reply.code(201).send();
});

app.post("/teams/late", { onSend: async (request) => keep(request) }, async (_request, reply) => reply.code(201).send());

async function keep(request: FastifyRequest) {
  const { nickname } = playerOf(request);
  appendFileSync("/data/teams.txt", nickname); // expect: require-guardian-consent Player.nickname
}

app.register(async (answers) => {
  answers.addHook("preHandler", checkConsent);
  answers.post("/answers", async (request) => {
    const { nickname } = playerOf(request);
    await db.query("INSERT INTO answers (nickname) VALUES ($1)", [nickname]);
    return {};
  });
});

app.register(async (open) => {
  open.addHook("onResponse", keepForModerators);
  open.post("/answers/open", async () => ({ thanks: true }));
});

app.post("/answers/hasty", { preHandler: [checkConsentSoon] }, async (request) => {
  const { nickname } = playerOf(request);
  await db.query("INSERT INTO hasty (nickname) VALUES ($1)", [nickname]); // expect: require-guardian-consent Player.nickname
  return {};
});

app.post("/scores", {
  preHandler: [
    checkConsent,
    async (request) => {
      await db.query("UPDATE scores SET nickname = $1", [playerOf(request).nickname]);
    },
  ],
  handler: async () => ({ ok: true }),
});
