// /changes: what is new, changed or disputed since a day.
import { ApplicationCommandOptionType as Option, ApplicationCommandType } from "discord.js";
import { Failure } from "../../../failure.ts";
import { readFilter } from "../../filter-input.ts";
import { renderChanges } from "../../render/render-briefing.ts";
import { EVERYWHERE, defineCommand } from "../command.ts";
import { discordMarkup } from "../discord-markup.ts";

export const changes = defineCommand({
  shape: {
    type: ApplicationCommandType.ChatInput,
    name: "changes",
    description: "What is new, changed or disputed since a day, and nothing that was told before",
    options: [
      { type: Option.String, name: "since", description: "The day, e.g. 2025-10-31", required: true, max_length: 32 },
      { type: Option.String, name: "topic", description: "What it is about; everything without it", max_length: 300 },
    ],
    ...EVERYWHERE,
  },
  usage: "/changes since [topic]: what is new since a day",
  queued: true,
  hidden: false,
  async run(exchange, args, { briefing }) {
    const { since } = readFilter({ since: args.since });
    if (since === undefined) throw new Failure("date_missing", "I need the day to count from.", "Write it as 2025-10-31.");
    const topic = args.topic === undefined || args.topic.trim() === "" ? null : args.topic.trim();
    const found = await briefing.changes(since, topic);
    await exchange.reply(renderChanges(found, discordMarkup).join("\n\n"));
  },
});
