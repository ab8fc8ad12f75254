/** A text message to a guardian: the child is ready, or has left. */
export interface PickupNotice {
  childId: string;
  /**
   * @childData identity
   * @purpose notification
   * @retention 7d
   */
  childName: string;
  /**
   * @childData guardian
   * @purpose notification
   * @retention 7d
   */
  guardianPhone: string;
  at: Date;
}
