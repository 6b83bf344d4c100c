import type { Readable } from "node:stream";
// The command line: what is typed becomes one call of the program, its result becomes one object (--json) or a page to read.
// Holds no logic of its own; every command's shape is in the command contract.
import { Command, CommanderError, Option } from "commander";
import type { Briefing } from "../../briefing.ts";
import { Failure } from "../../failure.ts";
import type { SettingFlags } from "../../settings.ts";
import { readFilter } from "../filter-input.ts";
import { runBatch, type BatchLine } from "./batch.ts";
import { errorObject, type Output } from "./output.ts";
import { printAnswer, printDoctor, printDocuments, printIngest, printSearch, printStored, type Look } from "./print.ts";
import { progressLine } from "./progress.ts";

export interface TerminalDeps {
  version: string;
  output: Output;
  stdin: Readable;
  /** Builds the program from flags and environment; called only by commands that need it. */
  open(flags: SettingFlags): Briefing;
  /** Terminal chat, the bot, and command registration: each gives the exit code. */
  chat(flags: SettingFlags): Promise<number>;
  start(flags: SettingFlags): Promise<number>;
  register(flags: SettingFlags, options: { dryRun: boolean; json: boolean }): Promise<number>;
}

type Options = Record<string, unknown>;

/** Runs one command line (without node and script) and gives the exit code: 0 done, 1 failed, 2 wrong usage, 3 some inputs refused. */
export async function runProgram(argv: readonly string[], deps: TerminalDeps): Promise<number> {
  const json = argv.includes("--json");
  let exit = 0;
  const program = createProgram(deps, (code) => {
    exit = code;
  });
  try {
    await program.parseAsync([...argv], { from: "user" });
    return exit;
  } catch (cause) {
    const failure = asFailure(cause);
    if (failure === null) return 0;
    if (json) deps.output.data(JSON.stringify(errorObject(failure)));
    else deps.output.notice(`${failure.message}${failure.hint === "" ? "" : `\n${failure.hint}`}`);
    return failure.exit;
  }
}

function createProgram(deps: TerminalDeps, setExit: (code: number) => void): Command {
  const { output } = deps;
  const look: Look = { colour: output.colour, width: output.width };
  const program = new Command("briefing")
    .description("News briefings in which every sentence carries a citation that was checked.")
    .version(deps.version)
    .exitOverride()
    .configureOutput({ writeOut: (text) => output.data(text.trimEnd()), writeErr: () => undefined })
    .helpOption("-h, --help", "what a command takes");

  /** A subcommand with the settings' flags; `work` gets the opened program, which is closed behind it. */
  const command = (usage: string, about: string): Command =>
    program
      .command(usage)
      .description(about)
      .exitOverride()
      .option("--corpus <folder>", "folder with the documents")
      .option("--index <folder>", "folder for the index")
      .option("--embeddings <model>", "bundled, openai, or a folder with an ONNX sentence model")
      .option("--model <provider:name>", "language model for fluent answers")
      .option("--json", "exactly one JSON object on standard output");

  const withApp = async (options: Options, work: (app: Briefing) => Promise<void>): Promise<void> => {
    const app = deps.open(settingFlags(options));
    try {
      await work(app);
    } finally {
      await app.close();
    }
  };
  const give = <T extends object>(options: Options, value: T, page: (value: T) => string): void =>
    output.data(options["json"] === true ? JSON.stringify(value) : page(value));
  const batch = async (options: Options, work: (line: BatchLine) => Promise<object>): Promise<void> => {
    const { done, refused } = await runBatch(String(options["batch"]), deps.stdin, output, work);
    setExit(refused === 0 ? 0 : done === 0 ? 1 : 3);
  };

  command("ingest [inputs...]", "read files and folders (default: the corpus folder) into the index")
    .option("--prune", "remove what is no longer among the inputs")
    .option("--rebuild", "throw the index away first, e.g. after a change of the sentence model")
    .action(async (inputs: string[], options: Options) =>
      withApp(options, async (app) => {
        const stop = new AbortController();
        const onSignal = (): void => stop.abort();
        process.once("SIGINT", onSignal);
        const report = await app
          .ingest(inputs, {
            prune: options["prune"] === true,
            rebuild: options["rebuild"] === true,
            signal: stop.signal,
            onProgress: progressLine(output),
          })
          .finally(() => process.off("SIGINT", onSignal));
        output.status("");
        give(options, report, printIngest);
        const accepted = report.added + report.updated + report.unchanged;
        setExit(report.failed.length === 0 ? 0 : accepted === 0 ? 1 : 3);
      }),
    );

  withFilter(command("documents", "list what is in the index"), ["k", "mode"]).action(async (options: Options) =>
    withApp(options, async (app) =>
      give(options, { documents: await app.documents(readFilter(options)) }, ({ documents }) => printDocuments(documents)),
    ),
  );

  command("show <document>", "one document: text, passages, where each date was found").action(
    async (id: string, options: Options) => withApp(options, async (app) => give(options, await app.show(id), printStored)),
  );

  withFilter(command("search [query]", "find passages"))
    .option("--batch <file>", "one JSON object a line, - for standard input")
    .action(async (query: string | undefined, options: Options) =>
      withApp(options, async (app) => {
        const run = (text: string, input: Options) => app.search(text, readFilter(input));
        if (options["batch"] !== undefined) return batch(options, (line) => run(text(line, "query"), merged(options, line)));
        give(options, await run(required(query, "search", "query"), options), (result) => printSearch(result, look));
      }),
    );

  withFilter(command("ask [question]", "answer from the sources, every sentence cited"), ["mode"])
    .option("--batch <file>", "one JSON object a line, - for standard input")
    .action(async (question: string | undefined, options: Options) =>
      withApp(options, async (app) => {
        const run = (text: string, input: Options) => app.ask(text, readFilter(input));
        if (options["batch"] !== undefined) return batch(options, (line) => run(text(line, "question"), merged(options, line)));
        give(options, await run(required(question, "ask", "question"), options), (answer) => printAnswer(answer, look));
      }),
    );

  command("verify", "the sentence gate on its own: does the source support the claim?")
    .requiredOption("--batch <file>", "lines {id, claim, source}, - for standard input")
    .action(async (options: Options) =>
      withApp(options, async (app) => batch(options, async (line) => app.verify(text(line, "claim"), text(line, "source")))),
    );

  command("doctor", "check the set-up; each failing check names its fix").action(async (options: Options) =>
    withApp(options, async (app) => {
      const checks = await app.doctor();
      give(options, { checks }, (value) => printDoctor(value.checks, look));
      setExit(checks.every((check) => check.ok) ? 0 : 1);
    }),
  );

  command("chat", "ask in the terminal").action(async (options: Options) => setExit(await deps.chat(settingFlags(options))));
  command("start", "index the corpus, then the Discord bot, or the chat without a token").action(async (options: Options) =>
    setExit(await deps.start(settingFlags(options))),
  );
  command("register", "write the slash commands to Discord where they differ")
    .option("--dry-run", "only say what would be written")
    .action(async (options: Options) =>
      setExit(await deps.register(settingFlags(options), { dryRun: options["dryRun"] === true, json: options["json"] === true })),
    );
  return program;
}

