/** One local server that takes everything: HTTP/1 and HTTP/2, plain and by TLS, and mail. It keeps what it was told. */
import { createServer as createWebServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from "node:http2";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { answerFor, type Answer } from "./answers.js";
import { makeCertificate } from "./certificate.js";
import { serveMail } from "./mail-server.js";
import { readings, unpack } from "./read-request.js";
import { meantHost, type LocalPorts } from "./redirect.js";

export interface RecordedRequest {
  /** `POST api.segment.io/v1/batch` */
  readonly title: string;
  /** Address, headers and body, in every reading. */
  readonly text: string;
}

export const recorded: RecordedRequest[] = [];

/** What is said to a request of a host, for a path, with a body. */
export type Answering = (host: string, path: string, body: string) => Answer;

export async function startRecorder(answer: Answering = answerFor): Promise<LocalPorts> {
  const taken = (request: WebRequest, response: WebResponse): void => {
    take(request, response, answer);
  };
  const plain = createWebServer(taken);
  const secure = createSecureServer({ ...makeCertificate(), allowHTTP1: true }, taken);
  const web = createServer((socket) => {
    socket.on("error", () => undefined);
    // A TLS connection begins with a handshake record.
    socket.once("data", (first: Buffer) => {
      socket.pause();
      socket.unshift(first);
      (first[0] === 0x16 ? secure : plain).emit("connection", socket);
      process.nextTick(() => socket.resume());
    });
  });
  const mail = createServer((socket: Socket) => {
    const port = socket.remotePort;
    serveMail(socket, (text) => recorded.push({ title: `MAIL ${meantHost(port)}`, text: readings(text) }));
  });
  return { web: await listen(web), mail: await listen(mail) };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      server.unref();
      resolve((server.address() as AddressInfo).port);
    });
  });
}

type WebRequest = IncomingMessage | Http2ServerRequest;
type WebResponse = ServerResponse | Http2ServerResponse;

function take(request: WebRequest, response: WebResponse, answer: Answering): void {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("error", () => undefined);
  request.on("end", () => {
    const host = String(request.headers[":authority"] ?? request.headers.host ?? "").replace(/:\d+$/u, "");
    const path = request.url ?? "";
    const body = unpack(Buffer.concat(chunks), request.headers["content-encoding"]).toString("utf8");
    const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${String(value)}`);
    recorded.push({
      title: `${request.method ?? ""} ${host}${path.replace(/\?.*$/u, "")}`,
      text: readings([path, ...headers, body].join("\n")),
    });
    const { status = 200, type = "application/json", text } = answer(host, path, body);
    response.writeHead(status, { "content-type": type });
    response.end(text);
  });
}
