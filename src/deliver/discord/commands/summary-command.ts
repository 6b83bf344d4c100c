// /summary: what the documents say on a topic, in three lengths.
import { ApplicationCommandOptionType as Option, ApplicationCommandType } from "discord.js";
import { SUMMARY_LENGTHS } from "../../../results.ts";
import { oneOf, readFilter } from "../../filter-input.ts";
import { renderSummary } from "../../render/render-briefing.ts";
import { replyWith } from "../answer-question.ts";
import { EVERYWHERE, defineCommand } from "../command.ts";
import { discordMarkup } from "../discord-markup.ts";

export const summary = defineCommand({
  shape: {
    type: ApplicationCommandType.ChatInput,
    name: "summary",
    description: "What the documents say on a topic: reports first, then who argues what",
    options: [
      { type: Option.String, name: "topic", description: "What to sum up", required: true, max_length: 300 },
      { type: Option.String, name: "since", description: "Only what was published on this day or later", max_length: 32 },
      { type: Option.String, name: "until", description: "Only what was published on this day or earlier", max_length: 32 },
      {
        type: Option.String,
        name: "length",
        description: "How much of it; medium without it",
        choices: SUMMARY_LENGTHS.map((name) => ({ name, value: name })),
      },
    ],
    ...EVERYWHERE,
  },
  usage: "/summary topic [since] [until] [length]: what the documents say on it",
  queued: true,
  hidden: false,
  async run(exchange, { topic, since, until, length = "medium" }, context) {
    const wanted = { topic, length: oneOf(length, SUMMARY_LENGTHS, "length") };
    const answer = await context.briefing.summarize({ ...readFilter({ since, until }), ...wanted });
    await replyWith(answer, renderSummary(answer, discordMarkup), topic, exchange, context);
  },
});
