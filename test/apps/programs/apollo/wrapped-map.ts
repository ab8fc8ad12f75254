// request: POST / [x-guardian: g1] {"query":"mutation($score: String!) { addScore(score: $score) }","variables":{"score":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"mutation($score: String!) { addBonus(score: $score) }","variables":{"score":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"query($score: String!) { rank(score: $score) }","variables":{"score":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"mutation($score: String!) { league { join(score: $score) } }","variables":{"score":"TOKEN1"}}
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { GraphQLError, type GraphQLFieldResolver } from "graphql";
import Redis from "ioredis";
import { Pool } from "pg";

const pool = new Pool();
const redis = new Redis();

interface Result {
  /** @childData education */
  score: string;
}
interface Context {
  guardian: string;
}
type Resolvers = Record<string, GraphQLFieldResolver<unknown, Context, Result>>;

/** @guardianConsent */
async function mayPlay(guardian: string): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian = $1", [guardian]);
  return rows[0]?.granted === true;
}

/** All of them, but for those that are named. */
function guardAll(resolvers: Resolvers, except: readonly string[] = []): Resolvers {
  return Object.fromEntries(
    Object.entries(resolvers).map(([name, resolver]) => [
      name,
      except.includes(name)
        ? resolver
        : async (parent: unknown, result: Result, context: Context, info) => {
            if (!(await mayPlay(context.guardian))) throw new GraphQLError(`${name} needs consent`);
            return resolver(parent, result, context, info);
          },
    ]),
  );
}

const mutations: Resolvers = {
  addScore: async (_parent, { score }) => {
    await pool.query("INSERT INTO scores (score) VALUES ($1)", [score]); // known-false: require-guardian-consent Result.score (a list of names decides which of the functions is wrapped)
    return true;
  },
  addBonus: async (_parent, { score }) => {
    await pool.query("INSERT INTO bonuses (score) VALUES ($1)", [score]); // expect: require-guardian-consent Result.score
    return true;
  },
  league: () => ({}),
};

const server = new ApolloServer<Context>({
  typeDefs: `
    type Query { rank(score: String!): Int }
    type League { join(score: String!): Boolean }
    type Mutation { addScore(score: String!): Boolean addBonus(score: String!): Boolean league: League }
  `,
  resolvers: {
    Query: {
      rank: async (_parent: unknown, { score }: Result) => {
        await redis.set("last", score); // expect: require-guardian-consent Result.score
        return 1;
      },
    },
    Mutation: guardAll(mutations, ["addBonus"]),
    // Is reached through a mutation that is guarded, and through nothing else.
    League: {
      join: async (_league: unknown, { score }: Result) => {
        await pool.query("INSERT INTO league (score) VALUES ($1)", [score]); // known-false: require-guardian-consent Result.score (a type that only guarded fields give)
        return true;
      },
    },
  },
});

await startStandaloneServer(server, {
  context: async ({ req }) => ({ guardian: String(req.headers["x-guardian"]) }),
});
