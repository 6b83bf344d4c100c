// A Discord of our own on the loopback: real HTTP and WebSocket, so that an unmodified discord.js connects to it. Tests act as people
// (say, slash, press …) and read what the bot did. It knows nothing of the bot.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { GatewayIntentBits } from "discord.js";
import { createFakeCommands, type FakeCommands } from "./commands.ts";
import { createFakeGateway, type FakeGateway } from "./gateway.ts";
import type { FakeInteraction } from "./interactions.ts";
import { channelPayload, memberPayload, messagePayload, userPayload } from "./payloads.ts";
import { createFakeRest, type FakeRest } from "./rest.ts";
import { createRoutes } from "./routes.ts";
import { createWorld, type FakeChannel, type FakeMessage, type FakeUser, type Json, type World } from "./world.ts";

export interface FakeDiscord {
  token: string;
  /** For DISCORD_API_URL. */
  apiUrl: string;
  world: World;
  gateway: FakeGateway;
  rest: FakeRest;
  commands: FakeCommands;
  typing: { channelId: string; at: number }[];
  interactions: Map<string, FakeInteraction>;
  /** Moves the clock that limits are measured by. */
  advance(ms: number): void;
  startsLeft: number;
  /** Connections that Discord recommends. */
  shards: number;
  /** False: every nonce is new, as after some minutes. */
  knowsNonces: boolean;
  say(user: FakeUser, channel: FakeChannel, content: string, more?: Partial<FakeMessage>): FakeMessage;
  slash(user: FakeUser, channel: FakeChannel, name: string, options?: Json, more?: { userInstall?: boolean }): FakeInteraction;
  autocomplete(user: FakeUser, channel: FakeChannel, name: string, focused: string, typed: string): FakeInteraction;
  /** A file that somebody attached, as the value of a command's option. */
  attach(name: string, content: string): Json;
  press(user: FakeUser, message: FakeMessage, customId: string): FakeInteraction;
  menu(user: FakeUser, message: FakeMessage, name: string): FakeInteraction;
  submit(user: FakeUser, channel: FakeChannel, customId: string, values: Record<string, string>): FakeInteraction;
  /** The bot's messages in the channel, as this person sees them (null: what everyone sees). */
  botMessages(channel: FakeChannel, viewer?: FakeUser | null): FakeMessage[];
  close(): Promise<void>;
}

const ATTACHMENT = 11;

/** The options of a registered command, or of one of its subcommands. */
function optionsOf(command: Json | null, subcommand: string | undefined): Json[] {
  const options = (command?.["options"] ?? []) as Json[];
  if (subcommand === undefined) return options;
  return (options.find((option) => option["name"] === subcommand)?.["options"] ?? []) as Json[];
}

