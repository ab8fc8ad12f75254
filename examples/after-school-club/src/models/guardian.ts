/**
 * @childData guardian
 * @purpose service, notification
 * @retention until-deregistration
 */
export interface GuardianProfile {
  /** @notChildData */
  id: string;
  fullName: string;
  phone: string;
  email: string;
  /** @notChildData */
  locale: string;
}
