// Everything that leaves for Discord goes through here. Every body mentions nobody and unfolds no link; every created message has a
// nonce, so that a repeated request makes no second message; long texts are split without loss. It never decides what to say.
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import {
  ButtonStyle,
  ComponentType,
  DiscordAPIError,
  HTTPError,
  type InteractionResponseType,
  MessageFlags,
  RESTJSONErrorCodes as Code,
  Routes,
  type RawFile,
  type REST,
} from "discord.js";
import type { Logger } from "pino";
import type { Clock } from "../../../clock.ts";
import { splitText } from "../../render/split-text.ts";

export interface ButtonUnder {
  label: string;
  id: string;
  primary?: boolean;
  disabled?: boolean;
}

/** The token of an interaction and what became of it. */
export interface InteractionHandle {
  id: string;
  token: string;
  applicationId: string;
  channelId: string;
  /** The bot came with its user and is not in this place itself: Discord takes five follow-ups at most. */
  guest: boolean;
  mayAttach: boolean;
}

export interface Upload {
  name: string;
  data: Uint8Array;
  /** What it shows, for those who do not see it; at most 1,024 characters. */
  description: string;
}

/** What stands under the text of a message, or under its last part. */
export interface Extras {
  buttons?: readonly ButtonUnder[] | undefined;
  /** Left out where Discord does not take it: the text must say everything. */
  picture?: Upload | undefined;
}

/** `late`: Discord no longer waits for it. `taken`: another process of this bot has answered, so this one keeps still. */
export type Acknowledged = "ours" | "late" | "taken";

export type ChannelRefusal = "forbidden" | "gone" | "closed";

/** What a channel answered to a message: the ids of the parts, or why it takes none. */
export type Posted = { ids: string[] } | { refused: ChannelRefusal };

export type Outgoing = ReturnType<typeof createOutgoing>;

interface Sendable {
  body: object;
  files?: RawFile[];
}

const MESSAGE_LIMIT = 2000;
const MOST_BUTTONS = 5;
const LABEL_LIMIT = 80;
/** What Discord takes of a guest besides the reply itself (error 40094 beyond). */
const GUEST_FOLLOW_UPS = 5;
const IN_FILE = "\n\n-# This is the beginning: the whole answer is in the attached file.";
/** How long a channel that answered 403 or 404 is left alone. */
const REFUSAL_MS = 5 * 60_000;
/** The token has run out, or the message or place that it would change is gone or closed. */
const TOKEN_SPENT: readonly unknown[] = [
  Code.UnknownChannel,
  Code.InvalidActionOnArchivedThread,
  Code.UnknownWebhook,
  Code.InvalidWebhookToken,
  Code.UnknownMessage,
];
/** The text may be welcome all the same. */
const FILE_REFUSED: readonly unknown[] = [Code.MissingPermissions, Code.RequestEntityTooLarge];
export const QUIET = { allowed_mentions: { parse: [] as never[] } };

