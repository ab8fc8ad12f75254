// request: POST /uploads {"caption":"TOKEN1","guardianId":"g1"}
// request: POST /uploads/late {"caption":"TOKEN1","guardianId":"g1"}
// request: POST /uploads/piped {"caption":"TOKEN1","guardianId":"g1"}
// request: POST /uploads/unpiped {"caption":"TOKEN1","guardianId":"g1"}
// request: POST /gallery {"caption":"TOKEN1","guardianId":"g1"}
// request: POST /gallery/prints {"caption":"TOKEN1","guardianId":"g1"}
// request: PUT /gallery {"caption":"TOKEN1","guardianId":"g1"}
// request: POST /slides {"caption":"TOKEN1","guardianId":"g1"}
import "reflect-metadata";
import {
  Body,
  Controller,
  ForbiddenException,
  Injectable,
  Module,
  Post,
  Put,
  RequestMethod,
  UseInterceptors,
  UsePipes,
  type CallHandler,
  type ExecutionContext,
  type MiddlewareConsumer,
  type NestInterceptor,
  type NestMiddleware,
  type NestModule,
  type PipeTransform,
} from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import type { NextFunction, Request, Response } from "express";
import { Pool } from "pg";
import { concatMap, from, switchMap, type Observable } from "rxjs";

const pool = new Pool();

interface Picture {
  /** @childData media */
  caption: string;
}
type WithGuardian = Picture & { guardianId: string };

/** @guardianConsent */
async function assertGranted(guardianId: string): Promise<void> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
  if (!rows[0]?.granted) throw new ForbiddenException();
}

/** Before the handler: the request goes on once the promise is fulfilled. */
@Injectable()
class ConsentInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { guardianId } = context.switchToHttp().getRequest<Request>().body as WithGuardian;
    return from(assertGranted(guardianId)).pipe(switchMap(() => next.handle()));
  }
}

/** Behind it: the answer is held back, the picture is kept all the same. */
@Injectable()
class LateInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { guardianId } = context.switchToHttp().getRequest<Request>().body as WithGuardian;
    return next.handle().pipe(concatMap(() => assertGranted(guardianId)));
  }
}

@Injectable()
class ConsentPipe implements PipeTransform<WithGuardian, Promise<WithGuardian>> {
  async transform(value: WithGuardian): Promise<WithGuardian> {
    await assertGranted(value.guardianId);
    return value;
  }
}

/** What a pipe starts and does not wait for stops nothing. */
@Injectable()
class HastyPipe implements PipeTransform<WithGuardian, WithGuardian> {
  transform(value: WithGuardian): WithGuardian {
    void assertGranted(value.guardianId);
    return value;
  }
}

@Controller("uploads")
class UploadController {
  @Post()
  @UseInterceptors(ConsentInterceptor)
  async upload(@Body() picture: Picture) {
    await pool.query("INSERT INTO uploads (caption) VALUES ($1)", [picture.caption]);
  }

  @Post("late")
  @UseInterceptors(LateInterceptor)
  async uploadLate(@Body() picture: Picture) {
    await pool.query("INSERT INTO uploads (caption) VALUES ($1)", [picture.caption]); // expect: require-guardian-consent Picture.caption
  }

  @Post("piped")
  async uploadPiped(@Body(ConsentPipe) picture: WithGuardian) {
    await pool.query("INSERT INTO uploads (caption) VALUES ($1)", [picture.caption]);
  }

  @Post("unpiped")
  @UsePipes(HastyPipe)
  async uploadUnpiped(@Body() picture: WithGuardian) {
    await pool.query("INSERT INTO uploads (caption) VALUES ($1)", [picture.caption]); // expect: require-guardian-consent Picture.caption
  }
}

@Injectable()
class ConsentMiddleware implements NestMiddleware {
  async use(req: Request, _res: Response, next: NextFunction) {
    await assertGranted(req.body.guardianId);
    next();
  }
}

@Controller("gallery")
class GalleryController {
  @Post()
  async hang(@Body() picture: Picture) {
    await pool.query("INSERT INTO gallery (caption) VALUES ($1)", [picture.caption]);
  }

  @Post("prints")
  async print(@Body() picture: Picture) {
    await fetch("https://prints.example/orders", { method: "POST", body: JSON.stringify(picture) });
  }

  @Put()
  async rename(@Body() picture: Picture) {
    await pool.query("UPDATE gallery SET caption = $1", [picture.caption]); // expect: require-guardian-consent Picture.caption
  }
}

@Controller("slides")
class SlideController {
  @Post()
  async add(@Body() picture: Picture) {
    await pool.query("INSERT INTO slides (caption) VALUES ($1)", [picture.caption]); // expect: require-guardian-consent Picture.caption
  }
}

@Module({ controllers: [UploadController, GalleryController, SlideController] })
class AppModule implements NestModule {
  configure(consumer: MiddlewareConsumer) {
    consumer
      .apply(ConsentMiddleware)
      .exclude({ path: "gallery", method: RequestMethod.PUT })
      .forRoutes(GalleryController, { path: "slides/:id", method: RequestMethod.ALL });
  }
}

const app = await NestFactory.create(AppModule, { logger: false });
await app.listen(3000);
