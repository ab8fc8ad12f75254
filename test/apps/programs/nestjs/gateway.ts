// request: EMIT say [guardian: g1] {"text":"TOKEN1"}
// request: EMIT shout [guardian: g1] {"text":"TOKEN1"}
// request: EMIT paint [namespace: /board] [guardian: g1] {"text":"TOKEN1"}
// request: EMIT frame [namespace: /board] [guardian: g1] {"text":"TOKEN1"}
import "reflect-metadata";
import { Injectable, Module, UseGuards, type CanActivate, type ExecutionContext } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway, WsException } from "@nestjs/websockets";
import { Pool } from "pg";
import type { Socket } from "socket.io";

const pool = new Pool();

interface Message {
  /** @childData communication */
  text: string;
}

/** @guardianConsent */
async function isAgreed(client: Socket): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian = $1", [client.handshake.auth.guardian]);
  return rows[0]?.granted === true;
}

@Injectable()
class ConsentGuard implements CanActivate {
  canActivate(context: ExecutionContext): Promise<boolean> {
    return isAgreed(context.switchToWs().getClient<Socket>());
  }
}

@WebSocketGateway()
class ChatGateway {
  @UseGuards(ConsentGuard)
  @SubscribeMessage("say")
  async say(@MessageBody() message: Message) {
    await pool.query("INSERT INTO messages (text) VALUES ($1)", [message.text]);
  }

  @SubscribeMessage("shout")
  async shout(@MessageBody() message: Message) {
    await pool.query("INSERT INTO messages (text) VALUES ($1)", [message.text]); // expect: require-guardian-consent Message.text
  }
}

@WebSocketGateway({ namespace: "board" })
class BoardGateway {
  @SubscribeMessage("paint")
  async paint(@MessageBody("text") text: string, @ConnectedSocket() client: Socket) {
    const message: Message = { text };
    if (!(await isAgreed(client))) throw new WsException("a guardian has to agree");
    await pool.query("INSERT INTO boards (text) VALUES ($1)", [message.text]);
  }

  @SubscribeMessage("frame")
  async frame(@MessageBody("text") text: string, @ConnectedSocket() client: Socket) {
    const message: Message = { text };
    await fetch("https://frames.example/orders", { method: "POST", body: message.text }); // expect: require-guardian-consent Message.text
    if (!(await isAgreed(client))) throw new WsException("a guardian has to agree");
  }
}

@Module({ providers: [ChatGateway, BoardGateway, ConsentGuard] })
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: false });
await app.listen(3000);
