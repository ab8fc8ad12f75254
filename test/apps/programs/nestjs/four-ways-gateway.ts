// request: EMIT keep [guardian: g1] {"text":"TOKEN1"}
// request: EMIT early [guardian: g1] {"text":"TOKEN1"}
// request: EMIT soon [guardian: g1] {"text":"TOKEN1"}
// request: EMIT anyway [guardian: g1] {"text":"TOKEN1"}
// request: EMIT drafts [namespace: /drafts] [guardian: g1] {"text":"TOKEN1"}
import "reflect-metadata";
import {
  type CallHandler,
  type CanActivate,
  type ExecutionContext,
  Injectable,
  Module,
  type NestInterceptor,
  UseGuards,
  UseInterceptors,
} from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { MessageBody, SubscribeMessage, WebSocketGateway } from "@nestjs/websockets";
import { Pool } from "pg";
import { concatMap } from "rxjs";
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
@Injectable()
class SoonGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    return !!isAgreed(context.switchToWs().getClient<Socket>());
  }
}
@Injectable()
class AnywayGuard implements CanActivate {
  async canActivate(context: ExecutionContext): Promise<boolean> {
    try {
      if (!(await isAgreed(context.switchToWs().getClient<Socket>()))) throw new Error("no consent");
    } catch {
      console.warn("no consent");
    }
    return true;
  }
}
@Injectable()
class AfterwardsInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler) {
    return next.handle().pipe(
      concatMap(async (answer: unknown) => {
        if (!(await isAgreed(context.switchToWs().getClient<Socket>()))) throw new Error("no consent");
        return answer;
      }),
    );
  }
}

@WebSocketGateway()
class NotesGateway {
  @UseGuards(ConsentGuard)
  @SubscribeMessage("keep")
  async keep(@MessageBody() message: Message) {
    await pool.query("INSERT INTO messages (text) VALUES ($1)", [message.text]);
  }

  @UseInterceptors(AfterwardsInterceptor)
  @SubscribeMessage("early")
  async early(@MessageBody() message: Message) {
    // reason: it stands in a function that is called later, or never, and nothing here waits for that
    await pool.query("INSERT INTO messages (text) VALUES ($1)", [message.text]); // expect: require-guardian-consent Message.text
  }

  @UseGuards(SoonGuard)
  @SubscribeMessage("soon")
  async soon(@MessageBody() message: Message) {
    // reason: its promise is not awaited
    await pool.query("INSERT INTO messages (text) VALUES ($1)", [message.text]); // expect: require-guardian-consent Message.text
  }

  @UseGuards(AnywayGuard)
  @SubscribeMessage("anyway")
  async anyway(@MessageBody() message: Message) {
    // reason: the error is swallowed, or the answer lost, at four-ways-gateway.ts:53
    await pool.query("INSERT INTO messages (text) VALUES ($1)", [message.text]); // expect: require-guardian-consent Message.text
  }
}

@WebSocketGateway({ namespace: "drafts" })
class DraftsGateway {
  @SubscribeMessage("drafts")
  async drafts(@MessageBody() message: Message) {
    // reason: Check it before this: isAgreed is used by 4 other entries
    await pool.query("INSERT INTO drafts (text) VALUES ($1)", [message.text]); // expect: require-guardian-consent Message.text
  }
}

@Module({ providers: [NotesGateway, DraftsGateway] })
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: false });
await app.listen(3000);
