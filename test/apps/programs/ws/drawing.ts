// request: SEND /draw [x-guardian: g1] {"kind":"stroke","path":"TOKEN1"}
// request: SEND /draw [x-guardian: g1] {"kind":"title","path":"TOKEN1"}
// request: SEND /draw [x-guardian: g1] {"kind":"export","path":"TOKEN1"}
// request: SEND /draw [x-guardian: g1] {"kind":"backup","path":"TOKEN1"}
import { createServer, type IncomingMessage } from "node:http";
import { Pool } from "pg";
import { WebSocketServer } from "ws";

const pool = new Pool();

interface Stroke {
  /** @childData content */
  path: string;
}
type Message = Stroke & { kind: "stroke" | "title" | "export" | "backup" };

/** @guardianConsent */
async function hasConsent(request: IncomingMessage): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [
    request.headers["x-guardian"],
  ]);
  return rows[0]?.granted === true;
}

const server = createServer();
const sockets = new WebSocketServer({ server });

sockets.on("connection", (socket, request) => {
  const consent = hasConsent(request);
  socket.on("message", async (data) => {
    const message = JSON.parse(data.toString()) as Message;
    if (message.kind === "stroke") {
      if (!(await consent)) return socket.close(4003);
      await pool.query("INSERT INTO strokes (path) VALUES ($1)", [message.path]);
    } else if (message.kind === "title") {
      await pool.query("UPDATE drawings SET title = $1", [message.path]); // expect: require-guardian-consent Stroke.path
    } else if (message.kind === "export") {
      if (!consent) return;
      await fetch("https://prints.example/drawings", { method: "POST", body: message.path }); // expect: require-guardian-consent Stroke.path
    } else {
      await consent.catch(() => false);
      await pool.query("INSERT INTO backups (path) VALUES ($1)", [message.path]); // expect: require-guardian-consent Stroke.path
    }
  });
});

server.listen(8080);
