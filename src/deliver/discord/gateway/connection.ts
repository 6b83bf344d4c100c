// The connection to Discord: which intents, what is kept in memory, how often it is opened, and what each fatal refusal means for the person
// who runs the bot.
import { setTimeout as sleep } from "node:timers/promises";
import {
  Client,
  GatewayIntentBits,
  Options,
  REST,
  Routes,
  type APIGatewayBotInfo,
  type APIGatewaySessionStartLimit,
  type RESTOptions,
} from "discord.js";
import type { Logger } from "pino";
import { Failure } from "../../../failure.ts";
import type { Settings } from "../../../settings.ts";

/** No privileged intent: mentions, replies that ping, direct messages and interactions arrive with their content without one. */
const INTENTS = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages];

const restOptions = (settings: Settings): Partial<RESTOptions> => ({
  api: settings.discordApiUrl,
  version: "10",
  timeout: 15_000,
});

export function createClient(settings: Settings, log: Logger): Client {
  const client: Client = new Client({
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
    ws: { buildIdentifyThrottler: async () => createIdentifyThrottle(client.rest, log) },
  });
  return client;
}

/** For what discord.js knows of servers and channels, asked for over REST alone. */
export function unconnected(settings: Settings): Client {
  const client = new Client({ intents: [], rest: restOptions(settings) });
  client.rest.setToken(requireToken(settings));
  return client;
}

/** REST that repeats nothing by itself: for what must know of every repeat, as a message does. */
export const createRest = (settings: Settings): REST =>
  new REST({ ...restOptions(settings), retries: 0 }).setToken(requireToken(settings));

export function requireToken(settings: Settings): string {
  if (settings.discordToken !== null) return settings.discordToken;
  throw new Failure("discord_token_missing", "DISCORD_TOKEN is not set.", TOKEN_HINT);
}

export const TOKEN_HINT =
  "Copy the bot's token from https://discord.com/developers/applications (your application, Bot, Reset Token) into DISCORD_TOKEN in .env.";

const TOO_MANY: readonly [code: string, what: string, hint: string] = [
  "discord_sharding",
  "Discord closed the connection: the bot is in too many servers for one connection",
  "Start the bot again: it opens as many connections as Discord recommends then.",
];
const INTENTS_REFUSED: typeof TOO_MANY = [
  "discord_intents",
  "Discord refused the bot's intents",
  "The bot asks for no privileged intent; check at https://discord.com/developers/applications that the application is not restricted.",
];
const FATAL: Readonly<Record<number, typeof TOO_MANY>> = {
  4010: TOO_MANY,
  4011: TOO_MANY,
  4012: ["discord_version", "Discord no longer speaks this version of its interface", "Update the bot: git pull, npm ci."],
  4013: INTENTS_REFUSED,
  4014: INTENTS_REFUSED,
};

/** What a close code that ends everything means; null for those from which discord.js recovers. */
export function fatalClose(code: number): Failure | null {
  if (code === 4004) return wrongToken();
  const [name, what, hint] = FATAL[code] ?? [];
  return name === undefined || what === undefined || hint === undefined ? null : new Failure(name, `${what} (${code}).`, hint);
}

function wrongToken(cause?: unknown): Failure {
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

/** Discord wants five seconds between two identifies of the same process. */
const APART_MS = 5000;
/** The day's last starts are left for whoever mends the cause. */
export const RESERVE = 20;

/**
 * For discord.js's `buildIdentifyThrottler`. Discord ends every session and resets the token after 1,000 identifies in a day: when they are nearly
 * used up by its own count, which knows of all processes, the next one waits until they are counted anew.
 */
export function createIdentifyThrottle(rest: REST, log: Logger) {
  let free = 0;
  return {
    async waitForIdentify(_shardId: number, signal: AbortSignal): Promise<void> {
      const turn = Math.max(free, performance.now());
      free = turn + APART_MS;
      await sleep(turn - performance.now(), undefined, { signal });
      // where Discord does not say, the gateway will
      const left = await startsLeft(rest).catch(() => null);
      if (left === null || !isSpent(left)) return;
      log.error({ left }, "nearly all of today's connections to Discord are used up: waiting for the next day's");
      await sleep(left.reset_after, undefined, { signal });
    },
  };
}

export async function startsLeft(rest: REST): Promise<APIGatewaySessionStartLimit> {
  return ((await rest.get(Routes.gatewayBot())) as APIGatewayBotInfo).session_start_limit;
}

const isSpent = ({ remaining, total }: APIGatewaySessionStartLimit): boolean => remaining < RESERVE && total >= RESERVE;

export function requireStartsLeft(left: APIGatewaySessionStartLimit): void {
  if (!isSpent(left)) return;
  const { remaining, total, reset_after: reset } = left;
  const what = `This bot connected to Discord too often today: ${remaining} of ${total} starts are left, and Discord resets the token when they run out.`;
  const hint = `Find out what restarts it; starts are counted anew in ${Math.ceil(reset / 60_000)} minutes.`;
  throw new Failure("discord_starts_spent", what, hint);
}
