// request: POST / [x-guardian: g1] {"query":"mutation($name: String!) { enrol(name: $name) }","variables":{"name":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"mutation($name: String!) { merge(name: $name) }","variables":{"name":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"mutation($name: String!) { either(name: $name) }","variables":{"name":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"mutation($name: String!) { opened(name: $name) }","variables":{"name":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"query($name: String!) { find(name: $name) }","variables":{"name":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"query($name: String!) { list(name: $name) }","variables":{"name":"TOKEN1"}}
// A drama club: fields that are closed for everybody, and rules that turn another one round.
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { makeExecutableSchema } from "@graphql-tools/schema";
import { applyMiddleware } from "graphql-middleware";
import { and, deny, not, or, rule, shield } from "graphql-shield";
import { Pool } from "pg";

const pool = new Pool();

interface Actor {
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

const isKnown = rule()((_parent: unknown, _args: Actor, context: Context) => context.guardian !== "");
const isAgreed = rule()((_parent: unknown, _args: Actor, context: Context) => hasConsent(context.guardian));

const keep =
  (table: string) =>
  async (_parent: unknown, { name }: Actor): Promise<boolean> => {
    await pool.query(`INSERT INTO ${table} (name) VALUES ($1)`, [name]);
    return true;
  };

const schema = makeExecutableSchema({
  typeDefs: `
    type Query { find(name: String!): Boolean list(name: String!): Boolean }
    type Mutation {
      enrol(name: String!): Boolean
      merge(name: String!): Boolean
      either(name: String!): Boolean
      opened(name: String!): Boolean
    }
  `,
  resolvers: {
    Query: {
      find: keep("searches"),
      list: async (_parent: unknown, { name }: Actor) => {
        await pool.query("INSERT INTO lists (name) VALUES ($1)", [name]); // expect: require-guardian-consent Actor.name
        return true;
      },
    },
    Mutation: {
      enrol: keep("actors"),
      merge: keep("merged"),
      either: async (_parent: unknown, { name }: Actor) => {
        await pool.query("INSERT INTO eithers (name) VALUES ($1)", [name]); // expect: require-guardian-consent Actor.name
        return true;
      },
      opened: async (_parent: unknown, { name }: Actor) => {
        await pool.query("INSERT INTO opened (name) VALUES ($1)", [name]); // expect: require-guardian-consent Actor.name
        return true;
      },
    },
  },
});

// Nobody gets at `merge`, whoever is known at `either`, everybody at `opened`.
const permissions = shield({
  Query: { find: isAgreed, list: isKnown },
  Mutation: { "*": deny, enrol: isAgreed, merge: and(isKnown, deny), either: or(deny, isKnown), opened: not(deny) },
});

const server = new ApolloServer<Context>({ schema: applyMiddleware(schema, permissions) });
await startStandaloneServer(server, {
  context: async ({ req }) => ({ guardian: String(req.headers["x-guardian"]) }),
});
