// request: POST /api/visits {"name":"TOKEN1","email":"TOKEN2","guardianId":"g1"}
// request: POST /api/visits/group {"name":"TOKEN1","email":"TOKEN2","guardianId":"g1"}
// request: POST /api/quiz/answers {"name":"TOKEN1","guardianId":"g1"}
// request: POST /api/quiz/winners {"name":"TOKEN1","email":"TOKEN2","guardianId":"g1"}
// request: POST /api/shop/orders {"name":"TOKEN1","guardianId":"g1"}
// request: POST /guestbook {"name":"TOKEN1","guardianId":"g1"}
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { logger } from "hono/logger";
import { consent } from "./lib/consent.js";
import { guestbook } from "./routes/guestbook.js";
import { quiz } from "./routes/quiz.js";
import { shop } from "./routes/shop.js";
import { visits } from "./routes/visits.js";

const api = new Hono();
api.route("/quiz", quiz);
api.use("/visits/*", consent({ onMissing: "refuse" }));
api.use("/shop/*", consent({ onMissing: "warn" }));
api.route("/visits", visits);
api.route("/shop", shop);

const app = new Hono();
app.use(logger(() => undefined));
app.route("/api", api);
app.route("/guestbook", guestbook);

serve({ fetch: app.fetch, port: 8787 });
