// request: EMIT say [guardian: g1] {"text":"TOKEN1"}
// request: EMIT whisper [guardian: g1] {"text":"TOKEN1"}
// request: EMIT say [namespace: /clubs] [guardian: g1] {"text":"TOKEN1"}
// request: EMIT say [namespace: /lobby] [guardian: g1] {"text":"TOKEN1"}
// request: EMIT draw [namespace: /boards] [guardian: g1] {"text":"TOKEN1"}
// request: EMIT erase [namespace: /boards] [guardian: g1] {"text":"TOKEN1"}
import { createServer } from "node:http";
import { Pool } from "pg";
import { Server, type Socket } from "socket.io";

const pool = new Pool();

interface Message {
  /** @childData communication */
  text: string;
}

/** @guardianConsent */
async function isAllowed(socket: Socket): Promise<boolean> {
  const guardian = socket.handshake.auth.guardian;
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardian]);
  return rows[0]?.granted === true;
}

const http = createServer();
const io = new Server(http);

// For those who connect to the main namespace, and for nobody else.
io.use(async (socket, next) => {
  if (await isAllowed(socket)) next();
  else next(new Error("a guardian has to agree"));
});
io.on("connection", (socket) => {
  socket.on("say", async (message: Message) => {
    await pool.query("INSERT INTO messages (text) VALUES ($1)", [message.text]);
  });
  socket.on("whisper", async ({ text }: Message, done: () => void) => {
    await pool.query("INSERT INTO whispers (text) VALUES ($1)", [text]);
    done();
  });
});

io.of("/lobby").on("connection", (socket) => {
  socket.on("say", async (message: Message) => {
    await pool.query("INSERT INTO lobby (text) VALUES ($1)", [message.text]); // expect: require-guardian-consent Message.text
  });
});

const clubs = io.of("/clubs");
clubs.use((socket, next) => {
  isAllowed(socket).then((yes) => next(yes ? undefined : new Error("no consent")), next);
});
clubs.on("connection", (socket) => {
  socket.on("say", async ({ text }: Message) => {
    await fetch("https://translate.example/v1", { method: "POST", body: JSON.stringify({ text }) });
  });
});

// A promise is there at once, and is no answer yet.
const boards = io.of("/boards");
boards.use((socket, next) => {
  const allowed = isAllowed(socket);
  next(allowed ? undefined : new Error("no consent"));
});
boards.on("connection", (socket) => {
  socket.on("draw", async (message: Message) => {
    await pool.query("INSERT INTO drawings (text) VALUES ($1)", [message.text]); // expect: require-guardian-consent Message.text
  });
  socket.on("erase", async (message: Message, done?: () => void) => {
    if (!(await isAllowed(socket))) return;
    await pool.query("UPDATE drawings SET text = $1", [message.text]);
    done?.();
  });
});

http.listen(3000);
