// From a message that speaks to the bot to an answer: shows that it is typing at once, answers in the same place, and where it may not
// write, tells once, in private, someone who can change that. What bots, webhooks and Discord itself write is left alone.
import { MessageReferenceType, MessageType, type Client, type GatewayMessageCreateDispatchData as Message } from "discord.js";
import { Failure } from "../../failure.ts";
import { askAndReply } from "./answer-question.ts";
import type { Context, Surroundings } from "./command.ts";
import { plainText } from "./discord-markup.ts";
import type { Dispatcher } from "./dispatcher.ts";
import type { Caller } from "./gateway/caller.ts";
import { messageExchange } from "./gateway/exchange.ts";
import type { Outgoing } from "./gateway/outgoing.ts";
import { canMend, placeOf } from "./gateway/places.ts";
import { admissionRefusal } from "./server-settings.ts";

/** Discord shows typing for ten seconds. */
const TYPING_MS = 8000;
/** Events come again after a resume: how many are remembered. */
const SEEN_LIMIT = 5000;

export function createMessageIntake(client: Client, outgoing: Outgoing, dispatcher: Dispatcher, context: Surroundings) {
  const { state, log, clock, servers } = context;
  const seen = new Set<string>();
  const told = new Set<string>();
  const typing = new Map<string, { waiting: number; timer: NodeJS.Timeout }>();

  function isNew(messageId: string): boolean {
    if (seen.has(messageId)) return false;
    seen.add(messageId);
    for (const old of seen) {
      if (seen.size <= SEEN_LIMIT) break;
      seen.delete(old);
    }
    return true;
  }

  /** Typing stays visible while anything is worked on in the channel, however many wait there. */
  function keepTyping(channelId: string): () => void {
    const shown = typing.get(channelId) ?? { waiting: 0, timer: setInterval(() => void outgoing.typing(channelId), TYPING_MS) };
    shown.waiting += 1;
    typing.set(channelId, shown);
    return () => {
      shown.waiting -= 1;
      if (shown.waiting > 0) return;
      clearInterval(shown.timer);
      typing.delete(channelId);
    };
  }

  async function answer(message: Message, { text, parentId }: Said): Promise<void> {
    const { id: messageId, channel_id: channelId, guild_id: guildId = null, author, member, attachments } = message;
    const { name, missing, mayReference, ownerId, parentId: parentChannelId } = placeOf(client, guildId, channelId);
    const roleIds = member?.roles ?? [];
    const who = { userId: author.id, guildId, channelId, parentChannelId, roleIds };
    const caller: Caller = { ...who, manager: false, installed: guildId !== null };
    const closed = admissionRefusal(caller, await servers.of(guildId));
    if (closed !== null) return tellOnce(author.id, `${closed.message} ${closed.hint}`);
    if (missing.length > 0) return explainSilence(`I am missing the permission ${missing.join(" and ")} there`);
    // sent first, but not waited for: a slow courtesy must not hold up the answer
    void outgoing.typing(channelId);
    const stopTyping = keepTyping(channelId);
    const onRefused = (why: keyof typeof REFUSALS): Promise<void> => explainSilence(REFUSALS[why]);
    const exchange = messageExchange(outgoing, { id: messageId, parentId, caller, mayReference }, onRefused);
    const work = async (own: Context): Promise<null> => {
      if (text === "" && attachments.length > 0) throw ATTACHMENT;
      return askAndReply(exchange, text, {}, own);
    };
    await dispatcher.serve(exchange, "mention", work, { queued: true });
    stopTyping();

    /** Why there was no answer, and what would help. The owner hears of it when the asker cannot help. */
    async function explainSilence(why: string): Promise<void> {
      log.warn({ channel: channelId, why }, "cannot answer here");
      const what = `I was asked something in ${plainText(name)}, but could not answer: ${why}. Someone who manages that channel can allow me View Channel, Send Messages, Send Messages in Threads and Read Message History. Until then, ask me here or with /ask.`;
      const mender = canMend(client, guildId, author.id, roleIds) ? null : ownerId;
      for (const person of new Set([author.id, mender ?? author.id])) await tellOnce(person, what);
    }

    /** In a direct message, once for a channel and person. */
    async function tellOnce(person: string, what: string): Promise<void> {
      const key = `discord:told:${channelId}:${person}`;
      // the set holds off a second question that comes while the first note is still being written
      if (told.has(key)) return;
      told.add(key);
      if ((await state.value(key)) !== null) return;
      await state.setValue(key, clock.now().toISOString());
      const direct = await outgoing.directChannel(person);
      if (direct !== null) await outgoing.post(direct, what, { seed: `${key}:${messageId}` });
    }
  }

  return async (event: Message, botId: string): Promise<void> => {
    try {
      const said = saidToBot(event, botId);
      if (said !== null && isNew(event.id)) await answer(event, said);
    } catch (cause) {
      log.error({ err: cause, message: event.id }, "message could not be answered");
    }
  };
}

const REFUSALS = {
  forbidden: "Discord says that I may not write there",
  gone: "the channel is gone, or I can no longer see it",
  closed: "the thread is closed",
} as const;

const ATTACHMENT = new Failure(
  "attachment_only",
  "I cannot read attachments, only the text of a message.",
  "Write your question after my name, and I will look in the documents that I have read.",
);

interface Said {
  /** Without the bot's own mention and with people's names for their mentions. */
  text: string;
  /** The bot's message that this one replies to. */
  parentId: string | null;
}

/** Of a mention, a reply to one of the bot's messages, a direct message. Null when the message is not for the bot. */
function saidToBot(message: Message, botId: string): Said | null {
  const { author, type, content, mentions, guild_id: guildId, message_reference: reference, webhook_id: webhook } = message;
  if (author.bot === true || author.system === true || webhook !== undefined || author.id === botId) return null;
  if (type !== MessageType.Default && type !== MessageType.Reply) return null;
  // a forwarded message has a reference too, but is no reply
  const isReply = reference?.type !== MessageReferenceType.Forward && message.referenced_message?.author.id === botId;
  const parentId = isReply ? (reference?.message_id ?? null) : null;
  const written = new RegExp(`<@!?${botId}>`).test(content);
  // a reply that does not ping reaches us without its text: the person chose not to speak to the bot
  const pinged = parentId !== null && mentions.some(({ id }) => id === botId);
  if (guildId !== undefined && !written && !pinged) return null;
  const names = new Map(mentions.map((user) => [user.id, user.global_name ?? user.username]));
  const text = content
    .replace(/<@!?(\d+)>/g, (_whole, id: string) => (id === botId ? "" : (names.get(id) ?? "someone")))
    .replace(/<(?:@&|#)\d+>/g, "")
    .replace(/<a?(:\w+:)\d+>/g, "$1")
    .trim();
  return { text, parentId };
}
