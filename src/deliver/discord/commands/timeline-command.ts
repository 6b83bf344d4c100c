// /timeline: what happened when, by the dates of the events, as text and as a picture of the same.
import { ApplicationCommandOptionType as Option, ApplicationCommandType } from "discord.js";
import type { Logger } from "pino";
import type { Timeline } from "../../../results.ts";
import { renderTimeline } from "../../render/render-briefing.ts";
import { drawTimeline } from "../../render/timeline-picture.ts";
import { EVERYWHERE, defineCommand } from "../command.ts";
import { discordMarkup } from "../discord-markup.ts";
import type { Upload } from "../gateway/outgoing.ts";

export const timeline = defineCommand({
  shape: {
    type: ApplicationCommandType.ChatInput,
    name: "timeline",
    description: "What happened when, each event with its sources",
    options: [{ type: Option.String, name: "topic", description: "What it is about", required: true, max_length: 300 }],
    ...EVERYWHERE,
  },
  usage: "/timeline topic: what happened when, with a picture",
  queued: true,
  hidden: false,
  async run(exchange, { topic }, { briefing, log }) {
    const found = await briefing.timeline(topic);
    await exchange.reply(renderTimeline(found, discordMarkup).join("\n\n"), { picture: await pictureOf(found, log) });
  },
});

/** Dark ground with light letters, so that it reads the same in a dark and in a light Discord. */
async function pictureOf(timeline: Timeline, log: Logger): Promise<Upload | undefined> {
  try {
    const picture = await drawTimeline(timeline, "dark");
    return picture === null ? undefined : { name: "timeline.png", data: picture.png, description: picture.alt };
  } catch (cause) {
    // the text says everything: a picture that cannot be drawn must not cost it
    log.error({ err: cause }, "the picture of a timeline could not be drawn");
    return undefined;
  }
}
