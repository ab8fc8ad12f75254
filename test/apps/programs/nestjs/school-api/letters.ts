import { Body, Controller, Module, Post } from "@nestjs/common";
import { WithoutConsent } from "./consent.js";
import type { Entry } from "./diary.js";

@Controller("letters")
class LettersController {
  @Post()
  async send(@Body() letter: Entry) {
    await fetch("https://post.example/letters", { method: "POST", body: JSON.stringify({ text: letter.entry }) });
  }

  @WithoutConsent()
  @Post("open")
  async sendOpen(@Body() letter: Entry) {
    await fetch("https://post.example/letters", { method: "POST", body: JSON.stringify({ text: letter.entry }) }); // expect: require-guardian-consent Entry.entry
  }
}

@Module({ controllers: [LettersController] })
export class LettersModule {}
