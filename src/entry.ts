// What both entries do: settings from flags, environment and `.env`, then one command line. The last boundary: whatever was not
// foreseen is logged whole and told in one line.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "dotenv";
import { createApp, type App } from "./app.ts";
import { createOutput } from "./deliver/terminal/output.ts";
import { runProgram } from "./deliver/terminal/program.ts";
import { Failure, reasonOf } from "./failure.ts";
import { createLog } from "./log.ts";
import { PROJECT_ROOT } from "./project.ts";
import { loadSettings, type SettingFlags, type Settings } from "./settings.ts";
import { startSurface } from "./start.ts";

/** Runs one command line and gives its exit code. */
export async function runEntry(argv: readonly string[], { env, stdin, stdout, stderr }: NodeJS.Process): Promise<number> {
  // a reader that ends early (`briefing documents | head`) is not an error
  stdout.on("error", (cause: NodeJS.ErrnoException) => {
    if (cause.code !== "EPIPE") throw cause;
    process.exit(0);
  });
  const output = createOutput({ stdout, stderr, noColour: env["NO_COLOR"] !== undefined });
  // providers that LangChain loads look for their keys in the environment themselves
  for (const [name, value] of Object.entries(dotenv())) env[name] ??= value;
  const settingsOf = (flags: SettingFlags): Settings => loadSettings(env, flags);
  const open = (flags: SettingFlags): App => {
    const settings = settingsOf(flags);
    return createApp(settings, { log: createLog(settings.logLevel) });
  };
  try {
    return await runProgram(argv, {
      version: packageVersion(),
      output,
      stdin,
      open: (flags) => open(flags).briefing,
      surface: (kind, flags) => startSurface(kind, open(flags), { output, stdin, screen: stdout }),
      job: async (job, flags) => (await import("./jobs.ts")).runJob(job, settingsOf(flags), (text) => output.status(text)),
    });
  } catch (cause) {
    const message = reasonOf(cause);
    createLog(env["LOG_LEVEL"] === "debug" ? "debug" : "silent").debug({ err: cause }, "unforeseen");
    const failure = new Failure(
      "unforeseen",
      `Something went wrong that the program did not foresee: ${message}`,
      "LOG_LEVEL=debug shows where.",
    );
    output.failure(failure, argv.includes("--json"));
    return 1;
  }
}

/** The values of `.env` in the working folder, else in the project's. */
function dotenv(): Record<string, string> {
  const file = [".env", path.join(PROJECT_ROOT, ".env")].find((candidate) => existsSync(candidate));
  return file === undefined ? {} : parse(readFileSync(file));
}

function packageVersion(): string {
  return (JSON.parse(readFileSync(path.join(PROJECT_ROOT, "package.json"), "utf8")) as { version: string }).version;
}
