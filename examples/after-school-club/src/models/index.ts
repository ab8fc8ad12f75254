export * from "./child.js";
export * from "./guardian.js";
export * from "./inputs.js";
export * from "./pickup.js";
export * from "./school-feed.js";
export * from "./upload.js";
