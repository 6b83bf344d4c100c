// Whether the bot may do its work in the channels that servers named with /config. Asks over REST, since `doctor` has no connection.
import {
  DiscordAPIError,
  PermissionFlagsBits,
  Routes,
  type APIGuild,
  type APIGuildMember,
  type APIOverwrite,
  type REST,
} from "discord.js";
import type { DoctorCheck } from "../../briefing.ts";
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
      const found = await troubleIn(rest, guild, [botId, ...member.roles], channelId);
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

async function troubleIn(
  rest: REST,
  guild: APIGuild,
  holders: readonly string[],
  channelId: string,
): Promise<{ text: string; serious: boolean } | null> {
  try {
    const channel = (await rest.get(Routes.channel(channelId))) as { name?: string; permission_overwrites?: APIOverwrite[] };
    const held = permissionsOf(guild, holders, channel.permission_overwrites ?? []);
    const missing = NEEDED.filter(([, bit]) => (held & bit) === 0n).map(([each]) => each);
    const place = `in #${channel.name ?? channelId}`;
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
