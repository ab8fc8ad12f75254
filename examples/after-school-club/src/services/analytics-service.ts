import { Analytics } from "@segment/analytics-node";
import { config } from "../config/index.js";
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

  /** Asks Segment to erase what it keeps of these people, whatever was sent. */
  async forget(userIds: string[]): Promise<void> {
    const response = await fetch("https://platform.segmentapis.com/regulations", {
      method: "POST",
      headers: { Authorization: `Bearer ${config.SEGMENT_API_TOKEN}`, "Content-Type": "application/json" },
      body: JSON.stringify({ regulationType: "DELETE_ONLY", subjectType: "USER_ID", subjectIds: userIds }),
    });
    if (!response.ok) throw new Error(`Segment answered ${response.status}`);
  }

  async close(): Promise<void> {
    await this.segment.closeAndFlush();
  }
}
