// request: SEND /beats [x-guardian: g1] {"type":"beat","player":"TOKEN1","rhythm":"TOKEN2"}
// request: SEND /beats [x-guardian: g1] {"type":"loop","player":"TOKEN1","rhythm":"TOKEN2"}
// request: SEND /beats [x-guardian: g1] {"type":"share","player":"TOKEN1","rhythm":"TOKEN2"}
// request: SEND /beats [x-guardian: g1] {"type":"name","player":"TOKEN1","rhythm":"TOKEN2"}
// request: SEND /beats [x-guardian: g1] {"type":"tip","player":"TOKEN1","rhythm":"TOKEN2"}
import type { IncomingMessage } from "node:http";
import { Pool } from "pg";
import { WebSocketServer, type RawData, type WebSocket } from "ws";

const pool = new Pool();

/** @childData behaviour */
interface Beat {
  player: string;
  rhythm: string;
}
type Message = ({ type: "beat" } | { type: "loop" } | { type: "share" } | { type: "name" } | { type: "tip" }) & Beat;

/** @guardianConsent */
async function checkConsent(guardian: string | undefined): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardian]);
  return rows[0]?.granted === true;
}

interface Session {
  readonly guardian: string | undefined;
  consent: "unknown" | "granted" | "refused";
}
const sessions = new Map<WebSocket, Session>();

async function consentOf(socket: WebSocket): Promise<Session["consent"]> {
  const session = sessions.get(socket);
  if (session === undefined) return "unknown";
  if (session.consent === "unknown") session.consent = (await checkConsent(session.guardian)) ? "granted" : "refused";
  return session.consent;
}

const parse = (data: RawData): Message => JSON.parse(data.toString());

async function receive(socket: WebSocket, message: Message): Promise<void> {
  switch (message.type) {
    case "beat":
      if ((await consentOf(socket)) !== "granted") return socket.close(4403, "no consent");
      await pool.query("INSERT INTO beats (player, rhythm) VALUES ($1, $2)", [message.player, message.rhythm]);
      break;
    case "loop": {
      const consent = await consentOf(socket);
      if (consent === "unknown") return;
      await pool.query("INSERT INTO loops (rhythm) VALUES ($1)", [message.rhythm]); // expect: require-guardian-consent Beat.rhythm
      break;
    }
    case "share":
      if (sessions.get(socket)?.consent === "refused") return;
      await fetch("https://circles.example/share", { method: "POST", body: message.rhythm }); // expect: require-guardian-consent Beat.rhythm
      break;
    case "name":
      await rename(socket, message);
      break;
    case "tip": {
      const isGranted = (await consentOf(socket)) === "granted";
      if (isGranted) await fetch("https://tips.example/rhythms", { method: "POST", body: JSON.stringify({ about: message.rhythm }) });
    }
  }
}

/** Sends first, and closes the connection when that was not right. */
async function rename(socket: WebSocket, { player }: Beat): Promise<void> {
  const [consent] = await Promise.all([
    consentOf(socket),
    pool.query("UPDATE players SET name = $1", [player]), // expect: require-guardian-consent Beat.player
  ]);
  if (consent !== "granted") socket.close();
}

const server = new WebSocketServer({ port: 8080, path: "/beats" });
server.on("connection", (socket: WebSocket, request: IncomingMessage) => {
  sessions.set(socket, { guardian: request.headers["x-guardian"]?.toString(), consent: "unknown" });
  socket.on("message", (data) => void receive(socket, parse(data)));
  socket.on("close", () => sessions.delete(socket));
});
