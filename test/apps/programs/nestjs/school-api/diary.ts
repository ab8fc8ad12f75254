import { Body, Controller, Injectable, Module, Post } from "@nestjs/common";
import { APP_GUARD } from "@nestjs/core";
import { Pool } from "pg";
import { ConsentGuard, WithoutConsent } from "./consent.js";

export class Entry {
  /** @childData content */
  entry!: string;
}

@Injectable()
export class DiaryRepository {
  private readonly pool = new Pool();

  add(entry: Entry) {
    return this.pool.query("INSERT INTO diary (entry) VALUES ($1)", [entry.entry]);
  }

  addDraft(entry: Entry) {
    return this.pool.query("INSERT INTO drafts (entry) VALUES ($1)", [entry.entry]); // expect: require-guardian-consent Entry.entry
  }
}

@Controller("diary")
class DiaryController {
  constructor(private readonly diary: DiaryRepository) {}

  @Post()
  async write(@Body() entry: Entry) {
    await this.diary.add(entry);
  }

  @Post("drafts")
  @WithoutConsent()
  async draft(@Body() entry: Entry) {
    await this.diary.addDraft(entry);
  }
}

/** A guard that one module provides under this name is everybody's. */
@Module({
  controllers: [DiaryController],
  providers: [DiaryRepository, { provide: APP_GUARD, useClass: ConsentGuard }],
})
export class DiaryModule {}