function withFilter(command: Command, without: readonly string[] = []): Command {
  const options = {
    k: new Option("-k <number>", "passages to read"),
    mode: new Option("--mode <mode>", "hybrid, vector or text"),
    since: new Option("--since <date>", "published on this day or later"),
    until: new Option("--until <date>", "published on this day or earlier"),
    asOf: new Option("--as-of <date>", "read nothing that was published later"),
    publisher: new Option("--publisher <name>", "only this publisher"),
    genre: new Option("--genre <genre>", "report, analysis, opinion, interview or statement"),
    undated: new Option("--undated", "keep undated documents under --since, --until and --as-of"),
  };
  for (const [name, option] of Object.entries(options)) if (!without.includes(name)) command.addOption(option);
  return command;
}

/** A batch line's fields over the flags. Lines may spell a flag as it is typed: `as-of`. */
function merged(options: Options, line: BatchLine): Options {
  const { "as-of": dashed, as_of: underscored, ...rest } = line;
  const asOf = rest["asOf"] ?? dashed ?? underscored;
  return { ...options, ...rest, ...(asOf === undefined ? {} : { asOf }) };
}

function settingFlags(options: Options): SettingFlags {
  const names = { corpus: "CORPUS_DIR", index: "INDEX_DIR", embeddings: "EMBEDDINGS", model: "MODEL" } as const;
  const given = Object.entries(names).flatMap(([option, name]) =>
    typeof options[option] === "string" ? [[name, options[option]]] : [],
  );
  return Object.fromEntries(given) as SettingFlags;
}

function text(line: BatchLine, field: string): string {
  const value = line[field];
  if (typeof value === "string") return value;
  throw new Failure("field_missing", `The line needs "${field}" as a text.`, `Write {"id": 1, "${field}": "…"}.`, { exit: 2 });
}

function required(value: string | undefined, command: string, what: string): string {
  if (value !== undefined) return value;
  throw new Failure("usage", `briefing ${command} needs a ${what} or --batch FILE.`, `For example: briefing ${command} "…"`, {
    exit: 2,
  });
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
