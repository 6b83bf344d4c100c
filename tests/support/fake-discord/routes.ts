// What each REST route does to the world: messages, typing, commands, interaction answers.
import { MessageFlags, PermissionFlagsBits } from "discord.js";
import type { FakeCommands } from "./commands.ts";
import { callbackError, tokenError, type FakeInteraction } from "./interactions.ts";
import { channelPayload, guildPayload, memberPayload, messagePayload, userPayload } from "./payloads.ts";
import { refuse, type Reply, type RouteEntry, type SentFile } from "./rest.ts";
import { attachUploads } from "./uploads.ts";
import type { FakeChannel, FakeMessage, Json, World } from "./world.ts";

export interface RouteDeps {
  world: World;
  commands: FakeCommands;
  interactions: Map<string, FakeInteraction>;
  now: () => number;
  gatewayUrl: () => string;
  /** As many connections as Discord recommends. */
  shards: () => number;
  startsLeft: () => number;
  /** Whether a repeated nonce is still recognised: Discord forgets it after some minutes. */
  knowsNonces: () => boolean;
  typing: { channelId: string; at: number }[];
  /** A message of the bot appeared or changed. */
  announce: (message: FakeMessage, event: "MESSAGE_CREATE" | "MESSAGE_UPDATE") => void;
}

const ID = "(\\d+)";
const at = (path: string): RegExp => new RegExp(`^${path}$`);

