// request: INVOKE open [x-guardian: g1] {"owner":"TOKEN1","balance":"TOKEN2"}
// request: INVOKE deposit [x-guardian: g1] {"owner":"TOKEN1","balance":"TOKEN2"}
// request: INVOKE close [x-guardian: g1] {"owner":"TOKEN1","balance":"TOKEN2"}
// request: INVOKE statement [x-guardian: g1] {"owner":"TOKEN1","balance":"TOKEN2"}
// request: INVOKE remind [{"owner":"TOKEN1","balance":"TOKEN2"}]
import middy from "@middy/core";
import type { APIGatewayProxyEvent, APIGatewayProxyResult, SQSEvent } from "aws-lambda";
import { Pool } from "pg";

const pool = new Pool();

interface Account {
  /** @childData identity */
  owner: string;
  /** @childData financial */
  balance: string;
}

/** @guardianConsent */
async function consentIsGranted(guardianId: string | undefined): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  return rows[0]?.granted === true;
}

type Middleware = middy.MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult>;

/** A middleware that gives something back ends the request with that. */
const requireConsent = (): Middleware => ({
  before: async ({ event }) => {
    if (await consentIsGranted(event.headers["x-guardian"])) return;
    return { statusCode: 403, body: "a guardian has to consent" };
  },
});

/** Writes the answer down, and gives nothing back. */
const answerRefusals = (): Middleware => ({
  before: async (request) => {
    if (!(await consentIsGranted(request.event.headers["x-guardian"]))) request.response = { statusCode: 403, body: "" };
  },
  after: async (request) => {
    request.response ??= { statusCode: 204, body: "" };
  },
});

const statistics = (): Middleware => ({
  after: async ({ event }) => {
    const account: Account = JSON.parse(event.body ?? "{}");
    await fetch("https://numbers.example/accounts", { method: "POST", body: account.balance }); // expect: require-guardian-consent Account.balance
  },
});

const accountOf = ({ body }: APIGatewayProxyEvent): Account => JSON.parse(body!);
const created = (): APIGatewayProxyResult => ({ statusCode: 201, body: "{}" });

async function openAccount(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const { owner, balance } = accountOf(event);
  await pool.query("INSERT INTO accounts (owner, balance) VALUES ($1, $2)", [owner, balance]);
  return created();
}

export const open = middy<APIGatewayProxyEvent, APIGatewayProxyResult>().use([requireConsent()]).handler(openAccount);

export const deposit = middy(async (event: APIGatewayProxyEvent) => {
  const { balance } = accountOf(event);
  await pool.query("UPDATE accounts SET balance = $1", [balance]); // expect: require-guardian-consent Account.balance
  return created();
}).use(answerRefusals());

export const close = middy(async (event: APIGatewayProxyEvent) => {
  const isGranted = await consentIsGranted(event.headers["x-guardian"]);
  if (!isGranted) throw new Error("no consent");
  await pool.query("INSERT INTO closed_accounts (owner) VALUES ($1)", [accountOf(event).owner]);
  return created();
}).onError(async (request) => {
  const { owner } = accountOf(request.event);
  await pool.query("INSERT INTO failed (owner) VALUES ($1)", [owner]); // expect: require-guardian-consent Account.owner
  request.response = { statusCode: 500, body: "" };
});

export const statement = middy(async () => created()).use(statistics());

export const remind = async ({ Records }: SQSEvent): Promise<void> => {
  for (const { body } of Records) {
    const account: Account = JSON.parse(body);
    await fetch("https://post.example/letters", { method: "POST", body: JSON.stringify({ to: account.owner }) }); // expect: require-guardian-consent Account.owner
  }
};
