// The digest command: what is new, or with --next when a daily digest would run. Never posts.
import { Failure } from "../../../failure.ts";
import { readDigestInput } from "../../digest-input.ts";
import { renderDigest } from "../../render/render-digest.ts";
import { nextRuns } from "../../schedule/next-run.ts";
import type { CommandKit, Options } from "../command-kit.ts";
import { merged, wholeNumber, withFilter } from "../command-kit.ts";
import { page } from "../terminal-markup.ts";

/** Entries that are printed. */
const SHOWN = 15;

export function registerDigesting({ command, withApp, give, batch, look }: CommandKit): void {
  withFilter(
    command("digest [topic]", "what is new, one entry an event; --next: when a daily digest runs", ["index", "embeddings"]),
    ["k", "mode", "asOf"],
  )
    .option("--date <day>", "what was published on this day, e.g. 2025-10-31; without it the last 24 hours")
    .option("--zone <zone>", "IANA time zone, e.g. Europe/Berlin; UTC without it")
    .option("--batch <file>", "lines {id, date, zone?, topic?}, - for standard input")
    .option("--next <number>", "print the next so many runs of a daily digest")
    .option("--at <HH:MM>", "with --next: local time of day")
    .option("--from <instant>", "with --next: count from this instant instead of now")
    .action(async (topic: string | undefined, options: Options) => {
      if (options["next"] !== undefined) {
        const runs = await nextOf(options);
        return give(options, { runs }, (value) => value.runs.join("\n"));
      }
      return withApp(options, async (app) => {
        if (options["batch"] !== undefined)
          return batch(options, undefined, (line) => app.digest(readDigestInput({ topic, ...merged(options, line) })));
        give(options, await app.digest(readDigestInput({ ...options, topic })), (digest) =>
          page(look, (markup) => renderDigest(digest, markup, { to: SHOWN, opener: "--json has them all" }).blocks),
        );
      });
    });
}

async function nextOf(options: Options): Promise<string[]> {
  const { next, at, zone, from } = options as Record<string, string | undefined>;
  if (at === undefined || zone === undefined) {
    throw new Failure(
      "usage",
      "digest --next needs --at and --zone.",
      "For example: briefing digest --next 5 --at 08:00 --zone Europe/Berlin",
      {
        exit: 2,
      },
    );
  }
  const runs = await nextRuns({
    from: from === undefined ? new Date() : new Date(from),
    at,
    zone,
    count: wholeNumber(next, "next"),
  });
  return runs.map((run) => run.local);
}
