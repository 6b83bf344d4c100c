// What the commands of the command line share: how a subcommand begins, opens the program, gives its result and runs a batch.
import type { Readable } from "node:stream";
import { type Command, Option } from "commander";
import { misuse } from "../../failure.ts";
import type { Briefing, Job, JobReport } from "../../results.ts";
import type { SettingFlags } from "../../settings.ts";
import type { Markup } from "../render/markup.ts";
import { runBatch, type BatchLine } from "./batch.ts";
import { jsonLine, type Output } from "./output.ts";
import { page } from "./terminal-markup.ts";

/** What commander read; an option that takes a value is a string. */
export type Options = Record<string, string | boolean | undefined>;

const SETTING_FLAGS = {
  corpus: { variable: "CORPUS_DIR", takes: "folder", about: "folder with the documents" },
  index: { variable: "INDEX_DIR", takes: "folder", about: "folder for the index" },
  embeddings: { variable: "EMBEDDINGS", takes: "model", about: "bundled, openai, or a folder with an ONNX sentence model" },
  model: { variable: "MODEL", takes: "provider:name", about: "language model for fluent answers" },
} as const;
export type SettingFlag = keyof typeof SETTING_FLAGS;

export interface TerminalDeps {
  version: string;
  output: Output;
  stdin: Readable;
  /** Builds the program from flags and environment; called only by commands that need it. */
  open(flags: SettingFlags): Briefing;
  /** What runs for long; gives the exit code. */
  surface(
    kind: "chat" | "start" | "register",
    flags: SettingFlags,
    options?: { dryRun: boolean; json: boolean },
  ): Promise<number>;
  job(job: Job, flags: SettingFlags): Promise<JobReport>;
}

type Render<T> = (value: T, markup: Markup) => readonly string[];

/** What a command does with one text, typed or the field of a batch line. */
interface OneText<T> {
  field: string;
  run: (app: Briefing, text: string, given: BatchLine) => Promise<T>;
  render: Render<T>;
  /** With `--all`, one JSON object a line as they are found. */
  each?: (app: Briefing, text: string, given: BatchLine) => AsyncIterable<object>;
}

/** What a command's registration is handed. */
export interface CommandKit {
  deps: TerminalDeps;
  setExit: (code: number) => void;
  /** A subcommand; its help lists the settings' flags that it heeds. All are taken, so that a script can give each command the same ones. */
  command: (usage: string, about: string, heeds: readonly SettingFlag[]) => Command;
  /** Opens the program for one piece of work and closes it behind it. */
  withApp: (options: Options, work: (app: Briefing) => Promise<void>) => Promise<void>;
  /** One JSON object with --json, else a page to read. */
  give: <T extends object>(options: Options, value: T, render: Render<T>) => void;
  /** Runs `--batch`; the exit code tells of refused lines. `typed` is what else was asked on the command line: one of the two is too many. */
  batch: (options: Options, typed: string | undefined, work: (line: BatchLine) => Promise<object>) => Promise<void>;
  /** Makes the command take one text or `--batch`. */
  takesText: <T extends object>(command: Command, one: OneText<T>) => Command;
}

export function createCommandKit(program: Command, deps: TerminalDeps, setExit: (code: number) => void): CommandKit {
  const { output } = deps;
  const kit: CommandKit = {
    deps,
    setExit,
    command(usage, about, heeds) {
      const command = program.command(usage).description(about).exitOverride();
      for (const [name, { takes, about }] of Object.entries(SETTING_FLAGS))
        command.addOption(new Option(`--${name} <${takes}>`, about).hideHelp(!heeds.includes(name as SettingFlag)));
      return command.option("--json", "exactly one JSON object on standard output");
    },
    async withApp(options, work) {
      const app = deps.open(settingFlags(options));
      try {
        await work(app);
      } finally {
        await app.close();
      }
    },
    give(options, value, render) {
      output.data(options["json"] === true ? jsonLine(value) : page(output, (markup) => render(value, markup)));
    },
    async batch(options, typed, work) {
      if (typed !== undefined) {
        const hint = "Put it into a line of the batch, or leave --batch out.";
        throw misuse("usage", `--batch and "${typed}" do not go together.`, hint);
      }
      const { done, refused } = await runBatch(String(options["batch"]), deps.stdin, output, work);
      setExit(refused === 0 ? 0 : done === 0 ? 1 : 3);
    },
    takesText(command, { field, run, render, each }) {
      command.option("--batch <file>", `lines {id, ${field}}, - for standard input`);
      if (each !== undefined) command.option("--all", "all that is found, one JSON object a line");
      return command.action(async (typed: string | undefined, options: Options) =>
        kit.withApp(options, async (app) => {
          if (options["batch"] !== undefined)
            return kit.batch(options, typed, (line) => run(app, text(line, field), merged(options, line)));
          const asked = required(typed, command.name(), field);
          if (each === undefined || options["all"] !== true) return kit.give(options, await run(app, asked, options), render);
          for await (const found of each(app, asked, options)) output.data(jsonLine(found));
        }),
      );
    },
  };
  return kit;
}

export function withFilter(command: Command, without: readonly string[] = []): Command {
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
export function merged(options: Options, line: BatchLine): BatchLine {
  const { "as-of": dashed, as_of: underscored, ...rest } = line;
  const asOf = rest["asOf"] ?? dashed ?? underscored;
  return { ...options, ...rest, ...(asOf === undefined ? {} : { asOf }) };
}

export function settingFlags(options: Options): SettingFlags {
  const given = Object.entries(SETTING_FLAGS).flatMap(([option, { variable }]) =>
    typeof options[option] === "string" ? [[variable, options[option]]] : [],
  );
  return Object.fromEntries(given) as SettingFlags;
}

export function text(line: BatchLine, field: string): string {
  const value = line[field];
  if (typeof value === "string") return value;
  throw misuse("field_missing", `The line needs "${field}" as a text.`, `Write {"id": 1, "${field}": "…"}.`);
}

export function required(value: string | undefined, command: string, what: string): string {
  if (value !== undefined) return value;
  throw misuse("usage", `briefing ${command} needs a ${what} or --batch FILE.`, `For example: briefing ${command} "…"`);
}
