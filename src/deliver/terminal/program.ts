// The command line: what is typed becomes one call of the program, its result one object (--json) or a page to read.
// Every command's shape is in the command contract.
import { Command, CommanderError } from "commander";
import { Failure, misuse } from "../../failure.ts";
import { createCommandKit, type TerminalDeps } from "./command-kit.ts";
import { registerAsking } from "./commands/cli-answers.ts";
import { registerBriefing } from "./commands/cli-briefings.ts";
import { registerReading } from "./commands/cli-documents.ts";
import { registerRunning } from "./commands/cli-program.ts";
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
  registerBriefing(kit);
  registerRunning(kit);
  program.hook("preAction", (_program, command) => mustHaveValues(command));
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

/** Commander takes the next word for an option's value, even if it is another flag or empty. */
function mustHaveValues(command: Command): void {
  const flags = new Set(command.options.flatMap(({ short, long }) => [short, long]));
  for (const option of command.options) {
    const value: unknown = command.getOptionValue(option.attributeName());
    if (!option.required || typeof value !== "string") continue;
    const name = option.long ?? option.short ?? "";
    if (value.trim() === "") throw misuse("usage", `${name} is given an empty value.`, `Give it one, or leave ${name} out.`);
    if (flags.has(value))
      throw misuse("usage", `${name} needs a value; ${value} is a flag of its own.`, `Write the value behind ${name}.`);
  }
}

/** Null for help and version, which commander reports as errors. Anything unexpected goes on up to the entry. */
function asFailure(cause: unknown): Failure | null {
  if (cause instanceof Failure) return cause;
  if (!(cause instanceof CommanderError)) throw cause;
  if (cause.exitCode === 0) return null;
  const message = cause.message.replace(/^error: /, "");
  const hint = "briefing --help lists the commands, briefing COMMAND --help what one takes.";
  return misuse("usage", message === "(outputHelp)" ? "Name a command." : message, hint, cause);
}
