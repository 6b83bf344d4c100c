// The command line: what is typed becomes one call of the program, its result one object (--json) or a page to read.
// Every command's shape is in the command contract.
import { Command, CommanderError } from "commander";
import { Failure } from "../../failure.ts";
import { createCommandKit, type TerminalDeps } from "./command-kit.ts";
import { registerAsking } from "./commands/asking.ts";
import { registerBriefing } from "./commands/briefing.ts";
import { registerDigesting } from "./commands/digesting.ts";
import { registerReading } from "./commands/reading.ts";
import { registerRunning } from "./commands/running.ts";
import { errorObject, jsonLine } from "./output.ts";

/** Runs one command line (without node and script) and gives the exit code: 0 done, 1 failed, 2 wrong usage, 3 some inputs refused. */
export async function runProgram(argv: readonly string[], deps: TerminalDeps): Promise<number> {
  let exit = 0;
  const program = new Command("briefing")
    .description("News briefings in which every sentence carries a citation that was checked.")
    .version(deps.version)
    .exitOverride()
    .configureOutput({ writeOut: (text) => deps.output.data(text.trimEnd()), writeErr: () => undefined })
    .helpOption("-h, --help", "what a command takes");
  const kit = createCommandKit(program, deps, (code) => {
    exit = code;
  });
  registerReading(kit);
  registerAsking(kit);
  registerDigesting(kit);
  registerBriefing(kit);
  registerRunning(kit);
  try {
    await program.parseAsync([...argv], { from: "user" });
    return exit;
  } catch (cause) {
    const failure = asFailure(cause);
    if (failure === null) return 0;
    if (argv.includes("--json")) deps.output.data(jsonLine(errorObject(failure)));
    else deps.output.notice(`${failure.message}${failure.hint === "" ? "" : `\n${failure.hint}`}`);
    return failure.exit;
  }
}

/** Null for help and version, which commander reports as errors. Anything unexpected goes on up to the entry. */
function asFailure(cause: unknown): Failure | null {
  if (cause instanceof Failure) return cause;
  if (!(cause instanceof CommanderError)) throw cause;
  if (cause.exitCode === 0) return null;
  const message = cause.message.replace(/^error: /, "");
  const bare = message === "(outputHelp)";
  return new Failure(
    "usage",
    bare ? "Name a command." : message,
    "briefing --help lists the commands, briefing COMMAND --help what one takes.",
    { exit: 2, cause },
  );
}
