// request: POST / [x-guardian: g1] {"query":"mutation($dish: String!) { order(dish: $dish) }","variables":{"dish":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"query($dish: String!) { find(dish: $dish) }","variables":{"dish":"TOKEN1"}}
import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { GraphQLError } from "graphql";
import { Pool } from "pg";

const pool = new Pool();

interface Wish {
  /** @childData health */
  dish: string;
}
interface Context {
  guardian: string;
}

/** @guardianConsent */
async function hasConsent(guardian: string): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardian]);
  return rows[0]?.granted === true;
}

/** What only looks something up is not asked about. */
class ConsentPlugin implements ApolloServerPlugin<Context> {
  async requestDidStart() {
    return {
      didResolveOperation: async (request: { operation?: { operation: string }; contextValue: Context }) => {
        if (request.operation?.operation === "query") return;
        if (!(await hasConsent(request.contextValue.guardian))) throw new GraphQLError("a guardian has to consent");
      },
    };
  }
}

const server = new ApolloServer<Context>({
  typeDefs: "type Query { find(dish: String!): Boolean } type Mutation { order(dish: String!): Boolean }",
  resolvers: {
    Query: {
      async find(_parent: unknown, { dish }: Wish) {
        await fetch("https://dishes.example/search", { method: "POST", body: JSON.stringify({ dish }) }); // expect: require-guardian-consent Wish.dish
        return true;
      },
    },
    Mutation: {
      async order(_parent: unknown, { dish }: Wish) {
        await pool.query("INSERT INTO orders (dish) VALUES ($1)", [dish]);
        return true;
      },
    },
  },
  plugins: [new ConsentPlugin()],
});

await startStandaloneServer(server, { context: async ({ req }) => ({ guardian: String(req.headers["x-guardian"]) }) });
