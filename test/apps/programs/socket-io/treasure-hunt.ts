// request: EMIT position [guardian: g1] {"place":"TOKEN1","team":"TOKEN2"}
// request: EMIT photo [guardian: g1] {"place":"TOKEN1","team":"TOKEN2"}
// request: EMIT found [guardian: g1] {"place":"TOKEN1","team":"TOKEN2"}
// request: EMIT clue [guardian: g1] {"place":"TOKEN1","team":"TOKEN2"}
// request: EMIT finish [guardian: g1] {"place":"TOKEN1","team":"TOKEN2"}
import { EventEmitter } from "node:events";
import Redis from "ioredis";
import { Pool } from "pg";
import { Server, type Socket } from "socket.io";

interface Step {
  /** @childData location */
  place: string;
  /** @childData account */
  team: string;
}
type Handler = (step: Step) => Promise<void>;

class Consents {
  private readonly asked = new WeakMap<Socket, Promise<boolean>>();
  constructor(private readonly db: Pool) {}

  /** @guardianConsent */
  private async ask(guardian: string): Promise<boolean> {
    const { rows } = await this.db.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardian]);
    return rows[0]?.granted === true;
  }

  of(socket: Socket): Promise<boolean> {
    const known = this.asked.get(socket);
    if (known) return known;
    const asked = this.ask(socket.handshake.auth.guardian);
    this.asked.set(socket, asked);
    return asked;
  }
}

class Hunt extends EventEmitter {
  readonly #db = new Pool();
  readonly #redis = new Redis();
  readonly #consents = new Consents(this.#db);

  constructor(private readonly io: Server) {
    super();
    this.on("found", (step: Step) => this.#redis.lpush("found", step.place));
    this.on("finished", (step: Step) => this.#redis.lpush("finished", step.team)); // expect: require-guardian-consent Step.team
  }

  start(): void {
    this.io.on("connection", (socket) => {
      const handlers: Record<string, Handler> = {
        position: this.#guard(socket, (step) => this.#remember(step)),
        photo: async (step) => this.#print(step),
        found: this.#guard(socket, async (step) => void this.emit("found", step)),
        clue: async (step) => {
          if (!(await this.#consents.of(socket))) return;
          await fetch("https://clues.example/next", { method: "POST", body: step.place });
        },
        finish: async (step) => {
          this.emit("finished", step);
          await this.#consents.of(socket);
        },
      };
      for (const [name, handler] of Object.entries(handlers)) socket.on(name, handler);
    });
  }

  #guard(socket: Socket, handler: Handler): Handler {
    return async (step) => {
      if (await this.#consents.of(socket)) await handler(step);
      else socket.emit("refused");
    };
  }

  async #remember({ place, team }: Step): Promise<void> {
    await this.#db.query("INSERT INTO positions (place, team) VALUES ($1, $2)", [place, team]);
  }

  async #print({ team }: Step): Promise<void> {
    await fetch("https://photos.example/prints", { method: "POST", body: JSON.stringify({ team }) }); // expect: require-guardian-consent Step.team
  }
}

const io = new Server(3000, { transports: ["websocket", "polling"] });
new Hunt(io).start();
