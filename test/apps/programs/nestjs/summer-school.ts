// request: POST /pupils {"name":"TOKEN1","email":"TOKEN2","guardianId":"g1"}
// request: PUT /pupils/3 {"name":"TOKEN1","email":"TOKEN2","guardianId":"g1"}
// request: POST /pupils/import {"name":"TOKEN1","email":"TOKEN2","guardianId":"g1"}
// request: POST /courses {"name":"TOKEN1","guardianId":"g1"}
// request: POST /courses/wishes {"name":"TOKEN1","guardianId":"g1"}
// request: POST /trips {"name":"TOKEN1","guardianId":"g1"}
// request: POST /trips/soon {"name":"TOKEN1","guardianId":"g1"}
// request: POST /trips/maybe {"name":"TOKEN1","guardianId":"g1"}
import "reflect-metadata";
import {
  Body,
  Controller,
  Injectable,
  Module,
  Post,
  Put,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
} from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { Pool } from "pg";

/** @childData contact */
class PupilDto {
  name!: string;
  email!: string;
}

@Injectable()
class ConsentService {
  private readonly pool = new Pool();

  /** @guardianConsent */
  async isGranted(guardianId: string): Promise<boolean> {
    const { rows } = await this.pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
    return rows[0]?.granted === true;
  }
}

@Injectable()
class PupilService {
  private readonly pool = new Pool();

  async create(pupil: PupilDto): Promise<void> {
    await this.pool.query("INSERT INTO pupils (name, email) VALUES ($1, $2)", [pupil.name, pupil.email]);
  }

  async importOne(pupil: PupilDto): Promise<void> {
    await this.pool.query("INSERT INTO pupils (name, email) VALUES ($1, $2)", [pupil.name, pupil.email]); // expect: require-guardian-consent PupilDto.name, PupilDto.email
  }
}

const guardianOf = (context: ExecutionContext): string => context.switchToHttp().getRequest().body.guardianId;

@Injectable()
class ConsentGuard implements CanActivate {
  constructor(private readonly consents: ConsentService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    return this.consents.isGranted(guardianOf(context));
  }
}

/** A promise is truthy before it is settled. */
@Injectable()
class HastyGuard implements CanActivate {
  constructor(private readonly consents: ConsentService) {}

  canActivate(context: ExecutionContext): boolean {
    return Boolean(this.consents.isGranted(guardianOf(context)));
  }
}

/** Lets everybody in when the store of consents says no. */
@Injectable()
class LenientGuard implements CanActivate {
  constructor(private readonly consents: ConsentService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    try {
      if (!(await this.consents.isGranted(guardianOf(context)))) throw new Error("not granted");
    } catch {
      console.warn("no consent");
    }
    return true;
  }
}

@Controller("pupils")
class PupilController {
  private readonly pool = new Pool();

  constructor(private readonly pupils: PupilService) {}

  @Post()
  @UseGuards(ConsentGuard)
  create(@Body() pupil: PupilDto) {
    return this.pupils.create(pupil);
  }

  @Put(":id")
  async rename(@Body() pupil: PupilDto) {
    await this.pool.query("UPDATE pupils SET name = $1, email = $2", [pupil.name, pupil.email]); // expect: require-guardian-consent PupilDto.name, PupilDto.email
  }

  @Post("import")
  import(@Body() pupil: PupilDto) {
    return this.pupils.importOne(pupil);
  }
}

@Controller("courses")
@UseGuards(ConsentGuard)
class CourseController {
  private readonly pool = new Pool();

  @Post()
  async enrol(@Body() { name }: PupilDto) {
    await this.pool.query("INSERT INTO courses (name) VALUES ($1)", [name]);
  }

  @Post("wishes")
  async wish(@Body("name") name: string) {
    const wish: Pick<PupilDto, "name"> = { name };
    await this.pool.query("INSERT INTO wishes (name) VALUES ($1)", [wish.name]);
  }
}

@Controller("trips")
class TripController {
  private readonly pool = new Pool();

  constructor(private readonly consents: ConsentService) {}

  @Post()
  async enrol(@Body() body: PupilDto & { guardianId: string }) {
    if (!(await this.consents.isGranted(body.guardianId))) return { enrolled: false };
    await this.pool.query("INSERT INTO trips (name) VALUES ($1)", [body.name]);
    return { enrolled: true };
  }

  @Post("soon")
  @UseGuards(HastyGuard)
  async enrolSoon(@Body() body: PupilDto) {
    await this.pool.query("INSERT INTO trips (name) VALUES ($1)", [body.name]); // expect: require-guardian-consent PupilDto.name
  }

  @Post("maybe")
  @UseGuards(LenientGuard)
  async enrolMaybe(@Body() body: PupilDto) {
    await this.pool.query("INSERT INTO trips (name) VALUES ($1)", [body.name]); // expect: require-guardian-consent PupilDto.name
  }
}

@Module({
  controllers: [PupilController, CourseController, TripController],
  providers: [PupilService, ConsentService],
})
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: false });
await app.listen(3000);
