/** As much of SMTP as a client needs to hand in a message. */
import type { Socket } from "node:net";

export function serveMail(socket: Socket, keep: (text: string) => void): void {
  let pending = "";
  let envelope = "";
  let isMessage = false;
  const say = (line: string): void => {
    socket.write(`${line}\r\n`);
  };
  say("220 recorder ESMTP");
  socket.setEncoding("latin1");
  socket.on("error", () => undefined);
  socket.on("data", (chunk: string) => {
    pending += chunk;
    for (;;) {
      const end = pending.indexOf(isMessage ? "\r\n.\r\n" : "\r\n");
      if (end < 0) return;
      const part = pending.slice(0, end);
      pending = pending.slice(end + (isMessage ? 5 : 2));
      if (isMessage) {
        keep(`${envelope}\n${part}`);
        envelope = "";
        isMessage = false;
        say("250 taken");
      } else if (/^EHLO|^HELO/iu.test(part)) say("250 recorder");
      else if (/^QUIT/iu.test(part)) socket.end("221 bye\r\n");
      else if (/^DATA/iu.test(part)) {
        isMessage = true;
        say("354 go on");
      } else {
        envelope += `${part}\n`;
        say("250 ok");
      }
    }
  });
}
