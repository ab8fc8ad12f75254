// request: POST /v1/swimmers [x-guardian: g1] {"name":"TOKEN1","birthday":"TOKEN2"}
// request: POST /v1/times [x-guardian: g1] {"name":"TOKEN1","birthday":"TOKEN2"}
// request: POST /v2/swimmers [x-guardian: g1] {"name":"TOKEN1","birthday":"TOKEN2"}
// request: POST /v2/swimmers/forged [x-guardian: g1] {"name":"TOKEN1","birthday":"TOKEN2"}
// request: POST /v2/swimmers/waiting [x-guardian: g1] {"name":"TOKEN1","birthday":"TOKEN2"}
// request: POST /health/report [x-guardian: g1] {"name":"TOKEN1","birthday":"TOKEN2"}
import Fastify from "fastify";
import consentPlugin from "./consent-plugin.js";
import { healthRoutes } from "./routes/health.js";
import { v1 } from "./routes/v1.js";
import { v2 } from "./routes/v2.js";

export const app = Fastify();

// The pool's own routes share one hook; what the coach's tablet calls is registered beside it.
app.register(async (pool) => {
  await pool.register(consentPlugin);
  pool.register(v1, { prefix: "/v1" });
});
app.register(v2, { prefix: "/v2" });
app.register(healthRoutes, { prefix: "/health" });