export function createRoutes(deps: RouteDeps): RouteEntry[] {
  const { world, commands, interactions, now } = deps;
  const ok = (body: unknown): Reply => ({ status: 200, body });
  const none: Reply = { status: 204 };
  const message = (id: string | undefined): FakeMessage | undefined => world.messages.get(id ?? "");
  const byToken = (token: string | undefined): FakeInteraction | undefined =>
    [...interactions.values()].find((interaction) => interaction.token === token);
  /** The interaction whose token may still be used for edits and follow-ups, or its refusal. */
  const answerable = (token: string | undefined): FakeInteraction | Reply => {
    const interaction = byToken(token);
    const error = tokenError(interaction, now());
    if (error === null && interaction !== undefined) return interaction;
    return refuse(error?.status ?? 404, error?.code ?? 0, error?.message ?? "");
  };

  /** The refusal for the bot in this channel, or the channel. */
  function place(channelId: string | undefined, ...needed: bigint[]): FakeChannel | Reply {
    const channel = world.channels.get(channelId ?? "");
    if (channel === undefined) return refuse(404, 10003, "Unknown Channel");
    const held = world.permissions(world.botUser.id, channel);
    if ((held & PermissionFlagsBits.ViewChannel) === 0n) return refuse(403, 50001, "Missing Access");
    if (needed.some((bit) => (held & bit) === 0n)) return refuse(403, 50013, "Missing Permissions");
    return channel;
  }
  const sending = (channelId: string | undefined): FakeChannel | Reply => {
    const thread = world.channels.get(channelId ?? "")?.type === 11;
    return place(channelId, thread ? PermissionFlagsBits.SendMessagesInThreads : PermissionFlagsBits.SendMessages);
  };

  /** Null where an interaction's place is still there and open. */
  function goneOrClosed(channelId: string): Reply | null {
    const channel = world.channels.get(channelId);
    if (channel === undefined) return refuse(404, 10003, "Unknown Channel");
    return channel.archived && channel.locked ? refuse(400, 50083, "Thread is archived") : null;
  }

  /** Null where the bot may send these files. */
  function filesRefused(channelId: string, files: readonly SentFile[]): Reply | null {
    const channel = world.channels.get(channelId);
    const held = channel === undefined ? 0n : world.permissions(world.botUser.id, channel);
    return files.length > 0 && (held & PermissionFlagsBits.AttachFiles) === 0n ? refuse(403, 50013, "Missing Permissions") : null;
  }

  function write(target: FakeMessage, body: Json, defaults: string[], files: readonly SentFile[] = []): void {
    attachUploads(world, target, body, files);
    if (typeof body["content"] === "string") target.content = body["content"].trim();
    if (Array.isArray(body["components"])) target.components = body["components"] as Json[];
    if (Array.isArray(body["embeds"])) target.embeds = body["embeds"] as Json[];
    if (typeof body["flags"] === "number")
      target.flags = (target.flags & MessageFlags.Ephemeral) | (body["flags"] & ~MessageFlags.Loading);
    const allowed = body["allowed_mentions"] as { parse?: string[]; users?: string[]; roles?: string[] } | undefined;
    const parse = allowed === undefined ? defaults : (allowed.parse ?? []);
    const channel = world.channels.get(target.channelId);
    const mayAll =
      channel !== undefined && (world.permissions(world.botUser.id, channel) & PermissionFlagsBits.MentionEveryone) !== 0n;
    const users = [...target.content.matchAll(/<@!?(\d+)>/g)].map((found) => found[1] ?? "");
    const roles = [...target.content.matchAll(/<@&(\d+)>/g)].map((found) => found[1] ?? "");
    if (parse.includes("everyone") && mayAll && /@(everyone|here)/.test(target.content)) target.pings.everyone = true;
    target.pings.users.push(...users.filter((id) => parse.includes("users") || allowed?.users?.includes(id)));
    target.pings.roles.push(...roles.filter((id) => parse.includes("roles") || allowed?.roles?.includes(id)));
    const links = [...target.content.matchAll(/(<?)https?:\/\/[^\s>)]+/g)]
      .filter((found) => found[1] !== "<")
      .map((found) => found[0]);
    const invites = [...target.content.matchAll(/discord(?:app)?\.(?:gg|com\/invite)\/[\w-]+/g)].map((found) => found[0]);
    target.previews = (target.flags & MessageFlags.SuppressEmbeds) === 0 ? [...links, ...invites] : invites;
  }

  function create(
    channelId: string,
    body: Json,
    more: Partial<FakeMessage>,
    defaults: string[],
    files: readonly SentFile[] = [],
  ): FakeMessage {
    const created: FakeMessage = {
      id: world.newId(),
      channelId,
      author: world.botUser,
      webhookId: null,
      content: "",
      flags: 0,
      components: [],
      embeds: [],
      attachments: [],
      replyTo: (body["message_reference"] as { message_id?: string } | undefined)?.message_id ?? null,
      ephemeralFor: null,
      pings: { everyone: false, users: [], roles: [] },
      previews: [],
      mentions: [],
      nonce: typeof body["nonce"] === "string" ? body["nonce"] : null,
      edits: 0,
      deferred: false,
      interactionId: null,
      ...more,
    };
    write(created, body, defaults, files);
    world.messages.set(created.id, created);
    if (created.ephemeralFor === null) deps.announce(created, "MESSAGE_CREATE");
    return created;
  }

  function edit(target: FakeMessage, body: Json, defaults: string[], files: readonly SentFile[] = []): Reply {
    write(target, body, defaults, files);
    target.edits += 1;
    target.deferred = false;
    if (target.ephemeralFor === null) deps.announce(target, "MESSAGE_UPDATE");
    return ok(messagePayload(world, target));
  }

  function callback(interaction: FakeInteraction, body: Json, query: URLSearchParams): Reply {
    const type = Number(body["type"]);
    const data = (body["data"] ?? {}) as Json;
    interaction.acknowledged = { type, afterMs: now() - interaction.createdAt, data };
    const hidden = (Number(data["flags"] ?? 0) & MessageFlags.Ephemeral) !== 0;
    const more = {
      ephemeralFor: hidden ? interaction.user.id : null,
      webhookId: world.botUser.id,
      interactionId: interaction.id,
      flags: hidden ? MessageFlags.Ephemeral : 0,
    };
    if (type === 4) interaction.responseId = create(interaction.channelId, data, more, ["users"]).id;
    if (type === 5) {
      interaction.responseId = create(
        interaction.channelId,
        {},
        { ...more, deferred: true, flags: more.flags | MessageFlags.Loading },
        [],
      ).id;
    }
    if (type === 6 || type === 7) {
      interaction.responseId = interaction.messageId;
      const target = message(interaction.messageId ?? undefined);
      if (type === 7 && target !== undefined) edit(target, data, ["users"]);
    }
    if (query.get("with_response") !== "true") return none;
    const made = message(interaction.responseId ?? undefined);
    return ok({
      interaction: { id: interaction.id, type: interaction.type },
      resource: { type, ...(made === undefined ? {} : { message: messagePayload(world, made) }) },
    });
  }

  const scoped = (match: RegExpMatchArray): string | null => match[2] ?? null;
  const commandsPath = at(`/applications/${ID}(?:/guilds/${ID})?/commands`);

  return [
    {
      method: "GET",
      path: at("/gateway/bot"),
      handle: () =>
        ok({
          url: deps.gatewayUrl(),
          shards: deps.shards(),
          session_start_limit: { total: 1000, remaining: deps.startsLeft(), reset_after: 3_600_000, max_concurrency: 1 },
        }),
    },
    { method: "GET", path: at("/users/@me"), handle: () => ok(userPayload(world.botUser)) },
    {
      method: "GET",
      path: at("/applications/@me"),
      handle: () =>
        ok({ id: world.botUser.id, name: world.botUser.username, flags: 0, bot_public: true, bot: userPayload(world.botUser) }),
    },
    { method: "GET", path: commandsPath, handle: (match) => ok(commands.list(scoped(match))) },
    {
      method: "PUT",
      path: commandsPath,
      checks: "commands",
      handle: (match, body) => {
        const guild = scoped(match);
        if (guild !== null && world.guilds.get(guild)?.members.has(world.botUser.id) !== true)
          return refuse(403, 50001, "Missing Access");
        return ok(commands.put(guild, body as unknown as Json[]));
      },
    },
    {
      method: "GET",
      path: at("/users/@me/guilds"),
      handle: () =>
        ok(
          [...world.guilds.values()]
            .filter((guild) => guild.members.has(world.botUser.id))
            .map((guild) => ({ id: guild.id, name: guild.name, icon: null, owner: false, permissions: "0", features: [] })),
        ),
    },
    {
      method: "GET",
      path: at(`/guilds/${ID}`),
      handle: (match) => {
        const guild = world.guilds.get(match[1] ?? "");
        return guild === undefined ? refuse(404, 10004, "Unknown Guild") : ok(guildPayload(world, guild));
      },
    },
    {
      method: "GET",
      path: at(`/guilds/${ID}/members/${ID}`),
      handle: (match) => {
        const guild = world.guilds.get(match[1] ?? "");
        const user = world.users.get(match[2] ?? "");
        if (guild?.members.has(match[2] ?? "") !== true || user === undefined) return refuse(404, 10007, "Unknown Member");
        return ok({ ...memberPayload(world, guild, user.id), user: userPayload(user) });
      },
    },
    {
      method: "POST",
      path: at("/users/@me/channels"),
      handle: (_match, body) => {
        const { recipient_id: recipientId = "" } = body as { recipient_id?: string };
        const known = [...world.channels.values()].find((channel) => channel.type === 1 && channel.recipientId === recipientId);
        return ok(channelPayload(world, known ?? world.addChannel(null, "direct", { recipientId })));
      },
    },
    {
      method: "GET",
      path: at(`/channels/${ID}`),
      handle: (match) => {
        const channel = place(match[1]);
        return "status" in channel ? channel : ok(channelPayload(world, channel));
      },
    },
    {
      method: "POST",
      path: at(`/channels/${ID}/typing`),
      handle: (match) => {
        const channel = sending(match[1]);
        if ("status" in channel) return channel;
        deps.typing.push({ channelId: channel.id, at: Date.now() });
        return none;
      },
    },
    {
      method: "GET",
      path: at(`/channels/${ID}/messages`),
      handle: (match, _body, query) => {
        const channel = place(match[1], PermissionFlagsBits.ReadMessageHistory);
        if ("status" in channel) return channel;
        const after = query.get("after");
        const all = world
          .inChannel(channel.id)
          .filter((each) => each.ephemeralFor === null && (after === null || BigInt(each.id) > BigInt(after)));
        return ok(
          all
            .slice(-Number(query.get("limit") ?? 50))
            .reverse()
            .map((each) => messagePayload(world, each)),
        );
      },
    },
    {
      method: "POST",
      path: at(`/channels/${ID}/messages`),
      checks: "create",
      handle: (match, body, _query, files) => {
        const channel = sending(match[1]);
        if ("status" in channel) return channel;
        const refused = filesRefused(channel.id, files);
        if (refused !== null) return refused;
        if (channel.archived || channel.locked) return refuse(400, 50083, "Thread is archived");
        const reference = body["message_reference"] as { message_id?: string; fail_if_not_exists?: boolean } | undefined;
        if (reference !== undefined && message(reference.message_id) === undefined) {
          if (reference.fail_if_not_exists !== false) return refuse(400, 50035, "Invalid Form Body: Unknown message");
          delete body["message_reference"];
        }
        const again =
          deps.knowsNonces() &&
          body["enforce_nonce"] === true &&
          world.inChannel(channel.id).find((each) => each.nonce === body["nonce"]);
        if (again) return ok(messagePayload(world, again));
        return ok(messagePayload(world, create(channel.id, body, {}, ["everyone", "users", "roles"], files)));
      },
    },
    {
      method: "GET",
      path: at(`/channels/${ID}/messages/${ID}`),
      handle: (match) => {
        const channel = place(match[1], PermissionFlagsBits.ReadMessageHistory);
        if ("status" in channel) return channel;
        const found = message(match[2]);
        return found === undefined || found.ephemeralFor !== null
          ? refuse(404, 10008, "Unknown Message")
          : ok(messagePayload(world, found));
      },
    },
    {
      method: "PATCH",
      path: at(`/channels/${ID}/messages/${ID}`),
      checks: "edit",
      handle: (match, body, _query, files) => {
        const channel = place(match[1]);
        if ("status" in channel) return channel;
        const found = message(match[2]);
        if (found === undefined || found.ephemeralFor !== null) return refuse(404, 10008, "Unknown Message");
        if (found.author.id !== world.botUser.id) return refuse(403, 50005, "Cannot edit a message authored by another user");
        return filesRefused(channel.id, files) ?? edit(found, body, ["everyone", "users", "roles"], files);
      },
    },
    {
      method: "DELETE",
      path: at(`/channels/${ID}/messages/${ID}`),
      handle: (match) => (world.messages.delete(match[2] ?? "") ? none : refuse(404, 10008, "Unknown Message")),
    },
    {
      method: "POST",
      path: at(`/interactions/${ID}/([\\w.-]+)/callback`),
      checks: "callback",
      open: true,
      handle: (match, body, query) => {
        const interaction = interactions.get(match[1] ?? "");
        const error = callbackError(interaction, now());
        if (error !== null || interaction === undefined)
          return refuse(error?.status ?? 404, error?.code ?? 0, error?.message ?? "");
        return callback(interaction, body, query);
      },
    },
    {
      method: "POST",
      path: at(`/webhooks/${ID}/([\\w.-]+)`),
      checks: "webhook-create",
      open: true,
      handle: (match, body, _query, files) => {
        const interaction = answerable(match[2]);
        if ("status" in interaction) return interaction;
        const refused = goneOrClosed(interaction.channelId) ?? filesRefused(interaction.channelId, files);
        if (refused !== null) return refused;
        if (interaction.userInstall && interaction.followUps.length >= 5)
          return refuse(400, 40094, "Too many follow-up messages");
        const hidden = (Number(body["flags"] ?? 0) & MessageFlags.Ephemeral) !== 0;
        const made = create(
          interaction.channelId,
          body,
          {
            ephemeralFor: hidden ? interaction.user.id : null,
            webhookId: world.botUser.id,
            interactionId: interaction.id,
            flags: hidden ? MessageFlags.Ephemeral : 0,
          },
          ["users"],
          files,
        );
        interaction.followUps.push(made.id);
        return ok(messagePayload(world, made));
      },
    },
    {
      method: "GET",
      path: at(`/webhooks/${ID}/([\\w.-]+)/messages/(@original|\\d+)`),
      open: true,
      handle: (match) => {
        const found = message(match[3] === "@original" ? (byToken(match[2])?.responseId ?? undefined) : match[3]);
        return found === undefined ? refuse(404, 10008, "Unknown Message") : ok(messagePayload(world, found));
      },
    },
    {
      method: "PATCH",
      path: at(`/webhooks/${ID}/([\\w.-]+)/messages/(@original|\\d+)`),
      checks: "webhook-edit",
      open: true,
      handle: (match, body, _query, files) => {
        const interaction = answerable(match[2]);
        if ("status" in interaction) return interaction;
        const found = message(match[3] === "@original" ? (interaction.responseId ?? undefined) : match[3]);
        if (found === undefined) return refuse(404, 10008, "Unknown Message");
        const refused = goneOrClosed(interaction.channelId) ?? filesRefused(interaction.channelId, files);
        return refused ?? edit(found, body, ["users"], files);
      },
    },
  ];
}
