// The command line: what is typed becomes one call of the program, its result one object (--json) or a page to read.
// Every command's shape is in the command contract.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { Command, CommanderError, Option } from "commander";
import { Failure, misuse } from "../../failure.ts";
import type { Briefing } from "../../results.ts";
import type { SettingFlags } from "../../settings.ts";
import { FILTER_FLAGS } from "../filter-input.ts";
import {
  type CliCommand,
  cliCommands,
  type Given,
  must,
  type Result,
  SETTING_FLAGS,
  type SettingFlag,
  type TerminalDeps,
} from "./cli-commands.ts";
import { errorObject, jsonLine, type Output, page } from "./output.ts";

export interface ProgramDeps extends TerminalDeps {
  version: string;
  stdin: Readable;
  /** Builds the program from flags and environment; called only by commands that need it. */
  open(flags: SettingFlags): Briefing;
}

/** Runs one command line (without node and script) and gives the exit code: 0 done, 1 failed, 2 wrong usage, 3 some inputs refused. */
export async function runProgram(argv: readonly string[], deps: ProgramDeps): Promise<number> {
  let exit = 0;
  const program = new Command("briefing")
    .description("News briefings in which every sentence carries a citation that was checked.")
    .version(deps.version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => deps.output.data(text.trimEnd()),
      writeErr: () => undefined,
      getOutHelpWidth: () => deps.output.width,
    })
    .helpOption("-h, --help", "what a command takes");
  for (const [usage, each] of Object.entries(cliCommands(deps))) {
    // what is a line of words may be typed without quotation marks
    const isLine = /\[(?:question|query|text|topic)\]/.test(usage);
    const command = commanderOf(program.command(isLine ? usage.replace("]", "...]") : usage), each);
    command.action(async () => {
      mustHaveValues(command);
      const typed = isLine && command.args.length > 1 ? [command.args.join(" ")] : command.args;
      exit = await run(command.name(), each, typed, command.opts(), deps);
    });
  }
  try {
    await program.parseAsync([...argv], { from: "user" });
    return exit;
  } catch (cause) {
    const failure = asFailure(cause);
    if (failure === null) return 0;
    deps.output.failure(failure, argv.includes("--json"));
    return failure.exit;
  }
}

/** Its help lists the settings' flags that it heeds. All are taken, so that a script can give each command the same ones. */
function commanderOf(command: Command, { about, heeds, filter = [], options = {}, batch, field, each }: CliCommand): Command {
  command.description(about).exitOverride();
  for (const [name, { takes, about }] of Object.entries(SETTING_FLAGS))
    command.addOption(new Option(`--${name} <${takes}>`, about).hideHelp(!heeds.includes(name as SettingFlag)));
  command.option("--json", "exactly one JSON object on standard output");
  const flags = [...filter.map((name) => FILTER_FLAGS[name]), ...Object.entries(options)];
  for (const [flag, about] of flags) command.option(flag, about);
  const fields = batch ?? field;
  if (fields !== undefined) command.option("--batch <file>", `lines {id, ${fields}}, - for standard input`);
  if (each !== undefined) command.option("--all", "all that is found, one JSON object a line");
  return command;
}

