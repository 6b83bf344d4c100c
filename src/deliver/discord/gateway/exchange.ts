// One request and its reply, whatever it came by: an interaction's token while it lives, else a message in the channel. Handlers see this
// and no Discord class. Already acknowledged when a handler gets it.
import type { Caller } from "./caller.ts";
import type { ChannelRefusal, Extras, InteractionHandle, Outgoing, Posted } from "./outgoing.ts";

export interface Exchange {
  caller: Caller;
  hidden: boolean;
  /** Came by an interaction, so a notice is edited away by the reply. */
  fromInteraction: boolean;
  parentId: string | null;
  /** Sends the reply, or replaces a notice that was sent before it; the ids of its parts, empty when nobody could be reached. */
  reply: (text: string, extras?: Extras) => Promise<string[]>;
  /** A short note in the place of the reply, until the next one or the reply comes. Never rejects. */
  notice: (text: string) => Promise<void>;
}

/** The token serves for 15 minutes; the last one is left for sending. */
const TOKEN_LIFE_MS = 14 * 60_000;

const LONG = "This takes longer than Discord keeps this reply open. The answer will come as a message of its own.";
const idsOf = (posted: Posted): string[] | null => ("ids" in posted ? posted.ids : null);

/** `acknowledged` false: Discord no longer waited for it, so its token serves for nothing. `tokenLifeMs` is shorter in tests. */
export function interactionExchange(
  outgoing: Outgoing,
  handle: InteractionHandle,
  asked: { caller: Caller; hidden: boolean; acknowledged: boolean },
  tokenLifeMs = TOKEN_LIFE_MS,
): Exchange {
  const { caller, hidden } = asked;
  let alive = asked.acknowledged;
  const respond = async (text: string, extras: Extras = {}): Promise<string[] | null> =>
    alive ? idsOf(await outgoing.respond(handle, text, { hidden, ...extras })) : null;
  const said = inOrder(
    async (text) => (await respond(text)) ?? [],
    async (text, extras) => {
      clearTimeout(expiry);
      const answered = await respond(text, extras);
      if (answered !== null) return answered;
      // too late for the token: an ordinary message, to the person alone if the reply was for them alone, or if the place is gone
      const picture = handle.mayAttach ? extras.picture : undefined;
      const posted = hidden ? null : idsOf(await outgoing.post(caller.channelId, text, { ...extras, seed: handle.id, picture }));
      if (posted !== null) return posted;
      const direct = await outgoing.directChannel(caller.userId);
      if (direct === null) return [];
      return idsOf(await outgoing.post(direct, text, { ...extras, seed: `${handle.id}/direct` })) ?? [];
    },
  );
  const expiry = setTimeout(() => void said.notice(LONG).finally(() => (alive = false)), tokenLifeMs).unref();
  return { caller, hidden, fromInteraction: true, parentId: null, ...said };
}

/** `mayReference`: replying to a message needs the right to read the channel's history. */
export function messageExchange(
  outgoing: Outgoing,
  message: { id: string; parentId: string | null; caller: Caller; mayReference: boolean },
  onRefused: (why: ChannelRefusal) => Promise<void>,
): Exchange {
  const { id, parentId, caller, mayReference } = message;
  const replyTo = mayReference ? id : null;
  async function post(text: string, seed: string, replaces: string | null, extras: Extras = {}): Promise<string[]> {
    const posted = await outgoing.post(caller.channelId, text, { ...extras, seed, replyTo, replaces });
    if ("refused" in posted) await onRefused(posted.refused);
    return idsOf(posted) ?? [];
  }
  const said = inOrder(
    (text, note) => post(text, `${id}/notice`, note),
    (text, extras, note) => post(text, id, note, extras),
  );
  return { caller, hidden: false, fromInteraction: false, parentId, ...said };
}

/** Notes come before the reply, never over it. Both are given the message of the note before. */
function inOrder(
  note: (text: string, before: string | null) => Promise<string[]>,
  answer: (text: string, extras: Extras, before: string | null) => Promise<string[]>,
): Pick<Exchange, "reply" | "notice"> {
  let notes: Promise<string[]> = Promise.resolve([]);
  let replied = false;
  return {
    async reply(text, extras = {}) {
      replied = true;
      const [before = null] = await notes;
      return answer(text, extras, before);
    },
    async notice(text) {
      if (replied) return;
      notes = notes.then(([before = null]) => note(text, before)).catch(() => []);
      await notes;
    },
  };
}
