// request: POST / [x-guardian: g1] {"query":"mutation($name: String!) { join(name: $name) }","variables":{"name":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"mutation($name: String!) { leave(name: $name) }","variables":{"name":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"mutation($name: String!) { a(name: $name) }","variables":{"name":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"mutation($name: String!) { b(name: $name) }","variables":{"name":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"mutation($name: String!) { c(name: $name) }","variables":{"name":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"mutation($name: String!) { d(name: $name) }","variables":{"name":"TOKEN1"}}
// Resolvers that are wrapped map by map, as programs do by hand.
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { Pool } from "pg";

const pool = new Pool();
interface Args {
  /** @childData identity */
  name: string;
}
interface Context {
  guardian: string;
}
type Resolver = (parent: unknown, args: Args, context: Context) => Promise<unknown>;

/** @guardianConsent */
async function mayPlay(guardian: string): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian = $1", [guardian]);
  return rows[0]?.granted === true;
}
const guarded =
  (resolver: Resolver): Resolver =>
  async (parent, args, context) => {
    if (!(await mayPlay(context.guardian))) throw new Error("no");
    return resolver(parent, args, context);
  };
const timed =
  (resolver: Resolver): Resolver =>
  async (parent, args, context) => {
    console.time("x");
    return resolver(parent, args, context);
  };

function mapAll(resolvers: Record<string, Resolver>, wrap: (resolver: Resolver) => Resolver): Record<string, Resolver> {
  return Object.fromEntries(Object.entries(resolvers).map(([name, resolver]) => [name, wrap(resolver)]));
}
function loopAll(resolvers: Record<string, Resolver>, wrap: (resolver: Resolver) => Resolver): Record<string, Resolver> {
  const out: Record<string, Resolver> = {};
  for (const [name, resolver] of Object.entries(resolvers)) out[name] = wrap(resolver);
  return out;
}
function keysAll(resolvers: Record<string, Resolver>, wrap: (resolver: Resolver) => Resolver): Record<string, Resolver> {
  return Object.keys(resolvers).reduce<Record<string, Resolver>>((out, name) => {
    const resolver = resolvers[name];
    if (resolver !== undefined) out[name] = wrap(resolver);
    return out;
  }, {});
}

const server = new ApolloServer<Context>({
  typeDefs: `
    type Query { ping: Boolean }
    type Mutation { join(name: String!): Boolean leave(name: String!): Boolean a(name: String!): Boolean b(name: String!): Boolean c(name: String!): Boolean d(name: String!): Boolean }
  `,
  resolvers: {
    Mutation: {
      ...mapAll(
        {
          join: async (_parent, { name }) => {
            await pool.query("INSERT INTO a (name) VALUES ($1)", [name]);
            return true;
          },
        },
        guarded,
      ),
      ...mapAll(
        {
          leave: async (_parent, { name }) => {
            await pool.query("INSERT INTO b (name) VALUES ($1)", [name]); // expect: require-guardian-consent Args.name
            return true;
          },
        },
        timed,
      ),
      ...loopAll(
        {
          a: async (_parent, { name }) => {
            await pool.query("INSERT INTO c (name) VALUES ($1)", [name]);
            return true;
          },
        },
        guarded,
      ),
      ...loopAll(
        {
          b: async (_parent, { name }) => {
            await pool.query("INSERT INTO d (name) VALUES ($1)", [name]); // expect: require-guardian-consent Args.name
            return true;
          },
        },
        timed,
      ),
      ...keysAll(
        {
          c: async (_parent, { name }) => {
            await pool.query("INSERT INTO e (name) VALUES ($1)", [name]);
            return true;
          },
        },
        guarded,
      ),
      ...keysAll(
        {
          d: async (_parent, { name }) => {
            await pool.query("INSERT INTO f (name) VALUES ($1)", [name]); // expect: require-guardian-consent Args.name
            return true;
          },
        },
        timed,
      ),
    },
  },
});

await startStandaloneServer(server, {
  context: async ({ req }) => ({ guardian: String(req.headers["x-guardian"]) }),
});
