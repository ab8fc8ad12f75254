import { GraphQLError } from "graphql";
import type { Visitors } from "./visitors.js";

export interface Context {
  consent: { granted: boolean };
  visitors: Visitors;
}

/** @childData contact */
export interface Visitor {
  email: string;
  question: string;
}

const need = ({ consent }: Context): void => {
  if (!consent.granted) throw new GraphQLError("A guardian has to consent.", { extensions: { code: "FORBIDDEN" } });
};

export const resolvers = {
  Query: {
    async answer(_: unknown, { visitor }: { visitor: Visitor }, context: Context) {
      if (context.consent) return context.visitors.ask(visitor);
      return null;
    },
  },
  Mutation: {
    async subscribe(_: unknown, { visitor }: { visitor: Visitor }, context: Context) {
      need(context);
      await context.visitors.subscribe(visitor);
      return true;
    },
    async book(_: unknown, { visitor }: { visitor: Visitor }, context: Context) {
      await context.visitors.book(visitor);
      need(context);
      return true;
    },
    async note(_: unknown, { visitor }: { visitor: Visitor }, { consent, visitors }: Context) {
      return consent.granted ? visitors.note(visitor) : false;
    },
  },
};
