/** Debian's Chromium, installed where it is missing, as the tests' machine is prepared by the tests themselves. */
import { spawnSync } from "node:child_process";
import { chromium, type Browser } from "playwright-core";

const names = ["chromium", "chromium-browser", "google-chrome"];

function installed(): string | undefined {
  return names
    .map((name) => spawnSync("which", [name], { encoding: "utf8" }).stdout.trim())
    .find((path) => path !== "");
}

function install(): string {
  const run = (words: readonly string[]): void => {
    const { status, stderr } = spawnSync("apt-get", words, {
      encoding: "utf8",
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
    if (status !== 0) throw new Error(`apt-get ${words.join(" ")} failed: ${stderr}`);
  };
  run(["update", "-qq"]);
  run(["install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-noto-cjk"]);
  const path = installed();
  if (path === undefined) throw new Error("Chromium is not there, though apt-get has installed it");
  return path;
}

/** Whether this machine has a browser, or may install one. */
export function canBrowse(): boolean {
  return installed() !== undefined || (process.platform === "linux" && process.getuid?.() === 0);
}

export async function openBrowser(args: readonly string[] = []): Promise<Browser> {
  // Root has no sandbox of its own.
  return chromium.launch({ executablePath: installed() ?? install(), args: ["--no-sandbox", ...args] });
}
