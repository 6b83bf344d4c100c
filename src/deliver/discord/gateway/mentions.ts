// Messages that speak to the bot: a mention, a reply to one of its messages, a direct message. Everything else is left alone, above all
// what bots, webhooks and Discord itself write.
import { MessageReferenceType, MessageType, type GatewayMessageCreateDispatchData } from "discord.js";

export interface Addressed {
  messageId: string;
  channelId: string;
  guildId: string | null;
  userId: string;
  roleIds: readonly string[];
  /** What was said, without the bot's own mention and with people's names for their mentions. */
  text: string;
  /** The bot's message that this one replies to. */
  parentId: string | null;
  attachments: number;
}

/** Null when the message is not for the bot. */
export function addressed(message: GatewayMessageCreateDispatchData, botId: string): Addressed | null {
  const { author } = message;
  if (author.bot === true || author.system === true || message.webhook_id !== undefined || author.id === botId) return null;
  if (message.type !== MessageType.Default && message.type !== MessageType.Reply) return null;
  const direct = message.guild_id === undefined;
  // a forwarded message has a reference too, but is no reply
  const reference = message.message_reference?.type === MessageReferenceType.Forward ? undefined : message.message_reference;
  const parent = message.referenced_message?.author.id === botId ? (reference?.message_id ?? null) : null;
  const named = message.mentions.some((user) => user.id === botId);
  const written = new RegExp(`<@!?${botId}>`).test(message.content);
  // a reply that does not ping reaches us without its text: the person chose not to speak to the bot
  if (!direct && !written && !(parent !== null && named)) return null;
  return {
    messageId: message.id,
    channelId: message.channel_id,
    guildId: message.guild_id ?? null,
    userId: author.id,
    roleIds: message.member?.roles ?? [],
    text: readable(message, botId),
    parentId: parent,
    attachments: message.attachments.length,
  };
}

function readable(message: GatewayMessageCreateDispatchData, botId: string): string {
  const names = new Map(message.mentions.map((user) => [user.id, user.global_name ?? user.username]));
  return message.content
    .replace(/<@!?(\d+)>/g, (_whole, id: string) => (id === botId ? "" : (names.get(id) ?? "someone")))
    .replace(/<(?:@&|#)\d+>/g, "")
    .replace(/<a?(:\w+:)\d+>/g, "$1")
    .trim();
}
