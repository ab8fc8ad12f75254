// request: POST / [x-guardian: g1] {"query":"mutation($name: String!) { joinClub(name: $name) }","variables":{"name":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"mutation($name: String!) { leaveClub(name: $name) }","variables":{"name":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"mutation($name: String!) { writeReview(name: $name) }","variables":{"name":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"mutation($name: String!) { lendBook(name: $name) }","variables":{"name":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"query($name: String!) { recommend(name: $name) }","variables":{"name":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"query($name: String!) { search(name: $name) }","variables":{"name":"TOKEN1"}}
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { GraphQLError, type GraphQLResolveInfo } from "graphql";
import { Pool } from "pg";

const pool = new Pool();

interface Reader {
  /** @childData identity */
  name: string;
}
interface Context {
  guardianId: string;
}
type Resolver<A> = (parent: unknown, args: A, context: Context, info: GraphQLResolveInfo) => unknown;

/** @guardianConsent */
async function guardianConsented(guardianId: string): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  return rows[0]?.granted === true;
}

const authenticated =
  <A>(resolver: Resolver<A>): Resolver<A> =>
  (parent, args, context, info) => {
    if (context.guardianId === "") throw new GraphQLError("who are you?");
    return resolver(parent, args, context, info);
  };

const consented =
  <A>(resolver: Resolver<A>): Resolver<A> =>
  async (parent, args, context, info) => {
    if (!(await guardianConsented(context.guardianId)))
      throw new GraphQLError("a guardian has to consent", { extensions: { code: "CONSENT" } });
    return resolver(parent, args, context, info);
  };

const compose =
  (...wrappers: ((resolver: Resolver<Reader>) => Resolver<Reader>)[]) =>
  (resolver: Resolver<Reader>): Resolver<Reader> =>
    wrappers.reduceRight((inner, wrap) => wrap(inner), resolver);

const safe = compose(authenticated, consented);

const resolvers = {
  Query: {
    recommend: consented<Reader>(async (_, { name }) => {
      await fetch("https://books.example/recommend", { method: "POST", body: JSON.stringify({ name }) });
      return "The Hobbit";
    }),
    search: authenticated<Reader>(async (_, { name }) => {
      await fetch("https://books.example/search", { method: "POST", body: JSON.stringify({ name }) }); // expect: require-guardian-consent Reader.name
      return "Heidi";
    }),
  },
  Mutation: {
    joinClub: safe(async (_, { name }) => {
      await pool.query("INSERT INTO club (name) VALUES ($1)", [name]);
      return true;
    }),
    leaveClub: compose(authenticated)(async (_, { name }) => {
      await pool.query("INSERT INTO left_club (name) VALUES ($1)", [name]); // expect: require-guardian-consent Reader.name
      return true;
    }),
    writeReview: async (_: unknown, reader: Reader, { guardianId }: Context) => {
      const consents = await guardianConsented(guardianId);
      if (consents) {
        await pool.query("INSERT INTO reviews (name) VALUES ($1)", [reader.name]);
      }
      return consents;
    },
    async lendBook(_: unknown, reader: Reader, context: Context) {
      const answer = guardianConsented(context.guardianId).then((agreed) => {
        if (!agreed) throw new GraphQLError("no consent");
      });
      await pool.query("INSERT INTO lent (name) VALUES ($1)", [reader.name]); // expect: require-guardian-consent Reader.name
      await answer;
      return true;
    },
  },
};

const server = new ApolloServer<Context>({
  typeDefs: `
    type Query { recommend(name: String!): String search(name: String!): String }
    type Mutation {
      joinClub(name: String!): Boolean leaveClub(name: String!): Boolean
      writeReview(name: String!): Boolean lendBook(name: String!): Boolean
    }
  `,
  resolvers,
});
await startStandaloneServer(server, { context: async ({ req }) => ({ guardianId: String(req.headers["x-guardian"]) }) });
