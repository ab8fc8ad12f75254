import { config } from "../config/index.js";
import { ForbiddenError } from "../lib/index.js";
import type { ChildRepository, ConsentOperation, ConsentRepository } from "../repositories/index.js";

export class ConsentService {
  constructor(
    private readonly consents: ConsentRepository,
    private readonly children: ChildRepository,
  ) {}

  async grant(guardianId: string, operations: ConsentOperation[]): Promise<void> {
    await this.consents.grant(guardianId, operations, config.NOTICE_VERSION);
  }

  /** The guardian says no to the notice: nothing is kept, and the club offers its paper form. */
  refuse(): { accepted: false; alternative: string } {
    return { accepted: false, alternative: "paper-form" };
  }

  /** @guardianConsent */
  async hasConsent(guardianId: string, operation: ConsentOperation): Promise<boolean> {
    return this.consents.exists(guardianId, operation, config.NOTICE_VERSION);
  }

  /** @guardianConsent */
  async assertGranted(guardianId: string, operation: ConsentOperation): Promise<void> {
    if (!(await this.hasConsent(guardianId, operation))) {
      throw new ForbiddenError(`no guardian consent for ${operation}`);
    }
  }

  /** @deletionPath withdrawal */
  async withdraw(guardianId: string): Promise<void> {
    await this.consents.withdraw(guardianId);
    await this.children.deactivateByGuardian(guardianId);
  }
}
