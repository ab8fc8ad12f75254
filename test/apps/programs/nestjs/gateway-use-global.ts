// request: EMIT clap [guardian: g1] {"text":"TOKEN1"}
import "reflect-metadata";
import { Module, type CanActivate, type ExecutionContext } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { MessageBody, SubscribeMessage, WebSocketGateway } from "@nestjs/websockets";
import { Pool } from "pg";

const pool = new Pool();

interface Clap {
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
class HallGateway {
  @SubscribeMessage("clap")
  async clap(@MessageBody() clap: Clap) {
    await pool.query("INSERT INTO claps (text) VALUES ($1)", [clap.text]);
  }
}

@Module({ providers: [HallGateway] })
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: false });
app.useGlobalGuards(new ConsentGuard());
await app.listen(3000);
