import { Body, Controller, Headers, Inject, Post } from "@nestjs/common";
import type { Pool } from "pg";
import { ConsentService, DATABASE } from "./consent.module.js";
import { Traveller } from "./trips.service.js";

@Controller("museum")
export class MuseumController {
  constructor(
    @Inject(DATABASE) private readonly pool: Pool,
    @Inject(ConsentService) private readonly consents: ConsentService,
  ) {}

  @Post()
  async visit(@Body() body: Traveller, @Headers("x-guardian") guardian: string) {
    await this.consents.assertGranted(guardian);
    await this.pool.query("INSERT INTO visits (pupil) VALUES ($1)", [body.pupil]);
  }

  @Post("group")
  async group(@Body() body: Traveller, @Headers("x-guardian") guardian: string) {
    const asked = this.consents.assertGranted(guardian);
    asked.catch(() => undefined);
    await this.pool.query("INSERT INTO visits (pupil) VALUES ($1)", [body.pupil]); // expect: require-guardian-consent Traveller.pupil
    await asked;
  }
}
