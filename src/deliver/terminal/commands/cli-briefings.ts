// Commands that brief: check, summary, timeline, changes.
import { writeFile } from "node:fs/promises";
import { Failure } from "../../../failure.ts";
import type { SummaryLength, Timeline } from "../../../results.ts";
import { oneOf, readFilter, type FilterInput } from "../../filter-input.ts";
import { renderChanges, renderCheck, renderSummary, renderTimeline } from "../../render/render-briefing.ts";
import { drawTimeline, type Theme } from "../../render/timeline-picture.ts";
import type { CommandKit, Options, SettingFlag } from "../command-kit.ts";
import { merged, required, text, withFilter } from "../command-kit.ts";
import { plain } from "../output.ts";
import { readingNotice } from "../progress.ts";
import { page } from "../terminal-markup.ts";

const THEMES: readonly Theme[] = ["light", "dark"];
const LENGTHS: readonly SummaryLength[] = ["short", "medium", "long"];

const HEEDS: readonly SettingFlag[] = ["index", "embeddings"];

export function registerBriefing({ deps, command, withApp, give, batch, look }: CommandKit): void {
  withFilter(command("check [text]", "is this so? each claim of a text: supported, contradicted or not covered", HEEDS), [
    "k",
    "mode",
  ])
    .option("--batch <file>", "one JSON object a line, - for standard input")
    .action(async (words: string | undefined, options: Options) =>
      withApp(options, async (app) => {
        const run = (said: string, input: FilterInput) => app.check(said, readFilter(input));
        if (options["batch"] !== undefined)
          return batch(options, words, (line) => run(text(line, "text"), merged(options, line)));
        give(options, await run(required(words, "check", "text"), options), (report) =>
          page(look, (markup) => renderCheck(report, markup)),
        );
      }),
    );

  withFilter(
    command("summary [topic]", "what the sources say on a topic, in one document or in a window of time", [...HEEDS, "model"]),
    ["k", "mode"],
  )
    .option("--document <id>", "only this document")
    .option("--length <length>", "short, medium or long", "medium")
    .action(async (topic: string | undefined, options: Options) =>
      withApp(options, async (app) => {
        const document = typeof options["document"] === "string" ? { document: options["document"] } : {};
        const length = oneOf(String(options["length"]), LENGTHS, "length");
        const answer = await app.summarize({
          ...readFilter(options),
          topic,
          length,
          ...document,
          onProgress: readingNotice(deps.output),
        });
        give(options, answer, (summary) => page(look, (markup) => renderSummary(summary, markup)));
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
        give(options, timeline, (found) => page(look, (markup) => renderTimeline(found, markup)));
      }),
    );

  withFilter(command("changes [topic]", "what is new, changed or disputed since a day", HEEDS), ["k", "mode", "asOf"]).action(
    async (topic: string | undefined, options: Options) =>
      withApp(options, async (app) => {
        const { since, ...filter } = readFilter(options);
        if (since === undefined)
          throw new Failure("usage", "briefing changes needs --since DATE.", "For example: briefing changes --since 2025-11-01", {
            exit: 2,
          });
        const about = topic === undefined || topic.trim() === "" ? null : topic.trim();
        give(options, await app.changes(since, about, filter), (changes) =>
          page(look, (markup) => renderChanges(changes, markup)),
        );
      }),
  );

  async function writePicture(timeline: Timeline, file: string, theme: Theme): Promise<void> {
    const picture = await drawTimeline(timeline, theme);
    if (picture === null) return deps.output.notice("No picture: there are no dated events to draw.");
    try {
      await writeFile(file, picture.png);
    } catch (cause) {
      throw new Failure("file_unwritable", `The picture cannot be written: ${file}`, "Name a file in a folder that exists.", {
        cause,
      });
    }
    deps.output.notice(`Picture: ${file}\nAlt text: ${plain(picture.alt)}`);
  }
}
