// request: POST / [x-guardian: g1] {"query":"mutation($song: String!) { sing(song: $song) }","variables":{"song":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"query($song: String!) { hum(song: $song) }","variables":{"song":"TOKEN1"}}
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { GraphQLError } from "graphql";
import { appendFile } from "node:fs/promises";
import { Pool } from "pg";

const pool = new Pool();

interface Request {
  /** @childData content */
  song: string;
}
interface Context {
  guardian: string;
}

/** @guardianConsent */
async function assertConsent(guardian: string): Promise<void> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardian]);
  if (rows[0]?.granted !== true) throw new GraphQLError("no consent");
}

/** Only what streams is asked about, which nothing here does. */
const asked = ["subscription"];
const writing = new Set(["mutation"]);

const mutations = {
  async sing(_parent: unknown, { song }: Request) {
    await appendFile("/data/songs.txt", song);
    return true;
  },
};
const queries = {
  hum: async (_parent: unknown, { song }: Request) => {
    await fetch("https://songs.example/find", { method: "POST", body: song }); // expect: require-guardian-consent Request.song
    return true;
  },
};

const server = new ApolloServer<Context>({
  typeDefs: "type Query { hum(song: String!): Boolean } type Mutation { sing(song: String!): Boolean }",
  resolvers: { Query: queries, Mutation: mutations },
  plugins: [
    {
      async requestDidStart() {
        return {
          async didResolveOperation({ operation: { operation: kind }, contextValue }) {
            if (asked.includes(kind)) await assertConsent(contextValue.guardian);
          },
        };
      },
    },
    {
      async requestDidStart() {
        return {
          async didResolveOperation({ operation, contextValue }) {
            if (writing.has(operation.operation)) await assertConsent(contextValue.guardian);
          },
        };
      },
    },
  ],
});

await startStandaloneServer(server, { context: async ({ req }) => ({ guardian: String(req.headers["x-guardian"]) }) });
