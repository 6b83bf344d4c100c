// The commands of the command line, one entry each: what is typed, what is asked of the program, how the result looks as a page.
import { writeFile } from "node:fs/promises";
import { Failure, misuse } from "../../failure.ts";
import { type Briefing, type Job, type JobReport, SUMMARY_LENGTHS, type Timeline } from "../../results.ts";
import type { SettingFlags } from "../../settings.ts";
import { type FilterField, MOST_FOUND, oneOf, readCount, readDigestInput, readFilter } from "../filter-input.ts";
import { inBlocks, type Markup } from "../render/markup.ts";
import { renderAnswer } from "../render/render-answer.ts";
import { renderChanges, renderCheck, renderSummary, renderTimeline } from "../render/render-briefing.ts";
import { renderDigest } from "../render/render-digest.ts";
import {
  renderDoctor,
  renderDocuments,
  renderExtraction,
  renderFollowed,
  renderIngest,
  renderReceipt,
  renderReplay,
  renderSearch,
  renderStored,
} from "../render/render-records.ts";
import { drawTimeline, type Theme } from "../render/timeline-picture.ts";
import { MOST_RUNS, nextRuns } from "../schedule/next-run.ts";
import { type Output, plain, progressLine, readingNotice, vectorLine } from "./output.ts";

export const SETTING_FLAGS = {
  corpus: { variable: "CORPUS_DIR", takes: "folder", about: "folder with the documents" },
  index: { variable: "INDEX_DIR", takes: "folder", about: "folder for the index" },
  embeddings: { variable: "EMBEDDINGS", takes: "model", about: "bundled, openai, or a folder with an ONNX sentence model" },
  model: { variable: "MODEL", takes: "provider:name", about: "language model for fluent answers" },
} as const;
export type SettingFlag = keyof typeof SETTING_FLAGS;

/** What was typed behind flags, with the fields of a batch line over it; a flag that takes a value gives a string. */
export type Given = Readonly<Record<string, unknown>>;

/** One JSON object with `--json`, else a page to read. */
export interface Result {
  value: object;
  page: (markup: Markup) => string;
  exit: number;
}

export interface CliCommand {
  about: string;
  heeds: readonly SettingFlag[];
  filter?: readonly FilterField[];
  options?: Readonly<Record<string, string>>;
  batch?: string;
  /** The field of a line that holds what is else typed; one of the two must be there. */
  field?: string;
  run?: (app: Briefing, typed: readonly string[], given: Given) => Promise<Result>;
  /** With `--all`: one JSON object a line as they are found. */
  each?: (app: Briefing, typed: string, given: Given) => AsyncIterable<object>;
  /** In place of `run`, for what opens the program itself; gives an exit code or a result. */
  apart?: (typed: readonly string[], given: Given, flags: SettingFlags) => Promise<Result | number>;
}

export interface TerminalDeps {
  output: Output;
  surface: (kind: "chat" | "start", flags: SettingFlags) => Promise<number>;
  job: (job: Job, flags: SettingFlags) => Promise<JobReport>;
}

const ALL: readonly SettingFlag[] = ["corpus", "index", "embeddings", "model"];
const INDEXED: readonly SettingFlag[] = ["index", "embeddings"];
const DATED: readonly FilterField[] = ["since", "until", "publisher", "genre", "undated"];
const THEMES: readonly Theme[] = ["light", "dark"];
const SHOWN = 15;
const MOST_SAMPLED = 999_999;

