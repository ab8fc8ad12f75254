// request: POST / [x-guardian: g1] {"query":"mutation($name: String!) { enrol(name: $name) }","variables":{"name":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"mutation($name: String!) { rename(name: $name) }","variables":{"name":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"mutation($name: String!) { greet(name: $name) }","variables":{"name":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"mutation($name: String!) { either(name: $name) }","variables":{"name":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"mutation($name: String!) { floating(name: $name) }","variables":{"name":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"mutation($name: String!) { swallowed(name: $name) }","variables":{"name":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"mutation($name: String!) { other(name: $name) }","variables":{"name":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"query($name: String!) { find(name: $name) }","variables":{"name":"TOKEN1"}}
// Choir: permissions in a tree of their own, applied to the schema.
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { makeExecutableSchema } from "@graphql-tools/schema";
import { applyMiddleware } from "graphql-middleware";
import { allow, and, chain, or, rule, shield } from "graphql-shield";
import Redis from "ioredis";
import { Pool } from "pg";

const pool = new Pool();
const redis = new Redis();

interface Singer {
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

/** @guardianConsent */
async function requireConsent(guardian: string): Promise<void> {
  if (!(await hasConsent(guardian))) throw new Error("no consent");
}

const isKnown = rule({ cache: "contextual" })((_parent: unknown, _args: Singer, context: Context) => context.guardian !== "");
const isAgreed = rule({ cache: "contextual" })(async (_parent: unknown, _args: Singer, context: Context) => {
  if (await hasConsent(context.guardian)) return true;
  return new Error("a guardian has to agree");
});
const isAsked = rule()(async (_parent: unknown, _args: Singer, context: Context) => {
  await requireConsent(context.guardian);
  return true;
});
const isAskedInPassing = rule()((_parent: unknown, _args: Singer, context: Context) => {
  void requireConsent(context.guardian).catch(() => undefined);
  return true;
});
const isAskedInVain = rule()(async (_parent: unknown, _args: Singer, context: Context) => {
  try {
    await requireConsent(context.guardian);
  } catch (error) {
    console.warn(error);
  }
  return true;
});

const permissions = shield(
  {
    Query: { find: isKnown },
    Mutation: {
      "*": isAsked,
      enrol: and(isKnown, isAgreed),
      rename: chain(isKnown, isAsked),
      greet: allow,
      either: or(isKnown, isAgreed),
      floating: isAskedInPassing,
      swallowed: isAskedInVain,
    },
  },
  { allowExternalErrors: true },
);

const keep =
  (table: string) =>
  async (_parent: unknown, { name }: Singer): Promise<boolean> => {
    await pool.query(`INSERT INTO ${table} (name) VALUES ($1)`, [name]);
    return true;
  };

const schema = makeExecutableSchema({
  typeDefs: `
    type Query { find(name: String!): Boolean }
    type Mutation {
      enrol(name: String!): Boolean rename(name: String!): Boolean greet(name: String!): Boolean either(name: String!): Boolean
      floating(name: String!): Boolean swallowed(name: String!): Boolean other(name: String!): Boolean
    }
  `,
  resolvers: {
    Query: {
      find: async (_parent: unknown, { name }: Singer) => {
        await redis.set("last", name); // expect: require-guardian-consent Singer.name
        return true;
      },
    },
    Mutation: {
      enrol: keep("singers"),
      rename: async (_parent: unknown, { name }: Singer) => {
        await pool.query("UPDATE singers SET name = $1", [name]);
        return true;
      },
      greet: async (_parent: unknown, { name }: Singer) => {
        await pool.query("INSERT INTO greetings (name) VALUES ($1)", [name]); // expect: require-guardian-consent Singer.name
        return true;
      },
      either: async (_parent: unknown, { name }: Singer) => {
        await pool.query("INSERT INTO guests (name) VALUES ($1)", [name]); // expect: require-guardian-consent Singer.name
        return true;
      },
      floating: async (_parent: unknown, { name }: Singer) => {
        await pool.query("INSERT INTO floating (name) VALUES ($1)", [name]); // expect: require-guardian-consent Singer.name
        return true;
      },
      swallowed: async (_parent: unknown, { name }: Singer) => {
        await pool.query("INSERT INTO swallowed (name) VALUES ($1)", [name]); // expect: require-guardian-consent Singer.name
        return true;
      },
      other: async (_parent: unknown, { name }: Singer) => {
        await pool.query("INSERT INTO others (name) VALUES ($1)", [name]);
        return true;
      },
    },
  },
});

const server = new ApolloServer<Context>({ schema: applyMiddleware(schema, permissions) });
await startStandaloneServer(server, { context: async ({ req }) => ({ guardian: String(req.headers["x-guardian"]) }) });
