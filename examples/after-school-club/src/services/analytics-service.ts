import { Analytics } from "@segment/analytics-node";
import type { ChildProfile } from "../models/index.js";
import type { EnrolmentView } from "../repositories/index.js";

/** How families find us, and which activities they choose. */
export class AnalyticsService {
  private readonly segment: Analytics;

  constructor(writeKey: string) {
    this.segment = new Analytics({ writeKey });
  }

  childEnrolled(guardianId: string, child: ChildProfile): void {
    this.segment.track({
      userId: guardianId,
      event: "Child Enrolled",
      properties: { school: child.schoolName, group: child.groupName },
    });
  }

  activityJoined(enrolment: EnrolmentView): void {
    this.segment.track({
      userId: enrolment.childId,
      event: "Activity Joined",
      properties: { activity: enrolment.activity, weekday: enrolment.weekday },
    });
  }

  async close(): Promise<void> {
    await this.segment.closeAndFlush();
  }
}
