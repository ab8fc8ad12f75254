// request: EMIT hand-up [namespace: /class-4b] [guardian: g1] {"name":"TOKEN1"}
// request: EMIT answer [namespace: /class-4b] [guardian: g1] {"name":"TOKEN1"}
// request: EMIT note [guardian: g1] {"name":"TOKEN1"}
// request: EMIT vote [guardian: g1] {"name":"TOKEN1"}
// request: EMIT wave [guardian: g1] {"name":"TOKEN1"}
import { createServer } from "node:http";
import { Pool } from "pg";
import { Server, type ExtendedError, type Socket } from "socket.io";

const pool = new Pool();
const server = createServer();
const io = new Server(server);

interface Pupil {
  /** @childData identity */
  name: string;
}

/** @guardianConsent */
async function consentOf(guardian: string): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardian]);
  return rows[0]?.granted === true;
}

async function onlyWithConsent(socket: Socket, next: (error?: ExtendedError) => void): Promise<void> {
  const granted = await consentOf(socket.handshake.auth.guardian);
  socket.data.granted = granted;
  next(granted ? undefined : new Error("a guardian has to agree"));
}
/** Finds out, and lets everybody in. */
async function lookUpConsent(socket: Socket, next: (error?: ExtendedError) => void): Promise<void> {
  socket.data.granted = await consentOf(socket.handshake.auth.guardian);
  next();
}

// Namespaces that are made when somebody asks for them.
const classes = io.of(/^\/class-\w+$/);
classes.use(onlyWithConsent);
classes.on("connection", (socket) => {
  socket.on("hand-up", async ({ name }: Pupil) => {
    await pool.query("INSERT INTO hands (name) VALUES ($1)", [name]);
  });
  socket.onAny(async (event: string, pupil: Pupil) => {
    if (event !== "answer") return;
    await pool.query("INSERT INTO answers (name) VALUES ($1)", [pupil.name]);
  });
});

io.use(lookUpConsent);
io.on("connection", (socket) => {
  socket.on("note", async ({ name }: Pupil) => {
    if (!socket.data.granted) return;
    await pool.query("INSERT INTO notes (name) VALUES ($1)", [name]);
  });
  socket.on("vote", async ({ name }: Pupil) => {
    await pool.query("INSERT INTO votes (name) VALUES ($1)", [name]); // expect: require-guardian-consent Pupil.name
  });
  socket.once("wave", ({ name }: Pupil) => {
    if (socket.data.granted !== undefined)
      void fetch("https://waves.example/v1", { method: "POST", body: JSON.stringify({ name }) }); // expect: require-guardian-consent Pupil.name
  });
});

server.listen(3001);
