import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import autoload, { type AutoloadPluginOptions } from "@fastify/autoload";
import type { FastifyInstance, FastifyPluginAsync } from "fastify";
import { needConsent } from "./_shared/consent.js";

// Where the files are: import.meta.dirname says the same from Node 20.11 on.
const here = dirname(fileURLToPath(import.meta.url));

const loadFolder = (scope: FastifyInstance, name: string, options: Partial<AutoloadPluginOptions> = {}) =>
  scope.register(autoload, { dir: resolve(here, name), ...options });

const radio: FastifyPluginAsync = async (app) => {
  await app.register(
    async (api) => {
      api.addHook("preHandler", needConsent);
      await loadFolder(api, "shows");
    },
    { prefix: "/api" },
  );
  app.register(autoload, {
    dir: fileURLToPath(new URL("./open", import.meta.url)),
    options: { prefix: "/open" },
  });
  app.register(async (flat) => {
    // Nothing stands in a scope of its own: the hook of one file is for all of them.
    flat.register(autoload, { dir: resolve(here, "flat"), encapsulate: false });
  });
  app.register(autoload, {
    dir: resolve(here, "members"),
    options: { prefix: "/members" },
    routeParams: true,
  });
};

export default radio;
