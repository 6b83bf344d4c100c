// What `doctor` asks about Discord: the token, the application, its commands, and whether the bot may do its work in the channels that servers
// named and where digests go. Reads only, over REST; each failing check names its way out.
import {
  DiscordAPIError,
  PermissionFlagsBits,
  Routes,
  type APIGuild,
  type APIGuildMember,
  type APIOverwrite,
  type ChannelType,
  type REST,
} from "discord.js";
import type { Clock } from "../../clock.ts";
import { Failure, reasonOf } from "../../failure.ts";
import type { DoctorCheck } from "../../results.ts";
import type { Settings } from "../../settings.ts";
import type { DigestStore } from "../../stores/digests.ts";
import type { StateStore } from "../../stores/state.ts";
import { THREADS } from "./gateway/caller.ts";
import { TOKEN_HINT, createRest, startFailure } from "./gateway/connection.ts";
import { registerWith } from "./registration.ts";
import { createServerBook, type ServerBook } from "./server-settings.ts";

const NEEDED = [
  ["View Channel", PermissionFlagsBits.ViewChannel],
  ["Send Messages", PermissionFlagsBits.SendMessages],
  ["Send Messages in Threads", PermissionFlagsBits.SendMessagesInThreads],
  ["Read Message History", PermissionFlagsBits.ReadMessageHistory],
] as const;

/** What the bot does without where it must. */
const WISHED = [["Attach Files", PermissionFlagsBits.AttachFiles, "timelines come without their picture"]] as const;

/** What the invitation asks for. */
const INVITE_PERMISSIONS = [...NEEDED, ...WISHED].reduce((sum, [, bit]) => sum | bit, 0n);

/** Enough for most bots; a larger one is told what was looked at. */
const SERVERS = 50;

/** No check when no token is set: the bot is then simply not used. Never throws. */
export async function discordChecks({
  settings,
  clock,
  state,
}: {
  settings: Settings;
  clock: Clock;
  state: StateStore;
}): Promise<DoctorCheck[]> {
  if (settings.discordToken === null) return [];
  const rest = createRest(settings, settings.discordToken);
  const bot = { id: "" };
  const token = await attempt("discord token", settings, async () => {
    const user = (await rest.get(Routes.user())) as { id: string; username: string };
    bot.id = user.id;
    return passed("discord token", `accepted, the bot is ${user.username}`);
  });
  if (!token.ok) return [token];
  const application = { id: "" };
  return [
    token,
    await attempt("discord application", settings, async () => {
      const found = (await rest.get(Routes.currentApplication())) as { id: string; name: string };
      application.id = found.id;
      const invite = `https://discord.com/oauth2/authorize?client_id=${found.id}&scope=bot+applications.commands&permissions=${INVITE_PERMISSIONS}`;
      return passed("discord application", `${found.name}, invite: ${invite}`);
    }),
    passed("discord intents", "guilds, guild messages and direct messages: none is privileged"),
    await attempt("discord starts", settings, () => startsCheck(rest)),
    await attempt("discord commands", settings, () => commandsCheck(rest, application.id, settings)),
    await attempt("discord channels", settings, () => channelCheck(rest, bot.id, createServerBook(state))),
    await attempt("digest channels", settings, () => digestChannelCheck(rest, bot.id, state.digests)),
    await attempt("clock", settings, () => clockCheck(settings, clock)),
  ];
}

const passed = (name: string, detail: string): DoctorCheck => ({ name, ok: true, detail, fix: null });

async function attempt(name: string, settings: Settings, check: () => Promise<DoctorCheck>): Promise<DoctorCheck> {
  try {
    return await check();
  } catch (cause) {
    const failure = startFailure(cause, settings);
    if (failure instanceof Failure) return { name, ok: false, detail: failure.message, fix: failure.hint };
    return { name, ok: false, detail: reasonOf(cause), fix: TOKEN_HINT };
  }
}

