// How the fake Discord's state looks on the wire. discord.js hangs on null for `thread` or `activity`: such keys are left out.
import type { FakeChannel, FakeGuild, FakeMessage, FakeUser, Json, World } from "./world.ts";

export function userPayload(user: FakeUser): Json {
  return {
    id: user.id,
    username: user.username,
    global_name: null,
    discriminator: "0",
    avatar: null,
    primary_guild: null,
    bot: user.bot,
    public_flags: 0,
    flags: 0,
  };
}

export function memberPayload(world: World, guild: FakeGuild, userId: string, channel?: FakeChannel): Json {
  return {
    roles: guild.members.get(userId) ?? [],
    joined_at: "2025-01-01T00:00:00.000Z",
    deaf: false,
    mute: false,
    flags: 0,
    nick: null,
    avatar: null,
    ...(channel === undefined ? {} : { permissions: world.permissions(userId, channel).toString() }),
  };
}

export function channelPayload(world: World, channel: FakeChannel): Json {
  const base = { id: channel.id, type: channel.type, name: channel.name, last_message_id: null };
  if (channel.guildId === null) {
    const recipient = world.users.get(channel.recipientId ?? "");
    return { ...base, recipients: recipient === undefined ? [] : [userPayload(recipient)] };
  }
  if (channel.type === 11) {
    return {
      ...base,
      guild_id: channel.guildId,
      parent_id: channel.parentId,
      owner_id: world.botUser.id,
      message_count: 0,
      member_count: 1,
      rate_limit_per_user: 0,
      thread_metadata: {
        archived: channel.archived,
        locked: channel.locked,
        auto_archive_duration: 1440,
        archive_timestamp: "2025-01-01T00:00:00.000Z",
      },
    };
  }
  return {
    ...base,
    guild_id: channel.guildId,
    parent_id: channel.parentId,
    position: 0,
    nsfw: false,
    topic: null,
    rate_limit_per_user: 0,
    permission_overwrites: channel.overwrites.map((overwrite) => ({
      id: overwrite.id,
      type: overwrite.type,
      allow: overwrite.allow.toString(),
      deny: overwrite.deny.toString(),
    })),
  };
}

export function guildPayload(world: World, guild: FakeGuild): Json {
  const channels = [...world.channels.values()].filter((channel) => channel.guildId === guild.id);
  return {
    id: guild.id,
    name: guild.name,
    owner_id: guild.ownerId,
    unavailable: false,
    icon: null,
    splash: null,
    discovery_splash: null,
    afk_channel_id: null,
    afk_timeout: 300,
    verification_level: 0,
    default_message_notifications: 1,
    explicit_content_filter: 0,
    mfa_level: 0,
    application_id: null,
    system_channel_id: null,
    system_channel_flags: 0,
    rules_channel_id: null,
    public_updates_channel_id: null,
    safety_alerts_channel_id: null,
    vanity_url_code: null,
    description: null,
    banner: null,
    premium_tier: 0,
    premium_progress_bar_enabled: false,
    nsfw_level: 0,
    preferred_locale: "en-US",
    features: [],
    emojis: [],
    stickers: [],
    large: false,
    joined_at: "2025-01-01T00:00:00.000Z",
    member_count: guild.members.size,
    roles: guild.roles.map((role, position) => ({
      id: role.id,
      name: role.name,
      permissions: role.permissions.toString(),
      position,
      color: 0,
      colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
      hoist: false,
      managed: false,
      mentionable: true,
      flags: 0,
    })),
    members: [...guild.members.keys()]
      .filter((id) => id === world.botUser.id)
      .map((id) => ({ ...memberPayload(world, guild, id), user: userPayload(world.botUser) })),
    channels: channels.filter((channel) => channel.type !== 11).map((channel) => channelPayload(world, channel)),
    threads: channels
      .filter((channel) => channel.type === 11 && !channel.archived)
      .map((channel) => channelPayload(world, channel)),
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

/** `readable` false leaves content and components out, as the gateway does without the message-content intent. */
export function messagePayload(world: World, message: FakeMessage, readable = true): Json {
  const channel = world.channels.get(message.channelId);
  const replied = message.replyTo === null ? undefined : world.messages.get(message.replyTo);
  return {
    id: message.id,
    channel_id: message.channelId,
    type: message.replyTo === null ? 0 : 19,
    author: userPayload(message.author),
    content: readable ? message.content : "",
    timestamp: "2025-01-01T00:00:00.000Z",
    edited_timestamp: message.edits > 0 ? "2025-01-01T00:00:01.000Z" : null,
    tts: false,
    mention_everyone: message.pings.everyone,
    mentions: message.mentions.flatMap((id) => {
      const user = world.users.get(id);
      return user === undefined ? [] : [userPayload(user)];
    }),
    mention_roles: message.pings.roles,
    attachments: readable ? message.attachments : [],
    embeds: readable ? message.embeds : [],
    components: readable ? message.components : [],
    pinned: false,
    flags: message.flags,
    ...(message.nonce === null ? {} : { nonce: message.nonce }),
    ...(message.webhookId === null ? {} : { webhook_id: message.webhookId }),
    ...(message.replyTo === null
      ? {}
      : {
          message_reference: {
            type: 0,
            channel_id: message.channelId,
            message_id: message.replyTo,
            ...((channel?.guildId ?? null) === null ? {} : { guild_id: channel?.guildId }),
          },
          referenced_message: replied === undefined ? null : messagePayload(world, { ...replied, replyTo: null }, readable),
        }),
  };
}
