// request: POST /kitchen {"allergy":"TOKEN1","guardianId":"g1"}
// request: POST /nurse {"allergy":"TOKEN1","guardianId":"g1"}
import "reflect-metadata";
import { Body, Controller, Module, Post, type CanActivate, type ExecutionContext } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { Pool } from "pg";

const pool = new Pool();

interface Meal {
  /** @childData health */
  allergy: string;
}

/** @guardianConsent */
class ConsentGuard implements CanActivate {
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { guardianId } = context.switchToHttp().getRequest().body;
    const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
    return rows.some(({ granted }) => granted === true);
  }
}

@Controller("kitchen")
class KitchenController {
  @Post()
  async order(@Body() meal: Meal) {
    await pool.query("INSERT INTO meals (allergy) VALUES ($1)", [meal.allergy]);
  }
}

@Controller("nurse")
class NurseController {
  @Post()
  async tell(@Body() meal: Meal) {
    await fetch("https://nurses.example/notes", { method: "POST", body: JSON.stringify({ note: meal.allergy }) });
  }
}

@Module({ controllers: [KitchenController, NurseController] })
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: false });
app.useGlobalGuards(new ConsentGuard());
await app.listen(3000);
