export interface Photo {
  /** @childData media */
  caption: string;
  /** @childData biometric */
  faces: string;
}
