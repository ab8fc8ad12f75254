// request: POST / [x-guardian: g1] {"query":"mutation($score: Int!) { addScore(score: $score) }","variables":{"score":4711}}
// request: POST / [x-guardian: g1] {"query":"mutation($game: String!) { start(game: $game) }","variables":{"game":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"query($game: String!) { replay(game: $game) }","variables":{"game":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"query($game: String!) { watch(game: $game) }","variables":{"game":"TOKEN1"}}
// A games club: a rule for a whole type, and one for what has none of its own.
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { makeExecutableSchema } from "@graphql-tools/schema";
import { applyMiddleware } from "graphql-middleware";
import { allow, rule, shield } from "graphql-shield";
import { Pool } from "pg";

const pool = new Pool();

interface Game {
  /** @childData behaviour */
  game: string;
}
interface Context {
  agreed: Promise<boolean>;
}

/** @guardianConsent */
async function hasConsent(guardian: string): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian = $1", [guardian]);
  return rows[0]?.granted === true;
}

const agreed = rule()((_parent: unknown, _args: unknown, context: Context) => context.agreed);

const typeDefs = `
  type Query { replay(game: String!): Boolean watch(game: String!): Boolean }
  type Mutation { start(game: String!): Boolean addScore(score: Int!): Boolean }
`;
const schema = makeExecutableSchema({
  typeDefs,
  resolvers: {
    Query: {
      replay: async (_parent: unknown, { game }: Game) => {
        await pool.query("INSERT INTO replays (game) VALUES ($1)", [game]);
        return true;
      },
      watch: async (_parent: unknown, { game }: Game) => {
        await pool.query("INSERT INTO watched (game) VALUES ($1)", [game]); // expect: require-guardian-consent Game.game
        return true;
      },
    },
    Mutation: {
      addScore: async (_parent: unknown, { score }: { score: number }) => score > 0,
      start: async (_parent: unknown, { game }: Game) => {
        await pool.query("INSERT INTO started (game) VALUES ($1)", [game]);
        return true;
      },
    },
  },
});

const permissions = shield({ Query: { watch: allow }, Mutation: agreed }, { fallbackRule: agreed });
const server = new ApolloServer<Context>({ schema: applyMiddleware(schema, permissions) });
await startStandaloneServer(server, {
  context: async ({ req }) => ({ agreed: hasConsent(String(req.headers["x-guardian"])) }),
});
