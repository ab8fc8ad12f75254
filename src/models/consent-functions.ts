/** Functions of packages that a config names under `consent.functions`: `@acme/consent#requireGuardian`. */
import { isPackageName } from "../base/package-name.js";
import type { ResolvedConfig } from "../contracts/config.js";
import type { PackageModel } from "../contracts/model.js";
import { parsePath } from "./path.js";

/** What says by its name that it stops where there is no consent. The answer of any other has to be tested. */
const stopping = /^(?:require|assert|ensure|demand|enforce|must|guard|insist|need)(?![a-z])/u;

export function consentModels(configs: readonly ResolvedConfig[]): readonly PackageModel[] {
  return configs.flatMap(({ file, consent }) =>
    consent.functions.flatMap((entry): PackageModel[] => {
      const hash = entry.lastIndexOf("#");
      const name = entry.slice(0, hash);
      const text = entry.slice(hash + 1);
      const path = parsePath(text);
      if (!isPackageName(name) || !path.ok) return [];
      const place = { file: file ?? "child-privacy.yaml", line: 1 };
      const effect = stopping.test(text.slice(text.lastIndexOf(".") + 1)) ? "asserts" : "tests";
      return [
        {
          module: name.startsWith("node:") ? name : `npm:${name}`,
          aliases: [],
          versions: null,
          company: null,
          paths: [
            {
              path: path.value,
              text,
              form: "call",
              when: [],
              roles: [{ kind: "consent", effect, operations: [] }],
              place,
            },
          ],
          place,
        },
      ];
    }),
  );
}
