// /timeline: what happened when, by the dates of the events.
import { ApplicationCommandOptionType as Option, ApplicationCommandType } from "discord.js";
import { layoutTimeline } from "../../layout-briefing.ts";
import { scopesFor } from "../caller.ts";
import { defineCommand } from "../command.ts";
import { discordMarkup } from "../markup.ts";

export const timeline = defineCommand({
  shape: {
    type: ApplicationCommandType.ChatInput,
    name: "timeline",
    description: "What happened when, each event with its sources",
    options: [{ type: Option.String, name: "topic", description: "What it is about", required: true, max_length: 300 }],
    contexts: [0, 1, 2],
    integration_types: [0, 1],
  },
  usage: "/timeline topic: what happened when",
  queued: true,
  hidden: () => false,
  async run(exchange, { topic }, { briefing }) {
    const found = await briefing.timeline(topic, { scopes: scopesFor(exchange.caller, exchange.hidden) });
    await exchange.reply(layoutTimeline(found, discordMarkup).join("\n\n"));
  },
});
