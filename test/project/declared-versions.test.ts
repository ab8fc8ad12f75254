import { describe, expect, it } from "vitest";
import { declaredVersions } from "../../src/project/declared-versions.js";

function versions(manifests: Readonly<Record<string, string>>) {
  const found = declaredVersions({ paths: Object.keys(manifests), read: (path) => manifests[path] });
  return (module: string): string | null => found.get(module) ?? null;
}

describe("declaredVersions", () => {
  it("reads what a range begins with", () => {
    const versionOf = versions({
      "package.json": JSON.stringify({
        dependencies: { express: "^4.21.2", koa: "npm:koa@~2.15.0", hono: "workspace:*", fastify: ">=4" },
        devDependencies: { express: "^5.0.0" },
      }),
    });
    expect(["npm:express", "npm:koa", "npm:hono", "npm:fastify", "npm:ws"].map(versionOf)).toEqual([
      "4.21.2",
      "2.15.0",
      null,
      null,
      null,
    ]);
  });

  it("knows none where manifests tell different ones, or cannot be read", () => {
    const versionOf = versions({
      "a/package.json": '{ "dependencies": { "express": "^4.0.0", "ws": "8.1" } }',
      "b/package.json": '{ "dependencies": { "express": "5.1.0", "ws": "^8.18.0" } }',
      "c/package.json": "{",
    });
    expect(versionOf("npm:express")).toBeNull();
    expect(versionOf("npm:ws")).toBe("8.18.0");
  });
});
