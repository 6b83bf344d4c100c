// Commands that brief: summary, timeline, changes, digest (what is new, or with --next when a daily one would run; it never posts).
import { writeFile } from "node:fs/promises";
import { Failure, misuse } from "../../../failure.ts";
import { SUMMARY_LENGTHS, type Timeline } from "../../../results.ts";
import { oneOf, readCount, readDigestInput, readFilter } from "../../filter-input.ts";
import { renderChanges, renderSummary, renderTimeline } from "../../render/render-briefing.ts";
import { renderDigest } from "../../render/render-digest.ts";
import { drawTimeline, type Theme } from "../../render/timeline-picture.ts";
import { MOST_RUNS, nextRuns } from "../../schedule/next-run.ts";
import { type CommandKit, merged, type Options, required, type SettingFlag, withFilter } from "../command-kit.ts";
import { plain } from "../output.ts";
import { readingNotice } from "../progress.ts";

const THEMES: readonly Theme[] = ["light", "dark"];
const HEEDS: readonly SettingFlag[] = ["index", "embeddings"];
/** Entries of a digest that are printed. */
const SHOWN = 15;

export function registerBriefing({ deps: { output }, command, withApp, give, batch }: CommandKit): void {
  const summary = command("summary [topic]", "what the sources say on a topic, in one document or in a window of time", [
    ...HEEDS,
    "model",
  ]);
  withFilter(summary, ["k", "mode"])
    .option("--document <id>", "only this document")
    .option("--length <length>", "short, medium or long", "medium")
    .action(async (topic: string | undefined, options: Options) =>
      withApp(options, async (app) => {
        const document = typeof options["document"] === "string" ? options["document"] : undefined;
        const length = oneOf(String(options["length"]), SUMMARY_LENGTHS, "length");
        const asked = { ...readFilter(options), topic, length, document, onProgress: readingNotice(output) };
        give(options, await app.summarize(asked), renderSummary);
      }),
    );

  withFilter(command("timeline [topic]", "what happened when, each event with its sources", HEEDS), ["k", "mode"])
    .option("--png <file>", "write it as a picture too")
    .option("--theme <theme>", "of the picture: light or dark", "light")
    .action(async (topic: string | undefined, options: Options) =>
      withApp(options, async (app) => {
        const theme = oneOf(String(options["theme"]), THEMES, "theme");
        const timeline = await app.timeline(required(topic, "timeline", "topic"), readFilter(options));
        if (typeof options["png"] === "string") await writePicture(timeline, options["png"], theme);
        give(options, timeline, renderTimeline);
      }),
    );

  withFilter(command("changes [topic]", "what is new, changed or disputed since a day", HEEDS), ["k", "mode", "asOf"]).action(
    async (topic: string | undefined, options: Options) =>
      withApp(options, async (app) => {
        const { since, ...filter } = readFilter(options);
        if (since === undefined)
          throw misuse("usage", "briefing changes needs --since DATE.", "For example: briefing changes --since 2025-11-01");
        give(options, await app.changes(since, topic?.trim() || null, filter), renderChanges);
      }),
  );

  const digest = command("digest [topic]", "what is new, one entry an event; --next: when a daily digest runs", HEEDS);
  withFilter(digest, ["k", "mode", "asOf"])
    .option("--date <day>", "what was published on this day, e.g. 2025-10-31; without it the last 24 hours")
    .option("--zone <zone>", "IANA time zone, e.g. Europe/Berlin; UTC without it")
    .option("--batch <file>", "lines {id, date, zone?, topic?}, - for standard input")
    .option("--next <number>", "print the next so many runs of a daily digest")
    .option("--at <HH:MM>", "with --next: local time of day")
    .option("--from <instant>", "with --next: count from this instant instead of now")
    .action(async (topic: string | undefined, options: Options) => {
      if (options["next"] !== undefined) return give(options, { runs: await nextOf(options) }, ({ runs }) => [runs.join("\n")]);
      return withApp(options, async (app) => {
        if (options["batch"] !== undefined)
          return batch(options, undefined, (line) => app.digest(readDigestInput({ topic, ...merged(options, line) })));
        const found = await app.digest(readDigestInput({ ...options, topic }));
        const shown = { to: SHOWN, opener: "--json has them all" };
        give(options, found, (value, markup) => renderDigest(value, markup, shown).blocks);
      });
    });

  async function writePicture(timeline: Timeline, file: string, theme: Theme): Promise<void> {
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
}

async function nextOf({ next, at, zone, from }: Options): Promise<string[]> {
  if (typeof at !== "string" || typeof zone !== "string") {
    const example = "For example: briefing digest --next 5 --at 08:00 --zone Europe/Berlin";
    throw misuse("usage", "digest --next needs --at and --zone.", example);
  }
  const start = typeof from === "string" ? new Date(from) : new Date();
  const runs = await nextRuns({ from: start, at, zone, count: readCount(next, "next", MOST_RUNS) });
  return runs.map((run) => run.local);
}
