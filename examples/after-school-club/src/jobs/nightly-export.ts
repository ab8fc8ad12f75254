import { createWriteStream } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { config } from "../config/index.js";
import { childRepository } from "../container.js";
import { exportCipher, logger, sealBytes } from "../lib/index.js";
import type { ChildProfile } from "../models/index.js";

const HEADER = "id,name,birth date,address,allergies";

function csvLine(child: ChildProfile): string {
  const cells = [child.id, child.fullName, child.birthDate, child.homeAddress, child.allergies ?? ""];
  return cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",");
}

/** The copy for days when the network is down: a sealed file on the office computer. */
export async function nightlyExport(day: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "bluebird-"));
  const draft = join(folder, `${day}.csv`);
  const target = join(config.EXPORT_DIR, `${day}.csv.sealed`);
  try {
    const lines = [HEADER];
    for await (const child of childRepository.all()) lines.push(csvLine(child));
    await writeFile(draft, lines.join("\n"), { mode: 0o600 });
    await writeFile(target, sealBytes(await readFile(draft)));
    logger.info({ target, children: lines.length - 1 }, "export written");
    return target;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function* kitchenLines(): AsyncGenerator<string> {
  for await (const child of childRepository.all()) {
    if (child.dietaryNotes !== null) yield `${child.groupName}: ${child.dietaryNotes}\n`;
  }
}

/** What the kitchen needs to know, for the caterer's own program. */
export async function kitchenReport(week: string): Promise<void> {
  const file = join(config.EXPORT_DIR, `kitchen-${week}.txt.gz`);
  await pipeline(Readable.from(kitchenLines()), createGzip(), createWriteStream(file));
}

/** The same, for the club's own archive. */
export async function kitchenArchive(week: string): Promise<void> {
  const { header, cipher } = exportCipher();
  const path = join(config.EXPORT_DIR, `kitchen-${week}.txt.sealed`);
  await pipeline(Readable.from(kitchenLines()), cipher, createWriteStream(path));
  await writeFile(`${path}.head`, Buffer.concat([header, cipher.getAuthTag()]));
}
