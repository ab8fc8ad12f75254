// request: POST /diary {"entry":"TOKEN1","guardianId":"g1"}
// request: POST /diary/drafts {"entry":"TOKEN1","guardianId":"g1"}
// request: POST /letters {"entry":"TOKEN1","guardianId":"g1"}
// request: POST /letters/open {"entry":"TOKEN1","guardianId":"g1"}
import "reflect-metadata";
import { Module } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { DiaryModule } from "./diary.js";
import { LettersModule } from "./letters.js";

@Module({ imports: [DiaryModule, LettersModule] })
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: false, abortOnError: false });
await app.listen(8080);
