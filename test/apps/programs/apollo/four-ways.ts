// request: POST / [x-guardian: g1] {"query":"mutation($text: String!) { keep(text: $text) }","variables":{"text":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"mutation($text: String!) { early(text: $text) }","variables":{"text":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"mutation($text: String!) { soon(text: $text) }","variables":{"text":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"mutation($text: String!) { anyway(text: $text) }","variables":{"text":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"mutation($text: String!) { draft(text: $text) }","variables":{"text":"TOKEN1"}}
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { makeExecutableSchema } from "@graphql-tools/schema";
import { applyMiddleware, type IMiddlewareFunction } from "graphql-middleware";
import { Pool } from "pg";

const pool = new Pool();

interface Note {
  /** @childData content */
  text: string;
}
interface Context {
  guardianId: string;
}
type Resolver = (parent: unknown, args: Note, context: Context, info: unknown) => Promise<boolean>;

/** @guardianConsent */
async function assertConsent(guardianId: string): Promise<void> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  if (rows[0]?.granted !== true) throw new Error("no consent");
}

const consented: IMiddlewareFunction<unknown, Context, Note> = async (resolve, parent, args, context, info) => {
  await assertConsent(context.guardianId);
  return resolve(parent, args, context, info);
};
const consentedAfterwards =
  (next: Resolver): Resolver =>
  async (parent, args, context, info) => {
    const done = await next(parent, args, context, info);
    await assertConsent(context.guardianId);
    return done;
  };
const consentedSoon =
  (next: Resolver): Resolver =>
  (parent, args, context, info) => {
    assertConsent(context.guardianId).catch(() => undefined);
    return next(parent, args, context, info);
  };
const consentedAnyway =
  (next: Resolver): Resolver =>
  async (parent, args, context, info) => {
    try {
      await assertConsent(context.guardianId);
    } catch {
      console.warn("no consent");
    }
    return next(parent, args, context, info);
  };

const resolvers = {
  Query: { ping: () => true },
  Mutation: {
    keep: async (_: unknown, { text }: Note) => {
      await pool.query("INSERT INTO notes (text) VALUES ($1)", [text]);
      return true;
    },
    early: consentedAfterwards(async (_, { text }) => {
      // reason: it runs after this
      await pool.query("INSERT INTO notes (text) VALUES ($1)", [text]); // expect: require-guardian-consent Note.text
      return true;
    }),
    soon: consentedSoon(async (_, { text }) => {
      // reason: its promise is not awaited
      await pool.query("INSERT INTO notes (text) VALUES ($1)", [text]); // expect: require-guardian-consent Note.text
      return true;
    }),
    anyway: consentedAnyway(async (_, { text }) => {
      // reason: the error is swallowed, or the answer lost, at four-ways.ts:51
      await pool.query("INSERT INTO notes (text) VALUES ($1)", [text]); // expect: require-guardian-consent Note.text
      return true;
    }),
    draft: async (_: unknown, { text }: Note) => {
      // reason: it stands before Mutation.keep only
      await pool.query("INSERT INTO drafts (text) VALUES ($1)", [text]); // expect: require-guardian-consent Note.text
      return true;
    },
  },
};

const schema = makeExecutableSchema({
  typeDefs: `
    type Query { ping: Boolean }
    type Mutation {
      keep(text: String!): Boolean early(text: String!): Boolean soon(text: String!): Boolean
      anyway(text: String!): Boolean draft(text: String!): Boolean
    }
  `,
  resolvers,
});
const server = new ApolloServer<Context>({ schema: applyMiddleware(schema, { Mutation: { keep: consented } }) });
await startStandaloneServer(server, { context: async ({ req }) => ({ guardianId: String(req.headers["x-guardian"]) }) });
