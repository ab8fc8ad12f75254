import type { ChildData } from "eslint-plugin-child-privacy/annotations";

export class PhotoUpload {
  constructor(
    readonly childId: string,
    readonly content: ChildData<Buffer, "media">,
    readonly contentType: string,
    readonly caption: ChildData<string, "media"> | null,
  ) {}
}

export interface DocumentUpload {
  childId: string;
  kind: "medical-certificate" | "custody-order";
  contentType: string;
  /**
   * The scanned paper.
   * @childData health
   * @purpose safeguarding
   * @retention 365d
   */
  content: Buffer;
}
