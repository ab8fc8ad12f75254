import express, { type Express } from "express";
import { handleErrors } from "./middleware/index.js";
import { routes } from "./routes/index.js";

export function createApp(): Express {
  const app = express();
  app.disable("x-powered-by");
  app.use(express.json({ limit: "200kb" }));
  app.get("/health", (_req, res) => {
    res.json({ ok: true });
  });
  app.use("/api", routes);
  app.use(handleErrors);
  return app;
}
