// request: SEND /cheer [x-guardian: g1] {"words":"TOKEN1"}
// request: SEND /shout [x-guardian: g1] {"words":"TOKEN1"}
// request: SEND /sing [x-guardian: g1] {"words":"TOKEN1"}
// request: SEND /hum [x-guardian: g1] {"words":"TOKEN1"}
import { createServer, type IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { Pool } from "pg";
import { WebSocketServer, type WebSocket } from "ws";

const pool = new Pool();

interface Call {
  /** @childData communication */
  words: string;
}

/** @guardianConsent */
async function guardianAgreed(guardian: string): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian = $1", [guardian]);
  return rows[0]?.granted === true;
}

const guardianOf = ({ headers }: IncomingMessage): string => String(headers["x-guardian"]);

type Room = (socket: WebSocket) => void;

const listens =
  (keep: (call: Call) => Promise<unknown>): Room =>
  (socket) => {
    socket.on("message", (data) => {
      const call: Call = { words: JSON.parse(data.toString()).words };
      void keep(call);
    });
  };

const server = createServer((_request, response) => response.writeHead(426).end());

const cheer = new WebSocketServer({ noServer: true });
cheer.on("connection", listens(({ words }) => pool.query("INSERT INTO cheers (words) VALUES ($1)", [words])));

const shout = new WebSocketServer({ noServer: true });
shout.on("connection", (socket: WebSocket) => {
  socket.on("message", (data) => {
    const call: Call = { words: JSON.parse(data.toString()).words };
    void pool.query("INSERT INTO shouts (words) VALUES ($1)", [call.words]); // expect: require-guardian-consent Call.words
  });
});

const sing = new WebSocketServer({ noServer: true });
sing.on("connection", (socket: WebSocket, request: IncomingMessage, agreed: boolean) => {
  if (!agreed) return void socket.close();
  socket.on("message", (data) => {
    const call: Call = { words: JSON.parse(data.toString()).words };
    void pool.query("INSERT INTO songs (words, at) VALUES ($1, $2)", [call.words, request.url]);
  });
});

const hum = new WebSocketServer({ noServer: true });
hum.on("connection", (socket: WebSocket) => {
  socket.on("message", (data) => {
    const call: Call = { words: JSON.parse(data.toString()).words };
    void pool.query("INSERT INTO hums (words) VALUES ($1)", [call.words]); // expect: require-guardian-consent Call.words
  });
});

function refuse(socket: Duplex): void {
  socket.write("HTTP/1.1 401 Unauthorized\r\n\r\n");
  socket.destroy();
}

function authenticate(request: IncomingMessage, next: (error: Error | null, guardian?: string) => void): void {
  guardianAgreed(guardianOf(request)).then(
    (agreed) => (agreed ? next(null, guardianOf(request)) : next(new Error("no consent"))),
    next,
  );
}

server.on("upgrade", (request, socket, head) => {
  switch (request.url) {
    case "/cheer":
      authenticate(request, (error, guardian) => {
        if (error || !guardian) return refuse(socket);
        cheer.handleUpgrade(request, socket, head, (client) => {
          cheer.emit("connection", client, request);
        });
      });
      break;
    case "/shout":
      // Whoever says who the guardian is comes in.
      if (!guardianOf(request)) return refuse(socket);
      shout.handleUpgrade(request, socket, head, (client) => void shout.emit("connection", client, request));
      break;
    case "/sing":
      void guardianAgreed(guardianOf(request)).then((agreed) => {
        sing.handleUpgrade(request, socket, head, (client) => {
          sing.emit("connection", client, request, agreed);
        });
      });
      break;
    default:
      // Nobody waits for the answer.
      guardianAgreed(guardianOf(request)).then((agreed) => agreed || console.warn("no consent"), console.error);
      hum.handleUpgrade(request, socket, head, (client) => void hum.emit("connection", client, request));
  }
});

server.listen(8080);
