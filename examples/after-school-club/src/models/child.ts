/** A child's record as the services see it, opened. */
export interface ChildProfile {
  id: string;
  guardianId: string;
  groupName: string;
  /**
   * @childData identity
   * @purpose service, enrolment, notification
   * @retention until-deregistration
   */
  fullName: string;
  /**
   * ISO date.
   * @childData identity
   * @purpose service, enrolment
   * @retention until-deregistration
   */
  birthDate: string;
  /**
   * @childData location
   * @purpose service, safeguarding
   * @retention until-deregistration
   */
  homeAddress: string;
  /**
   * @childData education
   * @purpose service, enrolment
   * @retention until-deregistration
   */
  schoolName: string;
  /**
   * @childData health
   * @purpose service, safeguarding
   * @retention until-deregistration
   */
  allergies: string | null;
  /**
   * @childData health
   * @purpose service
   * @retention until-deregistration
   */
  dietaryNotes: string | null;
}

/**
 * One card of the sheet by the first-aid box.
 * @childData health
 * @purpose safeguarding
 * @retention 7d
 */
export class EmergencyCard {
  constructor(
    readonly childName: string,
    readonly allergies: string,
    readonly contactPhone: string,
    /** @notChildData */
    readonly printedAt: Date,
  ) {}
}
