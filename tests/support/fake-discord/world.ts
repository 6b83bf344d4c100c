// What the fake Discord knows: servers, channels, people, messages, and who may do what where. Pure state, no network.
import { PermissionFlagsBits, SnowflakeUtil } from "discord.js";

export type Json = Record<string, unknown>;

export interface FakeUser {
  id: string;
  username: string;
  bot: boolean;
}

interface FakeRole {
  id: string;
  name: string;
  permissions: bigint;
}

export interface FakeGuild {
  id: string;
  name: string;
  ownerId: string;
  roles: FakeRole[];
  /** user id -> role ids */
  members: Map<string, string[]>;
}

export interface FakeChannel {
  id: string;
  /** 0 text, 1 direct message, 5 announcement, 11 public thread */
  type: 0 | 1 | 5 | 11;
  guildId: string | null;
  name: string;
  parentId: string | null;
  overwrites: { id: string; type: 0 | 1; allow: bigint; deny: bigint }[];
  recipientId: string | null;
  archived: boolean;
  locked: boolean;
}

export interface FakeMessage {
  id: string;
  channelId: string;
  author: FakeUser;
  webhookId: string | null;
  content: string;
  flags: number;
  components: Json[];
  embeds: Json[];
  attachments: Json[];
  replyTo: string | null;
  /** Only this person sees it. */
  ephemeralFor: string | null;
  /** Who got a notification, over all versions of the message. */
  pings: { everyone: boolean; users: string[]; roles: string[] };
  /** Links that unfold into a preview. */
  previews: string[];
  mentions: string[];
  nonce: string | null;
  edits: number;
  deferred: boolean;
  /** The interaction it answers. */
  interactionId: string | null;
}

/** What an invited bot gets by the project's link, and a member of a server by default. */
export const MEMBER_PERMISSIONS =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.SendMessagesInThreads |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.UseApplicationCommands;

export interface World {
  botUser: FakeUser;
  users: Map<string, FakeUser>;
  guilds: Map<string, FakeGuild>;
  channels: Map<string, FakeChannel>;
  messages: Map<string, FakeMessage>;
  newId(): string;
  addUser(name: string, options?: { bot?: boolean }): FakeUser;
  addGuild(name: string, options?: { owner?: FakeUser; withBot?: boolean }): FakeGuild;
  addRole(guild: FakeGuild, name: string, permissions?: bigint): FakeRole;
  join(guild: FakeGuild, user: FakeUser, roles?: string[]): void;
  addChannel(guild: FakeGuild | null, name: string, options?: Partial<FakeChannel>): FakeChannel;
  permissions(userId: string, channel: FakeChannel): bigint;
  inChannel(channelId: string): FakeMessage[];
}

/** An empty Discord with one bot. Ids grow with the clock, as snowflakes do. */
export function createWorld(now: () => number): World {
  let last = 0n;
  const newId = (): string => {
    const id = SnowflakeUtil.generate({ timestamp: now() });
    last = id > last ? id : last + 1n;
    return last.toString();
  };
  const botUser: FakeUser = { id: newId(), username: "briefing", bot: true };
  const world: World = {
    botUser,
    users: new Map([[botUser.id, botUser]]),
    guilds: new Map(),
    channels: new Map(),
    messages: new Map(),
    newId,
    addUser(username, options = {}) {
      const user = { id: newId(), username, bot: options.bot ?? false };
      world.users.set(user.id, user);
      return user;
    },
    addGuild(name, options = {}) {
      const id = newId();
      const owner = options.owner ?? world.addUser(`owner of ${name}`);
      const guild: FakeGuild = {
        id,
        name,
        ownerId: owner.id,
        roles: [{ id, name: "@everyone", permissions: MEMBER_PERMISSIONS }],
        members: new Map([[owner.id, []]]),
      };
      if (options.withBot ?? true) guild.members.set(botUser.id, []);
      world.guilds.set(id, guild);
      return guild;
    },
    addRole(guild, name, permissions = 0n) {
      const role = { id: newId(), name, permissions };
      guild.roles.push(role);
      return role;
    },
    join(guild, user, roles = []) {
      guild.members.set(user.id, roles);
    },
    addChannel(guild, name, options = {}) {
      const channel: FakeChannel = {
        id: newId(),
        type: guild === null ? 1 : 0,
        guildId: guild?.id ?? null,
        name,
        parentId: null,
        overwrites: [],
        recipientId: null,
        archived: false,
        locked: false,
        ...options,
      };
      world.channels.set(channel.id, channel);
      return channel;
    },
    permissions(userId, channel) {
      if (channel.guildId === null) return MEMBER_PERMISSIONS;
      const guild = world.guilds.get(channel.guildId);
      const roles = guild?.members.get(userId);
      if (guild === undefined || roles === undefined) return 0n;
      const everything = (1n << 60n) - 1n;
      if (guild.ownerId === userId) return everything;
      const held = new Set([guild.id, ...roles]);
      let bits = guild.roles.filter((role) => held.has(role.id)).reduce((sum, role) => sum | role.permissions, 0n);
      if ((bits & PermissionFlagsBits.Administrator) !== 0n) return everything;
      const place = channel.parentId === null ? channel : (world.channels.get(channel.parentId) ?? channel);
      for (const own of [false, true]) {
        for (const overwrite of place.overwrites) {
          const applies = own ? overwrite.type === 1 && overwrite.id === userId : overwrite.type === 0 && held.has(overwrite.id);
          if (applies) bits = (bits & ~overwrite.deny) | overwrite.allow;
        }
      }
      return bits;
    },
    inChannel(channelId) {
      return [...world.messages.values()].filter((message) => message.channelId === channelId);
    },
  };
  return world;
}
