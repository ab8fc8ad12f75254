// request: INVOKE create [x-guardian: g1] {"name":"TOKEN1","email":"TOKEN2"}
// request: INVOKE createQuick [x-guardian: g1] {"name":"TOKEN1","email":"TOKEN2"}
// request: INVOKE createLate [x-guardian: g1] {"name":"TOKEN1","email":"TOKEN2"}
// request: INVOKE createSoon [x-guardian: g1] {"name":"TOKEN1","email":"TOKEN2"}
// request: INVOKE createAnyway [x-guardian: g1] {"name":"TOKEN1","email":"TOKEN2"}
// request: INVOKE rename [x-guardian: g1] {"name":"TOKEN1","email":"TOKEN2"}
// request: INVOKE subscribe [x-guardian: g1] {"name":"TOKEN1","email":"TOKEN2"}
import middy from "@middy/core";
import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2 } from "aws-lambda";
import { Pool } from "pg";

const pool = new Pool();

/** @childData contact */
interface Pupil {
  name: string;
  email: string;
}

const pupilOf = (event: APIGatewayProxyEventV2) => JSON.parse(event.body ?? "{}") as Pupil;

/** @guardianConsent */
async function isAgreed(event: APIGatewayProxyEventV2): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [
    event.headers["x-guardian"],
  ]);
  return rows[0]?.granted === true;
}

type Middleware = middy.MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyResultV2>;

/** What a `before` returns is the answer, and the handler does not run. */
const consent: Middleware = {
  before: async ({ event }) => {
    if (!(await isAgreed(event))) return { statusCode: 403 };
  },
};
const consentAfterwards: Middleware = {
  after: async (request) => {
    if (!(await isAgreed(request.event))) request.response = { statusCode: 403 };
  },
};
const consentSoon: Middleware = {
  before: ({ event }) => {
    isAgreed(event).then((agreed) => {
      if (!agreed) throw new Error("no consent");
    });
  },
};
/** Writes down an answer, which the handler's own then replaces. */
const consentNoted: Middleware = {
  before: async (request) => {
    if (!(await isAgreed(request.event))) request.response = { statusCode: 403 };
  },
};

export const create = middy(async (event: APIGatewayProxyEventV2) => {
  const pupil = pupilOf(event);
  await pool.query("INSERT INTO pupils (name, email) VALUES ($1, $2)", [pupil.name, pupil.email]);
  return { statusCode: 201 };
}).use(consent);

export const createQuick = async (event: APIGatewayProxyEventV2) => {
  const pupil = pupilOf(event);
  await pool.query("INSERT INTO pupils (name, email) VALUES ($1, $2)", [pupil.name, pupil.email]); // expect: require-guardian-consent Pupil.name, Pupil.email
  return { statusCode: 201 };
};

export const createLate = middy(async (event: APIGatewayProxyEventV2) => {
  const pupil = pupilOf(event);
  await pool.query("INSERT INTO pupils (name, email) VALUES ($1, $2)", [pupil.name, pupil.email]); // expect: require-guardian-consent Pupil.name, Pupil.email
  return { statusCode: 201 };
}).use([consentAfterwards]);

export const createSoon = middy()
  .use(consentSoon)
  .handler(async (event: APIGatewayProxyEventV2) => {
    const pupil = pupilOf(event);
    await pool.query("INSERT INTO pupils (name, email) VALUES ($1, $2)", [pupil.name, pupil.email]); // expect: require-guardian-consent Pupil.name, Pupil.email
    return { statusCode: 201 };
  });

export const createAnyway = middy(async (event: APIGatewayProxyEventV2) => {
  const pupil = pupilOf(event);
  await pool.query("INSERT INTO pupils (name, email) VALUES ($1, $2)", [pupil.name, pupil.email]); // expect: require-guardian-consent Pupil.name, Pupil.email
  return { statusCode: 201 };
}).use(consentNoted);

export const rename = middy<APIGatewayProxyEventV2, APIGatewayProxyResultV2>()
  .before(async ({ event }) => {
    if (!(await isAgreed(event))) throw new Error("no consent");
  })
  .onError(async () => ({ statusCode: 403 }))
  .handler(async (event) => {
    const pupil = pupilOf(event);
    await pool.query("UPDATE pupils SET name = $1, email = $2", [pupil.name, pupil.email]);
    return { statusCode: 204 };
  });

export async function subscribe(event: APIGatewayProxyEventV2) {
  if (!(await isAgreed(event))) return { statusCode: 403 };
  const { email } = pupilOf(event);
  await fetch("https://letters.example/readers", { method: "POST", body: JSON.stringify({ email }) });
  return { statusCode: 202 };
}
