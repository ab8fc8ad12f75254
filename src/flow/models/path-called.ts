import type { ModelAt } from "../program/model-at.js";

/** What is called, as its model names it; of the platform by the value itself: `localStorage.clear`, and no other storage's. */
export function pathCalled({ callee, model }: ModelAt): string {
  const isPlatform = callee.module === "lib" || callee.module === "global";
  return isPlatform && callee.path[0] !== "*" && model.form === "call" ? callee.path.join(".") : model.text;
}
