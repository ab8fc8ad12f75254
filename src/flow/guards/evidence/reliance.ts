/** What answers of the evidence rest on that may still change: counted, so that only those that rest on nothing are kept. */
export class Reliance {
  /** Questions that were cut short, so that what is told of may be silent. */
  cuts = 0;
  /** Answers that may still come to leave more open, so that what tells may be silent in the end. */
  unsettled = 0;

  /** An answer is used that could not be kept. */
  onTold(tells: boolean): void {
    if (tells) this.unsettled++;
    else this.cuts++;
  }
}
