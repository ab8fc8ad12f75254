// request: POST / [x-guardian: g1] {"query":"mutation($phone: String!) { order(phone: $phone) }","variables":{"phone":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"mutation($phone: String!) { callMe(phone: $phone) }","variables":{"phone":"TOKEN1"}}
import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { GraphQLError } from "graphql";
import { Pool } from "pg";

const pool = new Pool();

interface Customer {
  /** @childData contact */
  phone: string;
}
interface Context {
  guardianId: string | undefined;
}

/** @guardianConsent */
async function assertConsent({ guardianId }: Context): Promise<void> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  if (rows[0]?.granted !== true) throw new GraphQLError("no consent");
}

/** Asks before anything is carried out. */
const consentFirst: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ contextValue }) {
        await assertConsent(contextValue);
      },
    };
  },
};

const resolvers = {
  Mutation: {
    order: async (_parent: unknown, { phone }: Customer) => {
      await pool.query("INSERT INTO orders (phone) VALUES ($1)", [phone]);
      return true;
    },
    callMe: async (_parent: unknown, { phone }: Customer) => {
      await fetch("https://calls.example/requests", { method: "POST", body: JSON.stringify({ phone }) });
      return true;
    },
  },
};

const server = new ApolloServer<Context>({
  typeDefs: "type Query { a: Int } type Mutation { order(phone: String!): Boolean callMe(phone: String!): Boolean }",
  resolvers,
  plugins: [consentFirst],
});

await startStandaloneServer(server, {
  context: async ({ req }) => ({ guardianId: req.headers["x-guardian"]?.toString() }),
});
