// request: POST /groups/join {"name":"TOKEN1","diet":"TOKEN2","guardianId":"g1"}
// request: POST /groups/wait {"name":"TOKEN1","diet":"TOKEN2","guardianId":"g1"}
// request: PATCH /kitchen/diets/5 {"diet":"TOKEN2","guardianId":"g1"}
// request: POST /kitchen/orders {"name":"TOKEN1","diet":"TOKEN2","guardianId":"g1"}
// request: POST /photos {"name":"TOKEN1","guardianId":"g1"}
// request: POST /photos/share {"name":"TOKEN1","guardianId":"g1"}
import Fastify from "fastify";
import { consentPlugin } from "./consent.js";
import { groups } from "./groups.js";
import { kitchen } from "./kitchen.js";
import { photos } from "./photos.js";

export const app = Fastify();
await app.register(consentPlugin);
await app.register(groups, { prefix: "/groups" });
await app.register(kitchen, { prefix: "/kitchen" });
await app.register(photos, { prefix: "/photos" });
