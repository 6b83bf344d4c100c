// /privacy delete: removes what is stored of the caller.
import { ApplicationCommandOptionType as Option, ApplicationCommandType } from "discord.js";
import { EVERYWHERE, defineCommand } from "../command.ts";
import { askerOf } from "../gateway/caller.ts";

export const privacy = defineCommand({
  shape: {
    type: ApplicationCommandType.ChatInput,
    name: "privacy",
    description: "What is stored of you",
    options: [
      { type: Option.Subcommand, name: "delete", description: "Delete your questions, answers and feedback from my memory" },
    ],
    ...EVERYWHERE,
  },
  usage: "/privacy delete: deletes what is stored of you",
  queued: false,
  anywhere: true,
  hidden: true,
  async run(exchange, _args, { briefing }) {
    const count = await briefing.forget(askerOf(exchange.caller));
    await exchange.reply(
      count === 0
        ? "Nothing was stored of you."
        : `Deleted: ${count} ${count === 1 ? "record" : "records"} (questions, answers, feedback). Messages in Discord itself stay; you can delete your own there.`,
    );
  },
});
