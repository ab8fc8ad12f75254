// request: POST /belts [x-guardian: g1] {"fighter":"TOKEN1","weight":"TOKEN2"}
// request: POST /belts/exam [x-guardian: g1] {"fighter":"TOKEN1","weight":"TOKEN2"}
// request: POST /fights [x-guardian: g1] {"fighter":"TOKEN1","weight":"TOKEN2"}
// request: POST /fights/video [x-guardian: g1] {"fighter":"TOKEN1","weight":"TOKEN2"}
// request: POST /weighing {"fighter":"TOKEN1","weight":"TOKEN2","guardianId":"g1"}
// request: POST /weighing/again {"fighter":"TOKEN1","weight":"TOKEN2","guardianId":"g1"}
import "reflect-metadata";
import {
  Body,
  Controller,
  ForbiddenException,
  Module,
  Post,
  SetMetadata,
  UseInterceptors,
  type CallHandler,
  type CanActivate,
  type ExecutionContext,
  type NestInterceptor,
  type PipeTransform,
} from "@nestjs/common";
import { APP_GUARD, NestFactory, Reflector } from "@nestjs/core";
import { Pool } from "pg";
import { tap } from "rxjs";

const pool = new Pool();

interface Fighter {
  /** @childData identity */
  fighter: string;
  /** @childData health */
  weight: string;
}

/** @guardianConsent */
const isGranted = async (guardianId: string): Promise<boolean> => {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  return rows.length === 1 && rows[0].granted;
};

const CONSENT = "needs-consent";
const NeedsConsent = (needed = true) => SetMetadata(CONSENT, needed);

/** Asks where a route says that it needs it. */
class MarkedRoutesGuard implements CanActivate {
  private readonly reflector = new Reflector();
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const needed = this.reflector.getAllAndOverride<boolean>(CONSENT, [context.getHandler(), context.getClass()]);
    if (!needed) return true;
    return isGranted(context.switchToHttp().getRequest().headers["x-guardian"]);
  }
}

/** Around the handler: first asks, then lets it work. */
class ConsentInterceptor implements NestInterceptor {
  async intercept(context: ExecutionContext, next: CallHandler) {
    const granted = await isGranted(context.switchToHttp().getRequest().headers["x-guardian"]);
    if (!granted) throw new ForbiddenException();
    return next.handle();
  }
}

/** Asks when the handler has done its work. */
class LateInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler) {
    const request = context.switchToHttp().getRequest();
    return next.handle().pipe(tap(() => void isGranted(request.headers["x-guardian"])));
  }
}

class ConsentedFighterPipe implements PipeTransform<Fighter & { guardianId: string }, Promise<Fighter>> {
  async transform({ guardianId, ...fighter }: Fighter & { guardianId: string }) {
    if (!(await isGranted(guardianId))) throw new ForbiddenException("no consent");
    return fighter;
  }
}
class TrimPipe implements PipeTransform<Fighter, Fighter> {
  transform(value: Fighter): Fighter {
    return { fighter: value.fighter.trim(), weight: value.weight };
  }
}

@NeedsConsent()
@Controller("belts")
class BeltsController {
  @Post()
  async add(@Body() body: Fighter) {
    await pool.query("INSERT INTO belts (fighter) VALUES ($1)", [body.fighter]);
  }
  @NeedsConsent(false)
  @Post("exam")
  async exam(@Body() body: Fighter) {
    await pool.query("INSERT INTO exams (fighter) VALUES ($1)", [body.fighter]); // expect: require-guardian-consent Fighter.fighter
  }
}

@Controller("fights")
class FightsController {
  @UseInterceptors(ConsentInterceptor)
  @Post()
  async add(@Body() body: Fighter) {
    await pool.query("INSERT INTO fights (fighter, weight) VALUES ($1, $2)", [body.fighter, body.weight]);
  }
  @UseInterceptors(LateInterceptor)
  @Post("video")
  async video(@Body() { fighter }: Fighter) {
    await fetch("https://videos.example/fights", { method: "POST", body: JSON.stringify({ fighter }) }); // expect: require-guardian-consent Fighter.fighter
  }
}

@Controller("weighing")
class WeighingController {
  @Post()
  async weigh(@Body(ConsentedFighterPipe) body: Fighter) {
    await pool.query("INSERT INTO weights (weight) VALUES ($1)", [body.weight]);
  }
  @Post("again")
  async again(@Body(TrimPipe) body: Fighter) {
    await pool.query("INSERT INTO weights (weight) VALUES ($1)", [body.weight]); // expect: require-guardian-consent Fighter.weight
  }
}

@Module({
  controllers: [BeltsController, FightsController, WeighingController],
  providers: [{ provide: APP_GUARD, useClass: MarkedRoutesGuard }],
})
class JudoModule {}

const app = await NestFactory.create(JudoModule, { logger: false });
await app.listen(3001);
