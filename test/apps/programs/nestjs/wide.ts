// request: POST /api/toys {"wish":"TOKEN1","guardianId":"g1"}
// request: POST /api/toys/7/offers {"wish":"TOKEN1","guardianId":"g1"}
// request: POST /api/games {"wish":"TOKEN1","guardianId":"g1"}
// request: POST /api/games/new {"wish":"TOKEN1","guardianId":"g1"}
// request: POST /health/wish {"wish":"TOKEN1","guardianId":"g1"}
import "reflect-metadata";
import { Body, Controller, Get, Injectable, Module, Post, type MiddlewareConsumer, type NestModule } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import type { NextFunction, Request, Response } from "express";
import { Pool } from "pg";

@Injectable()
class Store {
  private readonly pool = new Pool();

  /** @guardianConsent */
  async isAgreed(guardianId: string): Promise<boolean> {
    const { rows } = await this.pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
    return rows[0]?.granted === true;
  }

  async keep(toy: Toy) {
    await this.pool.query("INSERT INTO wishes (wish) VALUES ($1)", [toy.wish]);
  }

  async keepAnyway(toy: Toy) {
    await this.pool.query("INSERT INTO wishes (wish) VALUES ($1)", [toy.wish]); // expect: require-guardian-consent Toy.wish
  }
}

interface Toy {
  /** @childData behaviour */
  wish: string;
}

@Controller("toys")
class ToyController {
  constructor(private readonly store: Store) {}

  @Post()
  add(@Body() toy: Toy) {
    return this.store.keep(toy);
  }

  @Post(":id/offers")
  offer(@Body() toy: Toy) {
    return this.store.keep(toy);
  }
}

@Controller("games")
class GameController {
  constructor(private readonly store: Store) {}

  @Post()
  add(@Body() toy: Toy) {
    return this.store.keepAnyway(toy);
  }

  @Post("new")
  async addNew(@Body() toy: Toy, @Body("guardianId") guardianId: string) {
    const agreed = await this.store.isAgreed(guardianId);
    return agreed ? this.store.keep(toy) : undefined;
  }
}

@Controller()
class HealthController {
  constructor(private readonly store: Store) {}

  @Get("health")
  health() {
    return "ok";
  }

  @Post("health/wish")
  wish(@Body() toy: Toy) {
    return this.store.keepAnyway(toy);
  }
}

@Module({ controllers: [ToyController, GameController, HealthController], providers: [Store] })
class AppModule implements NestModule {
  constructor(private readonly store: Store) {}

  configure(consumer: MiddlewareConsumer) {
    consumer
      .apply(async (req: Request, res: Response, next: NextFunction) => {
        if (await this.store.isAgreed(req.body.guardianId)) next();
        else res.status(403).end();
      })
      .forRoutes("toys", "toys/*rest");
  }
}

const app = await NestFactory.create(AppModule, { logger: false });
app.setGlobalPrefix("api", { exclude: ["health", "health/*rest"] });
await app.listen(3000);
