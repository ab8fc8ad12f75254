// request: POST / [x-guardian: g1] {"query":"mutation($name: String!) { join(name: $name) }","variables":{"name":"TOKEN1"}}
// A running club: the schema that is served is not the one that asks.
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { makeExecutableSchema } from "@graphql-tools/schema";
import { applyMiddleware } from "graphql-middleware";
import { rule, shield } from "graphql-shield";
import { Pool } from "pg";

const pool = new Pool();

interface Runner {
  /** @childData identity */
  name: string;
}
interface Context {
  guardian: string;
}

/** @guardianConsent */
async function hasConsent(guardian: string): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian = $1", [guardian]);
  return rows[0]?.granted === true;
}

const agreed = rule()(async (_parent: unknown, _args: unknown, context: Context) => hasConsent(context.guardian));

const schema = makeExecutableSchema({
  typeDefs: "type Query { ping: Boolean } type Mutation { join(name: String!): Boolean }",
  resolvers: {
    Mutation: {
      join: async (_parent: unknown, { name }: Runner) => {
        await pool.query("INSERT INTO runners (name) VALUES ($1)", [name]); // expect: require-guardian-consent Runner.name
        return true;
      },
    },
  },
});
export const checked = applyMiddleware(schema, shield({ Mutation: { join: agreed } }));

const server = new ApolloServer<Context>({ schema });
await startStandaloneServer(server, { context: async ({ req }) => ({ guardian: String(req.headers["x-guardian"]) }) });
