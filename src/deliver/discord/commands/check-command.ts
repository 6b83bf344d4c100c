// "Check against sources" in the menu of a message: a verdict for each claim of it, with quotes, for the caller alone.
import { ApplicationCommandType } from "discord.js";
import { Failure } from "../../../failure.ts";
import { renderCheck } from "../../render/render-briefing.ts";
import { EVERYWHERE, defineCommand } from "../command.ts";
import { discordMarkup } from "../discord-markup.ts";

export const checkMessage = defineCommand({
  shape: {
    type: ApplicationCommandType.Message,
    name: "Check against sources",
    ...EVERYWHERE,
  },
  usage: "Check against sources (in a message's menu, under Apps): whether my documents support what it says",
  queued: true,
  hidden: true,
  async run(exchange, { message }, { briefing }) {
    if (message.trim() === "")
      throw new Failure("claim_missing", "That message holds no text.", "Choose one that states something.");
    const report = await briefing.check(message);
    await exchange.reply(renderCheck(report, discordMarkup).join("\n\n"));
  },
});
