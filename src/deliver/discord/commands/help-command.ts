// /help: made from the registry, so that it cannot promise what is not there.
import { ApplicationCommandType } from "discord.js";
import { coverageLine } from "../../render/render-answer.ts";
import { EVERYWHERE, defineCommand, type Command } from "../command.ts";
import { discordMarkup, plainText } from "../discord-markup.ts";

export function createHelp(all: () => readonly Command[]): Command {
  return defineCommand({
    shape: {
      type: ApplicationCommandType.ChatInput,
      name: "help",
      description: "What I can do and how to ask",
      ...EVERYWHERE,
    },
    usage: "/help: this text",
    queued: false,
    anywhere: true,
    hidden: true,
    async run(exchange, _args, { briefing }) {
      const coverage = await briefing.coverage();
      await exchange.reply(
        [
          "**Ask me about the documents that I have read.** Mention me with a question, or reply to one of my answers to go on from there. Each sentence of an answer ends with the number of its source; what no source supports is left out.",
          all()
            .map(({ usage }) => `• ${plainText(usage).replace(/^\/\w+|^[^(\\]+(?= )/, (name) => discordMarkup.strong(name))}`)
            .join("\n"),
          "Under an answer: **Show quotes** gives you the sources' own words, 👍 and 👎 tell my keepers how I did.",
          discordMarkup.small(coverageLine(coverage, discordMarkup)),
        ].join("\n\n"),
      );
    },
  });
}
