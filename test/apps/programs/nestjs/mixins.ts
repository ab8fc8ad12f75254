// request: POST /songs {"title":"TOKEN1","guardianId":"g1"}
// request: PUT /songs {"title":"TOKEN1","guardianId":"g1"}
// request: POST /songs/demo {"title":"TOKEN1","guardianId":"g1"}
// request: POST /poems {"title":"TOKEN1","guardianId":"g1"}
// request: PATCH /poems {"title":"TOKEN1","guardianId":"g1"}
// request: POST /poems/share {"title":"TOKEN1","guardianId":"g1"}
// request: POST /plays {"title":"TOKEN1","guardianId":"g1"}
// request: POST /plays/script {"title":"TOKEN1","guardianId":"g1"}
// request: POST /drafts {"title":"TOKEN1","guardianId":"g1"}
// request: POST /sketches {"title":"TOKEN1","guardianId":"g1"}
import "reflect-metadata";
import {
  Body,
  Controller,
  Inject,
  mixin,
  Module,
  Patch,
  Post,
  Put,
  UnauthorizedException,
  UseFilters,
  UseGuards,
  Catch,
  type ArgumentsHost,
  type CanActivate,
  type ExceptionFilter,
  type ExecutionContext,
  type Type,
} from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { Pool } from "pg";
import { from, map, of, type Observable } from "rxjs";

const pool = new Pool();
const POOL = Symbol("pool");

interface Work {
  /** @childData content */
  title: string;
}

/** @guardianConsent */
async function isAgreed(guardianId: string): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  return rows[0]?.granted === true;
}
const guardianOf = (context: ExecutionContext) => context.switchToHttp().getRequest().body.guardianId as string;

/** Guards that are made as they are needed. */
function Consent(kind: "asked" | "assumed"): Type<CanActivate> {
  class ConsentMixin implements CanActivate {
    canActivate(context: ExecutionContext): Observable<boolean> {
      if (kind === "assumed") return of(true);
      return from(isAgreed(guardianOf(context)));
    }
  }
  return mixin(ConsentMixin);
}

class LoginGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    return guardianOf(context) !== "";
  }
}
/** Turns the answer round. */
class StrangersGuard implements CanActivate {
  canActivate(context: ExecutionContext): Observable<boolean> {
    return from(isAgreed(guardianOf(context))).pipe(map((agreed) => !agreed || agreed));
  }
}

/** What is thrown away by a filter is not carried out after all. */
@Catch()
class SilentFilter implements ExceptionFilter {
  catch(_error: unknown, host: ArgumentsHost): void {
    host.switchToHttp().getResponse().status(200).json({});
  }
}

@UseGuards(Consent("asked"))
abstract class GuardedController {
  constructor(@Inject(POOL) protected readonly pool: Pool) {}
}

@Controller("songs")
class SongController {
  constructor(@Inject(POOL) private readonly pool: Pool) {}

  @Post()
  @UseGuards(LoginGuard, Consent("asked"))
  async add(@Body() work: Work) {
    await this.pool.query("INSERT INTO songs (title) VALUES ($1)", [work.title]);
  }

  @Put()
  @UseGuards(LoginGuard, Consent("assumed"))
  async rename(@Body() work: Work) {
    await this.pool.query("UPDATE songs SET title = $1", [work.title]); // expect: require-guardian-consent Work.title
  }

  @Post("demo")
  @UseGuards(StrangersGuard)
  async demo(@Body() work: Work) {
    await this.pool.query("INSERT INTO demos (title) VALUES ($1)", [work.title]); // expect: require-guardian-consent Work.title
  }
}

/** A class has the guards of the class that it extends. */
@Controller("poems")
class PoemController extends GuardedController {
  @Post()
  async add(@Body() work: Work) {
    await this.pool.query("INSERT INTO poems (title) VALUES ($1)", [work.title]);
  }

  @Patch()
  @UseGuards(LoginGuard)
  async rename(@Body() work: Work) {
    await this.pool.query("UPDATE poems SET title = $1", [work.title]);
  }

  @Post("share")
  async share(@Body() work: Work) {
    await fetch("https://poems.example/feed", { method: "POST", body: JSON.stringify({ title: work.title }) });
  }
}

/** Its own guards are added to those. */
@UseGuards(LoginGuard)
@UseFilters(SilentFilter)
@Controller("plays")
class PlayController extends GuardedController {
  @Post()
  async add(@Body() work: Work) {
    await this.pool.query("INSERT INTO plays (title) VALUES ($1)", [work.title]);
  }

  @Post("script")
  async script(@Body() work: Work & { guardianId: string }) {
    if (!(await isAgreed(work.guardianId))) throw new UnauthorizedException();
    await this.pool.query("INSERT INTO scripts (title) VALUES ($1)", [work.title]);
  }
}

abstract class DraftController {
  @Post()
  @UseGuards(Consent("asked"))
  async save(@Body() work: Work) {
    await pool.query("INSERT INTO drafts (title) VALUES ($1)", [work.title]);
  }
}

@Controller("drafts")
class OwnDraftController extends DraftController {}

/** A method that is written anew has nothing of the one that it replaces. */
@Controller("sketches")
class SketchController extends DraftController {
  @Post()
  override async save(@Body() work: Work) {
    await pool.query("INSERT INTO sketches (title) VALUES ($1)", [work.title]); // expect: require-guardian-consent Work.title
  }
}

@Module({
  controllers: [SongController, PoemController, PlayController, OwnDraftController, SketchController],
  providers: [{ provide: POOL, useValue: pool }],
})
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: false });
await app.listen(3000);
