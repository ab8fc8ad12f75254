// request: EMIT join [guardian: g1] {"nickname":"TOKEN1","text":"TOKEN2"}
// request: EMIT ask [guardian: g1] {"nickname":"TOKEN1","text":"TOKEN2"}
// request: EMIT draw [guardian: g1] {"nickname":"TOKEN1","text":"TOKEN2"}
// request: EMIT homework [namespace: /tutors] [guardian: g1] {"nickname":"TOKEN1","text":"TOKEN2"}
// request: EMIT record [namespace: /tutors] [guardian: g1] {"nickname":"TOKEN1","text":"TOKEN2"}
// request: EMIT wave [namespace: /lobby] [guardian: g1] {"nickname":"TOKEN1","text":"TOKEN2"}
import { createServer } from "node:http";
import { Pool } from "pg";
import { Server, type Namespace, type Socket } from "socket.io";

const pool = new Pool();

interface Remark {
  /** @childData account */
  nickname: string;
  /** @childData communication */
  text: string;
}
interface SocketData {
  consented: boolean;
}
type StudySocket = Socket<Record<string, (remark: Remark, done?: () => void) => void>, {}, {}, SocketData>;

/** @guardianConsent */
async function guardianAgreed(guardianId: string): Promise<boolean> {
  const { rows } = await pool.query("SELECT accepted FROM consents WHERE guardian_id = $1", [guardianId]);
  return rows[0]?.accepted === true;
}

const http = createServer();
const io = new Server(http);

io.use(async (socket, next) => {
  socket.data.consented = await guardianAgreed(socket.handshake.auth.guardian);
  next();
});

io.on("connection", (socket: StudySocket) => {
  socket.on("join", async ({ nickname }, done) => {
    if (!socket.data.consented) return done?.();
    await pool.query("INSERT INTO presence (nickname) VALUES ($1)", [nickname]);
    done?.();
  });
  socket.on("ask", async ({ text }, done) => {
    if (socket.data.consented === undefined) return done?.();
    await pool.query("INSERT INTO questions (text) VALUES ($1)", [text]); // expect: require-guardian-consent Remark.text
    done?.();
  });
  socket.once("draw", async (remark, done) => {
    const { consented } = socket.data;
    if (consented) await fetch("https://boards.example/strokes", { method: "POST", body: JSON.stringify(remark) });
    done?.();
  });
});

/** Nobody gets in here without a guardian's word. */
function guarded(namespace: Namespace): Namespace {
  return namespace.use((socket, next) => {
    guardianAgreed(socket.handshake.auth.guardian).then(
      (agreed) => next(agreed ? undefined : new Error("no consent")),
      next,
    );
  });
}

guarded(io.of("/tutors")).on("connection", (socket) => {
  socket.on("homework", async (remark: Remark) => {
    await pool.query("INSERT INTO homework (nickname, text) VALUES ($1, $2)", [remark.nickname, remark.text]);
  });
  socket.on("record", onRecord);
});

async function onRecord({ text }: Remark) {
  await fetch("https://recordings.example/v1", { method: "POST", body: text });
}

io.of("/lobby").on("connection", async (socket) => {
  // Who leaves a room still says what they like.
  socket.on("wave", async ({ nickname }: Remark) => {
    await pool.query("INSERT INTO waves (nickname) VALUES ($1)", [nickname]); // expect: require-guardian-consent Remark.nickname
  });
  if (!(await guardianAgreed(socket.handshake.auth.guardian))) socket.leave("lobby");
});

http.listen(3000);
