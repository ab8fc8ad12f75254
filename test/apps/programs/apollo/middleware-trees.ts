// request: POST / [x-guardian: g1] {"query":"mutation($note: String!) { write(note: $note) }","variables":{"note":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"mutation($note: String!) { draft(note: $note) }","variables":{"note":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"mutation($note: String!) { share(note: $note) }","variables":{"note":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"query($note: String!) { search(note: $note) }","variables":{"note":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"query($note: String!) { recent(note: $note) }","variables":{"note":"TOKEN1"}}
// A diary: middleware of the schema by functions and by trees of functions.
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { makeExecutableSchema } from "@graphql-tools/schema";
import { GraphQLError, type GraphQLResolveInfo } from "graphql";
import { applyMiddleware } from "graphql-middleware";
import { Pool } from "pg";

const pool = new Pool();

interface Entry {
  /** @childData content */
  note: string;
}
interface Context {
  guardian: string;
}
type Next = (parent: unknown, args: Entry, context: Context, info: GraphQLResolveInfo) => Promise<unknown>;
type Middleware = (resolve: Next, parent: unknown, args: Entry, context: Context, info: GraphQLResolveInfo) => Promise<unknown>;

/** @guardianConsent */
async function hasConsent(guardian: string): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian = $1", [guardian]);
  return rows[0]?.granted === true;
}

const consented: Middleware = async (resolve, parent, args, context, info) => {
  if (!(await hasConsent(context.guardian))) throw new GraphQLError("no consent", { extensions: { code: "FORBIDDEN" } });
  return resolve(parent, args, context, info);
};
const noted: Middleware = async (resolve, parent, args, context, info) => {
  const result = await resolve(parent, args, context, info);
  if (!(await hasConsent(context.guardian))) console.warn(info.fieldName);
  return result;
};
const timed: Middleware = async (resolve, parent, args, context, info) => {
  console.time(info.fieldName);
  try {
    return await resolve(parent, args, context, info);
  } finally {
    console.timeEnd(info.fieldName);
  }
};

const schema = makeExecutableSchema({
  typeDefs: `
    type Query { search(note: String!): Boolean recent(note: String!): Boolean }
    type Mutation { write(note: String!): Boolean draft(note: String!): Boolean share(note: String!): Boolean }
  `,
  resolvers: {
    Query: {
      search: async (_parent: unknown, { note }: Entry) => {
        await pool.query("INSERT INTO searches (note) VALUES ($1)", [note]);
        return true;
      },
      recent: async (_parent: unknown, { note }: Entry) => {
        await pool.query("INSERT INTO recent (note) VALUES ($1)", [note]); // expect: require-guardian-consent Entry.note
        return true;
      },
    },
    Mutation: {
      write: async (_parent: unknown, { note }: Entry) => {
        await pool.query("INSERT INTO entries (note) VALUES ($1)", [note]);
        return true;
      },
      draft: async (_parent: unknown, { note }: Entry) => {
        await pool.query("INSERT INTO drafts (note) VALUES ($1)", [note]); // expect: require-guardian-consent Entry.note
        return true;
      },
      share: async (_parent: unknown, { note }: Entry) => {
        await pool.query("INSERT INTO shared (note) VALUES ($1)", [note]); // expect: require-guardian-consent Entry.note
        return true;
      },
    },
  },
});

const guarded = applyMiddleware(
  schema,
  timed,
  { Mutation: { write: consented, share: noted } },
  { Query: { search: consented } },
);
const server = new ApolloServer<Context>({ schema: guarded });
await startStandaloneServer(server, { context: async ({ req }) => ({ guardian: String(req.headers["x-guardian"]) }) });
