// /ask: a question with what narrows it, and publishers offered while one types.
import { ApplicationCommandOptionType as Option, ApplicationCommandType } from "discord.js";
import { readFilter } from "../../filter-input.ts";
import { QUESTION_LIMIT, askAndReply } from "../answer-question.ts";
import { EVERYWHERE, defineCommand } from "../command.ts";

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
    ...EVERYWHERE,
  },
  usage: "/ask question [since] [until] [publisher] [private]: a cited answer",
  queued: true,
  hidden: (args) => args.private === true,
  async run(exchange, args, context) {
    const { question, since, until, publisher } = args;
    await askAndReply(exchange, question, readFilter({ since, until, publisher }), context);
  },
  async complete(_focused, typed, { briefing }) {
    const { publishers } = await briefing.coverage();
    const wanted = typed.trim().toLowerCase();
    return publishers
      .filter((publisher) => publisher.length <= 100 && publisher.toLowerCase().includes(wanted))
      .slice(0, 25)
      .map((publisher) => ({ name: publisher, value: publisher }));
  },
});
