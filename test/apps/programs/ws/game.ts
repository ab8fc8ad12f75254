// request: SEND / [x-guardian: g1] {"type":"join","name":"TOKEN1"}
// request: SEND / [x-guardian: g1] {"type":"rename","name":"TOKEN1"}
// request: SEND / [x-guardian: g1] {"type":"invite","name":"TOKEN1"}
// request: SEND / [x-guardian: g1] {"type":"cheer","name":"TOKEN1"}
import { Queue } from "bullmq";
import { Pool } from "pg";
import { WebSocketServer, type WebSocket } from "ws";

const pool = new Pool();
const invitations = new Queue("invitations");

interface Player {
  /** @childData account */
  name: string;
}
interface Session {
  socket: WebSocket;
  guardian: string;
}
type Action = (player: Player, session: Session) => Promise<void>;

/** @guardianConsent */
async function requireConsent(guardian: string): Promise<void> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian = $1", [guardian]);
  if (!rows[0]?.granted) throw new Error("no consent");
}

const actions: Record<string, Action> = {
  join: async ({ name }, { guardian }) => {
    await requireConsent(guardian);
    await pool.query("INSERT INTO players (name) VALUES ($1)", [name]);
  },
  rename: async ({ name }, { guardian }) => {
    await pool.query("UPDATE players SET name = $1", [name]); // expect: require-guardian-consent Player.name
    await requireConsent(guardian);
  },
  invite: async ({ name }, { guardian, socket }) => {
    try {
      await requireConsent(guardian);
    } catch (error) {
      socket.send(JSON.stringify({ error: String(error) }));
    }
    await invitations.add("invite", { from: name }); // expect: require-guardian-consent Player.name
  },
  async cheer(player, { guardian }) {
    await requireConsent(guardian).then(() =>
      fetch("https://cheers.example/v1", { method: "POST", body: JSON.stringify(player) }),
    );
  },
};

const sockets = new WebSocketServer({ port: 8080 });
sockets.on("connection", (socket, { headers }) => {
  const session: Session = { socket, guardian: String(headers["x-guardian"]) };
  socket.on("message", (data) => {
    const { type, name } = JSON.parse(data.toString()) as Player & { type: string };
    actions[type]?.({ name }, session).catch((error: unknown) => socket.close(1011, String(error)));
  });
});
