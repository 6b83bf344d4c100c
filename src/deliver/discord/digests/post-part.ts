// One message of a digest: a single request to create it, and the look into the channel after a doubt. It never repeats a request itself,
// so that whoever asks knows of every try.
import { DiscordAPIError, MessageFlags, RESTJSONErrorCodes, Routes, SnowflakeUtil, type REST } from "discord.js";
import type { Logger } from "pino";
import { type ButtonUnder, type ChannelRefusal, messageBody, nonce, reference, refusalOf } from "../gateway/outgoing.ts";

export type Refusal = ChannelRefusal | "unreadable";
/** `doubt`: no answer came, so the message may stand there or not. */
export type PartOutcome = { id: string } | { refused: Refusal } | "doubt";

export interface PartOptions {
  /** Makes the nonce: the same seed never posts twice. */
  seed: string;
  replyTo: string | null;
  /** Rings nowhere. */
  silent: boolean;
  buttons: readonly ButtonUnder[];
}

export interface PartPoster {
  send(channelId: string, text: string, options: PartOptions): Promise<PartOutcome>;
  /** The bot's message that holds the mark, posted since then; null where there is none, `unreadable` where the bot may not look, `doubt` without an answer. */
  find(channelId: string, mark: string, since: Date): Promise<{ id: string } | null | "unreadable" | "doubt">;
}

const PAGE = 100;
/** A channel with more messages than this since the try is read no further. */
const PAGES = 20;
/** Discord's clock and ours may differ. */
const SLACK_MS = 10 * 60_000;

export function createPartPoster({ rest, botId, log }: { rest: REST; botId: () => string; log: Logger }): PartPoster {
  return {
    async send(channelId, text, { seed, replyTo, silent, buttons }) {
      const flags = MessageFlags.SuppressEmbeds | (silent ? MessageFlags.SuppressNotifications : 0);
      const body = { ...messageBody(text, buttons, flags), ...nonce(seed), ...reference(channelId, replyTo) };
      try {
        return { id: ((await rest.post(Routes.channelMessages(channelId), { body })) as { id: string }).id };
      } catch (cause) {
        const [code, status] = cause instanceof DiscordAPIError ? [cause.code, cause.status] : [null, null];
        // a reply needs the right to read the channel's history
        const unreadable = code === RESTJSONErrorCodes.CannotReplyWithoutPermissionToReadMessageHistory;
        const refused = unreadable ? "unreadable" : refusalOf(cause);
        if (refused !== null) return { refused };
        // Discord has read the request and said no: repeating it would not help
        if (status !== null && status >= 400 && status < 500) throw cause;
        log.warn({ err: cause, channel: channelId }, "no answer to a part of a digest");
        return "doubt";
      }
    },
    async find(channelId, mark, since) {
      let after = SnowflakeUtil.generate({ timestamp: since.getTime() - SLACK_MS }).toString();
      try {
        for (let page = 0; page < PAGES; page += 1) {
          const query = new URLSearchParams({ after, limit: String(PAGE) });
          const messages = (await rest.get(Routes.channelMessages(channelId), { query })) as {
            id: string;
            content: string;
            author: { id: string };
          }[];
          const found = messages.find(({ author, content }) => author.id === botId() && content.includes(mark));
          if (found !== undefined) return { id: found.id };
          if (messages.length < PAGE) return null;
          after = messages
            .map(({ id }) => BigInt(id))
            .reduce((a, b) => (a > b ? a : b))
            .toString();
        }
        return "unreadable";
      } catch (cause) {
        return refusalOf(cause) === null ? "doubt" : "unreadable";
      }
    },
  };
}
