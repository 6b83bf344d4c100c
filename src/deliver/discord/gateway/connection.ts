// The connection to Discord: which intents, what is kept in memory, and what each fatal refusal means for the person who runs the bot.
import { Client, GatewayIntentBits, Options, REST, type RESTOptions } from "discord.js";
import { Failure } from "../../../failure.ts";
import type { Settings } from "../../../settings.ts";
import type { IdentifyBudget } from "./identify-budget.ts";

/** No privileged intent: mentions, replies that ping, direct messages and interactions arrive with their content without one. */
const INTENTS = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages];

const restOptions = (settings: Settings, retries = 3): Partial<RESTOptions> => ({
  api: settings.discordApiUrl,
  version: "10",
  retries,
  timeout: 15_000,
});

export function createClient(settings: Settings, budget: IdentifyBudget): Client {
  return new Client({
    intents: INTENTS,
    // as many connections as Discord recommends, unless other processes hold some of them
    ...(settings.discordShards === null
      ? { shards: "auto" as const }
      : { shards: settings.discordShards.ids, shardCount: settings.discordShards.of }),
    rest: restOptions(settings),
    allowedMentions: { parse: [] },
    // events are read as they come: no message or member of other people is kept
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      ReactionManager: 0,
      PresenceManager: 0,
      VoiceStateManager: 0,
      GuildStickerManager: 0,
      GuildEmojiManager: 0,
      GuildInviteManager: 0,
      GuildScheduledEventManager: 0,
      UserManager: { maxSize: 200, keepOverLimit: (user) => user.id === user.client.user.id },
      GuildMemberManager: { maxSize: 50, keepOverLimit: (member) => member.id === member.client.user.id },
    }),
    ws: { buildIdentifyThrottler: () => Promise.resolve(budget) },
  });
}

/** REST without a connection. `retries` 0 for what must know of every repeat, as a message does. */
export function createRest(settings: Settings, token: string, retries?: number): REST {
  return new REST(restOptions(settings, retries)).setToken(token);
}

export function requireToken(settings: Settings): string {
  if (settings.discordToken !== null) return settings.discordToken;
  throw new Failure("discord_token_missing", "DISCORD_TOKEN is not set.", TOKEN_HINT);
}

export const TOKEN_HINT =
  "Copy the bot's token from https://discord.com/developers/applications (your application, Bot, Reset Token) into DISCORD_TOKEN in .env.";

/** What a close code that ends everything means; null for those from which discord.js recovers. */
export function fatalClose(code: number): Failure | null {
  switch (code) {
    case 4004:
      return wrongToken();
    case 4010:
    case 4011:
      return new Failure(
        "discord_sharding",
        `Discord closed the connection (${code}): the bot is in too many servers for one connection.`,
        "Start the bot again: it opens as many connections as Discord recommends then.",
      );
    case 4012:
      return new Failure(
        "discord_version",
        "Discord no longer speaks this version of its interface (4012).",
        "Update the bot: git pull, npm ci.",
      );
    case 4013:
    case 4014:
      return new Failure(
        "discord_intents",
        `Discord refused the bot's intents (${code}).`,
        "The bot asks for no privileged intent; check at https://discord.com/developers/applications that the application is not restricted.",
      );
    default:
      return null;
  }
}

export function wrongToken(cause?: unknown): Failure {
  return new Failure("discord_token_wrong", "Discord does not accept DISCORD_TOKEN.", TOKEN_HINT, { cause });
}

/** A failure to start in words for people; what is not known stays as it is. */
export function startFailure(cause: unknown, settings: Settings): unknown {
  if (cause instanceof Failure || !(cause instanceof Error)) return cause;
  if ("code" in cause && cause.code === "TokenInvalid") return wrongToken(cause);
  if ("status" in cause && cause.status === 401) return wrongToken(cause);
  const status = "status" in cause ? Number(cause.status) : null;
  if (status !== null && status < 500) return cause;
  const why = status === null ? "gives no answer" : `answers with error ${status}`;
  return new Failure(
    "discord_unreachable",
    `Discord ${why} at ${settings.discordApiUrl}.`,
    "Check the network, a proxy or DISCORD_API_URL, and https://discordstatus.com; then start again.",
    { cause },
  );
}
