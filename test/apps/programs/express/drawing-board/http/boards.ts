import { Router, type RequestHandler } from "express";
import type { Drawing, DrawingStore } from "../domain/drawing-store.js";

export function boards(drawings: DrawingStore, gate: RequestHandler): Router {
  const router = Router({ mergeParams: true });
  router.post("/drawings", gate, async (req, res) => {
    await drawings.add(req.body as Drawing);
    res.sendStatus(201);
  });
  router.post("/drafts", async (req, res) => {
    await drawings.draft(req.body as Drawing);
    res.sendStatus(201);
  });
  router.post("/prints", [gate], async (req: { body: Drawing }, res: { sendStatus(code: number): void }) => {
    await fetch("https://posters.example/prints", { method: "POST", body: JSON.stringify({ title: req.body.title }) });
    res.sendStatus(202);
  });
  return router;
}
