// Where the bot may speak, from discord.js's cache of servers. Asks nothing of Discord and sends nothing.
import { PermissionFlagsBits, type Client } from "discord.js";

export interface Place {
  /** Permissions that are missing to answer here, by the names that Discord shows; empty when nothing is, or nothing is known. */
  missing: string[];
  mayReference: boolean;
  /** For an explanation, e.g. `#news`. */
  name: string;
  ownerId: string | null;
  /** The channel that a thread belongs to. */
  parentId: string | null;
}

export function placeOf(client: Client, guildId: string | null, channelId: string): Place {
  const unknown: Place = { missing: [], mayReference: true, name: "this channel", ownerId: null, parentId: null };
  if (guildId === null) return unknown;
  const guild = client.guilds.cache.get(guildId);
  const channel = guild?.channels.cache.get(channelId);
  const me = guild?.members.me ?? null;
  if (guild === undefined || channel === undefined || me === null) return { ...unknown, ownerId: guild?.ownerId ?? null };
  const held = channel.permissionsFor(me);
  const needed = [
    ["View Channel", PermissionFlagsBits.ViewChannel],
    channel.isThread()
      ? (["Send Messages in Threads", PermissionFlagsBits.SendMessagesInThreads] as const)
      : (["Send Messages", PermissionFlagsBits.SendMessages] as const),
  ] as const;
  return {
    missing: needed.filter(([, bit]) => !held.has(bit)).map(([name]) => name),
    mayReference: held.has(PermissionFlagsBits.ReadMessageHistory),
    name: `#${channel.name}`,
    ownerId: guild.ownerId,
    parentId: channel.isThread() ? channel.parentId : null,
  };
}

/** What the bot lacks for writing in this channel and reading it back; null where the server has no such channel, or none that holds text. */
export function missingIn(client: Client, guildId: string, channelId: string): string[] | null {
  const guild = client.guilds.cache.get(guildId);
  const channel = guild?.channels.cache.get(channelId);
  if (guild === undefined || channel === undefined || !channel.isTextBased()) return null;
  const { missing, mayReference } = placeOf(client, guildId, channelId);
  return mayReference ? missing : [...missing, "Read Message History"];
}

/** Whether this person could mend the bot's permissions in the channel. */
export function canMend(client: Client, guildId: string | null, userId: string, roleIds: readonly string[]): boolean {
  const guild = guildId === null ? undefined : client.guilds.cache.get(guildId);
  if (guild === undefined) return false;
  if (guild.ownerId === userId) return true;
  const roles = [guild.id, ...roleIds].map((id) => guild.roles.cache.get(id));
  return roles.some((role) =>
    role?.permissions.any([
      PermissionFlagsBits.ManageChannels,
      PermissionFlagsBits.ManageRoles,
      PermissionFlagsBits.Administrator,
    ]),
  );
}
