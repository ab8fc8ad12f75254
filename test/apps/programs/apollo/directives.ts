// request: POST / [x-guardian: g1] {"query":"mutation($photo: String!) { upload(photo: $photo) }","variables":{"photo":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"mutation($photo: String!) { tag(photo: $photo) }","variables":{"photo":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"mutation($photo: String!) { timed(photo: $photo) }","variables":{"photo":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"query($photo: String!) { similar(photo: $photo) }","variables":{"photo":"TOKEN1"}}
// request: POST / [x-guardian: g1] {"query":"mutation($photo: String!) { left(photo: $photo) }","variables":{"photo":"TOKEN1"}}
// Photo albums: fields that a directive marks in the schema ask first.
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { makeExecutableSchema } from "@graphql-tools/schema";
import { getDirective, MapperKind, mapSchema } from "@graphql-tools/utils";
import { defaultFieldResolver, GraphQLError, type GraphQLSchema } from "graphql";
import { Pool } from "pg";

const pool = new Pool();

interface Upload {
  /** @childData biometric */
  photo: string;
}
interface Context {
  guardian: string;
}

/** @guardianConsent */
async function hasConsent(guardian: string): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian = $1", [guardian]);
  return rows[0]?.granted === true;
}

const typeDefs = `#graphql
  directive @consented on FIELD_DEFINITION
  directive @timed on FIELD_DEFINITION
  directive @noted on FIELD_DEFINITION

  type Query {
    similar(photo: String!): Boolean @consented
  }
  type Mutation {
    upload(photo: String!): Boolean @consented
    tag(photo: String!): Boolean
    timed(photo: String!): Boolean @timed
    left(photo: String!): Boolean @noted
  }
`;

function consented(schema: GraphQLSchema): GraphQLSchema {
  return mapSchema(schema, {
    [MapperKind.OBJECT_FIELD]: (field) => {
      const directive = getDirective(schema, field, "consented")?.[0];
      if (directive === undefined) return field;
      const { resolve = defaultFieldResolver } = field;
      field.resolve = async (parent, args: Upload, context: Context, info) => {
        if (!(await hasConsent(context.guardian))) throw new GraphQLError("no consent");
        return resolve(parent, args, context, info);
      };
      return field;
    },
  });
}

function timed(schema: GraphQLSchema): GraphQLSchema {
  return mapSchema(schema, {
    [MapperKind.OBJECT_FIELD]: (field) => {
      if (!getDirective(schema, field, "timed")?.[0]) return field;
      const { resolve = defaultFieldResolver } = field;
      return {
        ...field,
        resolve: async (parent, args, context, info) => {
          console.time(info.fieldName);
          const result: unknown = await resolve(parent, args, context, info);
          console.timeEnd(info.fieldName);
          return result;
        },
      };
    },
  });
}

function noted(schema: GraphQLSchema): GraphQLSchema {
  return mapSchema(schema, {
    [MapperKind.OBJECT_FIELD]: (field) => {
      const directive = getDirective(schema, field, "noted")?.[0];
      if (directive) {
        const { resolve = defaultFieldResolver } = field;
        field.resolve = async (parent, args: Upload, context: Context, info) => {
          hasConsent(context.guardian).catch(() => console.warn("no consent"));
          return resolve(parent, args, context, info);
        };
      }
      return field;
    },
  });
}

const schema = makeExecutableSchema({
  typeDefs,
  resolvers: {
    Query: {
      similar: async (_parent: unknown, { photo }: Upload) => {
        await pool.query("INSERT INTO searches (photo) VALUES ($1)", [photo]);
        return true;
      },
    },
    Mutation: {
      upload: async (_parent: unknown, { photo }: Upload) => {
        await pool.query("INSERT INTO photos (photo) VALUES ($1)", [photo]);
        return true;
      },
      tag: async (_parent: unknown, { photo }: Upload) => {
        await pool.query("INSERT INTO tags (photo) VALUES ($1)", [photo]); // expect: require-guardian-consent Upload.photo
        return true;
      },
      timed: async (_parent: unknown, { photo }: Upload) => {
        await pool.query("INSERT INTO timed (photo) VALUES ($1)", [photo]); // expect: require-guardian-consent Upload.photo
        return true;
      },
      left: async (_parent: unknown, { photo }: Upload) => {
        await pool.query("INSERT INTO left_photos (photo) VALUES ($1)", [photo]); // expect: require-guardian-consent Upload.photo
        return true;
      },
    },
  },
});

const server = new ApolloServer<Context>({ schema: noted(timed(consented(schema))) });
await startStandaloneServer(server, { context: async ({ req }) => ({ guardian: String(req.headers["x-guardian"]) }) });
