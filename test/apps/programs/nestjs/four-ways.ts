// request: POST /notes [x-guardian: g1] {"text":"TOKEN1"}
// request: POST /notes/early [x-guardian: g1] {"text":"TOKEN1"}
// request: POST /notes/soon [x-guardian: g1] {"text":"TOKEN1"}
// request: POST /notes/anyway [x-guardian: g1] {"text":"TOKEN1"}
// request: POST /drafts [x-guardian: g1] {"text":"TOKEN1"}
// request: POST /letters [x-guardian: g1] {"text":"TOKEN1"}
import "reflect-metadata";
import {
  Body,
  type CallHandler,
  type CanActivate,
  Controller,
  type ExecutionContext,
  Injectable,
  type MiddlewareConsumer,
  Module,
  type NestInterceptor,
  type NestMiddleware,
  type NestModule,
  Post,
  UseGuards,
  UseInterceptors,
} from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { Pool } from "pg";
import { concatMap } from "rxjs";

const pool = new Pool();

class NoteDto {
  /** @childData content */
  text!: string;
}

/** @guardianConsent */
async function hasConsent(guardianId: string | undefined): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  return rows[0]?.granted === true;
}

const guardianOf = (context: ExecutionContext): string => context.switchToHttp().getRequest().headers["x-guardian"];

@Injectable()
class ConsentGuard implements CanActivate {
  async canActivate(context: ExecutionContext): Promise<boolean> {
    return hasConsent(guardianOf(context));
  }
}
@Injectable()
class SoonGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (!hasConsent(guardianOf(context))) return false;
    return true;
  }
}
@Injectable()
class AnywayGuard implements CanActivate {
  async canActivate(context: ExecutionContext): Promise<boolean> {
    try {
      return await hasConsent(guardianOf(context)).then((agreed) => {
        if (!agreed) throw new Error("no consent");
        return true;
      });
    } catch {
      return true;
    }
  }
}
/** Asks when the handler is done. */
@Injectable()
class AfterwardsInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler) {
    return next.handle().pipe(
      concatMap(async (answer: unknown) => {
        if (!(await hasConsent(guardianOf(context)))) throw new Error("no consent");
        return answer;
      }),
    );
  }
}
@Injectable()
class ConsentMiddleware implements NestMiddleware {
  async use(request: { headers: Record<string, string> }, _response: unknown, next: (error?: Error) => void) {
    if (!(await hasConsent(request.headers["x-guardian"]))) return next(new Error("no consent"));
    next();
  }
}

@Controller("notes")
class NotesController {
  @Post()
  @UseGuards(ConsentGuard)
  async keep(@Body() { text }: NoteDto) {
    await pool.query("INSERT INTO notes (text) VALUES ($1)", [text]);
  }

  @Post("early")
  @UseInterceptors(AfterwardsInterceptor)
  async early(@Body() { text }: NoteDto) {
    // reason: it stands in a function that is called later, or never
    await pool.query("INSERT INTO notes (text) VALUES ($1)", [text]); // expect: require-guardian-consent NoteDto.text
  }

  @Post("soon")
  @UseGuards(SoonGuard)
  async soon(@Body() { text }: NoteDto) {
    // reason: its promise is not awaited
    await pool.query("INSERT INTO notes (text) VALUES ($1)", [text]); // expect: require-guardian-consent NoteDto.text
  }

  @Post("anyway")
  @UseGuards(AnywayGuard)
  async anyway(@Body() { text }: NoteDto) {
    // reason: the error is swallowed, or the answer lost, at four-ways.ts:64
    await pool.query("INSERT INTO notes (text) VALUES ($1)", [text]); // expect: require-guardian-consent NoteDto.text
  }
}

@Controller()
class LettersController {
  @Post("letters")
  async keep(@Body() { text }: NoteDto) {
    await pool.query("INSERT INTO letters (text) VALUES ($1)", [text]);
  }

  @Post("drafts")
  async draft(@Body() { text }: NoteDto) {
    // reason: it stands before letters only
    await pool.query("INSERT INTO drafts (text) VALUES ($1)", [text]); // expect: require-guardian-consent NoteDto.text
  }
}

@Module({ controllers: [NotesController, LettersController] })
class AppModule implements NestModule {
  configure(consumer: MiddlewareConsumer) {
    consumer.apply(ConsentMiddleware).forRoutes("letters");
  }
}

const app = await NestFactory.create(AppModule, { logger: false });
await app.listen(3000);
