// request: INVOKE book [x-guardian: g1] {"name":"TOKEN1"}
// request: INVOKE bookFriend [x-guardian: g1] {"name":"TOKEN1"}
// request: INVOKE bookStrictly [x-guardian: g1] {"name":"TOKEN1"}
// request: INVOKE bookLate [x-guardian: g1] {"name":"TOKEN1"}
// request: INVOKE handler [x-guardian: g1] {"name":"TOKEN1"}
import middy, { type MiddyfiedHandler } from "@middy/core";
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Handler } from "aws-lambda";
import { writeFile } from "node:fs/promises";
import { Pool } from "pg";

const pool = new Pool();

interface Camper {
  /** @childData identity */
  name: string;
}
type Http = Handler<APIGatewayProxyEvent, APIGatewayProxyResult>;

/** @guardianConsent */
async function requireConsent({ headers }: APIGatewayProxyEvent): Promise<void> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [headers["x-guardian"]]);
  if (!rows[0]?.granted) throw new Error("no consent");
}

const camperOf = (event: APIGatewayProxyEvent): Camper => JSON.parse(event.body ?? "null");
const created: APIGatewayProxyResult = { statusCode: 201, body: "" };

/** What all handlers of this service share. */
function http(handler: Http): MiddyfiedHandler<APIGatewayProxyEvent, APIGatewayProxyResult> {
  return middy(handler)
    .before(async ({ event }) => requireConsent(event))
    .onError(async (request) => {
      request.response = { statusCode: 403, body: "" };
    });
}
function lenientHttp(handler: Http) {
  return middy(handler).before(async ({ event }) => {
    try {
      await requireConsent(event);
    } catch (error) {
      console.warn("consent", error instanceof Error);
    }
  });
}
/** A middleware that is added last comes last on the way in. */
const kept: middy.MiddlewareObj<APIGatewayProxyEvent> = {
  before: async ({ event }) => {
    await writeFile("/tmp/last.json", camperOf(event).name); // expect: require-guardian-consent Camper.name
  },
};

export const book = http(async (event) => {
  await pool.query("INSERT INTO bookings (name) VALUES ($1)", [camperOf(event).name]);
  return created;
});
export const bookFriend = lenientHttp(async (event) => {
  await pool.query("INSERT INTO bookings (name) VALUES ($1)", [camperOf(event).name]); // expect: require-guardian-consent Camper.name
  return created;
});
export const bookStrictly = http(async (event) => {
  await fetch("https://camps.example/bookings", { method: "POST", body: JSON.stringify(camperOf(event)) });
  return created;
});
export const bookLate = middy<APIGatewayProxyEvent, APIGatewayProxyResult>()
  .use(kept)
  .use({ before: ({ event }) => requireConsent(event) })
  .handler(async () => created);

export const handler: Http = async (event, context, callback) => {
  await requireConsent(event);
  return http(async (inner) => {
    await pool.query("UPDATE bookings SET name = $1", [camperOf(inner).name]);
    return created;
  })(event, context, callback) as Promise<APIGatewayProxyResult>;
};
