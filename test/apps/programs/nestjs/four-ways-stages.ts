// request: POST /notes [x-guardian: g1] {"text":"TOKEN1","guardianId":"g1"}
// request: POST /notes/early [x-guardian: g1] {"text":"TOKEN1","guardianId":"g1"}
// request: POST /notes/soon [x-guardian: g1] {"text":"TOKEN1","guardianId":"g1"}
// request: POST /notes/anyway [x-guardian: g1] {"text":"TOKEN1","guardianId":"g1"}
// request: POST /notes/draft [x-guardian: g1] {"text":"TOKEN1","guardianId":"g1"}
// request: POST /letters [x-guardian: g1] {"text":"TOKEN1","guardianId":"g1"}
// request: POST /letters/early [x-guardian: g1] {"text":"TOKEN1","guardianId":"g1"}
// request: POST /letters/soon [x-guardian: g1] {"text":"TOKEN1","guardianId":"g1"}
// request: POST /letters/anyway [x-guardian: g1] {"text":"TOKEN1","guardianId":"g1"}
// request: POST /letters/draft [x-guardian: g1] {"text":"TOKEN1","guardianId":"g1"}
// request: POST /wishes [x-guardian: g1] {"text":"TOKEN1"}
// request: POST /wishes/draft [x-guardian: g1] {"text":"TOKEN1"}
import "reflect-metadata";
import {
  applyDecorators,
  Body,
  type CallHandler,
  type CanActivate,
  Controller,
  type ExecutionContext,
  ForbiddenException,
  Injectable,
  Module,
  type NestInterceptor,
  type PipeTransform,
  Post,
  SetMetadata,
  UseInterceptors,
  UsePipes,
} from "@nestjs/common";
import { APP_GUARD, NestFactory, Reflector } from "@nestjs/core";
import { Pool } from "pg";
import { concatMap } from "rxjs";

const pool = new Pool();

class NoteDto {
  /** @childData content */
  text!: string;
  guardianId?: string;
}

/** @guardianConsent */
async function hasConsent(guardianId: string | undefined): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  return rows[0]?.granted === true;
}
async function assertConsent(guardianId: string | undefined): Promise<void> {
  if (!(await hasConsent(guardianId))) throw new ForbiddenException();
}

const guardianOf = (context: ExecutionContext): string => context.switchToHttp().getRequest().headers["x-guardian"];

/** Interceptors. */
@Injectable()
class Asks implements NestInterceptor {
  async intercept(context: ExecutionContext, next: CallHandler) {
    await assertConsent(guardianOf(context));
    return next.handle();
  }
}
@Injectable()
class AsksAfterwards implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler) {
    return next.handle().pipe(
      concatMap(async (answer: unknown) => {
        await assertConsent(guardianOf(context));
        return answer;
      }),
    );
  }
}
@Injectable()
class AsksSoon implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler) {
    assertConsent(guardianOf(context)).catch(() => undefined);
    return next.handle();
  }
}
@Injectable()
class AsksAnyway implements NestInterceptor {
  async intercept(context: ExecutionContext, next: CallHandler) {
    try {
      await assertConsent(guardianOf(context));
    } catch {
      console.warn("no consent");
    }
    return next.handle();
  }
}

/** Pipes. */
@Injectable()
class ConsentPipe implements PipeTransform<NoteDto, Promise<NoteDto>> {
  async transform(note: NoteDto) {
    if (!(await hasConsent(note.guardianId))) throw new ForbiddenException();
    return note;
  }
}
@Injectable()
class SoonPipe implements PipeTransform<NoteDto, NoteDto> {
  transform(note: NoteDto) {
    if (!hasConsent(note.guardianId)) throw new ForbiddenException();
    return note;
  }
}
@Injectable()
class AnywayPipe implements PipeTransform<NoteDto, Promise<NoteDto>> {
  async transform(note: NoteDto) {
    try {
      if (!(await hasConsent(note.guardianId))) throw new ForbiddenException();
    } catch {
      return note;
    }
    return note;
  }
}
/** Keeps a copy before anybody is asked. */
@Injectable()
class EagerPipe implements PipeTransform<NoteDto, Promise<NoteDto>> {
  async transform(note: NoteDto) {
    // reason: it runs after this
    await pool.query("INSERT INTO copies (text) VALUES ($1)", [note.text]); // expect: require-guardian-consent NoteDto.text possible
    await assertConsent(note.guardianId);
    return note;
  }
}

