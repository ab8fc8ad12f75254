// request: POST / [x-guardian: g1] {"query":"mutation($i: SkaterInput!) { register(input: $i) { ok } }","variables":{"i":{"name":"TOKEN1","injury":"TOKEN2"}}}
// request: POST / [x-guardian: g1] {"query":"mutation($i: SkaterInput!) { reportInjury(input: $i) { ok } }","variables":{"i":{"name":"TOKEN1","injury":"TOKEN2"}}}
// request: POST / [x-guardian: g1] {"query":"mutation($i: SkaterInput!) { orderBoard(input: $i) { ok } }","variables":{"i":{"name":"TOKEN1","injury":"TOKEN2"}}}
// request: POST / [x-guardian: g1] {"query":"mutation($i: SkaterInput!) { bookLesson(input: $i) { ok } }","variables":{"i":{"name":"TOKEN1","injury":"TOKEN2"}}}
// request: POST / [x-guardian: g1] {"query":"mutation($i: SkaterInput!) { postTrick(input: $i) { ok } }","variables":{"i":{"name":"TOKEN1","injury":"TOKEN2"}}}
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { GraphQLError } from "graphql";
import Redis from "ioredis";
import { Pool } from "pg";

interface SkaterInput {
  /** @childData identity */
  name: string;
  /** @childData health */
  injury: string;
}
interface Args {
  input: SkaterInput;
}
interface Result {
  ok: boolean;
}

/** Made anew for each request, so that what it knows is about one family. */
class ConsentSource {
  #answer: Promise<boolean> | undefined;
  constructor(
    private readonly pool: Pool,
    private readonly guardianId: string,
  ) {}

  /** @guardianConsent */
  private async ask(): Promise<boolean> {
    const { rows } = await this.pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [this.guardianId]);
    return rows[0]?.granted === true;
  }
  granted(): Promise<boolean> {
    this.#answer ??= this.ask();
    return this.#answer;
  }
  async orThrow(): Promise<this> {
    if (!(await this.granted())) throw new GraphQLError("no consent");
    return this;
  }
}

interface Context {
  pool: Pool;
  redis: Redis;
  consents: ConsentSource;
}

const pool = new Pool();
const redis = new Redis();

class SkaterResolvers {
  async register(_: unknown, { input }: Args, { consents }: Context): Promise<Result> {
    await consents.orThrow();
    await pool.query("INSERT INTO skaters (name, injury) VALUES ($1, $2)", [input.name, input.injury]);
    return { ok: true };
  }

  async reportInjury(_: unknown, { input }: Args, { consents }: Context): Promise<Result> {
    void consents.orThrow();
    await fetch("https://insurance.example/injuries", { method: "POST", body: JSON.stringify(input) }); // expect: require-guardian-consent SkaterInput.name, SkaterInput.injury
    return { ok: true };
  }

  async orderBoard(_: unknown, { input: { name } }: Args, { consents, redis }: Context): Promise<Result> {
    const ok = await consents.granted();
    if (ok) await redis.set("board", name);
    return { ok };
  }

  async bookLesson(_: unknown, { input: { name } }: Args, { consents }: Context): Promise<Result> {
    if (!consents.granted()) return { ok: false };
    await redis.set("lesson", name); // expect: require-guardian-consent SkaterInput.name
    return { ok: true };
  }

  async postTrick(_: unknown, { input }: Args, context: Context): Promise<Result> {
    return context.consents
      .orThrow()
      .then(() => pool.query("INSERT INTO tricks (name) VALUES ($1)", [input.name]))
      .then(
        () => ({ ok: true }),
        () => ({ ok: false }),
      );
  }
}

const skaters = new SkaterResolvers();
const server = new ApolloServer<Context>({
  typeDefs: `
    input SkaterInput { name: String! injury: String }
    type Result { ok: Boolean }
    type Query { open: Boolean }
    type Mutation {
      register(input: SkaterInput!): Result reportInjury(input: SkaterInput!): Result
      orderBoard(input: SkaterInput!): Result bookLesson(input: SkaterInput!): Result postTrick(input: SkaterInput!): Result
    }
  `,
  resolvers: {
    Mutation: {
      register: skaters.register,
      reportInjury: skaters.reportInjury,
      orderBoard: (parent: unknown, args: Args, context: Context) => skaters.orderBoard(parent, args, context),
      bookLesson: skaters.bookLesson.bind(skaters),
      postTrick: skaters.postTrick,
    },
  },
});

await startStandaloneServer(server, {
  context: async ({ req }) => ({ pool, redis, consents: new ConsentSource(pool, String(req.headers["x-guardian"])) }),
});
