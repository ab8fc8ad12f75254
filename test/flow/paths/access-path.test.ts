import { afterEach, describe, expect, test } from "vitest";
import {
  accessPath,
  emptyPath,
  prepend,
  readPrefix,
  renderPath,
  writtenPath,
} from "../../../src/flow/paths/access-path.js";
import { deeper, somewhere } from "../../../src/flow/paths/path-components.js";
import { forgetRounds } from "../../../src/flow/paths/rounds.js";

afterEach(forgetRounds);

function read(path: readonly string[], prefix: readonly string[]): readonly string[] | null {
  return readPrefix(accessPath(path), prefix)?.components ?? null;
}

describe("reading", () => {
  test.each([
    ["the part that is named", ["guardian", "phone"], ["guardian"], ["phone"]],
    ["a sibling meets nothing", ["guardian", "phone"], ["name"], null],
    ["a part of what is marked whole", ["guardian"], ["guardian", "phone"], []],
    ["an unknown key meets elements", ["0", "name"], ["[]"], ["name"]],
    ["an index does not meet another index", ["0", "name"], ["1"], null],
    ["an index meets some element", ["[]", "name"], ["3"], ["name"]],
    ["a map's key does not meet another key", ["=a", "name"], ["=b"], null],
    ["a map's unknown key meets every key", ["=a", "name"], ["=*"], ["name"]],
    ["an entry of a map is no property of it", ["=a"], ["a"], null],
    ["what a promise rejects with is not what it gives", ["!"], ["[]"], null],
    ["a closure's slot is no property", ["^0", "name"], ["*"], null],
    ["any property", ["team", "name"], ["*"], ["name"]],
  ] as const)("%s", (_title, path, prefix, rest) => {
    expect(read(path, prefix)).toEqual(rest);
  });

  test("what reading gives back is one with what is built", () => {
    expect(readPrefix(accessPath(["a", "b"]), ["a"])).toBe(accessPath(["b"]));
    expect(readPrefix(accessPath(["a"]), ["a"])).toBe(emptyPath);
    expect(prepend(["a"], accessPath(["b"]))).toBe(accessPath(["a", "b"]));
  });
});

describe("what lies somewhere below", () => {
  test("is met by its own name and stays below every other", () => {
    expect(read([somewhere, "email"], ["email"])).toEqual([]);
    expect(read([somewhere, "email"], ["[]"])).toEqual([somewhere, "email"]);
    expect(read([somewhere, "email"], ["data", "row"])).toEqual([deeper, "email"]);
    expect(read([deeper, "email"], ["email"])).toEqual([]);
    expect(read([somewhere, "email"], ["^0"])).toBeNull();
  });
});

describe("recursive structures", () => {
  test("a wrapper's name may come twice", () => {
    expect(accessPath(["data", "data", "user", "name"]).components).toEqual(["data", "data", "user", "name"]);
  });

  test("a long way that comes by a name again is one way round", () => {
    const path = accessPath(["next", "next", "next", "next", "next", "name"]);
    expect(path.goesRound).toBe(true);
    expect(readPrefix(path, ["next"])).toBe(path);
    expect(readPrefix(path, ["name"])).toBe(emptyPath);
    expect(readPrefix(path, ["title"])).toBeNull();
  });

  test("names that were on one way round belong together afterwards", () => {
    accessPath(["parent", "children", "[]", "parent", "children", "name"]);
    const path = accessPath(["children", "[]", "parent", "name"]);
    expect(path.goesRound).toBe(true);
    expect(readPrefix(path, ["parent", "parent", "children", "2"])).toBe(path);
    expect(readPrefix(path, ["name"])).toBe(emptyPath);
  });

  test("what stands between two names of a structure stays out of it, unless one of them comes again", () => {
    accessPath(["parent", "children", "[]", "parent", "children", "name"]);
    expect(accessPath(["parent", "pet", "children", "name"]).goesRound).toBe(false);
    expect(readPrefix(accessPath(["children", "[]", "parent", "name"]), ["pet"])).toBeNull();
  });

  test("a wrapper deep in an object is no round either", () => {
    const path = ["service", "request", "user", "settings", "settings", "name"];
    expect(accessPath(path).components).toEqual(path);
  });

  test("a way as it is written in a literal teaches nothing", () => {
    expect(writtenPath(["include", "account", "include", "tags", "include", "name"])).toBeNull();
    expect(accessPath(["include", "account", "tags", "name"]).goesRound).toBe(false);
  });

  test("a list in a list is no recursion", () => {
    expect(accessPath(["[]", "orders", "[]", "items", "[]", "name"]).goesRound).toBe(false);
  });

  test("a path of names that is too long covers what lies below; a way through closures is lost", () => {
    const long = ["a", "b", "c", "d", "e", "f", "g"];
    expect(accessPath(long).components).toEqual(long.slice(0, 6));
    expect(accessPath(long).isLost).toBe(false);
    expect(accessPath(["^0", ...long]).components).toEqual(["^0", ...long]);
    const longer = ["^0", "^1", ...long];
    expect(accessPath(longer.slice(0, 8)).isLost).toBe(false);
    expect(accessPath([...longer, "end"]).isLost).toBe(true);
  });
});

describe("in traces", () => {
  test("paths are written as code, internal components left out", () => {
    expect(renderPath(["queue", "[]", "=k", "^0", "0", "email"])).toBe(".queue[…][k][0].email");
    expect(renderPath([somewhere, "email"])).toBe(".….email");
  });
});
