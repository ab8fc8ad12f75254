// request: POST /shared {"phone":"TOKEN1","guardianId":"g1"}
// request: POST /before/enrol {"phone":"TOKEN1","guardianId":"g1"}
// request: POST /after/enrol {"phone":"TOKEN1","guardianId":"g1"}
// request: POST /lonely {"phone":"TOKEN1","guardianId":"g1"}
// request: POST /loaded/enrol {"phone":"TOKEN1","guardianId":"g1"}
// request: POST /siblings/enrol {"phone":"TOKEN1","guardianId":"g1"}
import Fastify, { type FastifyInstance, type FastifyPluginAsync, type FastifyRequest } from "fastify";
import fp from "fastify-plugin";
import { Pool } from "pg";

const pool = new Pool();

interface Camper {
  /** @childData contact */
  phone: string;
}

/** @guardianConsent */
async function assertConsent(guardianId: string) {
  const { rows } = await pool.query("SELECT given FROM consent_forms WHERE guardian_id = $1", [guardianId]);
  if (!rows[0]?.given) throw Object.assign(new Error("no consent form"), { statusCode: 403 });
}

const check = async (request: FastifyRequest) => {
  await assertConsent((request.body as { guardianId: string }).guardianId);
};

/** With `fp` a plugin works on the instance that registers it. */
const consentEverywhere = fp(async (instance: FastifyInstance) => {
  instance.addHook("preHandler", check);
});
/** Without it, on an instance of its own, that has no routes. */
const consentNowhere: FastifyPluginAsync = async (instance) => {
  instance.addHook("preHandler", check);
};

export const app = Fastify();

app.register(async (camp) => {
  await camp.register(consentEverywhere);
  camp.post("/shared", async (request) => {
    const { phone } = request.body as Camper;
    await pool.query("INSERT INTO campers (phone) VALUES ($1)", [phone]);
    return {};
  });
});

app.register(async (camp) => {
  await camp.register(consentNowhere);
  camp.post("/lonely", async (request) => {
    const { phone } = request.body as Camper;
    await pool.query("INSERT INTO campers (phone) VALUES ($1)", [phone]); // expect: require-guardian-consent Camper.phone
    return {};
  });
});

// A hook reaches the instances that are there already, too: the order of the two does not matter.
app.register(async (camp) => {
  camp.register(
    async (early) => {
      early.post("/enrol", async (request) => {
        const { phone } = request.body as Camper;
        await pool.query("INSERT INTO early (phone) VALUES ($1)", [phone]);
        return {};
      });
    },
    { prefix: "/before" },
  );
  camp.register(consentEverywhere);
  camp.register(
    async (late) => {
      late.post("/enrol", async (request) => {
        const { phone } = request.body as Camper;
        await pool.query("INSERT INTO late (phone) VALUES ($1)", [phone]);
        return {};
      });
    },
    { prefix: "/after" },
  );
});

// Also where somebody waited for the plugin first.
app.register(async (camp) => {
  await camp.register(
    async (loaded) => {
      loaded.post("/enrol", async (request) => {
        const { phone } = request.body as Camper;
        await pool.query("INSERT INTO loaded (phone) VALUES ($1)", [phone]);
        return {};
      });
    },
    { prefix: "/loaded" },
  );
  camp.addHook("preHandler", check);
});

// A hook of a sibling is none of this one's.
app.register(async (parents) => {
  parents.addHook("preHandler", check);
});
app.register(async (kids) => {
  kids.post("/siblings/enrol", async (request) => {
    const { phone } = request.body as Camper;
    await pool.query("INSERT INTO siblings (phone) VALUES ($1)", [phone]); // expect: require-guardian-consent Camper.phone
    return {};
  });
});
