// request: EMIT answer [guardian: g1] {"answer":"TOKEN1"}
// request: EMIT hint [guardian: g1] {"answer":"TOKEN1"}
// request: EMIT late-answer [guardian: g1] {"answer":"TOKEN1"}
// request: EMIT quick-answer [guardian: g1] {"answer":"TOKEN1"}
// request: EMIT score [namespace: /results] [guardian: g1] {"answer":"TOKEN1"}
// request: EMIT share [namespace: /results] [guardian: g1] {"answer":"TOKEN1"}
import { createServer } from "node:http";
import { Queue } from "bullmq";
import { Pool } from "pg";
import { Server, type Socket } from "socket.io";

const pool = new Pool();
const results = new Queue("results");

interface Reply {
  /** @childData education */
  answer: string;
}

/** @guardianConsent */
async function assertConsent(guardian: string): Promise<void> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardian]);
  if (!rows[0]?.granted) throw new Error("no consent");
}

/** Wraps what listens to an event. */
function consented(socket: Socket, listener: (reply: Reply) => Promise<void>) {
  return async (reply: Reply) => {
    try {
      await assertConsent(socket.handshake.auth.guardian);
    } catch {
      socket.emit("refused");
      return;
    }
    await listener(reply);
  };
}

const server = createServer();
const io = new Server(server, { serveClient: false });

io.on("connection", (socket) => {
  socket.on(
    "answer",
    consented(socket, async ({ answer }) => {
      await pool.query("INSERT INTO answers (answer) VALUES ($1)", [answer]);
    }),
  );
  socket.on("hint", async ({ answer }: Reply) => {
    await fetch("https://hints.example/ask", { method: "POST", body: JSON.stringify({ about: answer }) }); // expect: require-guardian-consent Reply.answer
  });
  socket.on("late-answer", async ({ answer }: Reply) => {
    await pool.query("INSERT INTO answers (answer) VALUES ($1)", [answer]); // expect: require-guardian-consent Reply.answer
    await assertConsent(socket.handshake.auth.guardian);
  });
  socket.on("quick-answer", async ({ answer }: Reply) => {
    try {
      await assertConsent(socket.handshake.auth.guardian);
    } finally {
      await results.add("answer", { answer }); // expect: require-guardian-consent Reply.answer
    }
  });
});

// Before every message of this namespace's sockets, also those whose listeners were there first.
io.of("/results").on("connection", (socket) => {
  socket.on("score", async ({ answer }: Reply) => {
    await results.add("score", { answer });
  });
  socket.use(async (_event, next) => {
    try {
      await assertConsent(socket.handshake.auth.guardian);
      next();
    } catch (error) {
      next(error as Error);
    }
  });
  socket.on("share", async (reply: Reply) => {
    await fetch("https://boards.example/scores", { method: "POST", body: JSON.stringify(reply) });
  });
});

server.listen(process.env.PORT);
