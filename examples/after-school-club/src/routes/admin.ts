import { Router } from "express";
import { attendanceService, childRepository, incidentService, waitlist } from "../container.js";
import { recordAccess, requireApproval, requireStaff } from "../middleware/index.js";

export const adminRoutes = Router();

adminRoutes.use(requireStaff);

adminRoutes.get(
  "/children/:childId",
  requireApproval,
  recordAccess,
  /** @staffAccess */
  async (req, res) => {
    res.json(await childRepository.get(req.params.childId));
  },
);

adminRoutes.get(
  "/children/:childId/history",
  requireApproval,
  recordAccess,
  /** @staffAccess */
  async (req, res) => {
    const { childId } = req.params;
    const [attendance, incidents] = await Promise.all([
      attendanceService.history(childId),
      incidentService.list(childId),
    ]);
    res.json({ attendance, incidents });
  },
);

adminRoutes.get(
  "/waitlist",
  requireApproval,
  /** @staffAccess */
  async (_req, res) => {
    res.json(await waitlist.list());
  },
);

adminRoutes.get(
  "/groups/:groupName/children",
  /** @staffAccess */
  async (req, res) => {
    res.json(await childRepository.listByGroup(req.params.groupName));
  },
);

adminRoutes.get(
  "/children.csv",
  requireApproval,
  /** @staffAccess */
  async (_req, res) => {
    res.attachment("children.csv");
    for await (const child of childRepository.all()) {
      res.write(`${child.id},${child.fullName},${child.schoolName},${child.groupName}\n`);
    }
    res.end();
  },
);
