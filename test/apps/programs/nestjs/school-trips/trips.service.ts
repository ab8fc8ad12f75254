import { Inject, Injectable } from "@nestjs/common";
import type { Pool } from "pg";
import { DATABASE } from "./consent.module.js";

/** @childData identity */
export class Traveller {
  pupil!: string;
  passport!: string;
}

@Injectable()
export class TripsService {
  constructor(@Inject(DATABASE) private readonly pool: Pool) {}

  async book({ pupil, passport }: Traveller): Promise<void> {
    await this.pool.query("INSERT INTO trips (pupil, passport) VALUES ($1, $2)", [pupil, passport]);
  }

  async seat({ pupil }: Traveller): Promise<void> {
    await this.pool.query("INSERT INTO seats (pupil) VALUES ($1)", [pupil]); // expect: require-guardian-consent Traveller.pupil
  }

  async tellHostel(traveller: Traveller): Promise<void> {
    await fetch("https://hostel.example/guests", { method: "POST", body: JSON.stringify(traveller) }); // expect: require-guardian-consent Traveller.pupil, Traveller.passport
  }
}
