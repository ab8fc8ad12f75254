// request: POST / {"query":"mutation($name: String!, $g: ID!) { addChild(name: $name, guardianId: $g) }","variables":{"name":"TOKEN1","g":"g1"}}
// request: POST / {"query":"mutation($name: String!, $g: ID!) { addGuest(name: $name, guardianId: $g) }","variables":{"name":"TOKEN1","g":"g1"}}
// request: POST / {"query":"mutation($name: String!, $g: ID!) { addSoon(name: $name, guardianId: $g) }","variables":{"name":"TOKEN1","g":"g1"}}
// request: POST / {"query":"mutation($name: String!, $g: ID!) { addLate(name: $name, guardianId: $g) }","variables":{"name":"TOKEN1","g":"g1"}}
// request: POST / {"query":"mutation($name: String!, $g: ID!) { addAnyway(name: $name, guardianId: $g) }","variables":{"name":"TOKEN1","g":"g1"}}
// request: POST / {"query":"mutation($name: String!, $g: ID!) { invite(name: $name, guardianId: $g) }","variables":{"name":"TOKEN1","g":"g1"}}
// request: POST / {"query":"mutation($name: String!, $g: ID!) { invite(name: $name, guardianId: $g) share(name: $name, guardianId: $g) }","variables":{"name":"TOKEN1","g":"g1"}}
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { GraphQLError } from "graphql";
import { Pool } from "pg";

const pool = new Pool();

interface Child {
  /** @childData identity */
  name: string;
}
type Arguments = Child & { guardianId: string };
type Resolver = (parent: unknown, given: Arguments) => Promise<boolean>;

/** @guardianConsent */
async function requireConsent(guardianId: string): Promise<void> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  if (!rows[0]?.granted) throw new GraphQLError("a guardian has to agree", { extensions: { code: "FORBIDDEN" } });
}

const consented =
  (resolver: Resolver): Resolver =>
  async (parent, given) => {
    await requireConsent(given.guardianId);
    return resolver(parent, given);
  };
const consentedLate =
  (resolver: Resolver): Resolver =>
  async (parent, given) => {
    const result = await resolver(parent, given);
    await requireConsent(given.guardianId);
    return result;
  };

const typeDefs = `#graphql
  type Query { version: String }
  type Mutation {
    addChild(name: String!, guardianId: ID!): Boolean
    addGuest(name: String!, guardianId: ID!): Boolean
    addSoon(name: String!, guardianId: ID!): Boolean
    addLate(name: String!, guardianId: ID!): Boolean
    addAnyway(name: String!, guardianId: ID!): Boolean
    invite(name: String!, guardianId: ID!): Boolean
    share(name: String!, guardianId: ID!): Boolean
  }
`;

const addGuest: Resolver = async (_parent, { name }) => {
  await pool.query("INSERT INTO guests (name) VALUES ($1)", [name]); // expect: require-guardian-consent Child.name
  return true;
};

const resolvers = {
  Query: { version: () => "1" },
  Mutation: {
    addChild: consented(async (_parent, { name }) => {
      await pool.query("INSERT INTO children (name) VALUES ($1)", [name]);
      return true;
    }),
    addGuest,
    addSoon: async (_parent: unknown, { name, guardianId }: Arguments) => {
      requireConsent(guardianId);
      await pool.query("INSERT INTO children (name) VALUES ($1)", [name]); // expect: require-guardian-consent Child.name
      return true;
    },
    addLate: consentedLate(async (_parent, { name }) => {
      await pool.query("INSERT INTO children (name) VALUES ($1)", [name]); // expect: require-guardian-consent Child.name
      return true;
    }),
    addAnyway: async (_parent: unknown, { name, guardianId }: Arguments) => {
      try {
        await requireConsent(guardianId);
      } catch (error) {
        console.warn(error instanceof GraphQLError);
      }
      await pool.query("INSERT INTO children (name) VALUES ($1)", [name]); // expect: require-guardian-consent Child.name
      return true;
    },
    async invite(_parent: unknown, { name, guardianId }: Arguments) {
      await requireConsent(guardianId);
      await fetch("https://cards.example/invitations", { method: "POST", body: JSON.stringify({ name }) });
      return true;
    },
    // A mutation's fields run one after the other, and one that fails stops none of the others.
    async share(_parent: unknown, { name }: Arguments) {
      await fetch("https://calendars.example/shares", { method: "POST", body: JSON.stringify({ name }) }); // expect: require-guardian-consent Child.name
      return true;
    },
  },
};

const server = new ApolloServer({ typeDefs, resolvers });
await startStandaloneServer(server, { listen: { port: 4000 } });
