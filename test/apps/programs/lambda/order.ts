// request: INVOKE scan [x-guardian: g1] {"page":"TOKEN1"}
// request: INVOKE scanFirst [x-guardian: g1] {"page":"TOKEN1"}
// request: INVOKE audit [x-guardian: g1] {"page":"TOKEN1"}
// request: INVOKE failing [x-guardian: g1] {"page":"TOKEN1"}
// request: INVOKE forgiving [x-guardian: g1] {"page":"TOKEN1"}
// request: INVOKE listed [x-guardian: g1] {"page":"TOKEN1"}
// request: INVOKE answered [x-guardian: g1] {"page":"TOKEN1"}
// request: INVOKE behind [x-guardian: g1] {"page":"TOKEN1"}
import middy from "@middy/core";
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from "aws-lambda";
import { Pool } from "pg";

const pool = new Pool();

interface Homework {
  /** @childData education */
  page: string;
}
type Request = middy.Request<APIGatewayProxyEvent, APIGatewayProxyResult>;
type Middleware = middy.MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult>;

/** @guardianConsent */
async function hasConsent(guardianId: string | undefined): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  return rows[0]?.granted === true;
}

const homeworkOf = ({ body }: APIGatewayProxyEvent): Homework => JSON.parse(body ?? "{}");
const done: APIGatewayProxyResult = { statusCode: 201, body: "" };

const consent = (): Middleware => ({
  before: async ({ event }) => {
    if (!(await hasConsent(event.headers["x-guardian"]))) throw new Error("no consent");
  },
});

/** Answers at once, and nothing behind it is run. */
const refusing: Middleware = {
  before: async ({ event }) => {
    if (!(await hasConsent(event.headers["x-guardian"]))) return { statusCode: 403, body: "" };
  },
};

const keepsWhatFailed: Middleware = {
  onError: async (request: Request) => {
    await pool.query("INSERT INTO failed (page) VALUES ($1)", [homeworkOf(request.event).page]); // expect: require-guardian-consent Homework.page
    request.response = { statusCode: 500, body: "" };
  },
};

const keepsWhatCame: Middleware = {
  before: async ({ event }) => {
    await pool.query("INSERT INTO arrivals (page) VALUES ($1)", [homeworkOf(event).page]); // expect: require-guardian-consent Homework.page
  },
};

const keepsWhatIsDone: Middleware = {
  after: async ({ event }) => {
    await pool.query("INSERT INTO audits (page) VALUES ($1)", [homeworkOf(event).page]);
  },
};

const keeps = async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
  await pool.query("INSERT INTO homework (page) VALUES ($1)", [homeworkOf(event).page]);
  return done;
};

export const scan = middy<APIGatewayProxyEvent, APIGatewayProxyResult>().use(consent()).handler(keeps);

// What was added first comes first on the way in.
export const scanFirst = middy<APIGatewayProxyEvent, APIGatewayProxyResult>()
  .use(keepsWhatCame)
  .use(consent())
  .handler(async () => done);

export const audit = middy<APIGatewayProxyEvent, APIGatewayProxyResult>()
  .use([consent(), keepsWhatIsDone])
  .handler(async () => done);

export const failing = middy<APIGatewayProxyEvent, APIGatewayProxyResult>()
  .use(keepsWhatFailed)
  .use(consent())
  .handler(async () => done);

// An error that is answered is none any more, but the handler has not been run.
export const forgiving = middy<APIGatewayProxyEvent, APIGatewayProxyResult>()
  .use(consent())
  .use({
    onError: async (request: Request) => {
      request.response = { statusCode: 200, body: "never mind" };
    },
  })
  .handler(keeps);

const middlewares: Middleware[] = [refusing, keepsWhatIsDone];
export const listed = middy<APIGatewayProxyEvent, APIGatewayProxyResult>()
  .use(middlewares)
  .handler(keeps);

export const answered = middy<APIGatewayProxyEvent, APIGatewayProxyResult>()
  .use({
    before: async ({ event }) => {
      const agreed = await hasConsent(event.headers["x-guardian"]);
      console.info("asked", agreed);
    },
  })
  .handler(async (event) => {
    await pool.query("INSERT INTO answered (page) VALUES ($1)", [homeworkOf(event).page]); // expect: require-guardian-consent Homework.page
    return done;
  });

// It is asked on the way out.
export const behind = middy<APIGatewayProxyEvent, APIGatewayProxyResult>()
  .use({ after: consent().before })
  .handler(async (event) => {
    await pool.query("INSERT INTO behind (page) VALUES ($1)", [homeworkOf(event).page]); // expect: require-guardian-consent Homework.page
    return done;
  });
