export * from "./access-repository.js";
export * from "./attendance-repository.js";
export * from "./child-repository.js";
export * from "./consent-repository.js";
export * from "./enrolment-repository.js";
export * from "./guardian-repository.js";
export * from "./waitlist-repository.js";
