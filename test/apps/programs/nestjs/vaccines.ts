// request: POST /doses [x-guardian: g1] {"patient":"TOKEN1","batch":"TOKEN2"}
// request: POST /doses/second [x-guardian: g1] {"patient":"TOKEN1","batch":"TOKEN2"}
// request: POST /doses/report [x-guardian: g1] {"patient":"TOKEN1","batch":"TOKEN2"}
// request: POST /doses/silent [x-guardian: g1] {"patient":"TOKEN1","batch":"TOKEN2"}
// request: POST /doses/many [x-guardian: g1] {"patient":"TOKEN1","batch":"TOKEN2"}
import "reflect-metadata";
import {
  Body,
  Catch,
  Controller,
  createParamDecorator,
  HttpException,
  Inject,
  Injectable,
  Module,
  Post,
  UseFilters,
  type ArgumentsHost,
  type ExceptionFilter,
  type ExecutionContext,
} from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { Pool } from "pg";

class DoseDto {
  /** @childData identity */
  patient!: string;
  /** @childData health */
  batch!: string;
}

class ConsentException extends HttpException {
  constructor(readonly guardianId: string) {
    super("a guardian has to consent", 403);
  }
}

const GuardianId = createParamDecorator((_data: unknown, context: ExecutionContext): string =>
  String(context.switchToHttp().getRequest().headers["x-guardian"]),
);

@Injectable()
class Consents {
  private readonly pool = new Pool();
  /** @guardianConsent */
  private async lookUp(guardianId: string): Promise<{ granted: boolean }> {
    const { rows } = await this.pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
    if (!rows[0]?.granted) throw new ConsentException(guardianId);
    return rows[0];
  }
  async demand(guardianId: string): Promise<void> {
    await this.lookUp(guardianId);
  }
  async wish(guardianId: string): Promise<boolean> {
    return this.lookUp(guardianId).then(
      () => true,
      () => false,
    );
  }
}

/** Remembers whom the guardians refused. */
@Catch(ConsentException)
class ConsentFilter implements ExceptionFilter<ConsentException> {
  private readonly pool = new Pool();
  async catch(exception: ConsentException, host: ArgumentsHost) {
    const http = host.switchToHttp();
    const dose: DoseDto = http.getRequest().body;
    await this.pool.query("INSERT INTO refused_doses (patient) VALUES ($1)", [dose.patient]); // expect: require-guardian-consent DoseDto.patient
    http.getResponse().status(exception.getStatus()).end();
  }
}

@Controller("doses")
class DosesController {
  private readonly db = new Pool();
  constructor(@Inject(Consents) private readonly consents: Consents) {}

  @Post()
  async first(@Body() dose: DoseDto, @GuardianId() guardianId: string) {
    await this.consents.demand(guardianId);
    await this.db.query("INSERT INTO doses (patient, batch) VALUES ($1, $2)", [dose.patient, dose.batch]);
  }

  @Post("second")
  @UseFilters(ConsentFilter)
  async second(@Body() dose: DoseDto, @GuardianId() guardianId: string) {
    await this.consents.demand(guardianId);
    await this.db.query("UPDATE doses SET batch = $1", [dose.batch]);
  }

  @Post("report")
  async report(@Body() dose: DoseDto, @GuardianId() guardianId: string) {
    if (await this.consents.wish(guardianId))
      await fetch("https://registry.example/doses", { method: "POST", body: JSON.stringify(dose) });
  }

  @Post("silent")
  async silent(@Body() dose: DoseDto, @GuardianId() guardianId: string) {
    await this.consents.wish(guardianId);
    await fetch("https://registry.example/doses", { method: "POST", body: JSON.stringify(dose) }); // expect: require-guardian-consent DoseDto.patient, DoseDto.batch
  }

  @Post("many")
  async many(@Body() dose: DoseDto, @GuardianId() guardianId: string) {
    const steps = [() => this.consents.demand(guardianId), () => this.db.query("INSERT INTO many (batch) VALUES ($1)", [dose.batch])];
    for (const step of steps) await step();
  }
}

@Module({ controllers: [DosesController], providers: [Consents] })
class VaccinesModule {}

const app = await NestFactory.create(VaccinesModule, { logger: false });
await app.listen(3000);
