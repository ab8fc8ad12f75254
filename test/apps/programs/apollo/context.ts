// request: POST / [x-guardian: g1] {"query":"mutation($text: String!) { writePost(text: $text) { id } }","variables":{"text":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"mutation($text: String!) { writeNote(text: $text) { id } }","variables":{"text":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"mutation($text: String!) { writeReply(text: $text) { id } }","variables":{"text":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"mutation($text: String!) { writeDraft(text: $text) { id } }","variables":{"text":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"mutation($text: String!) { writeDraft(text: $text) { id copy(text: $text) } }","variables":{"text":"TOKEN1"}}
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { Queue } from "bullmq";
import { GraphQLError } from "graphql";
import { Pool } from "pg";

const pool = new Pool();
const moderation = new Queue("moderation");

interface Post {
  /** @childData content */
  text: string;
}
interface Context {
  guardianId: string;
  agreed: boolean;
  agreedLater: Promise<boolean>;
}

/** @guardianConsent */
async function hasAgreed(guardianId: string): Promise<boolean> {
  const { rows } = await pool.query("SELECT accepted FROM consents WHERE guardian_id = $1", [guardianId]);
  return rows[0]?.accepted === true;
}

function forbid(): never {
  throw new GraphQLError("a guardian has to agree");
}

const typeDefs = `#graphql
  type Query { version: String }
  type Post { id: ID copy(text: String!): Boolean }
  type Mutation {
    writePost(text: String!): Post
    writeNote(text: String!): Post
    writeReply(text: String!): Post
    writeDraft(text: String!): Post
  }
`;

const server = new ApolloServer<Context>({
  typeDefs,
  resolvers: {
    Mutation: {
      writePost: async (_root: unknown, post: Post, { agreed }: Context) => {
        if (!agreed) forbid();
        await pool.query("INSERT INTO posts (text) VALUES ($1)", [post.text]);
        return { id: "1" };
      },
      writeNote: async (_root: unknown, post: Post, { agreedLater }: Context) => {
        if (!agreedLater) forbid();
        await pool.query("INSERT INTO notes (text) VALUES ($1)", [post.text]); // expect: require-guardian-consent Post.text
        return { id: "1" };
      },
      writeReply: async (_root: unknown, post: Post, context: Context) => {
        const agreed = await context.agreedLater;
        if (agreed) await moderation.add("reply", { text: post.text });
        return agreed ? { id: "1" } : null;
      },
      writeDraft: async () => ({ id: "1" }),
    },
    Post: {
      // A field of what came back: nobody asked before it.
      copy: async (_post: unknown, { text }: Post, { guardianId }: Context) => {
        await moderation.add("copy", { text }); // expect: require-guardian-consent Post.text
        return hasAgreed(guardianId);
      },
    },
  },
});

await startStandaloneServer(server, {
  context: async ({ req }) => {
    const guardianId = String(req.headers["x-guardian"]);
    return { guardianId, agreed: await hasAgreed(guardianId), agreedLater: hasAgreed(guardianId) };
  },
});
