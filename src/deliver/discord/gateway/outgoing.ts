// Everything that leaves for Discord goes through here. Every body mentions nobody and unfolds no link; every created message has a
// nonce, so that a repeated request makes no second message; long texts are split without loss. It never decides what to say.
import { createHash } from "node:crypto";
import {
  DiscordAPIError,
  HTTPError,
  InteractionResponseType,
  MessageFlags,
  RESTJSONErrorCodes,
  Routes,
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIModalInteractionResponseCallbackData,
  type RawFile,
  type REST,
} from "discord.js";
import type { Logger } from "pino";
import type { Clock } from "../../../clock.ts";
import { splitText } from "../../render/split-text.ts";
import { steadily } from "./repeat-request.ts";

export type Buttons = APIActionRowComponent<APIButtonComponent>[];

/** The token of an interaction and what became of it. */
export interface InteractionHandle {
  id: string;
  token: string;
  applicationId: string;
  channelId: string;
  /** The bot came with its user and is not in this place itself: Discord takes five follow-ups at most. */
  guest: boolean;
  /** The bot may attach files in this place. */
  mayAttach: boolean;
}

/** A file under a message. */
export interface Upload {
  name: string;
  data: Uint8Array;
  /** What it shows, for those who do not see it; at most 1,024 characters. */
  description: string;
}

/** What stands under the text of a message, or under its last part. */
export interface Extras {
  buttons?: Buttons | undefined;
  /** Left out where Discord does not take it: the text must say everything. */
  picture?: Upload | undefined;
}

/** `late`: Discord no longer waits for it. `taken`: another process of this bot has answered, so this one keeps still. */
export type Acknowledged = "ours" | "late" | "taken";

/** What a channel answered to a message: the ids of the parts, or why it takes none. */
export type Posted = { ids: string[] } | { refused: "forbidden" | "gone" | "closed" };

export interface Outgoing {
  /** The first answer to an interaction: "thinking". */
  defer(interaction: InteractionHandle, hidden: boolean): Promise<Acknowledged>;
  /** The first answer to a button that changes its own message. */
  deferUpdate(interaction: InteractionHandle): Promise<Acknowledged>;
  choices(interaction: InteractionHandle, choices: { name: string; value: string }[]): Promise<Acknowledged>;
  modal(interaction: InteractionHandle, modal: APIModalInteractionResponseCallbackData): Promise<Acknowledged>;
  /** Edits the deferred answer and adds follow-ups; gives the ids of all parts. `gone` when the token no longer serves. */
  respond(interaction: InteractionHandle, text: string, options: Extras & { hidden: boolean }): Promise<Posted>;
  /** Creates messages in a channel. `seed` makes the nonces: the same seed never posts twice. `replaces`: the first part takes this message's place. */
  post(
    channelId: string,
    text: string,
    options: Extras & { seed: string; replyTo?: string | null; replaces?: string | null },
  ): Promise<Posted>;
  typing(channelId: string): Promise<void>;
  /** The direct-message channel with a person; null where they take none. */
  directChannel(userId: string): Promise<string | null>;
}

/** The body of a request, and the files beside it. */
interface Sendable {
  body: object;
  files?: RawFile[];
}

export const MESSAGE_LIMIT = 2000;
/** What Discord takes of a guest besides the reply itself (error 40094 beyond). */
const GUEST_FOLLOW_UPS = 5;
const IN_FILE = "\n\n-# This is the beginning: the whole answer is in the attached file.";
/** How long a channel that answered 403 or 404 is left alone. */
const REFUSAL_MS = 5 * 60_000;
/** The token has run out, or the message or place that it would change is gone or closed. */
const TOKEN_SPENT: readonly unknown[] = [
  RESTJSONErrorCodes.UnknownChannel,
  RESTJSONErrorCodes.InvalidActionOnArchivedThread,
  RESTJSONErrorCodes.UnknownWebhook,
  RESTJSONErrorCodes.InvalidWebhookToken,
  RESTJSONErrorCodes.UnknownMessage,
];
/** The text may be welcome all the same. */
const FILE_REFUSED: readonly unknown[] = [RESTJSONErrorCodes.MissingPermissions, RESTJSONErrorCodes.RequestEntityTooLarge];
export const QUIET = { allowed_mentions: { parse: [] as never[] } };