export async function startFakeDiscord(token = "fake.bot.token"): Promise<FakeDiscord> {
  let offset = 0;
  const now = (): number => Date.now() + offset;
  const world = createWorld(now);
  const commands = createFakeCommands(world);
  const interactions = new Map<string, FakeInteraction>();
  const typing: FakeDiscord["typing"] = [];
  let port = 0;
  const routes = createRoutes({
    world,
    commands,
    interactions,
    now,
    gatewayUrl: () => `ws://127.0.0.1:${port}`,
    startsLeft: () => fake.startsLeft,
    shards: () => fake.shards,
    knowsNonces: () => fake.knowsNonces,
    typing,
    announce,
  });
  const rest = createFakeRest(token, routes);
  const server = createServer(rest.handler);
  const gateway = createFakeGateway(server, world, token, () => `ws://127.0.0.1:${port}`);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;

  function announce(message: FakeMessage, event: string): void {
    const channel = world.channels.get(message.channelId);
    if (channel === undefined) return;
    const guild = channel.guildId === null ? undefined : world.guilds.get(channel.guildId);
    // the gateway hides the content from a bot without the intent, unless it is concerned
    const readable =
      guild === undefined ||
      message.author.id === world.botUser.id ||
      message.mentions.includes(world.botUser.id) ||
      (gateway.intents() & GatewayIntentBits.MessageContent) !== 0;
    gateway.dispatch(
      event,
      {
        ...messagePayload(world, message, readable),
        channel_type: channel.type,
        ...(guild === undefined ? {} : { guild_id: guild.id, member: memberPayload(world, guild, message.author.id) }),
      },
      guild === undefined ? GatewayIntentBits.DirectMessages : GatewayIntentBits.GuildMessages,
    );
  }

  function interact(
    user: FakeUser,
    channel: FakeChannel,
    type: number,
    data: Json,
    message: FakeMessage | null,
    userInstall = false,
  ): FakeInteraction {
    const id = world.newId();
    const interaction: FakeInteraction = {
      id,
      token: `token-${id}`,
      type,
      user,
      channelId: channel.id,
      guildId: channel.guildId,
      createdAt: now(),
      messageId: message?.id ?? null,
      acknowledged: null,
      responseId: null,
      followUps: [],
      userInstall,
    };
    interactions.set(id, interaction);
    const guild = channel.guildId === null ? undefined : world.guilds.get(channel.guildId);
    gateway.dispatch("INTERACTION_CREATE", {
      id,
      application_id: world.botUser.id,
      type,
      data,
      token: interaction.token,
      version: 1,
      channel_id: channel.id,
      channel: channelPayload(world, channel),
      locale: "en-US",
      entitlements: [],
      app_permissions: world.permissions(world.botUser.id, channel).toString(),
      authorizing_integration_owners: userInstall ? { 1: user.id } : { 0: channel.guildId ?? "0" },
      context: guild === undefined ? 1 : 0,
      attachment_size_limit: 10_485_760,
      ...(guild === undefined
        ? { user: userPayload(user) }
        : {
            guild_id: guild.id,
            guild_locale: "en-US",
            guild: { id: guild.id, features: [], locale: "en-US" },
            member: { ...memberPayload(world, guild, user.id, channel), user: userPayload(user) },
          }),
      ...(message === null ? {} : { message: messagePayload(world, message) }),
    });
    return interaction;
  }

  /** The command as this person sees it; the client would not let them send anything else. */
  function command(name: string, type: number, channel: FakeChannel): Json {
    const found = commands.find(name, type, channel.guildId);
    if (found === null) throw new Error(`no command ${name} is registered`);
    return { id: found["id"], name, type };
  }

  const fake: FakeDiscord = {
    token,
    apiUrl: `http://127.0.0.1:${port}/api`,
    world,
    gateway,
    rest,
    commands,
    typing,
    interactions,
    advance(ms) {
      offset += ms;
    },
    startsLeft: 1000,
    shards: 1,
    knowsNonces: true,
    say(user, channel, content, more = {}) {
      const replied = (more.replyTo ?? null) === null ? undefined : world.messages.get(more.replyTo ?? "");
      const named = [...content.matchAll(/<@!?(\d+)>/g)].map((match) => match[1] ?? "");
      // a reply pings the author of what it replies to, but not through a slash command's answer
      const pinged = replied === undefined || replied.webhookId !== null ? [] : [replied.author.id];
      const message: FakeMessage = {
        id: world.newId(),
        channelId: channel.id,
        author: user,
        webhookId: null,
        content,
        flags: 0,
        components: [],
        embeds: [],
        attachments: [],
        replyTo: null,
        ephemeralFor: null,
        pings: { everyone: false, users: [], roles: [] },
        previews: [],
        mentions: [...new Set([...named, ...pinged])],
        nonce: null,
        edits: 0,
        deferred: false,
        interactionId: null,
        ...more,
      };
      world.messages.set(message.id, message);
      announce(message, "MESSAGE_CREATE");
      return message;
    },
    slash(user, channel, name, options = {}, more = {}) {
      const [first = "", sub] = name.split(" ");
      const shapes = optionsOf(commands.find(first, 1, channel.guildId), sub);
      const attachments: Json = {};
      const values = Object.entries(options).map(([key, value]) => {
        const type = Number(shapes.find((shape) => shape["name"] === key)?.["type"] ?? 3);
        if (type !== ATTACHMENT) return { name: key, type, value };
        const id = world.newId();
        attachments[id] = { id, ...(value as Json) };
        return { name: key, type, value: id };
      });
      const data = {
        ...command(first, 1, channel),
        ...(Object.keys(attachments).length === 0 ? {} : { resolved: { attachments } }),
        options: sub === undefined ? values : [{ name: sub, type: 1, options: values }],
      };
      return interact(user, channel, 2, data, null, more.userInstall ?? false);
    },
    autocomplete(user, channel, name, focused, typed) {
      const [first = "", sub] = name.split(" ");
      const options = [{ name: focused, type: 3, value: typed, focused: true }];
      const data = { ...command(first, 1, channel), options: sub === undefined ? options : [{ name: sub, type: 1, options }] };
      return interact(user, channel, 4, data, null);
    },
    attach(name, content) {
      const path = `/files/${world.newId()}/${name}`;
      rest.files.set(path, Buffer.from(content));
      const url = `http://127.0.0.1:${port}${path}`;
      return { filename: name, size: Buffer.byteLength(content), url, proxy_url: url };
    },
    press(user, message, customId) {
      const channel = world.channels.get(message.channelId);
      const shown = message.components.flatMap((row) => (row["components"] ?? []) as Json[]);
      if (channel === undefined || !shown.some((part) => part["custom_id"] === customId))
        throw new Error(`no button ${customId}`);
      return interact(user, channel, 3, { custom_id: customId, component_type: 2 }, message);
    },
    menu(user, message, name) {
      const channel = world.channels.get(message.channelId);
      if (channel === undefined) throw new Error("the message has no channel");
      const resolved = { messages: { [message.id]: messagePayload(world, message) } };
      return interact(user, channel, 2, { ...command(name, 3, channel), target_id: message.id, resolved }, null);
    },
    submit(user, channel, customId, values) {
      const components = Object.entries(values).map(([custom_id, value], id) => ({
        type: 18,
        id: id * 2 + 1,
        component: { type: 4, id: id * 2 + 2, custom_id, value },
      }));
      return interact(user, channel, 5, { custom_id: customId, components }, null);
    },
    botMessages(channel, viewer = null) {
      return world
        .inChannel(channel.id)
        .filter((message) => message.author.id === world.botUser.id)
        .filter((message) => message.ephemeralFor === null || message.ephemeralFor === viewer?.id);
    },
    async close() {
      gateway.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
  return fake;
}