async function startsCheck(rest: REST): Promise<DoctorCheck> {
  const { session_start_limit: limit } = (await rest.get("/gateway/bot")) as {
    session_start_limit: { remaining: number; total: number };
  };
  const detail = `${limit.remaining} of ${limit.total} starts left today`;
  return limit.remaining >= 20
    ? passed("discord starts", detail)
    : {
        name: "discord starts",
        ok: false,
        detail,
        fix: "Something restarts the bot in a loop: stop it until the count is renewed.",
      };
}

async function commandsCheck(rest: REST, applicationId: string, settings: Settings): Promise<DoctorCheck> {
  const report = await registerWith(rest, applicationId, settings.discordGuildId, true);
  const open = [...report.added, ...report.changed, ...report.removed];
  return open.length === 0
    ? passed("discord commands", `${report.unchanged.length} registered (${report.scope})`)
    : {
        name: "discord commands",
        ok: false,
        detail: `not registered as they are now (${report.scope}): ${open.join(", ")}`,
        fix: "Run: npm run --silent briefing -- register (the bot also does it when it starts).",
      };
}

/** Discord's Date header against ours: limits of interactions and dates in answers hang on the clock. */
async function clockCheck(settings: Settings, clock: Clock): Promise<DoctorCheck> {
  const response = await fetch(`${settings.discordApiUrl}/v10/gateway`, { signal: AbortSignal.timeout(10_000) });
  const theirs = Date.parse(response.headers.get("date") ?? "");
  if (Number.isNaN(theirs)) return passed("clock", "Discord gave no time to compare with");
  const seconds = Math.round((clock.now().getTime() - theirs) / 1000);
  return Math.abs(seconds) <= 5
    ? passed("clock", "agrees with Discord's")
    : {
        name: "clock",
        ok: false,
        detail: `this machine's clock is ${Math.abs(seconds)} s ${seconds > 0 ? "ahead" : "behind"}`,
        fix: "Let the system keep its time by NTP (e.g. timedatectl set-ntp true).",
      };
}

/** Throws what Discord answers to the list of servers; a server or channel that cannot be read is a finding. */
async function channelCheck(rest: REST, botId: string, servers: ServerBook): Promise<DoctorCheck> {
  const name = "discord channels";
  const guilds = (await rest.get(Routes.userGuilds())) as { id: string; name: string }[];
  const findings: string[] = [];
  const remarks: string[] = [];
  let looked = 0;
  for (const { id, name: server } of guilds.slice(0, SERVERS)) {
    const { channels } = await servers.of(id);
    if (channels.length === 0) continue;
    const { guild, holders } = await seenServer(rest, id, botId);
    for (const channelId of channels) {
      looked += 1;
      const found = await troubleIn(rest, guild, holders, channelId, "answers");
      if (found !== null) (found.serious ? findings : remarks).push(`${server}: ${found.text}`);
    }
  }
  if (findings.length === 0) {
    const where =
      looked === 0 ? "no server names channels: the bot answers wherever it may write" : `${looked} named, all open to the bot`;
    const detail = guilds.length > SERVERS ? `${where} (${SERVERS} of ${guilds.length} servers looked at)` : where;
    return { name, ok: true, detail: [detail, ...remarks].join("; "), fix: null };
  }
  const fix =
    "In the channel's settings, Permissions, allow the bot what is missing; or take the channel out with /config channels remove.";
  return { name, ok: false, detail: findings.join("; "), fix };
}

/** Channels of the digests that are not paused: of those that are, the check `digests` tells why. */
async function digestChannelCheck(rest: REST, botId: string, digests: DigestStore): Promise<DoctorCheck> {
  const name = "digest channels";
  const active = (await digests.schedules()).filter(({ paused }) => !paused);
  const findings: string[] = [];
  const servers = new Map<string, Server | null>();
  for (const { id, guildId, channelId } of active) {
    const server = servers.get(guildId) ?? (servers.has(guildId) ? null : await serverOf(rest, guildId, botId));
    servers.set(guildId, server);
    const found =
      server === null
        ? { text: "the bot is no longer in its server", serious: true }
        : await troubleIn(rest, server.guild, server.holders, channelId, "a digest");
    if (found?.serious === true) findings.push(`digest ${id}: ${found.text}`);
  }
  if (findings.length === 0) {
    const detail = active.length === 0 ? "no digest is due anywhere" : `${active.length} digests, all channels open to the bot`;
    return { name, ok: true, detail, fix: null };
  }
  const fix = "In the channel's settings, Permissions, allow the bot what is missing; or end the digest with /digest remove.";
  return { name, ok: false, detail: findings.join("; "), fix };
}

