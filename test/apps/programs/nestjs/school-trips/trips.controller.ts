import { Body, Controller, Inject, Post } from "@nestjs/common";
import { RequiresConsent } from "./consent.module.js";
import { Traveller, TripsService } from "./trips.service.js";

@Controller("trips")
export class TripsController {
  constructor(@Inject(TripsService) private readonly trips: TripsService) {}

  @RequiresConsent()
  @Post()
  book(@Body() traveller: Traveller) {
    return this.trips.book(traveller);
  }

  @RequiresConsent("lenient")
  @Post("hostel")
  async hostel(@Body() traveller: Traveller) {
    await this.trips.tellHostel(traveller);
  }

  @Post("bus")
  async bus(@Body() traveller: Traveller) {
    await this.trips.seat(traveller);
  }
}
