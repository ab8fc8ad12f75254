// request: POST / [x-guardian: g1] {"query":"mutation($title: String!) { addSong(title: $title) }","variables":{"title":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"mutation($title: String!) { addDraft(title: $title) }","variables":{"title":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"mutation($title: String!) { addChorus(title: $title) }","variables":{"title":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"mutation($title: String!) { addVerse(title: $title) }","variables":{"title":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"query($title: String!) { find(title: $title) }","variables":{"title":"TOKEN1"}}
// A choir: resolvers have their arguments' type by the type of the function, alone, in a record, or behind a wrapper.
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import type { IFieldResolver } from "@graphql-tools/utils";
import { GraphQLError, type GraphQLFieldResolver } from "graphql";
import { Pool } from "pg";

const pool = new Pool();

interface Song {
  /** @childData content */
  title: string;
}
interface Context {
  guardian: string;
}
type Resolver = GraphQLFieldResolver<unknown, Context, Song>;

/** @guardianConsent */
async function maySing(guardian: string): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian = $1", [guardian]);
  return rows[0]?.granted === true;
}

const guarded =
  (resolver: Resolver): Resolver =>
  async (parent, song, context, info) => {
    if (!(await maySing(context.guardian))) throw new GraphQLError("ask a guardian");
    return resolver(parent, song, context, info);
  };

const addSong: Resolver = async (_parent, { title }, { guardian }) => {
  if (!(await maySing(guardian))) return false;
  await pool.query("INSERT INTO songs (title) VALUES ($1)", [title]);
  return true;
};
const addDraft: IFieldResolver<unknown, Context, Song> = async (_parent, { title }) => {
  await pool.query("INSERT INTO drafts (title) VALUES ($1)", [title]); // expect: require-guardian-consent Song.title
  return true;
};
const others: Record<string, Resolver> = {
  addChorus: guarded(async (_parent, song) => {
    await pool.query("INSERT INTO choruses (title) VALUES ($1)", [song.title]);
    return true;
  }),
  addVerse: async (_parent, song) => {
    await pool.query("INSERT INTO verses (title) VALUES ($1)", [song.title]); // expect: require-guardian-consent Song.title
    return true;
  },
};

const server = new ApolloServer<Context>({
  typeDefs: `
    type Query { find(title: String!): Int }
    type Mutation {
      addSong(title: String!): Boolean
      addDraft(title: String!): Boolean
      addChorus(title: String!): Boolean
      addVerse(title: String!): Boolean
    }
  `,
  resolvers: {
    Query: {
      find: (async (_parent, { title }) => {
        await pool.query("INSERT INTO searches (title) VALUES ($1)", [title]); // expect: require-guardian-consent Song.title
        return 1;
      }) satisfies Resolver,
    },
    Mutation: { addSong, addDraft, ...others },
  },
});

await startStandaloneServer(server, {
  context: async ({ req }) => ({ guardian: String(req.headers["x-guardian"]) }),
});
