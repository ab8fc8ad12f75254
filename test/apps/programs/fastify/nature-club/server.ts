// request: POST /sightings {"finder":"TOKEN1","guardianId":"g1"}
// request: POST /sightings/photos {"finder":"TOKEN1","guardianId":"g1"}
// request: POST /walks {"finder":"TOKEN1","guardianId":"g1"}
// request: POST /walks/later {"finder":"TOKEN1","guardianId":"g1"}
// request: POST /v2/badges {"finder":"TOKEN1","guardianId":"g1"}
// request: POST /hello/visitors {"finder":"TOKEN1","guardianId":"g1"}
// request: POST /camps/tents {"finder":"TOKEN1","guardianId":"g1"}
// request: POST /camps/teams {"finder":"TOKEN1","guardianId":"g1"}
// request: POST /camps/teams/scores {"finder":"TOKEN1","guardianId":"g1"}
// request: POST /desk/notes {"finder":"TOKEN1","guardianId":"g1"}
import { join } from "node:path";
import AutoLoad from "@fastify/autoload";
import Fastify from "fastify";

const app = Fastify({ logger: false });

app.register(AutoLoad, { dir: join(import.meta.dirname, "plugins"), options: { table: "consent_slips" } });

// Hooks of a folder are for its own files only.
app.register(AutoLoad, { dir: join(import.meta.dirname, "routes"), autoHooks: true });

// Here they are for the folders below as well.
app.register(AutoLoad, {
  dir: join(import.meta.dirname, "camps"),
  options: { prefix: "/camps" },
  autoHooks: true,
  autoHooksPattern: /^_hooks\.m?[jt]s$/,
  cascadeHooks: true,
});

// And here nobody has said that there are any.
app.register(AutoLoad, { dir: join(import.meta.dirname, "desk"), options: { prefix: "/desk" } });

await app.listen({ port: 3000, host: "127.0.0.1" });
