// request: POST /api/children {"voice":"TOKEN1","guardianId":"g1"}
// request: POST /api/jingles {"voice":"TOKEN1","guardianId":"g1"}
// request: POST /open/greetings {"voice":"TOKEN1","guardianId":"g1"}
// request: POST /songs {"voice":"TOKEN1","guardianId":"g1"}
// request: POST /late {"voice":"TOKEN1","guardianId":"g1"}
// request: POST /members/7/voice {"voice":"TOKEN1","guardianId":"g1"}
import Fastify from "fastify";
import radio from "./radio.js";

const app = Fastify({ logger: false });
app.register(radio);
await app.listen({ port: 3000, host: "127.0.0.1" });
