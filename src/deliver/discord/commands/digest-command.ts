// /digest: what is new, now or every day at an hour of the people's own zone. For who manages the server.
import { ApplicationCommandOptionType as Option, ApplicationCommandType } from "discord.js";
import { checkedTopic, TOPIC_LIMIT } from "../../filter-input.ts";
import { renderDigest } from "../../render/render-digest.ts";
import { nearZones } from "../../schedule/zones.ts";
import { FOR_MANAGERS, defineCommand, type RawArguments } from "../command.ts";
import { MOST_ENTRIES, MOST_OTHERS } from "../digests/composer.ts";
import { changeDigest, describe, listDigests, oneOf, scheduleDigest, typed } from "../digests/manage-schedules.ts";
import { keepRemainder } from "../digests/remainder.ts";
import { discordMarkup } from "../discord-markup.ts";
import { managedServer } from "../gateway/caller.ts";

const ID = {
  type: Option.String,
  name: "id",
  description: "Which digest; /digest list names them",
  required: true,
  autocomplete: true,
  max_length: 20,
} as const;
const TOPIC = {
  type: Option.String,
  name: "topic",
  description: "Only news about this",
  max_length: TOPIC_LIMIT,
} as const;

export const digest = defineCommand({
  shape: {
    type: ApplicationCommandType.ChatInput,
    name: "digest",
    description: "What is new, one entry an event: now, or every day in a channel",
    options: [
      {
        type: Option.Subcommand,
        name: "schedule",
        description: "Post a digest every day; the same channel and topic again changes it",
        options: [
          {
            type: Option.Channel,
            name: "channel",
            description: "Where it is posted",
            required: true,
            channel_types: [0, 5, 10, 11, 12],
          },
          { type: Option.String, name: "time", description: "Local time, e.g. 08:00", required: true, max_length: 5 },
          {
            type: Option.String,
            name: "timezone",
            description: "Begin to type a city, e.g. Berlin",
            required: true,
            autocomplete: true,
            max_length: 60,
          },
          TOPIC,
          { type: Option.String, name: "days", description: "e.g. mon-fri or sat, sun; every day without it", max_length: 60 },
          { type: Option.Boolean, name: "quiet", description: "Post nothing at all when there is nothing new" },
        ],
      },
      { type: Option.Subcommand, name: "now", description: "What is new in the last 24 hours, posted here", options: [TOPIC] },
      { type: Option.Subcommand, name: "list", description: "The digests of this server, and how they are" },
      { type: Option.Subcommand, name: "pause", description: "Post no more until resumed", options: [ID] },
      { type: Option.Subcommand, name: "resume", description: "Post again", options: [ID] },
      { type: Option.Subcommand, name: "remove", description: "Forget a digest", options: [ID] },
      { type: Option.Subcommand, name: "preview", description: "All that it would post now, for you alone", options: [ID] },
    ],
    ...FOR_MANAGERS,
  },
  usage:
    "/digest schedule channel time timezone [topic] [days] [quiet] · now · list · pause · resume · remove · preview: what is new, every day (needs Manage Server)",
  queued: true,
  hidden: (args) => (args as RawArguments)["subcommand"] !== "now",
  async run(exchange, given, context) {
    const args: RawArguments = given;
    const guildId = managedServer(exchange.caller);
    switch (args["subcommand"]) {
      case "schedule":
        await exchange.reply(await scheduleDigest(exchange, args, context));
        return;
      case "pause":
      case "resume":
      case "remove":
        await exchange.reply(await changeDigest(args["subcommand"], exchange, args, context));
        return;
      case "preview": {
        const schedule = await oneOf(exchange, args, context);
        const text = (await context.digests.preview(schedule)) ?? "Nothing new, so nothing would be posted.";
        await exchange.reply(`Preview of ${describe(schedule)}\n\n${text}`);
        return;
      }
      case "now": {
        const topic = checkedTopic(typed(args, "topic"));
        const found = await context.briefing.digest(topic === "" ? {} : { topic });
        const { blocks } = renderDigest(found, discordMarkup, { to: MOST_ENTRIES, opener: null });
        const rest = renderDigest(found, discordMarkup, { from: MOST_ENTRIES, to: MOST_ENTRIES + MOST_OTHERS, opener: null });
        const others = rest.heads.length === 0 ? undefined : await keepRemainder(guildId, rest.blocks.join("\n\n"), context);
        await exchange.reply(blocks.join("\n\n"), { buttons: others });
        return;
      }
      default:
        await exchange.reply(await listDigests(exchange, context));
    }
  },
  async complete(focused, typed, { state }, { guildId, installed }) {
    if (focused === "timezone") return nearZones(typed, 25).map((zone) => ({ name: zone, value: zone }));
    if (focused !== "id" || guildId === null || !installed) return [];
    const found = await state.digests.schedules(guildId);
    return found
      .filter(({ id }) => id.startsWith(typed.trim()))
      .slice(0, 25)
      .map(({ id, at, zone, topic }) => ({
        name: `${id}: ${at} ${zone}${topic === null ? "" : `, ${topic}`}`.slice(0, 100),
        value: id,
      }));
  },
});