interface Server {
  guild: APIGuild;
  /** The bot, then its roles. */
  holders: string[];
}

async function seenServer(rest: REST, id: string, botId: string): Promise<Server> {
  const guild = (await rest.get(Routes.guild(id))) as APIGuild;
  const { roles } = (await rest.get(Routes.guildMember(id, botId))) as APIGuildMember;
  return { guild, holders: [botId, ...roles] };
}

/** Null where the bot is not in the server. */
async function serverOf(rest: REST, id: string, botId: string): Promise<Server | null> {
  try {
    return await seenServer(rest, id, botId);
  } catch (cause) {
    if (cause instanceof DiscordAPIError && [403, 404].includes(cause.status)) return null;
    throw cause;
  }
}

interface SeenChannel {
  name?: string;
  type: ChannelType;
  parent_id?: string | null;
  permission_overwrites?: APIOverwrite[];
  thread_metadata?: { archived: boolean; locked: boolean };
}

/** A channel is answered in with its threads; a digest goes into the one or into the other. */
async function troubleIn(
  rest: REST,
  guild: APIGuild,
  holders: readonly string[],
  channelId: string,
  purpose: "answers" | "a digest",
): Promise<{ text: string; serious: boolean } | null> {
  try {
    const channel = (await rest.get(Routes.channel(channelId))) as SeenChannel;
    const isThread = THREADS.includes(channel.type);
    const { archived = false, locked = false } = channel.thread_metadata ?? {};
    const place = `in #${channel.name ?? channelId}`;
    if (archived || locked) return { text: `${place}, a thread, nothing can be posted: it is archived or locked`, serious: true };
    // a thread has the overwrites of its channel
    const parent = isThread && typeof channel.parent_id === "string" ? channel.parent_id : null;
    const ruled = parent === null ? channel : ((await rest.get(Routes.channel(parent))) as SeenChannel);
    const held = permissionsOf(guild, holders, ruled.permission_overwrites ?? []);
    const idle = purpose === "answers" ? "" : isThread ? "Send Messages" : "Send Messages in Threads";
    const missing = NEEDED.filter(([each, bit]) => each !== idle && (held & bit) === 0n).map(([each]) => each);
    if (missing.length > 0) return { text: `${place} the bot is missing ${missing.join(", ")}`, serious: true };
    const missed = WISHED.filter(([, bit]) => (held & bit) === 0n).map(([each, , loss]) => `without ${each} ${loss}`);
    return missed.length === 0 ? null : { text: `${place}, ${missed.join(", ")}`, serious: false };
  } catch (cause) {
    if (cause instanceof DiscordAPIError && cause.status === 404) return { text: `channel ${channelId} is gone`, serious: true };
    if (cause instanceof DiscordAPIError && cause.status === 403)
      return { text: `channel ${channelId} cannot be seen by the bot`, serious: true };
    throw cause;
  }
}

/** As Discord's documentation has it: the server's roles, then overwrites for everyone, for roles together, for the member. */
function permissionsOf(guild: APIGuild, [self = "", ...roles]: readonly string[], overwrites: readonly APIOverwrite[]): bigint {
  const everything = (1n << 62n) - 1n;
  if (guild.owner_id === self) return everything;
  let bits = guild.roles
    .filter(({ id }) => id === guild.id || roles.includes(id))
    .reduce((sum, { permissions }) => sum | BigInt(permissions), 0n);
  if ((bits & PermissionFlagsBits.Administrator) !== 0n) return everything;
  for (const ids of [[guild.id], roles, [self]]) {
    const these = overwrites.filter(({ id }) => ids.includes(id));
    const deny = these.reduce((sum, each) => sum | BigInt(each.deny), 0n);
    const allow = these.reduce((sum, each) => sum | BigInt(each.allow), 0n);
    bits = (bits & ~deny) | allow;
  }
  return bits;
}
