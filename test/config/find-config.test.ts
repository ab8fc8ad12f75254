import { describe, expect, test } from "vitest";
import { readConfigs } from "../../src/config/find-config.js";

function configsOf(files: Readonly<Record<string, string>>, named: string | null = null) {
  const root = "/srv/app";
  const inside = Object.keys(files)
    .filter((path) => path.startsWith(`${root}/`) && path.endsWith("/child-privacy.yaml"))
    .map((path) => path.slice(root.length + 1))
    .sort();
  return readConfigs({ root, inside, read: (path) => files[path] }, named);
}

describe("the nearest config rules a file", () => {
  test("its own folder's, or the next above", () => {
    const set = configsOf({
      "/srv/app/child-privacy.yaml": "hostedStores: true",
      "/srv/app/packages/api/child-privacy.yaml": "hostedStores: false",
    });
    expect(set.configOf("packages/api/src/a.ts").file).toBe("packages/api/child-privacy.yaml");
    expect(set.configOf("packages/apiary/src/a.ts").file).toBe("child-privacy.yaml");
    expect(set.configOf("src/a.ts").hostedStores).toBe(true);
  });

  test("one above the analysed folder", () => {
    const set = configsOf({ "/srv/child-privacy.yaml": "hostedStores: true" });
    expect(set.configOf("src/a.ts")).toMatchObject({
      file: "../child-privacy.yaml",
      folder: "..",
      hostedStores: true,
    });
  });

  test("none: the defaults", () => {
    expect(configsOf({}).configOf("src/a.ts").file).toBeNull();
    expect(
      configsOf({ "/srv/app/packages/api/child-privacy.yaml": "" }).configOf("src/a.ts").file,
    ).toBeNull();
  });
});

describe("a config that is named", () => {
  test("rules everything, whatever lies around", () => {
    const set = configsOf(
      { "/etc/audit.yaml": "exclude: [old/**]", "/srv/app/child-privacy.yaml": "exclude: [new/**]" },
      "/etc/audit.yaml",
    );
    expect(set.configOf("src/a.ts")).toMatchObject({ file: "../../etc/audit.yaml", exclude: ["old/**"] });
  });

  test("beside the folder, with paths seen from the folder", () => {
    const set = configsOf({ "/srv/app.yaml": 'fields: [{ path: "src/a.ts#U.x" }]' }, "/srv/app.yaml");
    expect(set.configs[0]?.fields[0]?.path).toBe("src/a.ts#U.x");
  });

  test("that is not there is a problem", () => {
    expect(configsOf({}, "/srv/none.yaml").problems).toMatchObject([
      { kind: "unreadable", location: { file: "../none.yaml", line: 1 } },
    ]);
  });
});
