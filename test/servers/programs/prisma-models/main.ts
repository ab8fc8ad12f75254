// Prisma: nested writes, an extension that seals a column, one that only hides rows, and what the schema carries on.
import { createCipheriv, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "./generated/prisma/client";

function seal(plain: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", Buffer.from(process.env.FIELD_KEY!, "hex"), iv);
  const sealed = cipher.update(plain, "utf8", "base64") + cipher.final("base64");
  return [iv.toString("base64"), cipher.getAuthTag().toString("base64"), sealed].join(":");
}

const base = new PrismaClient({ adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL }) });

const prisma = base.$extends({
  query: {
    singer: {
      async create({ args, query }) {
        return query({ ...args, data: { ...args.data, phone: seal(args.data.phone ?? "") } });
      },
    },
    voice: {
      async deleteMany({ args }) {
        return base.voice.updateMany({ where: args.where, data: { deletedAt: new Date() } });
      },
    },
  },
});

interface Given {
  id: number;
  name: string;
  phone: string;
  words: string;
  text: string;
  range: string;
}

async function migrate(): Promise<void> {
  const script = await readFile(join(__dirname, "migrations/20250101000000_tables/migration.sql"), "utf8");
  for (const statement of script.split(";")) if (statement.trim() !== "") await base.$executeRawUnsafe(statement);
}

export async function keep(child: Given): Promise<void> {
  await migrate();
  await prisma.singer.create({
    data: { id: child.id, name: child.name, phone: child.phone, songs: { create: [{ words: child.words }] } },
  });
  await prisma.wish.create({ data: { text: child.text, singer: { connect: { id: child.id } } } });
  await prisma.voice.createMany({ data: [{ singerId: child.id, range: child.range }] });
}

/** @deletionPath request */
export async function withdraw(id: number): Promise<void> {
  await prisma.$transaction([
    prisma.singer.updateMany({ where: { id }, data: { name: null, phone: null } }),
    prisma.wish.deleteMany({ where: { singerId: id } }),
  ]);
}

/** @deletionPath request */
export async function leave(id: number): Promise<void> {
  await prisma.voice.deleteMany({ where: { singerId: id } });
  await prisma.singer.delete({ where: { id } });
}
