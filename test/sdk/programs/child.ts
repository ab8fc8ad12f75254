export interface Child {
  /** @childData identity */
  id: string;
  /** @childData identity */
  name: string;
  /** @childData contact */
  email: string;
  /** @childData contact */
  phone: string;
  /** @childData other */
  note: string;
  school: string;
}
