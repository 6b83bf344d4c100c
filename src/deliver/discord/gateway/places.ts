// Where the bot may speak, as discord.js knows servers and channels. Asks nothing of Discord and sends nothing.
import { PermissionFlagsBits, type Client, type GuildBasedChannel } from "discord.js";

/** What the bot needs in a channel, by the names that Discord shows. */
export const NEEDED = {
  "View Channel": PermissionFlagsBits.ViewChannel,
  "Send Messages": PermissionFlagsBits.SendMessages,
  "Send Messages in Threads": PermissionFlagsBits.SendMessagesInThreads,
  "Read Message History": PermissionFlagsBits.ReadMessageHistory,
} as const;
type Needed = keyof typeof NEEDED;

/** What the bot lacks for writing here and reading it back, with `threads` in the channel's threads too; empty where nothing is known. */
export function lackingIn(channel: GuildBasedChannel, botId: string, threads = false): Needed[] {
  const held = channel.permissionsFor(botId);
  const idle = threads ? null : channel.isThread() ? "Send Messages" : "Send Messages in Threads";
  return (Object.keys(NEEDED) as Needed[]).filter((name) => held !== null && name !== idle && !held.has(NEEDED[name]));
}

/** Where a message came from. Nothing is missing where nothing is known. */
export function placeOf({ guilds, user }: Client, guildId: string | null, channelId: string) {
  const guild = guildId === null ? undefined : guilds.cache.get(guildId);
  const channel = guild?.channels.cache.get(channelId);
  const lacking = channel === undefined ? [] : lackingIn(channel, user?.id ?? "");
  return {
    missing: lacking.filter((name) => name !== "Read Message History"),
    mayReference: !lacking.includes("Read Message History"),
    name: channel === undefined ? "this channel" : `#${channel.name}`,
    ownerId: guild?.ownerId ?? null,
    /** The channel that a thread belongs to. */
    parentId: channel?.isThread() === true ? channel.parentId : null,
  };
}

/** What the bot lacks in this channel; null where the server has no such channel, or none that holds text. */
export function missingIn({ guilds, user }: Client, guildId: string, channelId: string): string[] | null {
  const channel = guilds.cache.get(guildId)?.channels.cache.get(channelId);
  return channel === undefined || !channel.isTextBased() ? null : lackingIn(channel, user?.id ?? "");
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