export function createOutgoing({ rest, clock, log }: { rest: REST; clock: Clock; log: Logger }): Outgoing {
  const refusals = new Map<string, { kind: "forbidden" | "gone" | "closed"; until: number }>();
  const shown = (text: string, buttons: Buttons | undefined): object => ({
    content: text,
    ...QUIET,
    flags: MessageFlags.SuppressEmbeds,
    ...(buttons === undefined ? {} : { components: buttons }),
  });

  /** Sends a body with its files, and without them where Discord takes the message but not these. */
  async function withUploads(
    uploads: readonly Upload[],
    body: object,
    send: (data: Sendable) => Promise<unknown>,
  ): Promise<unknown> {
    if (uploads.length === 0) return send({ body });
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

  async function callback(interaction: InteractionHandle, body: object): Promise<Acknowledged> {
    let repeated = false;
    try {
      await steadily(() => rest.post(Routes.interactionCallback(interaction.id, interaction.token), { body, auth: false }), {
        onRepeat: () => {
          repeated = true;
        },
        log,
      });
      return "ours";
    } catch (cause) {
      const code = cause instanceof DiscordAPIError ? cause.code : null;
      const answered = code === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged;
      // the first try had arrived, only its answer was lost
      if (repeated && answered) return "ours";
      if (!answered && code !== RESTJSONErrorCodes.UnknownInteraction) throw cause;
      log.warn({ interaction: interaction.id, code }, "interaction was not ours to acknowledge any more");
      return answered ? "taken" : "late";
    }
  }

  /** The part of an answer that stands in the channel after another; null where it does not, or the bot may not look. */
  async function findPart(channelId: string, after: string, content: string): Promise<{ id: string } | null> {
    try {
      const query = new URLSearchParams({ after, limit: "50" });
      const found = (await rest.get(Routes.channelMessages(channelId), { query })) as { id: string; content: string }[];
      return found.find((message) => message.content === content.trim()) ?? null;
    } catch {
      return null;
    }
  }

  /** False when the message is no longer there. */
  async function replace(channelId: string, messageId: string, body: object): Promise<boolean> {
    try {
      await steadily(() => rest.patch(Routes.channelMessage(channelId, messageId), { body }), { log });
      return true;
    } catch (cause) {
      if (cause instanceof DiscordAPIError && cause.code === RESTJSONErrorCodes.UnknownMessage) return false;
      throw cause;
    }
  }

  return {
    defer: (interaction, hidden) =>
      callback(interaction, {
        type: InteractionResponseType.DeferredChannelMessageWithSource,
        data: { ...QUIET, flags: hidden ? MessageFlags.Ephemeral : 0 },
      }),
    deferUpdate: (interaction) => callback(interaction, { type: InteractionResponseType.DeferredMessageUpdate }),
    choices: (interaction, choices) =>
      callback(interaction, { type: InteractionResponseType.ApplicationCommandAutocompleteResult, data: { choices } }),
    modal: (interaction, data) => callback(interaction, { type: InteractionResponseType.Modal, data }),

    async respond(interaction, text, { hidden, buttons, picture }) {
      const whole = splitText(text, MESSAGE_LIMIT);
      const tooMany = interaction.guest && whole.length > 1 + GUEST_FOLLOW_UPS;
      const parts = tooMany ? [`${splitText(text, MESSAGE_LIMIT - IN_FILE.length)[0] ?? ""}${IN_FILE}`] : whole;
      const uploads = [
        ...(tooMany ? [{ name: "answer.md", data: Buffer.from(text), description: "The whole answer as text." }] : []),
        ...(picture === undefined || !interaction.mayAttach ? [] : [picture]),
      ];
      const { applicationId, token, channelId } = interaction;
      const ids: string[] = [];
      const edit = (data: Sendable): Promise<unknown> =>
        rest.patch(Routes.webhookMessage(applicationId, token), { ...data, auth: false });
      const followUp = (index: number, { body, files }: Sendable): Promise<unknown> =>
        rest.post(Routes.webhook(applicationId, token), {
          body: {
            ...body,
            flags: MessageFlags.SuppressEmbeds | (hidden ? MessageFlags.Ephemeral : 0),
            ...nonce(`${interaction.id}/${index}`),
          },
          ...(files === undefined ? {} : { files }),
          query: new URLSearchParams({ wait: "true" }),
          auth: false,
        });
      try {
        for (const [index, part] of parts.entries()) {
          const last = index === parts.length - 1;
          const sent = await withUploads(last ? uploads : [], shown(part, last ? (buttons ?? []) : []), (data) =>
            index === 0
              ? steadily(() => edit(data), { log })
              : steadily(() => followUp(index, data), {
                  log,
                  // no nonce is promised here, so a repeat looks first; a hidden part cannot be found and may come twice
                  ...(hidden ? {} : { arrived: () => findPart(channelId, ids.at(-1) ?? interaction.id, part) }),
                }),
          );
          ids.push((sent as { id: string }).id);
        }
      } catch (cause) {
        if (!(cause instanceof DiscordAPIError) || !TOKEN_SPENT.includes(cause.code)) throw cause;
        log.warn({ interaction: interaction.id, code: cause.code }, "the interaction cannot be answered any more");
        return { refused: "gone" };
      }
      return { ids };
    },

    async post(channelId, text, { seed, replyTo = null, replaces = null, buttons, picture }) {
      const known = refusals.get(channelId);
      if (known !== undefined && known.until > clock.now().getTime()) return { refused: known.kind };
      const parts = splitText(text, MESSAGE_LIMIT);
      const ids: string[] = [];
      try {
        for (const [index, part] of parts.entries()) {
          const last = index === parts.length - 1;
          const content = shown(part, last ? buttons : undefined);
          if (index === 0 && replaces !== null && (await replace(channelId, replaces, content))) {
            ids.push(replaces);
            continue;
          }
          const body = {
            ...content,
            ...nonce(`${seed}/${index}`),
            ...reference(channelId, index === 0 ? replyTo : null),
          };
          const sent = await withUploads(last && picture !== undefined ? [picture] : [], body, (data) =>
            steadily(() => rest.post(Routes.channelMessages(channelId), data), { log }),
          );
          ids.push((sent as { id: string }).id);
        }
      } catch (cause) {
        const kind = refusalOf(cause);
        if (kind === null) throw cause;
        log.warn({ channel: channelId, kind }, "the channel takes no message");
        if (refusals.size > 5000) refusals.clear();
        refusals.set(channelId, { kind, until: clock.now().getTime() + REFUSAL_MS });
        return { refused: kind };
      }
      refusals.delete(channelId);
      return { ids };
    },

    async typing(channelId) {
      // a mere courtesy: its failure must not keep anyone from an answer
      await rest.post(Routes.channelTyping(channelId)).catch((cause: unknown) => {
        log.debug({ err: cause, channel: channelId }, "typing was not shown");
      });
    },

    async directChannel(userId) {
      try {
        const body = { recipient_id: userId };
        return ((await steadily(() => rest.post(Routes.userChannels(), { body }), { log })) as { id: string }).id;
      } catch (cause) {
        if (cause instanceof DiscordAPIError) return null;
        throw cause;
      }
    },
  };
}

/** Why a channel takes no message; null for trouble that is not the channel's. */
export function refusalOf(cause: unknown): "forbidden" | "gone" | "closed" | null {
  if (!(cause instanceof DiscordAPIError)) return null;
  if (cause.code === RESTJSONErrorCodes.InvalidActionOnArchivedThread || cause.code === RESTJSONErrorCodes.ThreadLocked)
    return "closed";
  if (cause.status === 403) return "forbidden";
  return cause.status === 404 ? "gone" : null;
}

/** What makes a message a reply; to a message that is gone, it is posted all the same. */
export function reference(channelId: string, replyTo: string | null): object {
  return replyTo === null ? {} : { message_reference: { message_id: replyTo, channel_id: channelId, fail_if_not_exists: false } };
}

/** A nonce of 24 characters that only this message has: Discord gives the first message back when it sees it again. */
export function nonce(seed: string): { nonce: string; enforce_nonce: true } {
  return { nonce: createHash("sha256").update(seed).digest("base64url").slice(0, 24), enforce_nonce: true };
}
