// Commands that brief: check, summary, timeline.
import type { SummaryLength } from "../../../briefing.ts";
import { Failure } from "../../../failure.ts";
import { readFilter, type FilterInput } from "../../filter-input.ts";
import type { CommandKit, Options } from "../command-kit.ts";
import { merged, required, text, withFilter } from "../command-kit.ts";
import { printCheck, printSummary, printTimeline } from "../print-briefing.ts";

const LENGTHS: readonly SummaryLength[] = ["short", "medium", "long"];

export function registerBriefing({ command, withApp, give, batch, look }: CommandKit): void {
  withFilter(command("check [text]", "is this so? each claim of a text: supported, contradicted or not covered"), ["k", "mode"])
    .option("--batch <file>", "one JSON object a line, - for standard input")
    .action(async (words: string | undefined, options: Options) =>
      withApp(options, async (app) => {
        const run = (said: string, input: FilterInput) => app.check(said, readFilter(input));
        if (options["batch"] !== undefined) return batch(options, (line) => run(text(line, "text"), merged(options, line)));
        give(options, await run(required(words, "check", "text"), options), (report) => printCheck(report, look));
      }),
    );

  withFilter(command("summary [topic]", "what the sources say on a topic, in one document or in a window of time"), ["k", "mode"])
    .option("--document <id>", "only this document")
    .option("--length <length>", "short, medium or long", "medium")
    .action(async (topic: string | undefined, options: Options) =>
      withApp(options, async (app) => {
        const document = typeof options["document"] === "string" ? { document: options["document"] } : {};
        const length = readLength(options["length"]);
        const answer = await app.summarize({ ...readFilter(options), topic, length, ...document });
        give(options, answer, (summary) => printSummary(summary, look));
      }),
    );

  withFilter(command("timeline [topic]", "what happened when, each event with its sources"), ["k", "mode"]).action(
    async (topic: string | undefined, options: Options) =>
      withApp(options, async (app) => {
        const timeline = await app.timeline(required(topic, "timeline", "topic"), readFilter(options));
        give(options, timeline, (page) => printTimeline(page, look));
      }),
  );
}

function readLength(value: unknown): SummaryLength {
  const found = LENGTHS.find((length) => length === value);
  if (found !== undefined) return found;
  throw new Failure(
    "length_unknown",
    `length must be one of ${LENGTHS.join(", ")}, got ${String(value)}.`,
    "Choose one of these.",
    {
      exit: 2,
    },
  );
}
