import { afterEach, expect, test } from "vitest";
import { Surroundings } from "./running/surroundings.js";

const undo: (() => void)[] = [];

afterEach(() => {
  for (const each of undo.splice(0)) each();
});

test("nothing has changed where a program only keeps things to itself", () => {
  const surroundings = new Surroundings();
  const own = { listeners: [] as string[] };
  own.listeners.push("pass");
  expect(surroundings.holdNothingNew()).toBe(true);
});

test("a name on the global object stays", () => {
  const surroundings = new Surroundings();
  Object.assign(globalThis, { listenersOfAnother: {} });
  undo.push(() => Reflect.deleteProperty(globalThis, "listenersOfAnother"));
  expect(surroundings.holdNothingNew()).toBe(false);
});

test("a method that a built-in prototype is given stays", () => {
  const surroundings = new Surroundings();
  Object.defineProperty(Array.prototype, "lastOfAll", { value: () => undefined, configurable: true });
  undo.push(() => Reflect.deleteProperty(Array.prototype, "lastOfAll"));
  expect(surroundings.holdNothingNew()).toBe(false);
});
