// request: POST /readers {"name":"TOKEN1","card":"TOKEN2","guardianId":"g1"}
// request: POST /readers/guests {"name":"TOKEN1","card":"TOKEN2","guardianId":"g1"}
// request: POST /v2/loans {"card":"TOKEN2","guardianId":"g1"}
// request: POST /v2/loans/extend {"card":"TOKEN2","guardianId":"g1"}
// request: POST /v1/loans {"card":"TOKEN2","guardianId":"g1"}
// request: POST /wishes {"name":"TOKEN1","guardianId":"g1"}
import Fastify from "fastify";
import consent from "./plugins/consent.js";
import database from "./plugins/database.js";
import { loans, oldLoans } from "./routes/loans.js";
import readers from "./routes/readers.js";
import wishes from "./routes/wishes.js";

const app = Fastify({ logger: false });

app.register(database);
app.register(consent);
app.register(readers, { prefix: "/readers" });
app.register(async (v2) => {
  v2.addHook("preHandler", v2.consentHook);
  v2.register(loans);
}, { prefix: "/v2" });
app.register(oldLoans, { prefix: "/v1" });
app.register(wishes);

await app.listen({ port: 3000, host: "0.0.0.0" });
