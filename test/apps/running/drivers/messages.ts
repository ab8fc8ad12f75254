/** Apps that take messages over a connection that stays. */
import { openedServer } from "../listening.js";
import type { Send } from "./driver-of.js";
import { portOf } from "./server.js";

const longestWait = 150;

/** `EMIT message [namespace: /chat] [token: t1] {…}`: what is in brackets is what the client says when it connects. */
export async function driveSocketIo(): Promise<Send> {
  const port = await openedPort();
  const client: string = "socket.io-client";
  const { io } = (await import(client)) as {
    readonly io: (url: string, options: object) => Socket;
  };
  return ({ target, headers: { namespace = "/", ...auth }, body }) =>
    new Promise((resolve) => {
      const socket = io(`http://127.0.0.1:${String(port)}${namespace}`, {
        auth,
        forceNew: true,
        reconnection: false,
      });
      const end = (answer: string): void => {
        socket.disconnect();
        resolve(answer);
      };
      socket.on("connect_error", (error) => {
        end(`not connected: ${error.message}`);
      });
      socket.on("connect", () => {
        socket.emit(target, body, () => {
          end("acknowledged");
        });
        setTimeout(end, longestWait, "sent");
      });
    });
}

interface Socket {
  on(event: string, listener: (error: Error) => void): void;
  emit(event: string, body: unknown, done: () => void): void;
  disconnect(): void;
}

/** `SEND /chat [x-guardian: g1] {…}`: connects there with these headers and sends a message. */
export async function driveWs(): Promise<Send> {
  const port = await openedPort();
  const client: string = "ws";
  const { WebSocket: Client } = (await import(client)) as {
    readonly WebSocket: new (url: string, options: object) => WebSocketClient;
  };
  return ({ target, headers, body }) =>
    new Promise((resolve) => {
      const socket = new Client(`ws://127.0.0.1:${String(port)}${target}`, { headers });
      const end = (answer: string): void => {
        socket.terminate();
        resolve(answer);
      };
      socket.on("error", (error) => {
        end(`not connected: ${error.message}`);
      });
      socket.on("close", () => {
        end("closed");
      });
      socket.on("open", () => {
        // Servers that ask something first listen for messages only then.
        setTimeout(() => {
          socket.send(JSON.stringify(body));
        }, 80);
        setTimeout(end, longestWait, "sent");
      });
    });
}

interface WebSocketClient {
  on(event: string, listener: (error: Error) => void): void;
  send(text: string): void;
  terminate(): void;
}

function openedPort(): Promise<number> {
  const server = openedServer();
  if (server === undefined) throw new Error("the program opens no port");
  return portOf(server);
}
