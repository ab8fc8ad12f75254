/** The fixtures whose traces are kept as text, one or two a way that data can go. */
export const chosen: readonly string[] = [
  // Calls
  "flow/calls/currying.ts",
  "flow/calls/default-and-rest-parameters.ts",
  "flow/calls/mutual-recursion.ts",
  "flow/calls/returned-closure.ts",
  "flow/calls/captured-variable.ts",
  "flow/calls/own-callback-parameter.ts",
  "flow/calls/handlers-in-map-and-array.ts",
  "flow/calls/write-through-parameter.ts",
  "flow/calls/unknown-library-callback.ts",
  // Classes
  "flow/classes/field-between-methods.ts",
  "flow/classes/inheritance-and-super.ts",
  "flow/classes/interface-dispatch.ts",
  "flow/classes/singleton-service",
  "flow/classes/accessors.ts",
  // Data
  "flow/data/aliases.ts",
  "flow/data/array-transforms.ts",
  "flow/data/generators-in.ts",
  "flow/data/sets.ts",
  "flow/data/json-round-trip.ts",
  "flow/data/map-iteration.ts",
  "flow/data/destructuring-everywhere.ts",
  // Async
  "flow/async/event-emitter.ts",
  "flow/async/promise-all.ts",
  "flow/async/streams.ts",
  "flow/async/timers.ts",
  // Exceptions
  "flow/exceptions/message-across-functions.ts",
  "flow/exceptions/cause-and-aggregate.ts",
  // Modules
  "flow/modules/barrel",
  "flow/modules/shared-state",
  // Stores
  "require-encryption/request-own-methods",
];
