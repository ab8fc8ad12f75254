// request: POST /players [x-guardian: g1] {"name":"TOKEN1","instrument":"TOKEN2"}
// request: POST /players/photo [x-guardian: g1] {"name":"TOKEN1","instrument":"TOKEN2"}
// request: PUT /players/3 [x-guardian: g1] {"name":"TOKEN1","instrument":"TOKEN2"}
// request: POST /rehearsals [x-guardian: g1] {"name":"TOKEN1","instrument":"TOKEN2"}
// request: PUT /rehearsals [x-guardian: g1] {"name":"TOKEN1","instrument":"TOKEN2"}
// request: POST /instruments [x-guardian: g1] {"name":"TOKEN1","instrument":"TOKEN2"}
// request: POST /instruments/rent [x-guardian: g1] {"name":"TOKEN1","instrument":"TOKEN2"}
import "reflect-metadata";
import {
  Body,
  Controller,
  ForbiddenException,
  Injectable,
  Module,
  Post,
  Put,
  Req,
  RequestMethod,
  type MiddlewareConsumer,
  type NestMiddleware,
  type NestModule,
} from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import type { NextFunction, Request, Response } from "express";
import { Pool } from "pg";

const pool = new Pool();

/** @childData identity */
class PlayerDto {
  name!: string;
  instrument!: string;
}

/** @guardianConsent */
async function guardianConsents(request: Request): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [request.get("x-guardian")]);
  return rows[0]?.granted === true;
}

@Injectable()
class ConsentMiddleware implements NestMiddleware {
  async use(request: Request, _response: Response, next: NextFunction) {
    if (!(await guardianConsents(request))) throw new ForbiddenException();
    next();
  }
}

async function lookUp(request: Request & { consents?: boolean }, _response: Response, next: NextFunction) {
  request.consents = await guardianConsents(request);
  next();
}

@Controller("players")
class PlayersController {
  @Post()
  async add(@Body() { name, instrument }: PlayerDto) {
    await pool.query("INSERT INTO players (name, instrument) VALUES ($1, $2)", [name, instrument]);
  }
  @Post("photo")
  async photo(@Body() { name }: PlayerDto) {
    await pool.query("INSERT INTO photos (name) VALUES ($1)", [name]); // expect: require-guardian-consent PlayerDto.name
  }
  @Put(":id")
  async change(@Body() { name }: PlayerDto) {
    await pool.query("UPDATE players SET name = $1", [name]);
  }
}

@Controller("rehearsals")
class RehearsalsController {
  @Post()
  async add(@Body() { name }: PlayerDto) {
    await pool.query("INSERT INTO rehearsals (name) VALUES ($1)", [name]);
  }
  @Put()
  async move(@Body() { name }: PlayerDto) {
    await pool.query("UPDATE rehearsals SET name = $1", [name]); // expect: require-guardian-consent PlayerDto.name
  }
}

@Controller("instruments")
class InstrumentsController {
  @Post()
  async lend(@Req() request: Request & { consents?: boolean }) {
    const { instrument }: PlayerDto = request.body;
    if (!request.consents) throw new ForbiddenException();
    await pool.query("INSERT INTO instruments (instrument) VALUES ($1)", [instrument]);
  }
  @Post("rent")
  async rent(@Req() request: Request & { consents?: boolean }) {
    const player: PlayerDto = request.body;
    await fetch("https://rent.example/contracts", { method: "POST", body: JSON.stringify({ for: player.name }) }); // expect: require-guardian-consent PlayerDto.name
    return { consents: request.consents };
  }
}

@Module({ controllers: [PlayersController, RehearsalsController, InstrumentsController] })
class OrchestraModule implements NestModule {
  configure(consumer: MiddlewareConsumer) {
    consumer
      .apply(ConsentMiddleware)
      .exclude({ path: "players/photo", method: RequestMethod.POST })
      .forRoutes(PlayersController);
    consumer.apply(ConsentMiddleware).forRoutes({ path: "rehearsals", method: RequestMethod.POST });
    consumer.apply(lookUp).forRoutes("instruments", "instruments/rent");
  }
}

const app = await NestFactory.create(OrchestraModule, { logger: false });
await app.listen(3000);
