// The client `redis`: keys of several kinds, one of which is sealed, and a key that is only given less time.
import { createCipheriv, randomBytes } from "node:crypto";
import { createClient } from "redis";

export interface Child {
  id: number;
  /** @childData identity */
  name: string;
  /** @childData contact */
  phone: string;
  /** @childData location */
  position: string;
  /** @childData communication */
  message: string;
  /** @childData health */
  pulse: string;
}

const client = createClient({ url: process.env.REDIS_URL });

function seal(plain: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", Buffer.from(process.env.FIELD_KEY!, "hex"), iv);
  return Buffer.concat([iv, cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]).toString("hex");
}

export async function keep(child: Child): Promise<void> {
  await client.connect();
  await client.set(`swimmer:${child.id}`, JSON.stringify({ name: child.name }));
  await client.hSet(`swimmer:${child.id}:private`, "phone", seal(child.phone));
  await client.lPush(`positions:${child.id}`, child.position);
  await client.multi().rPush(`messages:${child.id}`, child.message).exec();
  await client.zAdd(`pulses:${child.id}`, [{ score: 1, value: child.pulse }]);
}

/** @deletionPath request */
export async function leave(id: number): Promise<void> {
  await client.connect();
  await client.del([`swimmer:${id}`, `swimmer:${id}:private`]);
  await client.multi().unlink(`messages:${id}`).exec();
}

/** @deletionPath request */
export async function stop(id: number): Promise<void> {
  await client.connect();
  await client.del(`positions:${id}`);
}
