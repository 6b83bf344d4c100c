// /summary: what the documents say on a topic, in three lengths.
import { ApplicationCommandOptionType as Option, ApplicationCommandType } from "discord.js";
import { Failure } from "../../../failure.ts";
import type { SummaryLength } from "../../../results.ts";
import { readFilter } from "../../filter-input.ts";
import { renderSummary } from "../../render/render-briefing.ts";
import { replyWith } from "../answer-question.ts";
import { defineCommand } from "../command.ts";
import { discordMarkup } from "../discord-markup.ts";

const LENGTHS: readonly SummaryLength[] = ["short", "medium", "long"];

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
        choices: LENGTHS.map((name) => ({ name, value: name })),
      },
    ],
    contexts: [0, 1, 2],
    integration_types: [0, 1],
  },
  usage: "/summary topic [since] [until] [length]: what the documents say on it",
  queued: true,
  hidden: () => false,
  async run(exchange, { topic, since, until, length = "medium" }, context) {
    const wanted = LENGTHS.find((one) => one === length.trim().toLowerCase());
    if (wanted === undefined) throw new Failure("length_unknown", "The length is short, medium or long.", "Choose one of these.");
    const answer = await context.briefing.summarize({ ...readFilter({ since, until }), topic, length: wanted });
    await replyWith(answer, renderSummary(answer, discordMarkup), topic, exchange, context);
  },
});
