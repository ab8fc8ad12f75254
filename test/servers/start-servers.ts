/** Starts Debian's PostgreSQL and Redis on free ports, in folders of their own; installs them where that is allowed. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

export interface Servers {
  /** Of the database to connect to; others are made beside it. */
  readonly postgres: string;
  readonly redis: string;
  readonly stop: () => void;
}

const isRoot = process.getuid?.() === 0;
const millisecondsToStart = 30_000;

/** Why they cannot be started here, or null where they are installed. */
export function installServers(): string | null {
  if (findPostgres() !== null && findCommand("redis-server") !== null) return null;
  if (process.platform !== "linux" || !isRoot || findCommand("apt-get") === null)
    return "PostgreSQL and Redis are not installed, and only root can install Debian's: apt-get install postgresql redis-server";
  const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  spawnSync("apt-get", ["update", "-qq"], { env: environment, stdio: "ignore", timeout: 300_000 });
  spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "postgresql", "redis-server"], {
    env: environment,
    stdio: "ignore",
    timeout: 600_000,
  });
  return findPostgres() === null || findCommand("redis-server") === null
    ? "apt-get could not install postgresql and redis-server"
    : null;
}

export async function startServers(): Promise<Servers> {
  const folder = mkdtempSync(join(tmpdir(), "child-privacy-servers-"));
  const started: ChildProcess[] = [];
  const stop = (): void => {
    for (const each of started) each.kill("SIGTERM");
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  };
  try {
    const [postgresPort, redisPort] = [await freePort(), await freePort()];
    started.push(startPostgres(folder, postgresPort), startRedis(redisPort));
    await Promise.all([answers(postgresPort), answers(redisPort)]);
    return {
      postgres: `postgres://postgres@127.0.0.1:${String(postgresPort)}`,
      redis: `redis://127.0.0.1:${String(redisPort)}`,
      stop,
    };
  } catch (error) {
    stop();
    throw error;
  }
}

/** The server refuses to be root; Debian's package brings a user for it. */
function startPostgres(folder: string, port: number): ChildProcess {
  const binaries = findPostgres() ?? "";
  const data = join(folder, "data");
  const asUser = isRoot ? userIds("postgres") : {};
  if (asUser.uid !== undefined) chownSync(folder, asUser.uid, asUser.gid ?? 0);
  const made = spawnSync(
    join(binaries, "initdb"),
    ["-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-sync"],
    { ...asUser, cwd: folder, encoding: "utf8" },
  );
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);
  return spawn(
    join(binaries, "postgres"),
    [
      "-D",
      data,
      "-p",
      String(port),
      "-h",
      "127.0.0.1",
      "-k",
      folder,
      "-c",
      "fsync=off",
      "-c",
      "log_min_messages=fatal",
    ],
    { ...asUser, cwd: folder, stdio: "ignore" },
  );
}

function startRedis(port: number): ChildProcess {
  const settings = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
  return spawn(findCommand("redis-server") ?? "", settings, { cwd: tmpdir(), stdio: "ignore" });
}

function findPostgres(): string | null {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const found = versions
    .map((version) => join(debian, version, "bin"))
    .find((bin) => existsSync(join(bin, "initdb")));
  const onPath = findCommand("initdb");
  return found ?? (onPath === null ? null : join(onPath, ".."));
}

function findCommand(name: string): string | null {
  const folders = (process.env["PATH"] ?? "").split(":");
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

function userIds(name: string): { readonly uid?: number; readonly gid?: number } {
  const id = (flag: string): number => Number(spawnSync("id", [flag, name], { encoding: "utf8" }).stdout);
  return { uid: id("-u"), gid: id("-g") };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === "string") reject(new Error("no port"));
        else resolve(address.port);
      });
    });
  });
}

async function answers(port: number): Promise<void> {
  const end = Date.now() + millisecondsToStart;
  while (!(await isOpen(port))) {
    if (Date.now() > end) throw new Error(`nothing answers on port ${String(port)}`);
    await wait(100);
  }
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => {
      resolve(false);
    });
  });
}
