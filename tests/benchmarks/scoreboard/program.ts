// The program under measurement, driven through its command line only, so that any checkout of it can be measured by the same board.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Answer } from "../../../src/domain.ts";

export interface Program {
  /** Reads a corpus folder into an index of its own. */
  ingest(corpus: string): Promise<void>;
  /** One line of answer a line of questions, in order. */
  batch<T>(command: string, lines: readonly object[], args?: readonly string[]): Promise<T[]>;
  ask(questions: readonly { id: string; question: string }[]): Promise<Answer[]>;
  /** What the chat prints for lines that are piped in. */
  chat(lines: readonly string[]): Promise<string>;
  /** What a command prints with `--json`. */
  run<T>(args: readonly string[]): Promise<T>;
  close(): void;
}

/** `root`: a checkout that has been built. `env`: settings besides those of an empty environment. */
export function openProgram(root: string, env: Record<string, string> = {}): Program {
  const folder = mkdtempSync(path.join(tmpdir(), "scoreboard-"));
  mkdirSync(path.join(folder, "corpus"));
  let corpus = path.join(folder, "corpus");
  const run = async <T>(args: readonly string[]): Promise<T> => parsed<T>((await output(args)).trim());
  const batch = async <T>(command: string, lines: readonly object[], args: readonly string[] = []): Promise<T[]> => {
    const file = path.join(folder, `${command}.jsonl`);
    writeFileSync(file, lines.map((line) => JSON.stringify(line)).join("\n"));
    const text = await output([command, "--batch", file, "--json", ...args]);
    return text
      .trim()
      .split("\n")
      .map((line) => parsed<T>(line));
  };
  return {
    run,
    batch,
    chat: (lines) => output(["chat"], `${lines.join("\n")}\n`),
    ask: (questions) => batch<Answer>("ask", questions),
    async ingest(from) {
      corpus = from;
      await run(["ingest", "--json"]);
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };

  function output(args: readonly string[], input = ""): Promise<string> {
    const child = spawn(process.execPath, [path.join(root, "dist/cli.js"), ...args], {
      cwd: folder,
      env: {
        PATH: process.env["PATH"],
        HOME: folder,
        CORPUS_DIR: corpus,
        INDEX_DIR: path.join(folder, "index"),
        ORT_DISABLE_TELEMETRY: "1",
        ...env,
      },
      stdio: ["pipe", "pipe", "inherit"],
    });
    child.stdin.end(input);
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (more: string) => (text += more));
    return new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", () => resolve(text));
    });
  }
}

function parsed<T>(text: string): T {
  try {
    return JSON.parse(text) as T;
  } catch (cause) {
    throw new Error(`the program printed no JSON: ${text.slice(0, 300)}`, { cause });
  }
}

/** A set of JSON lines; `half` keeps one half of it. */
export function readLines<T extends { half?: string | undefined }>(file: string, half: string): T[] {
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as T)
    .filter((line) => half === "all" || line.half === undefined || line.half === half);
}
