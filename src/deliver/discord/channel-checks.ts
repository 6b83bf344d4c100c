// Whether the bot may do its work in the channels that servers named with /config, and where digests go. Asks over REST, as `doctor` has
// no connection.
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
import type { DoctorCheck } from "../../results.ts";
import type { DigestStore } from "../../stores/digests.ts";
import { THREADS } from "./caller.ts";
import type { ServerBook } from "./server-settings.ts";

const NEEDED = [
  ["View Channel", PermissionFlagsBits.ViewChannel],
  ["Send Messages", PermissionFlagsBits.SendMessages],
  ["Send Messages in Threads", PermissionFlagsBits.SendMessagesInThreads],
  ["Read Message History", PermissionFlagsBits.ReadMessageHistory],
] as const;

/** What the bot does without where it must. */
const WISHED = [["Attach Files", PermissionFlagsBits.AttachFiles, "timelines come without their picture"]] as const;

/** What the invitation asks for. */
export const INVITE_PERMISSIONS = [...NEEDED, ...WISHED].reduce((sum, [, bit]) => sum | bit, 0n);

/** Enough for most bots; a larger one is told what was looked at. */
const SERVERS = 50;

/** Throws what Discord answers to the list of servers; a server or channel that cannot be read is a finding. */
export async function channelCheck(rest: REST, botId: string, servers: ServerBook): Promise<DoctorCheck> {
  const name = "discord channels";
  const guilds = (await rest.get(Routes.userGuilds())) as { id: string; name: string }[];
  const findings: string[] = [];
  const remarks: string[] = [];
  let looked = 0;
  for (const { id, name: server } of guilds.slice(0, SERVERS)) {
    const { channels } = await servers.of(id);
    if (channels.length === 0) continue;
    const guild = (await rest.get(Routes.guild(id))) as APIGuild;
    const member = (await rest.get(Routes.guildMember(id, botId))) as APIGuildMember;
    for (const channelId of channels) {
      looked += 1;
      const found = await troubleIn(rest, guild, [botId, ...member.roles], channelId, "answers");
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
export async function digestChannelCheck(rest: REST, botId: string, digests: DigestStore): Promise<DoctorCheck> {
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

/** Null where the bot is not in the server. */
async function serverOf(rest: REST, id: string, botId: string): Promise<Server | null> {
  try {
    const guild = (await rest.get(Routes.guild(id))) as APIGuild;
    const { roles } = (await rest.get(Routes.guildMember(id, botId))) as APIGuildMember;
    return { guild, holders: [botId, ...roles] };
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