const shown = <T extends object>(value: T, render: (value: T, markup: Markup) => string, exit = 0): Result => ({
  value,
  page: (markup) => render(value, markup),
  exit,
});
const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/** By their usage, as commander takes it. */
export function cliCommands({ output, surface, job }: TerminalDeps): Record<string, CliCommand> {
  const reading = ({ batch }: Given) => (batch === undefined ? { onProgress: readingNotice(output) } : {});
  const reported = async (asked: Job, flags: SettingFlags): Promise<Result> => {
    const { report, lines } = await job(asked, flags);
    output.status("");
    return shown(report, () => lines.join("\n"));
  };
  return {
    "ingest [inputs...]": {
      about: "read files and folders (default: the corpus folder) into the index",
      heeds: ["corpus", ...INDEXED],
      options: {
        "--prune": "remove what is no longer among the inputs",
        "--unfollow": "the inputs are addresses: follow them no more; with --prune their documents go too",
        "--rebuild": "throw the index away first, e.g. after a change of the sentence model",
      },
      run: (app, inputs, given) => ingested(app, inputs, given, output),
    },
    documents: {
      about: "list what is in the index",
      heeds: ["corpus", ...INDEXED],
      filter: [...DATED, "asOf"],
      async run(app, _typed, given) {
        const filter = readFilter(given);
        const documents = await app.documents(filter);
        if (given["json"] === true) return shown({ documents }, () => "");
        const [all, followed] = [await app.documents(), await app.followed()];
        return shown({ documents }, (_, markup) =>
          inBlocks(renderDocuments(documents, all, markup), renderFollowed(followed, markup)),
        );
      },
    },
    "show <document>": {
      about: "one document, by its number in the list, its id or its title: text, passages, where each date was found",
      heeds: INDEXED,
      run: async (app, [id = ""]) => shown(await app.show(id), renderStored),
    },
    "extract [input]": {
      about: "read a file or an address and print what was found; nothing is stored",
      heeds: ["corpus", "index"],
      field: "input",
      run: async (app, [input = ""], { url }) => shown(await app.extract(input, textOf(url) ?? null), renderExtraction),
    },
    "search [query]": {
      about: "find passages",
      heeds: INDEXED,
      filter: ["k", "mode", ...DATED, "asOf"],
      field: "query",
      run: async (app, [query = ""], given) => shown(await app.search(query, readFilter(given, MOST_FOUND)), renderSearch),
      each(app, query, given) {
        const { k: _k, ...narrowing } = readFilter(given, MOST_FOUND);
        return app.searchAll(query, narrowing);
      },
    },
    "ask [question]": {
      about: "answer from the sources, every sentence cited",
      heeds: [...INDEXED, "model"],
      filter: ["k", ...DATED, "asOf"],
      field: "question",
      run: async (app, [question = ""], given) =>
        shown(await app.ask(question, { ...readFilter(given), ...reading(given) }), renderAnswer),
    },
    "check [text]": {
      about: "is this so? each claim of a text: supported, contradicted or not covered",
      heeds: INDEXED,
      filter: [...DATED, "asOf"],
      field: "text",
      run: async (app, [text = ""], given) => shown(await app.check(text, readFilter(given)), renderCheck),
    },
    verify: {
      about: "does the source support the claim? exact facts, then the judge",
      heeds: ["model"],
      batch: "claim, source",
      async run(app, _typed, { claim, source, batch }) {
        if (batch === undefined) throw misuse("usage", "briefing verify needs --batch FILE.", "Its lines: {id, claim, source}.");
        return shown(await app.verify(must("claim", claim), must("source", source)), () => "");
      },
    },
    "why <answer>": {
      about: "how an answer came about: passages with scores, checks, versions, cost",
      heeds: ["index", "model"],
      options: { "--replay": "ask the same again over the index as it is now, and say what changed" },
      run: async (app, [id = ""], { replay }) =>
        replay === true ? shown(await app.replay(id), renderReplay) : shown(await app.why(id), renderReceipt),
    },
    "summary [topic]": {
      about: "what the sources say on a topic, in one document or in a window of time",
      heeds: [...INDEXED, "model"],
      filter: [...DATED, "asOf"],
      options: {
        "--document <id>": "only this document",
        "--length <length>": "short, medium or long; medium without it",
      },
      async run(app, [topic], given) {
        const length = oneOf(textOf(given["length"]) ?? "medium", SUMMARY_LENGTHS, "length");
        const asked = { ...readFilter(given), topic, length, document: textOf(given["document"]), ...reading(given) };
        return shown(await app.summarize(asked), renderSummary);
      },
    },
    "timeline [topic]": {
      about: "what happened when, each event with its sources",
      heeds: INDEXED,
      filter: [...DATED, "asOf"],
      options: {
        "--png <file>": "write it as a picture too",
        "--theme <theme>": "of the picture: light or dark; light without it",
      },
      async run(app, [topic], given) {
        const theme = oneOf(textOf(given["theme"]) ?? "light", THEMES, "theme");
        if (topic === undefined) throw misuse("usage", "briefing timeline needs a topic.", 'For example: briefing timeline "…"');
        const timeline = await app.timeline(topic, readFilter(given));
        const png = textOf(given["png"]);
        if (png !== undefined) await writePicture(timeline, png, theme, output);
        return shown(timeline, renderTimeline);
      },
    },
    "changes [topic]": {
      about: "what is new, changed or disputed since a day",
      heeds: INDEXED,
      filter: DATED,
      async run(app, [topic], given) {
        const { since, ...filter } = readFilter(given);
        if (since === undefined)
          throw misuse("usage", "briefing changes needs --since DATE.", "For example: briefing changes --since 2025-11-01");
        return shown(await app.changes(since, topic?.trim() || null, filter), renderChanges);
      },
    },
    "digest [topic]": {
      about: "what is new, one entry an event; --next: when a daily digest runs",
      heeds: INDEXED,
      filter: DATED,
      options: {
        "--date <day>": "what was published on this day, e.g. 2025-10-31; without it the last 24 hours",
        "--zone <zone>": "IANA time zone, e.g. Europe/Berlin; UTC without it",
        "--next <number>": "print the next so many runs of a daily digest",
        "--at <HH:MM>": "with --next: local time of day",
        "--from <instant>": "with --next: count from this instant instead of now",
      },
      batch: "date, zone?, topic?",
      async run(app, [topic], given) {
        if (given["next"] !== undefined) return shown({ runs: await nextOf(given) }, ({ runs }) => runs.join("\n"));
        const found = await app.digest(readDigestInput({ topic, ...given }));
        const page = { most: SHOWN, opener: "--json has them all" };
        return shown(found, (value, markup) => renderDigest(value, markup, page).text);
      },
    },
    doctor: {
      about: "check the set-up; each failing check names its fix",
      heeds: ALL,
      async run(app) {
        const checks = await app.doctor();
        return shown({ checks }, ({ checks }, markup) => renderDoctor(checks, markup), checks.every(({ ok }) => ok) ? 0 : 1);
      },
    },
    "eval [set]": {
      about: "measure retrieval, grounding, refusal and answers",
      heeds: ["embeddings"],
      options: { "--sample <number>": "at most so many questions of a set" },
      async apart([set = null], { sample }, flags) {
        const most = sample === undefined ? undefined : readCount(sample, "sample", MOST_SAMPLED);
        return reported({ kind: "eval", set, sample: most }, flags);
      },
    },
    bench: {
      about: "time starting, asking, searching, embedding and indexing on this machine",
      heeds: ["embeddings"],
      apart: (_typed, _given, flags) => reported({ kind: "bench" }, flags),
    },
    move: {
      about: "carry index and memory into the database of DATABASE_URL, or back into files; nothing is embedded again",
      heeds: ["index"],
      options: { "--to <place>": "where to: postgres or files" },
      async apart(_typed, { to }, flags) {
        return reported({ kind: "move", to: oneOf(textOf(to) ?? "nothing", ["postgres", "files"], "to") }, flags);
      },
    },
    chat: { about: "ask in the terminal", heeds: ALL, apart: (_typed, _given, flags) => surface("chat", flags) },
    start: {
      about: "index the corpus, then the Discord bot, or the chat without a token",
      heeds: ALL,
      apart: (_typed, _given, flags) => surface("start", flags),
    },
    register: {
      about: "write the slash commands to Discord where they differ",
      heeds: [],
      options: { "--dry-run": "only say what would be written" },
      apart: (_typed, { dryRun }, flags) => reported({ kind: "register", dryRun: dryRun === true }, flags),
    },
  };
}

