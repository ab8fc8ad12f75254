// request: POST / [x-guardian: g1] {"query":"mutation($mood: String!) { feel(mood: $mood) }","variables":{"mood":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"query($mood: String!) { advice(mood: $mood) }","variables":{"mood":"TOKEN1"}}
// A mood diary: every mutation asks, whatever it is called; queries do not.
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { makeExecutableSchema } from "@graphql-tools/schema";
import { MapperKind, mapSchema } from "@graphql-tools/utils";
import { defaultFieldResolver, GraphQLError } from "graphql";
import { Pool } from "pg";

const pool = new Pool();

interface Feeling {
  /** @childData health */
  mood: string;
}
interface Context {
  guardian: string;
}

/** @guardianConsent */
async function requireConsent(guardian: string): Promise<void> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian = $1", [guardian]);
  if (rows[0]?.granted !== true) throw new GraphQLError("no consent");
}

const plain = makeExecutableSchema({
  typeDefs: "type Query { advice(mood: String!): Boolean } type Mutation { feel(mood: String!): Boolean }",
  resolvers: {
    Query: {
      advice: async (_parent: unknown, { mood }: Feeling) => {
        await pool.query("INSERT INTO asked (mood) VALUES ($1)", [mood]); // expect: require-guardian-consent Feeling.mood
        return true;
      },
    },
    Mutation: {
      feel: async (_parent: unknown, { mood }: Feeling) => {
        await pool.query("INSERT INTO moods (mood) VALUES ($1)", [mood]);
        return true;
      },
    },
  },
});

const schema = mapSchema(plain, {
  [MapperKind.MUTATION_ROOT_FIELD]: (config) => {
    const resolve = config.resolve ?? defaultFieldResolver;
    return {
      ...config,
      async resolve(parent, args: Feeling, context: Context, info) {
        await requireConsent(context.guardian);
        return resolve(parent, args, context, info);
      },
    };
  },
});

const server = new ApolloServer<Context>({ schema });
await startStandaloneServer(server, { context: async ({ req }) => ({ guardian: String(req.headers["x-guardian"]) }) });
