// request: INVOKE keep [x-guardian: g1] {"text":"TOKEN1"}
// request: INVOKE early [x-guardian: g1] {"text":"TOKEN1"}
// request: INVOKE soon [x-guardian: g1] {"text":"TOKEN1"}
// request: INVOKE anyway [x-guardian: g1] {"text":"TOKEN1"}
// request: INVOKE draft [x-guardian: g1] {"text":"TOKEN1"}
import middy from "@middy/core";
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from "aws-lambda";
import { Pool } from "pg";

const pool = new Pool();

interface Note {
  /** @childData content */
  text: string;
}
type Middleware = middy.MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult>;

/** @guardianConsent */
async function assertConsent(guardianId: string | undefined): Promise<void> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  if (rows[0]?.granted !== true) throw new Error("no consent");
}

const noteOf = ({ body }: APIGatewayProxyEvent): Note => JSON.parse(body ?? "{}");
const done: APIGatewayProxyResult = { statusCode: 201, body: "" };

const consent: Middleware = {
  before: async ({ event }) => {
    await assertConsent(event.headers["x-guardian"]);
  },
};
const consentAfterwards: Middleware = {
  after: async ({ event }) => {
    await assertConsent(event.headers["x-guardian"]);
  },
};
const consentSoon: Middleware = {
  before: ({ event }) => {
    assertConsent(event.headers["x-guardian"]).catch(() => undefined);
  },
};
const consentAnyway: Middleware = {
  before: async ({ event }) => {
    try {
      await assertConsent(event.headers["x-guardian"]);
    } catch {
      console.warn("no consent");
    }
  },
};
const consentOn = (path: string): Middleware => ({
  before: async ({ event }) => {
    if (event.path === path) await assertConsent(event.headers["x-guardian"]);
  },
});

export const keep = middy<APIGatewayProxyEvent, APIGatewayProxyResult>()
  .use(consent)
  .handler(async (event) => {
    await pool.query("INSERT INTO notes (text) VALUES ($1)", [noteOf(event).text]);
    return done;
  });
export const early = middy<APIGatewayProxyEvent, APIGatewayProxyResult>()
  .use(consentAfterwards)
  .handler(async (event) => {
    // reason: it runs after this
    await pool.query("INSERT INTO early (text) VALUES ($1)", [noteOf(event).text]); // expect: require-guardian-consent Note.text
    return done;
  });
export const soon = middy<APIGatewayProxyEvent, APIGatewayProxyResult>()
  .use(consentSoon)
  .handler(async (event) => {
    // reason: its promise is not awaited
    await pool.query("INSERT INTO soon (text) VALUES ($1)", [noteOf(event).text]); // expect: require-guardian-consent Note.text
    return done;
  });
export const anyway = middy<APIGatewayProxyEvent, APIGatewayProxyResult>()
  .use([consentAnyway])
  .handler(async (event) => {
    // reason: the error is swallowed, or the answer lost, at four-ways.ts:46
    await pool.query("INSERT INTO anyway (text) VALUES ($1)", [noteOf(event).text]); // expect: require-guardian-consent Note.text
    return done;
  });
export const draft = middy<APIGatewayProxyEvent, APIGatewayProxyResult>()
  .use(consentOn("/notes"))
  .handler(async (event) => {
    // reason: another branch comes here without it
    await pool.query("INSERT INTO drafts (text) VALUES ($1)", [noteOf(event).text]); // expect: require-guardian-consent Note.text
    return done;
  });
