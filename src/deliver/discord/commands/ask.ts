// /ask: a question with what narrows it, and publishers offered while one types.
import { ApplicationCommandOptionType as Option, ApplicationCommandType } from "discord.js";
import { Failure } from "../../../failure.ts";
import { QUESTION_LIMIT, askAndReply } from "../asking.ts";
import { defineCommand } from "../command.ts";

export const ask = defineCommand({
  shape: {
    type: ApplicationCommandType.ChatInput,
    name: "ask",
    description: "Ask the documents; every sentence of the answer carries a checked citation",
    options: [
      { type: Option.String, name: "question", description: "What you want to know", required: true, max_length: QUESTION_LIMIT },
      {
        type: Option.String,
        name: "since",
        description: "Only what was published on this day or later, e.g. 2025-10-31",
        max_length: 32,
      },
      { type: Option.String, name: "until", description: "Only what was published on this day or earlier", max_length: 32 },
      { type: Option.String, name: "publisher", description: "Only this publisher", autocomplete: true, max_length: 100 },
      { type: Option.Boolean, name: "private", description: "Show the answer to you alone" },
    ],
    contexts: [0, 1, 2],
    integration_types: [0, 1],
  },
  usage: "/ask question [since] [until] [publisher] [private]: a cited answer",
  queued: true,
  hidden: (args) => args.private === true,
  async run(exchange, args, context) {
    const since = day("since", args.since);
    const until = day("until", args.until);
    if (since !== undefined && until !== undefined && since.slice(0, until.length) > until) {
      throw new Failure("dates_crossed", `since (${since}) is later than until (${until}).`, "Swap them and ask again.");
    }
    await askAndReply(exchange, args.question, { since, until, publisher: args.publisher }, context);
  },
  async complete(_focused, typed, scopes, { briefing }) {
    const { publishers } = await briefing.coverage({ scopes });
    const wanted = typed.trim().toLowerCase();
    return publishers
      .filter((publisher) => publisher.length <= 100 && publisher.toLowerCase().includes(wanted))
      .slice(0, 25)
      .map((publisher) => ({ name: publisher, value: publisher }));
  },
});

/** A calendar day, month or year that exists. */
function day(name: string, value: string | undefined): string | undefined {
  if (value === undefined || value.trim() === "") return undefined;
  const given = value.trim();
  const [, year, month = "01", date = "01"] = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(given) ?? [];
  const time = year === undefined ? Number.NaN : Date.parse(`${year}-${month}-${date}T00:00:00Z`);
  // Date.parse takes 31 February for 3 March in some places
  if (Number.isNaN(time) || new Date(time).getUTCDate() !== Number(date)) {
    throw new Failure(
      "date_wrong",
      `The ${name} date is not a date that I can read.`,
      "Write it like 2025-10-31, 2025-10 or 2025.",
    );
  }
  return given;
}
