import express, { Router } from "express";
import { z } from "zod";
import { documentService, incidentService, photoService } from "../container.js";
import { guardianIdOf, requireStaff } from "../middleware/index.js";
import { incidentInput, PhotoUpload, type DocumentUpload } from "../models/index.js";

const upload = express.raw({ type: ["image/*", "application/pdf"], limit: "8mb" });
const documentKind = z.enum(["medical-certificate", "custody-order"]);
const captionInput = z.object({
  /** @childData media */
  caption: z.string().max(200),
});

export const mediaRoutes = Router();

mediaRoutes.post("/:childId/photos", upload, async (req, res) => {
  const { childId } = req.params as { childId: string };
  const content = z.instanceof(Buffer).parse(req.body);
  const photo = new PhotoUpload(childId, content, req.get("content-type") ?? "image/jpeg", null);
  res.status(201).json({ id: await photoService.add(guardianIdOf(req), photo) });
});

mediaRoutes.get("/:childId/photos", async (req, res) => {
  res.json(await photoService.list(req.params.childId));
});

mediaRoutes.patch("/:childId/photos/:photoId", async (req, res) => {
  const { caption } = captionInput.parse(req.body);
  await photoService.changeCaption(req.params.photoId, caption);
  res.status(204).end();
});

mediaRoutes.post("/:childId/picture-of-the-week", requireStaff, upload, async (req, res) => {
  const { childId } = req.params as { childId: string };
  const content = z.instanceof(Buffer).parse(req.body);
  await photoService.publish(new PhotoUpload(childId, content, "image/jpeg", null));
  res.status(204).end();
});

mediaRoutes.post("/:childId/documents/:kind", upload, async (req, res) => {
  const { childId, kind } = req.params as { childId: string; kind: string };
  const document: DocumentUpload = {
    childId,
    kind: documentKind.parse(kind),
    contentType: req.get("content-type") ?? "application/pdf",
    content: z.instanceof(Buffer).parse(req.body),
  };
  res.status(201).json({ id: await documentService.add(document) });
});

mediaRoutes.post("/:childId/incidents", requireStaff, async (req, res) => {
  const { childId } = req.params as { childId: string };
  res.status(201).json({ id: await incidentService.report(childId, incidentInput.parse(req.body)) });
});

mediaRoutes.patch("/:childId/incidents/:incidentId", requireStaff, async (req, res) => {
  const { incidentId } = req.params as { incidentId: string };
  await incidentService.amend(incidentId, incidentInput.parse(req.body));
  res.status(204).end();
});
