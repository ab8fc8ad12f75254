/** Channels between ports that live in one run: what is posted is heard once the function that posts it has ended. */
import { EventEmitter } from "node:events";

interface Posted {
  readonly message: unknown;
}

class Port extends EventEmitter {
  other: Port | null = null;
  onmessage: ((event: { readonly data: unknown }) => void) | null = null;
  private readonly told = new Map<unknown, (message: unknown) => void>();
  private readonly waiting: Posted[] = [];

  postMessage(message: unknown): void {
    this.other?.waiting.push({ message });
    queueMicrotask(() => this.other?.hear());
  }

  addEventListener(name: string, listener: (event: { readonly data: unknown }) => void): void {
    const hear = (data: unknown): void => {
      listener({ data });
    };
    this.told.set(listener, hear);
    this.on(name, hear);
  }

  removeEventListener(name: string, listener: unknown): void {
    const hear = this.told.get(listener);
    if (hear !== undefined) this.off(name, hear);
  }

  /** What has come and nobody has heard yet. */
  take(): Posted | undefined {
    return this.waiting.shift();
  }

  close(): void {
    queueMicrotask(() => this.emit("close"));
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  start(): void {
    this.hear();
  }

  private hear(): void {
    if (this.onmessage === null && this.listenerCount("message") === 0) return;
    for (let posted = this.take(); posted !== undefined; posted = this.take()) {
      this.onmessage?.({ data: posted.message });
      this.emit("message", posted.message);
    }
  }
}

export class Channel {
  readonly port1 = new Port();
  readonly port2 = new Port();

  constructor() {
    this.port1.other = this.port2;
    this.port2.other = this.port1;
  }
}

export function receiveMessageOnPort(port: Port): Posted | undefined {
  return port.take();
}
