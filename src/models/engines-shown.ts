/** What packages of several engines speak to in one program: an ORM on MongoDB says so in the options of its connection. */
import type { PackageModel } from "../contracts/model.js";
import type { Catalogue } from "./catalogue.js";

/** The same catalogue, or one whose packages speak also to what the texts of the program show. */
export function asShown(catalogue: Catalogue, sources: readonly { readonly text: string }[]): Catalogue {
  const shown = new Map<PackageModel, PackageModel>();
  for (const model of catalogue.packages) {
    const more = (model.enginesShown ?? []).filter(({ by }) => {
      const pattern = patternOf(by);
      return sources.some(({ text }) => pattern.test(text));
    });
    if (more.length > 0)
      shown.set(model, {
        ...model,
        engines: [...new Set([...(model.engines ?? []), ...more.map(({ engine }) => engine)])],
      });
  }
  return shown.size === 0
    ? catalogue
    : catalogue.of(catalogue.packages.map((model) => shown.get(model) ?? model));
}

/** However it is spaced and quoted. */
function patternOf(text: string): RegExp {
  const literal = text.replaceAll(/[$()*+.?[\\\]^{|}]/gu, String.raw`\$&`);
  return new RegExp(literal.replaceAll('"', "[\"'`]").replaceAll(" ", String.raw`\s*`), "u");
}
