import type { EnrolmentView } from "../repositories/index.js";

const COURSES = "https://api.riverside-swimming.cn/courses";
const HOLIDAYS = "https://api.pine-camp.cn/interests";

/** Clubs that run a course by themselves, and answer for what they are told. */
export class PartnerService {
  async announce(enrolment: EnrolmentView): Promise<void> {
    if (enrolment.activity === "swimming") await this.tellSwimmingClub(enrolment);
    else await this.tellCamp(enrolment);
  }

  private async tellSwimmingClub({ childId, activity, weekday }: EnrolmentView): Promise<void> {
    await fetch(COURSES, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ pupil: childId, course: `${activity} ${weekday}` }),
    });
  }

  private async tellCamp({ childId, activity }: EnrolmentView): Promise<void> {
    await fetch(HOLIDAYS, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ pupil: childId, interest: activity }),
    });
  }
}
