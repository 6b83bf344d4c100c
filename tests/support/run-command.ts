// Runs the compiled command line as a process of its own, as a user's script would.
import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { PROJECT_ROOT } from "../../src/project.ts";

export interface CommandResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface CommandOptions {
  env?: Record<string, string>;
  input?: string;
  /** An empty folder by default. */
  cwd?: string;
  entry?: "cli.js" | "main.js";
  /** Another user's, for the superuser. */
  uid?: number;
  gid?: number;
  /** Ended with SIGKILL after this time; the result then has code null. */
  timeoutMs?: number;
}

/** Environment variables of the machine that could change what a command does are left out; HOME is an empty folder. */
export function runCommand(args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  const child = spawn(process.execPath, [path.join(PROJECT_ROOT, "dist", options.entry ?? "cli.js"), ...args], {
    cwd: options.cwd ?? temporaryFolder("cwd"),
    ...(options.uid === undefined ? {} : { uid: options.uid }),
    ...(options.gid === undefined ? {} : { gid: options.gid }),
    env: { PATH: process.env["PATH"], HOME: temporaryFolder("home"), TMPDIR: tmpdir(), ...options.env },
  });
  const result: CommandResult = { code: null, stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (result.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (result.stderr += text));
  child.stdin.on("error", () => undefined);
  child.stdin.end(options.input ?? "");
  const timer = setTimeout(() => child.kill("SIGKILL"), options.timeoutMs ?? 60_000);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      clearTimeout(timer);
      resolve({ ...result, code });
    });
  });
}

export function temporaryFolder(name: string): string {
  return mkdtempSync(path.join(tmpdir(), `briefing-${name}-`));
}