export function createOutgoing({ rest, clock, log }: { rest: REST; clock: Clock; log: Logger }) {
  const refusals = new Map<string, { kind: ChannelRefusal; until: number }>();

  /** One after the other; buttons and files go under the last. `before`: the id of the part before. Gives all ids. */
  async function sendParts(
    parts: readonly string[],
    uploads: readonly Upload[],
    buttons: Extras["buttons"],
    send: (at: number, data: Sendable, before: string | undefined) => Promise<unknown>,
  ): Promise<string[]> {
    const ids: string[] = [];
    for (const [at, part] of parts.entries()) {
      const last = at === parts.length - 1;
      const body = messageBody(part, last ? buttons : []);
      const made = async (data: Sendable): Promise<string> => ((await send(at, data, ids.at(-1))) as { id: string }).id;
      ids.push(await (last && uploads.length > 0 ? withUploads(uploads, body, made) : made({ body })));
    }
    return ids;
  }

  /** Sends a body with its files, and without them where Discord takes the message but not these. */
  async function withUploads<T>(uploads: readonly Upload[], body: object, send: (data: Sendable) => Promise<T>): Promise<T> {
    const attachments = uploads.map(({ name, description }, id) => ({ id: `${id}`, filename: name, description }));
    const files = uploads.map(({ name, data }) => ({ name, data: Buffer.from(data) }));
    try {
      return await send({ body: { ...body, attachments }, files });
    } catch (cause) {
      const refused = cause instanceof DiscordAPIError && FILE_REFUSED.includes(cause.code);
      if (!refused && !(cause instanceof HTTPError)) throw cause;
      log.warn({ err: cause }, "files were not taken; the text goes without them");
      return send({ body });
    }
  }

  /** Repeats a request that got no answer, or a server error. `arrived`: looks whether it did its work although its answer was lost. */
  async function steadily<T>(request: () => Promise<T>, arrived?: () => Promise<T | null>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await request();
      } catch (cause) {
        const status = cause instanceof Error && "status" in cause ? Number(cause.status) : null;
        if ((status !== null && status < 500) || attempt === 4) throw cause;
        log.warn({ err: cause, attempt }, "Discord gave no answer; asking again");
        await sleep(150 * 2 ** attempt);
        const found = (await arrived?.()) ?? null;
        if (found !== null) return found;
      }
    }
  }

  /** The part of an answer that stands in the channel after another; null where it does not, or the bot may not look. */
  async function findPart(channelId: string, after: string, { content }: { content: string }): Promise<{ id: string } | null> {
    try {
      const query = new URLSearchParams({ after, limit: "50" });
      const found = (await rest.get(Routes.channelMessages(channelId), { query })) as { id: string; content: string }[];
      return found.find((message) => message.content === content.trim()) ?? null;
    } catch {
      return null;
    }
  }

  /** False when the message is no longer there. */
  async function replace(channelId: string, messageId: string, data: Sendable): Promise<boolean> {
    try {
      await steadily(() => rest.patch(Routes.channelMessage(channelId, messageId), data));
      return true;
    } catch (cause) {
      if (cause instanceof DiscordAPIError && cause.code === Code.UnknownMessage) return false;
      throw cause;
    }
  }

  return {
    async acknowledge({ id, token }: InteractionHandle, type: InteractionResponseType, data?: object): Promise<Acknowledged> {
      let tries = 0;
      try {
        await steadily(() => {
          tries += 1;
          return rest.post(Routes.interactionCallback(id, token), { body: { type, data }, auth: false });
        });
        return "ours";
      } catch (cause) {
        const code = cause instanceof DiscordAPIError ? cause.code : null;
        const answered = code === Code.InteractionHasAlreadyBeenAcknowledged;
        // the first try had arrived, only its answer was lost
        if (tries > 1 && answered) return "ours";
        if (!answered && code !== Code.UnknownInteraction) throw cause;
        log.warn({ interaction: id, code }, "interaction was not ours to acknowledge any more");
        return answered ? "taken" : "late";
      }
    },

    /** Edits the deferred answer and adds follow-ups. `gone` when the token no longer serves. */
    async respond(
      { id, token, applicationId, channelId, guest, mayAttach }: InteractionHandle,
      text: string,
      { hidden, buttons, picture }: Extras & { hidden: boolean },
    ): Promise<Posted> {
      const whole = splitText(text, MESSAGE_LIMIT);
      const tooMany = guest && whole.length > 1 + GUEST_FOLLOW_UPS;
      const parts = tooMany ? [`${splitText(text, MESSAGE_LIMIT - IN_FILE.length)[0] ?? ""}${IN_FILE}`] : whole;
      const uploads = [
        ...(tooMany ? [{ name: "answer.md", data: Buffer.from(text), description: "The whole answer as text." }] : []),
        ...(picture === undefined || !mayAttach ? [] : [picture]),
      ];
      const flags = MessageFlags.SuppressEmbeds | (hidden ? MessageFlags.Ephemeral : 0);
      const query = new URLSearchParams({ wait: "true" });
      try {
        const ids = await sendParts(parts, uploads, buttons, (at, data, before) => {
          if (at === 0) return steadily(() => rest.patch(Routes.webhookMessage(applicationId, token), { ...data, auth: false }));
          const body = { ...data.body, flags, ...nonce(`${id}/${at}`) };
          return steadily<unknown>(
            () => rest.post(Routes.webhook(applicationId, token), { ...data, body, query, auth: false }),
            // no nonce is promised here, so a repeat looks first; a hidden part cannot be found and may come twice
            hidden ? undefined : () => findPart(channelId, before ?? id, data.body as { content: string }),
          );
        });
        return { ids };
      } catch (cause) {
        if (!(cause instanceof DiscordAPIError) || !TOKEN_SPENT.includes(cause.code)) throw cause;
        log.warn({ interaction: id, code: cause.code }, "the interaction cannot be answered any more");
        return { refused: "gone" };
      }
    },

    /** Creates messages in a channel. `seed` makes the nonces: the same seed never posts twice. `replaces`: the first part takes this message's place. */
    async post(
      channelId: string,
      text: string,
      options: Extras & { seed: string; replyTo?: string | null; replaces?: string | null },
    ): Promise<Posted> {
      const { seed, replyTo = null, replaces = null, buttons, picture } = options;
      const known = refusals.get(channelId);
      const now = clock.now().getTime();
      if (known !== undefined && known.until > now) return { refused: known.kind };
      try {
        const uploads = picture === undefined ? [] : [picture];
        const ids = await sendParts(splitText(text, MESSAGE_LIMIT), uploads, buttons, async (at, data) => {
          if (at === 0 && replaces !== null && (await replace(channelId, replaces, data))) return { id: replaces };
          const body = { ...data.body, ...nonce(`${seed}/${at}`), ...reference(channelId, at === 0 ? replyTo : null) };
          return steadily(() => rest.post(Routes.channelMessages(channelId), { ...data, body }));
        });
        refusals.delete(channelId);
        return { ids };
      } catch (cause) {
        const kind = refusalOf(cause);
        if (kind === null) throw cause;
        log.warn({ channel: channelId, kind }, "the channel takes no message");
        if (refusals.size > 5000) refusals.clear();
        refusals.set(channelId, { kind, until: clock.now().getTime() + REFUSAL_MS });
        return { refused: kind };
      }
    },

    async typing(channelId: string): Promise<void> {
      // a mere courtesy: its failure must not keep anyone from an answer
      await rest.post(Routes.channelTyping(channelId)).catch((cause: unknown) => {
        log.debug({ err: cause, channel: channelId }, "typing was not shown");
      });
    },

    /** The direct-message channel with a person; null where they take none. */
    async directChannel(userId: string): Promise<string | null> {
      try {
        const body = { recipient_id: userId };
        return ((await steadily(() => rest.post(Routes.userChannels(), { body }))) as { id: string }).id;
      } catch (cause) {
        if (cause instanceof DiscordAPIError) return null;
        throw cause;
      }
    },
  };
}

