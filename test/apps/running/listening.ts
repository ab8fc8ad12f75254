/** Programs that open a port get a free one, and their servers are remembered. */
import { Server } from "node:net";

let servers: Server[] = [];

export function rememberServers(): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own `this` below
  const { listen } = Server.prototype;
  Server.prototype.listen = function (this: Server, ...given: unknown[]): Server {
    servers.push(this);
    const done = given.findLast((each): each is () => void => typeof each === "function");
    return listen.call(this, { port: 0, host: "127.0.0.1" }, done);
  } as typeof listen;
}

/** The last one that was opened. */
export function openedServer(): Server | undefined {
  return servers.at(-1);
}

export function closeServers(): void {
  for (const server of servers) server.close();
  servers = [];
}
