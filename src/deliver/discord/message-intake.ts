// From a message that speaks to the bot to an answer: shows that it is typing at once, answers in the same place, and where it may not
// write, tells once, in private, someone who can change that.
import type { Client, GatewayMessageCreateDispatchData } from "discord.js";
import { Failure } from "../../failure.ts";
import { askAndReply } from "./answer-question.ts";
import type { Context, Surroundings } from "./command.ts";
import { plainText } from "./discord-markup.ts";
import type { Dispatcher } from "./dispatcher.ts";
import type { Caller } from "./gateway/caller.ts";
import { messageExchange } from "./gateway/exchange.ts";
import { addressed, type Addressed } from "./gateway/mentions.ts";
import type { Outgoing } from "./gateway/outgoing.ts";
import { canMend, placeOf } from "./gateway/places.ts";
import { admissionRefusal } from "./server-settings.ts";

/** Discord shows typing for ten seconds. */
const TYPING_MS = 8000;
/** Events come again after a resume: how many are remembered. */
const SEEN_LIMIT = 5000;

export interface MessageIntake {
  /** Never rejects. */
  message(event: GatewayMessageCreateDispatchData, botId: string): Promise<void>;
}

export interface MessageIntakeDeps {
  client: Client;
  outgoing: Outgoing;
  dispatcher: Dispatcher;
  context: Surroundings;
}

export function createMessageIntake({ client, outgoing, dispatcher, context }: MessageIntakeDeps): MessageIntake {
  const { state, log } = context;
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

  async function answer(said: Addressed): Promise<void> {
    const place = placeOf(client, said.guildId, said.channelId);
    const name = place.name;
    const onRefused = (why: string): Promise<void> => explainSilence(said, name, why, place.ownerId);
    const caller: Caller = { ...said, parentChannelId: place.parentId, manager: false, installed: said.guildId !== null };
    const closed = admissionRefusal(caller, await context.servers.of(said.guildId));
    if (closed !== null) {
      await tellOnce(said, said.userId, `${closed.message} ${closed.hint}`);
      return;
    }
    if (place.missing.length > 0) return onRefused(`I am missing the permission ${place.missing.join(" and ")} there`);
    // sent first, but not waited for: a slow courtesy must not hold up the answer
    void outgoing.typing(said.channelId);
    const stopTyping = keepTyping(said.channelId);
    const exchange = messageExchange({
      outgoing,
      caller,
      messageId: said.messageId,
      parentId: said.parentId,
      mayReference: place.mayReference,
      onRefused: (why) => onRefused(REFUSALS[why]),
    });
    const work = async (own: Context): Promise<null> => {
      if (said.text === "" && said.attachments > 0) throw ATTACHMENT;
      return askAndReply(exchange, said.text, {}, own);
    };
    await dispatcher.serve(exchange, "mention", work, { queued: true });
    stopTyping();
  }

  /** Once for a channel and person: why there was no answer, and what would help. The owner hears of it when the asker cannot help. */
  async function explainSilence(said: Addressed, name: string, why: string, ownerId: string | null): Promise<void> {
    log.warn({ channel: said.channelId, why }, "cannot answer here");
    const text = `I was asked something in ${plainText(name)}, but could not answer: ${why}. Someone who manages that channel can allow me View Channel, Send Messages, Send Messages in Threads and Read Message History. Until then, ask me here or with /ask.`;
    const mender = canMend(client, said.guildId, said.userId, said.roleIds) ? null : ownerId;
    for (const person of [said.userId, ...(mender === null || mender === said.userId ? [] : [mender])])
      await tellOnce(said, person, text);
  }

  /** In a direct message, once for a channel and person. */
  async function tellOnce(said: Addressed, person: string, text: string): Promise<void> {
    const key = `discord:told:${said.channelId}:${person}`;
    // the set holds off a second question that comes while the first note is still being written
    if (told.has(key)) return;
    told.add(key);
    if ((await state.value(key)) !== null) return;
    await state.setValue(key, context.clock.now().toISOString());
    const direct = await outgoing.directChannel(person);
    if (direct !== null) await outgoing.post(direct, text, { seed: `${key}:${said.messageId}` });
  }

  return {
    async message(event, botId) {
      try {
        const said = addressed(event, botId);
        if (said !== null && isNew(said.messageId)) await answer(said);
      } catch (cause) {
        log.error({ err: cause, message: event.id }, "message could not be answered");
      }
    },
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