export function messageBody(content: string, buttons: Extras["buttons"] = [], flags = MessageFlags.SuppressEmbeds): object {
  const components = buttons.slice(0, MOST_BUTTONS).map(({ label, id, primary = false, disabled = false }) => ({
    type: ComponentType.Button,
    custom_id: id,
    // what is cut stands whole in the text
    label: label.length <= LABEL_LIMIT ? label : `${label.slice(0, LABEL_LIMIT - 1)}…`,
    style: primary ? ButtonStyle.Primary : ButtonStyle.Secondary,
    disabled,
  }));
  return { content, ...QUIET, flags, components: components.length === 0 ? [] : [{ type: ComponentType.ActionRow, components }] };
}

/** Why a channel takes no message; null for trouble that is not the channel's. */
export function refusalOf(cause: unknown): ChannelRefusal | null {
  if (!(cause instanceof DiscordAPIError)) return null;
  if (cause.code === Code.InvalidActionOnArchivedThread || cause.code === Code.ThreadLocked) return "closed";
  return cause.status === 403 ? "forbidden" : cause.status === 404 ? "gone" : null;
}

/** What makes a message a reply; to a message that is gone, it is posted all the same. */
export function reference(channelId: string, replyTo: string | null): object {
  return replyTo === null ? {} : { message_reference: { message_id: replyTo, channel_id: channelId, fail_if_not_exists: false } };
}

/** A nonce of 24 characters that only this message has: Discord gives the first message back when it sees it again. */
export function nonce(seed: string): { nonce: string; enforce_nonce: true } {
  return { nonce: createHash("sha256").update(seed).digest("base64url").slice(0, 24), enforce_nonce: true };
}
