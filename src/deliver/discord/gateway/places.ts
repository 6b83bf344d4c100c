// Where the bot may speak, from discord.js's cache of servers. Asks nothing of Discord and sends nothing.
import { PermissionFlagsBits, type Client } from "discord.js";

/** What the bot needs in a channel, by the names that Discord shows. */
export const NEEDED = {
  "View Channel": PermissionFlagsBits.ViewChannel,
  "Send Messages": PermissionFlagsBits.SendMessages,
  "Send Messages in Threads": PermissionFlagsBits.SendMessagesInThreads,
  "Read Message History": PermissionFlagsBits.ReadMessageHistory,
} as const;

export interface Place {
  /** Permissions that are missing to answer here; empty when nothing is, or nothing is known. */
  missing: string[];
  mayReference: boolean;
  /** For an explanation, e.g. `#news`. */
  name: string;
  ownerId: string | null;
  /** The channel that a thread belongs to. */
  parentId: string | null;
}

export function placeOf({ guilds }: Client, guildId: string | null, channelId: string): Place {
  const guild = guildId === null ? undefined : guilds.cache.get(guildId);
  const channel = guild?.channels.cache.get(channelId);
  const me = guild?.members.me ?? null;
  const ownerId = guild?.ownerId ?? null;
  if (channel === undefined || me === null)
    return { missing: [], mayReference: true, name: "this channel", ownerId, parentId: null };
  const held = channel.permissionsFor(me);
  const needed = ["View Channel", channel.isThread() ? "Send Messages in Threads" : "Send Messages"] as const;
  return {
    missing: needed.filter((name) => !held.has(NEEDED[name])),
    mayReference: held.has(PermissionFlagsBits.ReadMessageHistory),
    name: `#${channel.name}`,
    ownerId,
    parentId: channel.isThread() ? channel.parentId : null,
  };
}

/** What the bot lacks for writing in this channel and reading it back; null where the server has no such channel, or none that holds text. */
export function missingIn(client: Client, guildId: string, channelId: string): string[] | null {
  const channel = client.guilds.cache.get(guildId)?.channels.cache.get(channelId);
  if (channel === undefined || !channel.isTextBased()) return null;
  const { missing, mayReference } = placeOf(client, guildId, channelId);
  return mayReference ? missing : [...missing, "Read Message History"];
}

/** Whether this person could mend the bot's permissions in the channel. */
export function canMend({ guilds }: Client, guildId: string | null, userId: string, roleIds: readonly string[]): boolean {
  const guild = guildId === null ? undefined : guilds.cache.get(guildId);
  if (guild === undefined || guild.ownerId === userId) return guild !== undefined;
  const { ManageChannels, ManageRoles, Administrator } = PermissionFlagsBits;
  return [guild.id, ...roleIds].some((id) =>
    guild.roles.cache.get(id)?.permissions.any([ManageChannels, ManageRoles, Administrator]),
  );
}
