// request: EMIT keep [namespace: /notes] [guardian: g1] {"text":"TOKEN1"}
// request: EMIT early [namespace: /early] [guardian: g1] {"text":"TOKEN1"}
// request: EMIT soon [namespace: /soon] [guardian: g1] {"text":"TOKEN1"}
// request: EMIT anyway [namespace: /anyway] [guardian: g1] {"text":"TOKEN1"}
// request: EMIT draft [guardian: g1] {"text":"TOKEN1"}
import { createServer } from "node:http";
import { Pool } from "pg";
import { Server, type ExtendedError, type Socket } from "socket.io";

const pool = new Pool();
const server = createServer();
const io = new Server(server);

interface Note {
  /** @childData content */
  text: string;
}
type Next = (error?: ExtendedError) => void;

/** @guardianConsent */
async function assertConsent(guardianId: string): Promise<void> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  if (rows[0]?.granted !== true) throw new Error("no consent");
}

io.of("/notes").use((socket: Socket, next: Next) => {
  assertConsent(socket.handshake.auth.guardian).then(() => next(), next);
});
io.of("/notes").on("connection", (socket) => {
  socket.on("keep", async ({ text }: Note) => {
    await pool.query("INSERT INTO notes (text) VALUES ($1)", [text]);
  });
});

io.of("/early").on("connection", (socket) => {
  socket.on("early", async ({ text }: Note) => {
    // reason: it runs after this
    await pool.query("INSERT INTO notes (text) VALUES ($1)", [text]); // expect: require-guardian-consent Note.text
    await assertConsent(socket.handshake.auth.guardian).catch(() => socket.disconnect());
  });
});

io.of("/soon").use((socket: Socket, next: Next) => {
  assertConsent(socket.handshake.auth.guardian).catch(() => undefined);
  next();
});
io.of("/soon").on("connection", (socket) => {
  socket.on("soon", async ({ text }: Note) => {
    // reason: its promise is not awaited
    await pool.query("INSERT INTO notes (text) VALUES ($1)", [text]); // expect: require-guardian-consent Note.text
  });
});

io.of("/anyway").use(async (socket: Socket, next: Next) => {
  try {
    await assertConsent(socket.handshake.auth.guardian);
  } catch {
    console.warn("no consent");
  }
  next();
});
io.of("/anyway").on("connection", (socket) => {
  socket.on("anyway", async ({ text }: Note) => {
    // reason: the error is swallowed, or the answer lost, at four-ways.ts:57
    await pool.query("INSERT INTO notes (text) VALUES ($1)", [text]); // expect: require-guardian-consent Note.text
  });
});

io.on("connection", (socket) => {
  socket.on("draft", async ({ text }: Note) => {
    // reason: it stands before /notes only
    await pool.query("INSERT INTO drafts (text) VALUES ($1)", [text]); // expect: require-guardian-consent Note.text
  });
});

server.listen(3001);
