/** @childData contact */
export interface Pupil {
  name: string;
  email: string;
}
