// request: POST / [x-guardian: g1] {"query":"mutation($v: VisitorInput!) { subscribe(visitor: $v) }","variables":{"v":{"email":"TOKEN1","question":"TOKEN2"}}}
// request: POST / [x-guardian: g1] {"query":"mutation($v: VisitorInput!) { book(visitor: $v) }","variables":{"v":{"email":"TOKEN1","question":"TOKEN2"}}}
// request: POST / [x-guardian: g1] {"query":"mutation($v: VisitorInput!) { note(visitor: $v) }","variables":{"v":{"email":"TOKEN1","question":"TOKEN2"}}}
// request: POST / [x-guardian: g1] {"query":"query($v: VisitorInput!) { answer(visitor: $v) }","variables":{"v":{"email":"TOKEN1","question":"TOKEN2"}}}
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { Pool } from "pg";
import { resolvers, type Context } from "./resolvers.js";
import { Visitors } from "./visitors.js";

const pool = new Pool();

/** @guardianConsent */
async function consentOf(guardianId: string | undefined): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  return rows[0]?.granted === true;
}

const typeDefs = `#graphql
  input VisitorInput { email: String! question: String }
  type Query { answer(visitor: VisitorInput!): String }
  type Mutation {
    subscribe(visitor: VisitorInput!): Boolean
    book(visitor: VisitorInput!): Boolean
    note(visitor: VisitorInput!): Boolean
  }
`;

const server = new ApolloServer<Context>({ typeDefs, resolvers });
const { url } = await startStandaloneServer(server, {
  listen: { port: Number(process.env.PORT ?? 4000) },
  context: async ({ req }): Promise<Context> => ({
    visitors: new Visitors(pool),
    consent: { granted: await consentOf(req.headers["x-guardian"]?.toString()) },
  }),
});
console.info(`The sky opens at ${url}`);
