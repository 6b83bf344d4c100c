// Interactions as Discord keeps them: one first answer within three seconds, edits and follow-ups for fifteen minutes.
import type { FakeUser, Json } from "./world.ts";

export interface FakeInteraction {
  id: string;
  token: string;
  /** 2 command, 3 component, 4 autocomplete, 5 modal */
  type: number;
  user: FakeUser;
  channelId: string;
  guildId: string | null;
  createdAt: number;
  /** The message whose button was pressed. */
  messageId: string | null;
  /** Null until the bot answers; then the callback's type and how long it took. */
  acknowledged: { type: number; afterMs: number; data: Json } | null;
  /** The message that `@original` means. */
  responseId: string | null;
  followUps: string[];
  /** The bot is not in this server: at most five follow-ups. */
  userInstall: boolean;
}

export const FIRST_ANSWER_MS = 3000;
export const TOKEN_MS = 15 * 60_000;

/** Discord's error for a first answer, or null when it is accepted. */
export function callbackError(
  interaction: FakeInteraction | undefined,
  now: number,
): { status: number; code: number; message: string } | null {
  if (interaction === undefined || (interaction.acknowledged === null && now - interaction.createdAt > FIRST_ANSWER_MS))
    return { status: 404, code: 10062, message: "Unknown interaction" };
  if (interaction.acknowledged !== null)
    return { status: 400, code: 40060, message: "Interaction has already been acknowledged." };
  return null;
}

/** Discord's error for an edit or a follow-up through the token, or null. */
export function tokenError(
  interaction: FakeInteraction | undefined,
  now: number,
): { status: number; code: number; message: string } | null {
  if (interaction === undefined || interaction.acknowledged === null)
    return { status: 404, code: 10015, message: "Unknown Webhook" };
  if (now - interaction.createdAt > TOKEN_MS) return { status: 401, code: 50027, message: "Invalid Webhook Token" };
  return null;
}
