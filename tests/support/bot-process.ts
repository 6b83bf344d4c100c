// The real bot as a process of its own, against the fake Discord, with documents of the test's own.
import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { PROJECT_ROOT } from "../../src/project.ts";
import type { FakeDiscord } from "./fake-discord/fake-discord.ts";
import { until } from "./until.ts";

export interface BotProcess {
  child: ChildProcess;
  output(): string;
  /** Waits until it is live and its documents are indexed. */
  live(): Promise<void>;
  /** Sends the signal and gives the exit code (null after SIGKILL). */
  end(signal: NodeJS.Signals): Promise<number | null>;
  exit: Promise<number | null>;
}

/** A folder with a corpus (file name -> text) and an index beside it, for as many processes as the test starts. */
export function botHome(corpus: Record<string, string>): string {
  const home = mkdtempSync(path.join(tmpdir(), "briefing-bot-"));
  mkdirSync(path.join(home, "corpus"));
  for (const [name, text] of Object.entries(corpus)) writeFileSync(path.join(home, "corpus", name), text);
  return home;
}

export function startBot(
  fake: FakeDiscord,
  home: string,
  env: Record<string, string> = {},
  nodeOptions: string[] = [],
): BotProcess {
  const child = spawn(process.execPath, [...nodeOptions, path.join(PROJECT_ROOT, "dist", "main.js")], {
    cwd: home,
    env: {
      PATH: process.env["PATH"],
      HOME: home,
      DISCORD_TOKEN: fake.token,
      DISCORD_API_URL: fake.apiUrl,
      CORPUS_DIR: path.join(home, "corpus"),
      INDEX_DIR: path.join(home, "index"),
      LOG_LEVEL: "warn",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  const exit = new Promise<number | null>((resolve) => {
    child.once("exit", (code) => resolve(code));
  });
  return {
    child,
    exit,
    output: () => text,
    async live() {
      await until(`the bot is live; it said: ${text}`, () => text.includes("Live on Discord"), 45_000);
    },
    end(signal) {
      child.kill(signal);
      return exit;
    },
  };
}
