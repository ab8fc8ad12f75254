/** What a store's model says of protection by the client that writes to it. */
import type { Seal } from "../contracts/seal.js";
import { address, addresses, conditions } from "./address-readers.js";
import { flag, mapping, oneOrMore, optional, required, text } from "./reader.js";

const seal = mapping({
  by: required(text),
  when: optional(conditions, []),
  columns: optional(address, null),
  having: optional(text, null),
  lacking: optional(oneOrMore(text), []),
  but: optional(address, null),
  key: optional(addresses, []),
  whole: optional(flag, false),
});

/** One or several. */
export const seals = oneOrMore<Seal>(seal);

/** Functions that stand before the call. */
export const extension = mapping({
  by: required(addresses),
  under: required(address),
  called: optional(oneOrMore(text), []),
  entity: optional(oneOrMore(text), []),
});

/** Functions that are told of the call by two properties, and may name it anew. */
export const renaming = mapping({ by: required(addresses), called: required(text), entity: required(text) });

/** What packages put before the call, and the tables of which they only hide rows. */
export const softening = mapping({ by: required(addresses), tables: required(addresses) });

/** Words by which a write deletes related rows. */
export const removal = mapping(
  {
    words: required(oneOrMore(text)),
    through: optional(oneOrMore(text), []),
    softened: optional(softening, null),
  },
  "words",
);

/** Steps that rows go through before they come. */
export const pipeline = mapping(
  {
    at: required(address),
    closing: required(oneOrMore(text)),
    keeping: optional(oneOrMore(text), []),
    passing: optional(oneOrMore(text), []),
    sign: required(text),
  },
  undefined,
);

/** Related rows, described one within the other. */
export const along = mapping({
  at: required(addresses),
  name: optional(oneOrMore(text), []),
  inside: optional(text, null),
  columns: optional(text, null),
  except: optional(text, null),
  only: optional(address, null),
});

/** Events of rows that were read before. */
export const changes = mapping({ rows: optional(addresses, []), fires: required(oneOrMore(text)) }, "fires");
