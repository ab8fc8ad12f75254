// request: SEND /guarded [x-guardian: g1] {"words":"TOKEN1"}
// request: SEND /open [x-guardian: g1] {"words":"TOKEN1"}
// request: SEND /asked [x-guardian: g1] {"words":"TOKEN1"}
import { createServer } from "node:http";
import Redis from "ioredis";
import { Pool } from "pg";
import { WebSocketServer, type RawData } from "ws";

const pool = new Pool();
const redis = new Redis();

interface Utterance {
  /** @childData biometric */
  words: string;
}

/** @guardianConsent */
async function requireConsent(guardian: string | string[] | undefined): Promise<void> {
  const { rows } = await pool.query("SELECT granted FROM guardian_consents WHERE guardian = $1", [guardian]);
  if (!rows[0]?.granted) throw new Error("no consent");
}

const utterance = (data: RawData): Utterance => ({ words: JSON.parse(String(data)).words });

const server = createServer();
const guarded = new WebSocketServer({ noServer: true });
const open = new WebSocketServer({ noServer: true });
const asked = new WebSocketServer({ noServer: true });

guarded.on("connection", (socket) => {
  socket.on("message", async (data) => {
    await pool.query("INSERT INTO utterances (words) VALUES ($1)", [utterance(data).words]);
  });
});
open.on("connection", (socket) => {
  socket.on("message", async (data) => {
    await pool.query("INSERT INTO utterances (words) VALUES ($1)", [utterance(data).words]); // expect: require-guardian-consent Utterance.words
  });
});
// Listens for messages once the guardian has been asked.
asked.on("connection", async (socket, request) => {
  try {
    await requireConsent(request.headers["x-guardian"]);
  } catch {
    socket.close(4003, "a guardian has to agree");
    return;
  }
  socket.on("message", (data) => void redis.set("last", utterance(data).words));
});

server.on("upgrade", async (request, socket, head) => {
  if (request.url === "/guarded") {
    try {
      await requireConsent(request.headers["x-guardian"]);
    } catch {
      socket.destroy();
      return;
    }
    guarded.handleUpgrade(request, socket, head, (client) => guarded.emit("connection", client, request));
  } else {
    const target = request.url === "/open" ? open : asked;
    target.handleUpgrade(request, socket, head, (client) => target.emit("connection", client, request));
  }
});

server.listen(8080);
