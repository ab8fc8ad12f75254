// Redis: keys of every kind, what is sealed before, and what expires too late to be called erased.
import { createCipheriv, randomBytes } from "node:crypto";
import { Redis } from "ioredis";

export interface Child {
  id: number;
  /** @childData identity */
  name: string;
  /** @childData contact */
  phone: string;
  /** @childData contact */
  email: string;
  /** @childData location */
  place: string;
  /** @childData behaviour */
  score: string;
  /** @childData content */
  wish: string;
}

const redis = new Redis(process.env.REDIS_URL!);

function seal(text: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", Buffer.from(process.env.FIELD_KEY!, "hex"), iv);
  return Buffer.concat([iv, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]).toString("base64");
}

export async function keep(child: Child): Promise<void> {
  await redis.set(`child:${child.id}:name`, child.name);
  await redis.hset(`child:${child.id}:contact`, { phone: child.phone, email: seal(child.email) });
  await redis.pipeline().rpush(`child:${child.id}:places`, child.place).zadd(`child:${child.id}:scores`, 3, child.score).exec();
  await redis.sadd(`wishes:${child.id}`, JSON.stringify({ wish: child.wish }));
}

/** @deletionPath request */
export async function erase(id: number): Promise<void> {
  await redis.del(`child:${id}:name`, `child:${id}:contact`);
  await redis.unlink(`child:${id}:places`);
  await redis.multi().del(`child:${id}:scores`).exec();
}
