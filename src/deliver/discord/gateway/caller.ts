// Who asks and from where, read from Discord's own event and from nothing that a person typed.
import { ChannelType, PermissionFlagsBits, type APIInteraction } from "discord.js";
import { Failure } from "../../../failure.ts";

export interface Caller {
  userId: string;
  guildId: string | null;
  channelId: string;
  /** The channel that a thread belongs to; null where there is none. */
  parentChannelId: string | null;
  roleIds: readonly string[];
  manager: boolean;
  /** The bot is a member of this server, so the server's own documents may be read. */
  installed: boolean;
}

export const askerOf = (caller: Caller): string => `discord:${caller.userId}`;

/** Restricted documents that this answer may use. What only a role may read is left out where others read along. */
export function scopesFor(caller: Caller, hidden: boolean): string[] {
  if (caller.guildId === null || !caller.installed) return [];
  return [`guild:${caller.guildId}`, ...(hidden ? caller.roleIds.map((role) => `role:${role}`) : [])];
}

/** The server that this person may set up. Failure `manager_only` for everybody else, `server_needed` elsewhere. */
export function managedServer({ manager, installed, guildId }: Caller): string {
  if (guildId === null || !installed)
    throw new Failure("server_needed", "There is nothing to set up here.", "Use this in a server that I am a member of.");
  if (!manager) throw new Failure("manager_only", "This needs the permission Manage Server.", "Ask somebody who has it.");
  return guildId;
}

export function callerOf(interaction: APIInteraction): Caller {
  const { member, guild_id: guildId } = interaction;
  const userId = member?.user.id ?? interaction.user?.id ?? "";
  const owners = interaction.authorizing_integration_owners as Record<string, string | undefined>;
  const permissions = BigInt(member?.permissions ?? "0");
  return {
    userId,
    guildId: guildId ?? null,
    channelId: interaction.channel?.id ?? "",
    parentChannelId: parentOf(interaction.channel),
    roleIds: member?.roles ?? [],
    manager: (permissions & (PermissionFlagsBits.ManageGuild | PermissionFlagsBits.Administrator)) !== 0n,
    // "0" names the server that installed the bot
    installed: guildId !== undefined && owners["0"] === guildId,
  };
}

const THREADS: readonly ChannelType[] = [ChannelType.AnnouncementThread, ChannelType.PublicThread, ChannelType.PrivateThread];

/** Of a thread; other channels have a category there, which is none. */
function parentOf(channel: APIInteraction["channel"]): string | null {
  if (channel === undefined || !("parent_id" in channel)) return null;
  return THREADS.includes(channel.type) ? (channel.parent_id ?? null) : null;
}
