export * from "./access.js";
export * from "./auth.js";
export * from "./consent.js";
export * from "./errors.js";
