// request: POST /api/children {"name":"TOKEN1","nap":"TOKEN2","guardianId":"g1"}
// request: PATCH /api/children/3 {"name":"TOKEN1","nap":"TOKEN2","guardianId":"g1"}
// request: POST /api/naps {"name":"TOKEN1","nap":"TOKEN2","guardianId":"g1"}
// request: POST /api/naps/quick {"name":"TOKEN1","nap":"TOKEN2","guardianId":"g1"}
// request: POST /kiosk/checkins {"name":"TOKEN1","guardianId":"g1"}
// request: POST /api/pickups {"name":"TOKEN1","guardianId":"g1"}
import { bodyParser } from "@koa/bodyparser";
import Router from "@koa/router";
import Koa from "koa";
import { errors } from "./middleware/errors.js";
import { requireConsent } from "./middleware/consent.js";
import { children } from "./routes/children.js";
import { kiosk } from "./routes/kiosk.js";
import { naps } from "./routes/naps.js";
import { pickups } from "./routes/pickups.js";

const api = new Router({ prefix: "/api" });
api.use("/children", requireConsent(), children.routes());
api.use("/naps", naps.routes());
api.use(pickups.routes(), requireConsent());

const app = new Koa();
app.use(errors);
app.use(bodyParser());
app.use(api.routes()).use(api.allowedMethods());
app.use(kiosk.routes());
app.listen(Number(process.env.PORT ?? 3000));
