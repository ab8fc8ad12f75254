// request: POST /players {"nickname":"TOKEN1","guardianId":"g1"}
// request: POST /players/guest {"nickname":"TOKEN1","guardianId":"g1"}
// request: POST /scores {"nickname":"TOKEN1","guardianId":"g1"}
// request: POST /scores/quick {"nickname":"TOKEN1","guardianId":"g1"}
// request: POST /teams {"nickname":"TOKEN1","guardianId":"g1"}
// request: POST /teams/draft {"nickname":"TOKEN1","guardianId":"g1"}
import "reflect-metadata";
import {
  applyDecorators,
  Body,
  Controller,
  ForbiddenException,
  Injectable,
  Module,
  Post,
  SetMetadata,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
} from "@nestjs/common";
import { APP_GUARD, NestFactory, Reflector } from "@nestjs/core";
import { Queue } from "bullmq";
import { Pool } from "pg";

const pool = new Pool();
const welcome = new Queue("welcome");

interface Player {
  /** @childData account */
  nickname: string;
}

/** @guardianConsent */
async function assertGranted(guardianId: string): Promise<void> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  if (!rows[0]?.granted) throw new ForbiddenException("a guardian has to agree");
}

const NEEDS_CONSENT = "needs-consent";
const NeedsConsent = () => SetMetadata(NEEDS_CONSENT, true);

/** Looks at a route only if it says that it needs consent. */
@Injectable()
class MarkedRoutesGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const isNeeded = this.reflector.getAllAndOverride<boolean>(NEEDS_CONSENT, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (isNeeded) await assertGranted(context.switchToHttp().getRequest().body.guardianId);
    return true;
  }
}

@Injectable()
class ConsentGuard implements CanActivate {
  async canActivate(context: ExecutionContext): Promise<boolean> {
    await assertGranted(context.switchToHttp().getRequest().body.guardianId);
    return true;
  }
}

/** Route and guard in one. */
const GuardedPost = (path = "") => applyDecorators(Post(path), UseGuards(ConsentGuard));
/** Says what it needs, and there is somebody who reads it. */
const ConsentPost = (path = "") => applyDecorators(Post(path), NeedsConsent());
/** A word that nobody reads. */
const ParentsOnly = () => SetMetadata("parents-only", true);

@Controller("players")
class PlayerController {
  @Post()
  @NeedsConsent()
  async create(@Body() player: Player) {
    await pool.query("INSERT INTO players (nickname) VALUES ($1)", [player.nickname]);
  }

  @Post("guest")
  @ParentsOnly()
  async guest(@Body() player: Player) {
    await pool.query("INSERT INTO guests (nickname) VALUES ($1)", [player.nickname]); // expect: require-guardian-consent Player.nickname
  }
}

@NeedsConsent()
@Controller("scores")
class ScoreController {
  @Post()
  async add(@Body() player: Player) {
    await welcome.add("score", { nickname: player.nickname });
  }

  @Post("quick")
  @SetMetadata(NEEDS_CONSENT, false)
  async quick(@Body() player: Player) {
    await welcome.add("score", { nickname: player.nickname }); // expect: require-guardian-consent Player.nickname
  }
}

@Controller("teams")
class TeamController {
  @GuardedPost()
  async create(@Body() player: Player) {
    await pool.query("INSERT INTO teams (nickname) VALUES ($1)", [player.nickname]);
  }

  @ConsentPost("draft")
  async draft(@Body() player: Player) {
    await pool.query("INSERT INTO drafts (nickname) VALUES ($1)", [player.nickname]);
  }
}

@Module({
  controllers: [PlayerController, ScoreController, TeamController],
  providers: [{ provide: APP_GUARD, useClass: MarkedRoutesGuard }],
})
class AppModule {}

async function bootstrap() {
  const app = await NestFactory.create(AppModule, { logger: false });
  await app.listen(process.env.PORT ?? 3000);
}
await bootstrap();
