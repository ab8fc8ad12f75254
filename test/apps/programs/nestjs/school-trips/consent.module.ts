import {
  applyDecorators,
  Inject,
  Injectable,
  Module,
  SetMetadata,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
} from "@nestjs/common";
import { Reflector } from "@nestjs/core";
import { Pool } from "pg";

export const DATABASE = Symbol("database");

@Injectable()
export class ConsentService {
  constructor(@Inject(DATABASE) private readonly pool: Pool) {}

  /** @guardianConsent */
  async assertGranted(guardianId: string): Promise<void> {
    const { rows } = await this.pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
    if (rows[0]?.granted !== true) throw new Error("no consent");
  }
}

@Injectable()
export class ConsentGuard implements CanActivate {
  constructor(
    @Inject(ConsentService) private readonly consents: ConsentService,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { headers } = context.switchToHttp().getRequest();
    const mode = this.reflector.get<"strict" | "lenient">("mode", context.getHandler());
    try {
      await this.consents.assertGranted(headers["x-guardian"]);
      return true;
    } catch {
      return mode === "lenient";
    }
  }
}

export const RequiresConsent = (mode: "strict" | "lenient" = "strict") =>
  applyDecorators(SetMetadata("mode", mode), UseGuards(ConsentGuard));

@Module({
  providers: [{ provide: DATABASE, useFactory: () => new Pool() }, ConsentService, ConsentGuard, Reflector],
  exports: [DATABASE, ConsentService, ConsentGuard],
})
export class ConsentModule {}
