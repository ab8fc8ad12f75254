// request: POST /trips [x-guardian: g1] {"pupil":"TOKEN1","passport":"TOKEN2"}
// request: POST /trips/hostel [x-guardian: g1] {"pupil":"TOKEN1","passport":"TOKEN2"}
// request: POST /trips/bus [x-guardian: g1] {"pupil":"TOKEN1","passport":"TOKEN2"}
// request: POST /museum [x-guardian: g1] {"pupil":"TOKEN1","passport":"TOKEN2"}
// request: POST /museum/group [x-guardian: g1] {"pupil":"TOKEN1","passport":"TOKEN2"}
import "reflect-metadata";
import { Module } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { ConsentModule } from "./consent.module.js";
import { MuseumController } from "./museum.controller.js";
import { TripsController } from "./trips.controller.js";
import { TripsService } from "./trips.service.js";

@Module({
  imports: [ConsentModule],
  controllers: [TripsController, MuseumController],
  providers: [TripsService],
})
class AppModule {}

async function bootstrap() {
  const app = await NestFactory.create(AppModule, { logger: false });
  app.setGlobalPrefix("");
  await app.listen(process.env.PORT ?? 3000);
}
await bootstrap();
