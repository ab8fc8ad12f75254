// request: EMIT say [guardian: g1] {"text":"TOKEN1","room":"red"}
// request: EMIT whisper [guardian: g1] {"text":"TOKEN1","room":"red"}
// request: EMIT shout [guardian: g1] {"text":"TOKEN1","room":"red"}
// request: EMIT photo [namespace: /album] [guardian: g1] {"text":"TOKEN1","room":"red"}
// request: EMIT comment [namespace: /album] [guardian: g1] {"text":"TOKEN1","room":"red"}
// request: EMIT look [namespace: /album] [guardian: g1] [greeting: TOKEN1] {}
import "reflect-metadata";
import { Injectable, Module, UseGuards, UseInterceptors, type CallHandler, type CanActivate, type ExecutionContext, type NestInterceptor } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway, WsException } from "@nestjs/websockets";
import { Queue } from "bullmq";
import { Pool } from "pg";
import type { Socket } from "socket.io";

const pool = new Pool();
const moderation = new Queue("moderation");

class Message {
  /** @childData communication */
  text!: string;
  room!: string;
}

/** @guardianConsent */
async function hasConsent(guardian: string): Promise<boolean> {
  const { rows } = await pool.query("SELECT granted FROM consents WHERE guardian = $1", [guardian]);
  return rows[0]?.granted === true;
}

@Injectable()
class SocketConsentGuard implements CanActivate {
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const socket = context.switchToWs().getClient<Socket>();
    if (await hasConsent(socket.handshake.auth.guardian)) return true;
    throw new WsException("no consent");
  }
}

class LoggingInterceptor implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler) {
    return next.handle();
  }
}

@WebSocketGateway()
class ChatGateway {
  @UseGuards(SocketConsentGuard)
  @SubscribeMessage("say")
  async say(@MessageBody() message: Message) {
    await pool.query("INSERT INTO messages (text, room) VALUES ($1, $2)", [message.text, message.room]);
    return { event: "said", data: true };
  }

  @UseInterceptors(LoggingInterceptor)
  @SubscribeMessage("whisper")
  async whisper(@MessageBody() message: Message) {
    await moderation.add("whisper", { text: message.text }); // expect: require-guardian-consent Message.text
  }

  @SubscribeMessage("shout")
  async shout(@ConnectedSocket() socket: Socket, @MessageBody("text") text: Message["text"]) {
    const message: Message = { text, room: "all" };
    if (!(await hasConsent(socket.handshake.auth.guardian))) {
      socket.emit("refused");
      return;
    }
    await pool.query("INSERT INTO shouts (text) VALUES ($1)", [message.text]);
  }
}

@UseGuards(SocketConsentGuard)
@WebSocketGateway({ namespace: "album" })
class AlbumGateway {
  @SubscribeMessage("photo")
  async photo(@MessageBody() message: Message) {
    await pool.query("INSERT INTO photos (caption) VALUES ($1)", [message.text]);
  }

  @SubscribeMessage("comment")
  async comment(@MessageBody() { text }: Message) {
    await fetch("https://filter.example/words", { method: "POST", body: JSON.stringify({ text }) });
  }

  // Comes with the connection itself, where guards are not asked.
  async handleConnection(socket: Socket) {
    const greeting: Message = { text: String(socket.handshake.auth.greeting), room: "album" };
    await pool.query("INSERT INTO greetings (text) VALUES ($1)", [greeting.text]); // expect: require-guardian-consent Message.text
  }
}

@Module({ providers: [ChatGateway, AlbumGateway] })
class ChatModule {}

const app = await NestFactory.create(ChatModule, { logger: false });
await app.listen(3000);
