/** A junior member of the club. */
export interface Member {
  /** @childData identity */
  fullName: string;
  /** @childData education */
  school: string;
}

export interface Game {
  /** @childData behaviour */
  moves: string;
}
