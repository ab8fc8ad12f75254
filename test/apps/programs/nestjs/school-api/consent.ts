import { Injectable, SetMetadata, type CanActivate, type ExecutionContext } from "@nestjs/common";
import { Reflector } from "@nestjs/core";
import { Pool } from "pg";

/** Routes that anybody may use. */
export const WithoutConsent = () => SetMetadata("without-consent", true);

/** @guardianConsent */
@Injectable()
export class ConsentGuard implements CanActivate {
  private readonly pool = new Pool();

  constructor(private readonly reflector: Reflector) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.reflector.get<boolean>("without-consent", context.getHandler())) return true;
    const { guardianId } = context.switchToHttp().getRequest().body;
    const { rows } = await this.pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
    return rows[0]?.granted === true;
  }
}
