/**
 * Whatever address a program connects to, it reaches this process: names are not looked up, and sockets go to the recorder.
 * So an SDK is used as it is by default, with the company's own host.
 */
import dns from "node:dns";
import { syncBuiltinESMExports } from "node:module";
import { Socket } from "node:net";
import tls from "node:tls";

const here = "127.0.0.1";
const mailPorts: ReadonlySet<number> = new Set([25, 465, 587, 2525]);

/** Names by the address that a look-up gave for them. */
const lookedUp = new Map<string, string>();
/** Names by the port from which their connection comes. */
const connected = new Map<number, string>();

interface Target {
  host?: string;
  port?: number | string;
  path?: string;
}

export interface LocalPorts {
  readonly web: number;
  readonly mail: number;
}

/** The host that a program meant with the connection that comes from this port. */
export function meantHost(port: number | undefined): string {
  return connected.get(port ?? 0) ?? "";
}

export function redirectSockets(ports: LocalPorts): void {
  const { connect } = Socket.prototype as unknown as {
    connect: (this: Socket, ...args: unknown[]) => Socket;
  };
  const redirected = function (this: Socket, ...args: unknown[]): Socket {
    const [first, second] = args;
    // `net.connect` and `tls.connect` hand on a list of their arguments; others call with options or with port and host.
    if (Array.isArray(first)) first[0] = redirect(this, ports, first[0] as Target);
    else if (typeof first === "object" && first !== null) args[0] = redirect(this, ports, first);
    else if (typeof first === "number") {
      const target = { port: first, ...(typeof second === "string" && { host: second }) };
      args.splice(0, typeof second === "string" ? 2 : 1, redirect(this, ports, target));
    }
    return connect.apply(this, args);
  };
  Object.assign(Socket.prototype, { connect: redirected });
  answerLookups();
  trustAnyone();
}

function redirect(socket: Socket, ports: LocalPorts, target: Target): Target {
  if (target.path !== undefined && target.port === undefined) return target;
  const host = target.host ?? "localhost";
  socket.once("connect", () => {
    connected.set(socket.localPort ?? 0, lookedUp.get(host) ?? host);
  });
  return { ...target, host: here, port: mailPorts.has(Number(target.port)) ? ports.mail : ports.web };
}

type Callback = (error: null, ...answers: unknown[]) => void;

/** Every name has an address, one of its own. */
function answerLookups(): void {
  const addressOf = (name: string): string => {
    const known = [...lookedUp].find(([, each]) => each === name)?.[0];
    const address = known ?? `127.1.${String(lookedUp.size >> 8)}.${String((lookedUp.size & 255) + 1)}`;
    lookedUp.set(address, name);
    return address;
  };
  const lookup = (name: string, options: unknown, callback?: Callback): void => {
    const done = callback ?? (options as Callback);
    const isAll = typeof options === "object" && options !== null && "all" in options && options.all === true;
    const address = addressOf(name);
    process.nextTick(() => {
      if (isAll) done(null, [{ address, family: 4 }]);
      else done(null, address, 4);
    });
  };
  const resolve = (name: string, options: unknown, callback?: Callback): void => {
    process.nextTick(callback ?? (options as Callback), null, [addressOf(name)]);
  };
  Object.assign(dns, { lookup, resolve, resolve4: resolve });
  Object.assign(dns.promises, {
    lookup: (name: string) => Promise.resolve({ address: addressOf(name), family: 4 }),
  });
  Object.assign(dns.Resolver.prototype, { resolve, resolve4: resolve });
  syncBuiltinESMExports();
}

/** Some clients insist on a certificate that is signed. */
function trustAnyone(): void {
  const connect = tls.connect as (...args: unknown[]) => tls.TLSSocket;
  const trusting = (...args: unknown[]): tls.TLSSocket =>
    connect(
      ...args.map((each) =>
        typeof each === "object" && each !== null ? { ...each, rejectUnauthorized: false } : each,
      ),
    );
  Object.assign(tls, { connect: trusting });
  syncBuiltinESMExports();
}
