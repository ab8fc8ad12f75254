import { Router, type RequestHandler } from "express";
import type { DrawingStore } from "../domain/drawing-store.js";

/** One route of two has the gate. */
export function contests(drawings: DrawingStore, gate: RequestHandler): Router {
  const router = Router();
  const entries = router.route("/:contest/entries");
  entries.post(gate, async (req, res) => {
    await drawings.enter(req.body);
    res.sendStatus(201);
  });
  entries.put(async (req, res) => {
    await drawings.enter(req.body);
    res.sendStatus(200);
  });
  return router;
}
