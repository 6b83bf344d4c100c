// One request and its reply, whatever it came by: an interaction's token while it lives, else a message in the channel. Handlers see this
// and no Discord class. Already acknowledged when a handler gets it.
import type { Clock } from "../../../clock.ts";
import type { Caller } from "./caller.ts";
import type { ChannelRefusal, Extras, InteractionHandle, Outgoing, Posted } from "./outgoing.ts";

export interface Exchange {
  caller: Caller;
  /** Only the caller sees the reply. */
  hidden: boolean;
  /** Came by an interaction, so a notice is edited away by the reply. */
  fromInteraction: boolean;
  /** The bot's message that the caller replied to. */
  parentId: string | null;
  /** Sends the reply, or replaces a notice that was sent before it; the ids of its parts, empty when nobody could be reached. */
  reply: (text: string, extras?: Extras) => Promise<string[]>;
  /** A short note in the place of the reply, until the next one or the reply comes. Never rejects. */
  notice: (text: string) => Promise<void>;
}

/** The token serves for 15 minutes; the last one is left for sending. */
const TOKEN_LIFE_MS = 14 * 60_000;

const LONG = "This takes longer than Discord keeps this reply open. The answer will come as a message of its own.";
const ignore = (): void => {};
const idsOf = (posted: Posted): string[] | null => ("ids" in posted ? posted.ids : null);

export interface InteractionExchangeDeps {
  outgoing: Outgoing;
  clock: Clock;
  caller: Caller;
  handle: InteractionHandle;
  hidden: boolean;
  acknowledged: boolean;
  receivedAt: number;
  /** Shorter in tests. */
  tokenLifeMs?: number;
}

export function interactionExchange({
  outgoing,
  clock,
  caller,
  handle,
  hidden,
  acknowledged,
  receivedAt,
  tokenLifeMs = TOKEN_LIFE_MS,
}: InteractionExchangeDeps): Exchange {
  const alive = (): boolean => acknowledged && clock.now().getTime() - receivedAt < tokenLifeMs;
  // notes come before the reply, never over it
  let replied = false;
  let notes = Promise.resolve();
  const note = (text: string): Promise<void> =>
    (notes = notes.then(() => outgoing.respond(handle, text, { hidden })).then(ignore, ignore));
  const expiry = setTimeout(() => void (acknowledged && note(LONG)), tokenLifeMs).unref();
  return {
    caller,
    hidden,
    fromInteraction: true,
    parentId: null,
    async reply(text, extras = {}) {
      clearTimeout(expiry);
      replied = true;
      await notes;
      const answered = alive() ? idsOf(await outgoing.respond(handle, text, { hidden, ...extras })) : null;
      if (answered !== null) return answered;
      // too late for the token: an ordinary message, to the person alone if the reply was for them alone, or if the place is gone
      const picture = handle.mayAttach ? extras.picture : undefined;
      const posted = hidden ? null : idsOf(await outgoing.post(caller.channelId, text, { ...extras, seed: handle.id, picture }));
      if (posted !== null) return posted;
      const direct = await outgoing.directChannel(caller.userId);
      if (direct === null) return [];
      return idsOf(await outgoing.post(direct, text, { ...extras, seed: `${handle.id}/direct` })) ?? [];
    },
    async notice(text) {
      if (!replied && alive()) await note(text);
    },
  };
}

export interface MessageExchangeDeps {
  outgoing: Outgoing;
  caller: Caller;
  messageId: string;
  parentId: string | null;
  /** Replying to a message needs the right to read the channel's history. */
  mayReference: boolean;
  onRefused: (why: ChannelRefusal) => Promise<void>;
}

export function messageExchange(deps: MessageExchangeDeps): Exchange {
  const { outgoing, caller, messageId, parentId, mayReference, onRefused } = deps;
  const replyTo = mayReference ? messageId : null;
  let notes: Promise<string[]> = Promise.resolve([]);
  let replied = false;
  async function post(text: string, seed: string, replaces: string | null, extras: Extras = {}): Promise<string[]> {
    const posted = await outgoing.post(caller.channelId, text, { ...extras, seed, replyTo, replaces });
    if ("refused" in posted) await onRefused(posted.refused);
    return idsOf(posted) ?? [];
  }
  return {
    caller,
    hidden: false,
    fromInteraction: false,
    parentId,
    async reply(text, extras) {
      replied = true;
      const [note = null] = await notes;
      return post(text, messageId, note, extras);
    },
    async notice(text) {
      if (replied) return;
      notes = notes.then(([note = null]) => post(text, `${messageId}/notice`, note)).catch(() => []);
      await notes;
    },
  };
}
