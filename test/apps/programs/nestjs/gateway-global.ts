// request: EMIT cheer [guardian: g1] {"text":"TOKEN1"}
import "reflect-metadata";
import { Module, type CanActivate, type ExecutionContext } from "@nestjs/common";
import { APP_GUARD, NestFactory } from "@nestjs/core";
import { MessageBody, SubscribeMessage, WebSocketGateway } from "@nestjs/websockets";
import { Pool } from "pg";

const pool = new Pool();

interface Cheer {
  /** @childData communication */
  text: string;
}

/** @guardianConsent */
class ConsentGuard implements CanActivate {
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { guardian } = context.switchToWs().getClient().handshake.auth;
    const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian = $1", [guardian]);
    return rows[0]?.granted === true;
  }
}

@WebSocketGateway()
class StadiumGateway {
  @SubscribeMessage("cheer")
  async cheer(@MessageBody() cheer: Cheer) {
    await pool.query("INSERT INTO cheers (text) VALUES ($1)", [cheer.text]);
  }
}

@Module({ providers: [StadiumGateway, { provide: APP_GUARD, useClass: ConsentGuard }] })
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: false });
await app.listen(3000);
