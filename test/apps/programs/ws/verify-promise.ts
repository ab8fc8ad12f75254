// request: SEND / [x-guardian: g1] {"place":"TOKEN1"}
import { createServer } from "node:http";
import { Pool } from "pg";
import { WebSocketServer } from "ws";

const pool = new Pool();

interface Position {
  /** @childData location */
  place: string;
}

/** @guardianConsent */
async function hasConsent(guardian: unknown): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardian]);
  return rows[0]?.granted === true;
}

const server = createServer();
const sockets = new WebSocketServer({
  server,
  // A function with one parameter answers at once; a promise is always a yes.
  verifyClient: (info) => {
    return hasConsent(info.req.headers["x-guardian"]) as unknown as boolean;
  },
});
sockets.on("connection", (socket) => {
  socket.on("message", async (data) => {
    const { place } = JSON.parse(data.toString()) as Position;
    await pool.query("INSERT INTO positions (place) VALUES ($1)", [place]); // expect: require-guardian-consent Position.place
  });
});
server.listen(8080);