export function must(field: string, value: unknown): string {
  if (typeof value === "string") return value;
  throw misuse("field_missing", `The line needs "${field}" as a text.`, `Write {"id": 1, "${field}": "…"}.`);
}

async function ingested(app: Briefing, inputs: readonly string[], given: Given, output: Output): Promise<Result> {
  const [prune, rebuild, unfollow] = [given["prune"] === true, given["rebuild"] === true, given["unfollow"] === true];
  const empty = "Name files, folders or addresses; without any, the corpus folder is read.";
  if (inputs.some((input) => input.trim() === "")) throw misuse("usage", "An input is empty.", empty);
  if (unfollow && inputs.length === 0)
    throw misuse("usage", "No address to unfollow.", "Name it: briefing ingest --unfollow https://…");
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  process.once("SIGINT", onSignal);
  const [onProgress, onVectors] = [progressLine(output), vectorLine(output)];
  const report = await app
    .ingest(inputs, { prune, rebuild, unfollow, signal: stop.signal, onProgress, onVectors })
    .catch((cause: unknown) => {
      if (!stop.signal.aborted) throw cause;
      const hint = "The same command goes on from there.";
      throw new Failure("interrupted", "Interrupted; what was read before is kept.", hint, { cause });
    })
    .finally(() => process.off("SIGINT", onSignal));
  output.status("");
  const refused = report.failed.length;
  const accepted = unfollow ? inputs.length - refused : report.added + report.updated + report.unchanged;
  return shown(report, renderIngest, refused === 0 ? 0 : accepted === 0 ? 1 : 3);
}

async function writePicture(timeline: Timeline, file: string, theme: Theme, output: Output): Promise<void> {
  const picture = await drawTimeline(timeline, theme);
  if (picture === null) return output.notice("No picture: there are no dated events to draw.");
  try {
    await writeFile(file, picture.png);
  } catch (cause) {
    const hint = "Name a file in a folder that exists.";
    throw new Failure("file_unwritable", `The picture cannot be written: ${file}`, hint, { cause });
  }
  output.notice(`Picture: ${file}\nAlt text: ${plain(picture.alt)}`);
}

async function nextOf({ next, at, zone, from }: Given): Promise<string[]> {
  if (typeof at !== "string" || typeof zone !== "string") {
    const example = "For example: briefing digest --next 5 --at 08:00 --zone Europe/Berlin";
    throw misuse("usage", "digest --next needs --at and --zone.", example);
  }
  const start = typeof from === "string" ? new Date(from) : new Date();
  const runs = await nextRuns({ from: start, at, zone, count: readCount(next, "next", MOST_RUNS) });
  return runs.map((run) => run.local);
}
