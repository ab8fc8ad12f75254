// request: POST /letters/strict [x-guardian: g1] {"sender":"TOKEN1"}
// request: POST /letters/lenient [x-guardian: g1] {"sender":"TOKEN1"}
// request: POST /letters/middle [x-guardian: g1] {"sender":"TOKEN1"}
// request: POST /letters/above [x-guardian: g1] {"sender":"TOKEN1"}
// request: POST /letters/above-ignored [x-guardian: g1] {"sender":"TOKEN1"}
// request: POST /letters/field [x-guardian: g1] {"sender":"TOKEN1"}
// request: POST /letters/logged [x-guardian: g1] {"sender":"TOKEN1"}
import "reflect-metadata";
import { Body, type CanActivate, Controller, type ExecutionContext, ForbiddenException, Injectable, Module, Post, UseGuards } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { Pool } from "pg";

const pool = new Pool();

interface Letter {
  /** @childData identity */
  sender: string;
}

/** @guardianConsent */
async function hasConsent(guardian: string): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardian]);
  return rows[0]?.granted === true;
}

abstract class LetterGuard implements CanActivate {
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const guardian = String(context.switchToHttp().getRequest().headers["x-guardian"]);
    if (!(await this.allows(guardian))) throw new ForbiddenException();
    this.note(guardian);
    return true;
  }
  protected abstract allows(guardian: string): Promise<boolean>;
  protected note(_guardian: string): void {}
}

@Injectable()
class StrictLetterGuard extends LetterGuard {
  protected allows(guardian: string): Promise<boolean> {
    return hasConsent(guardian);
  }
}

/** Whoever gives a guardian's name may go on. */
@Injectable()
class LenientLetterGuard extends LetterGuard {
  protected async allows(guardian: string): Promise<boolean> {
    return guardian !== "";
  }
}

/** What stands between decides. */
class AskingGuard extends LetterGuard {
  protected allows(guardian: string): Promise<boolean> {
    return hasConsent(guardian);
  }
}
@Injectable()
class LoggedGuard extends AskingGuard {
  protected override note(guardian: string): void {
    console.log("letter of", guardian);
  }
}

@Injectable()
class AboveGuard extends StrictLetterGuard {
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    return super.canActivate(context);
  }
}

@Injectable()
class IgnoringGuard extends StrictLetterGuard {
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    await super.canActivate(context).catch(() => false);
    return true;
  }
}

/** What each asks is a field of its own. */
abstract class FieldGuard implements CanActivate {
  protected abstract readonly ask: (guardian: string) => Promise<boolean>;
  canActivate(context: ExecutionContext): Promise<boolean> {
    return this.ask(String(context.switchToHttp().getRequest().headers["x-guardian"]));
  }
}
@Injectable()
class AskingFieldGuard extends FieldGuard {
  protected readonly ask = hasConsent;
}
@Injectable()
class OpenFieldGuard extends FieldGuard {
  protected readonly ask = async (): Promise<boolean> => true;
}

@Controller("letters")
class LettersController {
  @UseGuards(StrictLetterGuard)
  @Post("strict")
  async strict(@Body() letter: Letter) {
    await pool.query("INSERT INTO a (sender) VALUES ($1)", [letter.sender]);
  }
  @UseGuards(LenientLetterGuard)
  @Post("lenient")
  async lenient(@Body() letter: Letter) {
    await pool.query("INSERT INTO b (sender) VALUES ($1)", [letter.sender]); // expect: require-guardian-consent Letter.sender
  }
  @UseGuards(new LoggedGuard())
  @Post("middle")
  async middle(@Body() letter: Letter) {
    await pool.query("INSERT INTO c (sender) VALUES ($1)", [letter.sender]);
  }
  @UseGuards(AboveGuard)
  @Post("above")
  async above(@Body() letter: Letter) {
    await pool.query("INSERT INTO d (sender) VALUES ($1)", [letter.sender]);
  }
  @UseGuards(IgnoringGuard)
  @Post("above-ignored")
  async aboveIgnored(@Body() letter: Letter) {
    await pool.query("INSERT INTO e (sender) VALUES ($1)", [letter.sender]); // expect: require-guardian-consent Letter.sender
  }
  @UseGuards(AskingFieldGuard)
  @Post("field")
  async field(@Body() letter: Letter) {
    await pool.query("INSERT INTO f (sender) VALUES ($1)", [letter.sender]);
  }
  @UseGuards(OpenFieldGuard)
  @Post("logged")
  async open(@Body() letter: Letter) {
    await pool.query("INSERT INTO g (sender) VALUES ($1)", [letter.sender]); // expect: require-guardian-consent Letter.sender
  }
}

@Module({
  controllers: [LettersController],
  providers: [StrictLetterGuard, LenientLetterGuard, AboveGuard, IgnoringGuard, AskingFieldGuard, OpenFieldGuard],
})
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: false });
await app.listen(3000);
