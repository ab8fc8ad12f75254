// request: SEND /notes [x-guardian: g1] {"text":"TOKEN1"}
// request: SEND /early [x-guardian: g1] {"text":"TOKEN1"}
// request: SEND /soon [x-guardian: g1] {"text":"TOKEN1"}
// request: SEND /anyway [x-guardian: g1] {"text":"TOKEN1"}
// request: SEND /drafts [x-guardian: g1] {"text":"TOKEN1"}
import { createServer, type IncomingMessage } from "node:http";
import { Pool } from "pg";
import { WebSocketServer, type RawData, type WebSocket } from "ws";

const pool = new Pool();

interface Note {
  /** @childData content */
  text: string;
}

/** @guardianConsent */
async function assertConsent(guardianId: unknown): Promise<void> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  if (rows[0]?.granted !== true) throw new Error("no consent");
}

const noteOf = (data: RawData): Note => JSON.parse(data.toString());

async function keep(note: Note, guardian: unknown): Promise<void> {
  await assertConsent(guardian);
  await pool.query("INSERT INTO notes (text) VALUES ($1)", [note.text]);
}
async function keepEarly(note: Note, guardian: unknown): Promise<void> {
  // reason: it runs after this
  await pool.query("INSERT INTO early (text) VALUES ($1)", [note.text]); // expect: require-guardian-consent Note.text
  await assertConsent(guardian);
}
async function keepSoon(note: Note, guardian: unknown): Promise<void> {
  assertConsent(guardian).catch(() => undefined);
  // reason: its promise is not awaited
  await pool.query("INSERT INTO soon (text) VALUES ($1)", [note.text]); // expect: require-guardian-consent Note.text
}
async function keepAnyway(note: Note, guardian: unknown): Promise<void> {
  try {
    await assertConsent(guardian);
  } catch {
    console.warn("no consent");
  }
  // reason: the error is swallowed, or the answer lost, at four-ways.ts:42
  await pool.query("INSERT INTO anyway (text) VALUES ($1)", [note.text]); // expect: require-guardian-consent Note.text
}
async function keepDraft(note: Note, guardian: unknown, path: string): Promise<void> {
  if (path.startsWith("/notes")) await assertConsent(guardian);
  // reason: another branch comes here without it
  await pool.query("INSERT INTO drafts (text) VALUES ($1)", [note.text]); // expect: require-guardian-consent Note.text
}

const server = createServer();
new WebSocketServer({ server }).on("connection", (socket: WebSocket, request: IncomingMessage) => {
  const guardian = request.headers["x-guardian"];
  socket.on("message", (data) => {
    const note = noteOf(data);
    const ignored = (): void => socket.close();
    if (request.url === "/notes") keep(note, guardian).catch(ignored);
    else if (request.url === "/early") keepEarly(note, guardian).catch(ignored);
    else if (request.url === "/soon") keepSoon(note, guardian).catch(ignored);
    else if (request.url === "/anyway") keepAnyway(note, guardian).catch(ignored);
    else keepDraft(note, guardian, request.url ?? "").catch(ignored);
  });
});
server.listen(8080);