async function run(
  name: string,
  command: CliCommand,
  typed: readonly string[],
  given: Given,
  deps: ProgramDeps,
): Promise<number> {
  const { output, stdin } = deps;
  const flags = settingFlags(given);
  const { CORPUS_DIR: corpus } = flags;
  // that is one of the things that doctor tells
  if (corpus !== undefined && name !== "doctor" && !existsSync(corpus))
    throw new Failure("corpus_not_found", `There is no folder ${corpus}.`, "Name one that is there, or leave --corpus out.");
  if (command.apart !== undefined) {
    const result = await command.apart(typed, given, flags);
    return typeof result === "number" ? result : give(result);
  }
  const app = deps.open(flags);
  try {
    const { field, run: work, each } = command;
    const { batch } = given;
    if (typeof batch === "string") {
      if (typed.length > 0 && field !== undefined) {
        const hint = "Put it into a line of the batch, or leave --batch out.";
        throw misuse("usage", `--batch and "${typed[0]}" do not go together.`, hint);
      }
      const { done, refused } = await runBatch(batch, stdin, output, async (line) => {
        const asked = field === undefined ? typed : [must(field, line[field])];
        return (await work?.(app, asked, merged(given, line)))?.value ?? {};
      });
      return refused === 0 ? 0 : done === 0 ? 1 : 3;
    }
    const [first] = typed;
    if (field !== undefined && first === undefined)
      throw misuse("usage", `briefing ${name} needs a ${field} or --batch FILE.`, `For example: briefing ${name} "…"`);
    if (each === undefined || given["all"] !== true) return give(await work?.(app, typed, given));
    for await (const found of each(app, first ?? "", given)) output.data(jsonLine(found));
    return 0;
  } finally {
    await app.close();
  }

  function give(result: Result | undefined): number {
    if (result === undefined) return 0;
    output.data(given["json"] === true ? jsonLine(result.value) : page(output, result.page));
    return result.exit;
  }
}

/** A batch line's fields over the flags. Lines may spell a flag as it is typed: `as-of`. */
function merged(given: Given, line: BatchLine): Given {
  const { "as-of": dashed, as_of: underscored, ...rest } = line;
  const asOf = rest["asOf"] ?? dashed ?? underscored;
  return { ...given, ...rest, ...(asOf === undefined ? {} : { asOf }) };
}

function settingFlags(given: Given): SettingFlags {
  const set = Object.entries(SETTING_FLAGS).flatMap(([option, { variable }]) =>
    typeof given[option] === "string" ? [[variable, given[option]]] : [],
  );
  return Object.fromEntries(set) as SettingFlags;
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

type BatchLine = Record<string, unknown>;

/**
 * `--batch FILE`: one JSON object a line in, one a line out, same order, `id` copied. A bad line gives an error object and the batch goes on.
 * Runs `work` on each line of the file (`-`: standard input), one after the other. Throws Failure `batch_unreadable` when the file cannot be read.
 */
export async function runBatch(
  file: string,
  stdin: Readable,
  output: Output,
  work: (line: BatchLine) => Promise<object>,
): Promise<{ done: number; refused: number }> {
  const lines = file === "-" ? createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY }) : await linesOf(file);
  const outcome = { done: 0, refused: 0 };
  for await (const line of lines) {
    const text = line.replace(/^\uFEFF/, "").trim();
    if (text === "") continue;
    const { ok, value } = await runLine(text, work);
    outcome[ok ? "done" : "refused"] += 1;
    output.data(jsonLine(value));
  }
  return outcome;
}

async function linesOf(file: string): Promise<string[]> {
  try {
    return (await readFile(file, "utf8")).split("\n");
  } catch (cause) {
    const hint = "Name an existing file with one JSON object a line, or - for standard input.";
    throw misuse("batch_unreadable", `The batch file cannot be read: ${file}`, hint, cause);
  }
}

async function runLine(text: string, work: (line: BatchLine) => Promise<object>): Promise<{ ok: boolean; value: object }> {
  const named: { id?: unknown } = {};
  try {
    const line = parseLine(text);
    if (line["id"] !== undefined) named.id = line["id"];
    const { id: own, ...rest }: { id?: unknown } = await work(line);
    // a document that has an id of its own is told by `document_id`
    const document = own === undefined ? {} : { id: own, document_id: own };
    return { ok: true, value: { ...document, ...named, ...rest } };
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause;
    return { ok: false, value: { ...named, ...errorObject(cause) } };
  }
}

function parseLine(text: string): BatchLine {
  const invalid = (what: string, cause?: unknown): Failure =>
    misuse("batch_line_invalid", `This line is not ${what}.`, 'Write one object a line, e.g. {"id": 1, "question": "…"}.', cause);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw invalid("JSON", cause);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw invalid("a JSON object");
  return value as BatchLine;
}
