/** Fixtures whose markers running them does not show, with the reason. */
export const notShown: Readonly<Record<string, string>> = {
  "annotations/decorators-standard.ts": "a marked getter gives an environment variable",
  "annotations/enum-like-and-standard-types.ts": "the field holds numbers by the name of a food",
  "annotations/tags-on-members-and-variables.ts": "nobody makes an object of its class",
  "flow/async/awaited-events.ts": "waits for an event that nobody raises",
  "flow/async/scheduled-digests.ts": "needs sixty rounds of a timer",
  "flow/classes/legacy-descriptors.ts": "decorators of the older kind need an option of the compiler",
  "flow/classes/swim-badges.js": "what is marked is the year of a day",
  "flow/data/iterator-helpers.ts": "needs iterator helpers, which Node 20 lacks",
  "flow/data/typed-into-fields.ts": "nobody raises the events of its page, and its form is none of a page",
  "flow/data/voice-packets.ts": "single numbers of bytes name nobody",
  "flow/exceptions/abort-reasons.ts": "nothing is aborted before it is sent: timers wait for the rest",
  "flow/modules/esm-imports-cjs": "calls its own loader require, which a module in CommonJS form has already",
  "flow/modules/teams-and-players": "needs a list of twelve",
  "flow/types/completed-orders.ts": "what is copied is told by the type of the literal alone",
  "flow/types/generic-loaders.ts": "what is loaded is told by a type argument alone",
  "flow/types/insect-hotel.ts": "needs a JSON text of the right form",
  "flow/types/paper-boats.ts": "extends a class of the browser",
  "no-child-data-in-logs/console-derived.ts": "a hash names nobody",
  "no-child-data-in-logs/console-replaced.ts": "replaces the methods of the console that records",
  "no-child-data-in-logs/page-and-history.ts": "what CSS.escape of the browser gives",
};

/** Marked flows that need a package which a stub stands for: what comes from it, or goes through it. */
export const mostMarkersBehindPackages = 160;