/** A guard for all, but for what is said to be open. */
const Open = () => applyDecorators(SetMetadata("open", true));

@Injectable()
class GuardOfAll implements CanActivate {
  constructor(private readonly reflector: Reflector) {}
  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.reflector.getAllAndOverride<boolean>("open", [context.getHandler(), context.getClass()])) return true;
    return hasConsent(guardianOf(context));
  }
}

@Open()
@Controller("notes")
class NotesController {
  @Post()
  @UseInterceptors(Asks)
  async keep(@Body() { text }: NoteDto) {
    await pool.query("INSERT INTO notes (text) VALUES ($1)", [text]);
  }

  @Post("early")
  @UseInterceptors(AsksAfterwards)
  async early(@Body() { text }: NoteDto) {
    // reason: it stands in a function that is called later, or never, and nothing here waits for that
    await pool.query("INSERT INTO notes (text) VALUES ($1)", [text]); // expect: require-guardian-consent NoteDto.text
  }

  @Post("soon")
  @UseInterceptors(AsksSoon)
  async soon(@Body() { text }: NoteDto) {
    // reason: its promise is not awaited
    await pool.query("INSERT INTO notes (text) VALUES ($1)", [text]); // expect: require-guardian-consent NoteDto.text
  }

  @Post("anyway")
  @UseInterceptors(AsksAnyway)
  async anyway(@Body() { text }: NoteDto) {
    // reason: the error is swallowed, or the answer lost, at four-ways-stages.ts:85
    await pool.query("INSERT INTO notes (text) VALUES ($1)", [text]); // expect: require-guardian-consent NoteDto.text
  }

  @Post("draft")
  async draft(@Body() { text }: NoteDto) {
    // reason: another branch comes here without it
    await pool.query("INSERT INTO drafts (text) VALUES ($1)", [text]); // expect: require-guardian-consent NoteDto.text
  }
}

@Open()
@Controller("letters")
class LettersController {
  @Post()
  async keep(@Body(ConsentPipe) { text }: NoteDto) {
    await pool.query("INSERT INTO letters (text) VALUES ($1)", [text]);
  }

  @Post("early")
  @UsePipes(EagerPipe)
  async early(@Body() { text }: NoteDto) {
    await pool.query("INSERT INTO letters (text) VALUES ($1)", [text]);
  }

  @Post("soon")
  @UsePipes(SoonPipe)
  async soon(@Body() { text }: NoteDto) {
    // reason: its promise is not awaited
    await pool.query("INSERT INTO letters (text) VALUES ($1)", [text]); // expect: require-guardian-consent NoteDto.text
  }

  @Post("anyway")
  async anyway(@Body(AnywayPipe) { text }: NoteDto) {
    // reason: the error is swallowed, or the answer lost, at four-ways-stages.ts:112
    await pool.query("INSERT INTO letters (text) VALUES ($1)", [text]); // expect: require-guardian-consent NoteDto.text
  }

  @Post("draft")
  async draft(@Body() { text }: NoteDto) {
    // reason: another branch comes here without it
    await pool.query("INSERT INTO drafts (text) VALUES ($1)", [text]); // expect: require-guardian-consent NoteDto.text
  }
}

@Controller("wishes")
class WishesController {
  @Post()
  async keep(@Body() { text }: NoteDto) {
    await pool.query("INSERT INTO wishes (text) VALUES ($1)", [text]);
  }

  @Post("draft")
  @Open()
  async draft(@Body() { text }: NoteDto) {
    // reason: another branch comes here without it
    await pool.query("INSERT INTO drafts (text) VALUES ($1)", [text]); // expect: require-guardian-consent NoteDto.text
  }
}

@Module({
  controllers: [NotesController, LettersController, WishesController],
  providers: [{ provide: APP_GUARD, useClass: GuardOfAll }],
})
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: false });
await app.listen(3000);
