// What `doctor` asks about Discord: the token, the application, its commands, and whether the bot may do its work in the channels that servers
// named and where digests go. Reads only, over REST; each failing check names its way out.
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
import type { Clock } from "../../clock.ts";
import { Failure, reasonOf } from "../../failure.ts";
import type { DoctorCheck } from "../../results.ts";
import type { Settings } from "../../settings.ts";
import type { DigestStore } from "../../stores/digests.ts";
import type { StateStore } from "../../stores/state.ts";
import { THREADS } from "./gateway/caller.ts";
import { TOKEN_HINT, createRest, startFailure } from "./gateway/connection.ts";
import { RESERVE, startsLeft } from "./gateway/identify-budget.ts";
import { registerWith } from "./registration.ts";
import { createServerBook, type ServerBook } from "./server-settings.ts";

const NEEDED = [
  ["View Channel", PermissionFlagsBits.ViewChannel],
  ["Send Messages", PermissionFlagsBits.SendMessages],
  ["Send Messages in Threads", PermissionFlagsBits.SendMessagesInThreads],
  ["Read Message History", PermissionFlagsBits.ReadMessageHistory],
] as const;

/** What the bot does without where it must. */
const WISHED = [["Attach Files", PermissionFlagsBits.AttachFiles, "timelines come without their picture"]] as const;

/** What the invitation asks for. */
const INVITE_PERMISSIONS = [...NEEDED, ...WISHED].reduce((sum, [, bit]) => sum | bit, 0n);

/** Enough for most bots; a larger one is told what was looked at. */
const SERVERS = 50;

/** No check when no token is set: the bot is then simply not used. Never throws. */
export async function discordChecks({
  settings,
  clock,
  state,
}: {
  settings: Settings;
  clock: Clock;
  state: StateStore;
}): Promise<DoctorCheck[]> {
  if (settings.discordToken === null) return [];
  const rest = createRest(settings, settings.discordToken);
  const bot = { id: "" };
  const token = await attempt("discord token", settings, async () => {
    const user = (await rest.get(Routes.user())) as { id: string; username: string };
    bot.id = user.id;
    return passed("discord token", `accepted, the bot is ${user.username}`);
  });
  if (!token.ok) return [token];
  const application = { id: "" };
  return [
    token,
    await attempt("discord application", settings, async () => {
      const found = (await rest.get(Routes.currentApplication())) as { id: string; name: string };
      application.id = found.id;
      const invite = `https://discord.com/oauth2/authorize?client_id=${found.id}&scope=bot+applications.commands&permissions=${INVITE_PERMISSIONS}`;
      return passed("discord application", `${found.name}, invite: ${invite}`);
    }),
    passed("discord intents", "guilds, guild messages and direct messages: none is privileged"),
    await attempt("discord starts", settings, () => startsCheck(rest)),
    await attempt("discord commands", settings, () => commandsCheck(rest, application.id, settings)),
    await attempt("discord channels", settings, () => channelCheck(rest, bot.id, createServerBook(state))),
    await attempt("digest channels", settings, () => digestChannelCheck(rest, bot.id, state.digests)),
    await attempt("clock", settings, () => clockCheck(settings, clock)),
  ];
}

const passed = (name: string, detail: string): DoctorCheck => ({ name, ok: true, detail, fix: null });
const failed = (name: string, detail: string, fix: string): DoctorCheck => ({ name, ok: false, detail, fix });

async function attempt(name: string, settings: Settings, check: () => Promise<DoctorCheck>): Promise<DoctorCheck> {
  try {
    return await check();
  } catch (cause) {
    const failure = startFailure(cause, settings);
    return failure instanceof Failure ? failed(name, failure.message, failure.hint) : failed(name, reasonOf(cause), TOKEN_HINT);
  }
}

async function startsCheck(rest: REST): Promise<DoctorCheck> {
  const { remaining, total } = await startsLeft(rest);
  const detail = `${remaining} of ${total} starts left today`;
  if (remaining >= RESERVE) return passed("discord starts", detail);
  return failed("discord starts", detail, "Something restarts the bot in a loop: stop it until the count is renewed.");
}

async function commandsCheck(rest: REST, applicationId: string, settings: Settings): Promise<DoctorCheck> {
  const { scope, unchanged, ...report } = await registerWith(rest, applicationId, settings.discordGuildId, true);
  const open = [...report.added, ...report.changed, ...report.removed];
  if (open.length === 0) return passed("discord commands", `${unchanged.length} registered (${scope})`);
  const detail = `not registered as they are now (${scope}): ${open.join(", ")}`;
  return failed("discord commands", detail, "Run: npm run --silent briefing -- register (the bot also does it when it starts).");
}

/** Discord's Date header against ours: limits of interactions and dates in answers hang on the clock. */
async function clockCheck(settings: Settings, clock: Clock): Promise<DoctorCheck> {
  const response = await fetch(`${settings.discordApiUrl}/v10/gateway`, { signal: AbortSignal.timeout(10_000) });
  const theirs = Date.parse(response.headers.get("date") ?? "");
  if (Number.isNaN(theirs)) return passed("clock", "Discord gave no time to compare with");
  const seconds = Math.round((clock.now().getTime() - theirs) / 1000);
  if (Math.abs(seconds) <= 5) return passed("clock", "agrees with Discord's");
  const detail = `this machine's clock is ${Math.abs(seconds)} s ${seconds > 0 ? "ahead" : "behind"}`;
  return failed("clock", detail, "Let the system keep its time by NTP (e.g. timedatectl set-ntp true).");
}

/** Throws what Discord answers to the list of servers; a channel that cannot be read is a finding. */
async function channelCheck(rest: REST, botId: string, servers: ServerBook): Promise<DoctorCheck> {
  const guilds = (await rest.get(Routes.userGuilds())) as { id: string; name: string }[];
  const found: Finding[] = [];
  let looked = 0;
  for (const { id, name } of guilds.slice(0, SERVERS)) {
    const { channels } = await servers.of(id);
    const server = channels.length === 0 ? null : await serverOf(rest, id, botId);
    for (const channelId of channels) {
      looked += 1;
      found.push(
        ...(await troubleIn(rest, server, channelId, "answers")).map((each) => ({ ...each, text: `${name}: ${each.text}` })),
      );
    }
  }
  const where =
    looked === 0 ? "no server names channels: the bot answers wherever it may write" : `${looked} named, all open to the bot`;
  const detail = guilds.length > SERVERS ? `${where} (${SERVERS} of ${guilds.length} servers looked at)` : where;
  return channelReport("discord channels", found, detail, "take the channel out with /config channels remove");
}

/** Channels of the digests that are not paused: of those that are, the check `digests` tells why. */
async function digestChannelCheck(rest: REST, botId: string, digests: DigestStore): Promise<DoctorCheck> {
  const active = (await digests.schedules()).filter(({ paused }) => !paused);
  const found: Finding[] = [];
  const servers = new Map<string, Promise<Server | null>>();
  for (const { id, guildId, channelId } of active) {
    const server = servers.get(guildId) ?? serverOf(rest, guildId, botId);
    servers.set(guildId, server);
    const troubles = await troubleIn(rest, await server, channelId, "a digest");
    found.push(...troubles.filter(({ serious }) => serious).map((each) => ({ ...each, text: `digest ${id}: ${each.text}` })));
  }
  const detail = active.length === 0 ? "no digest is due anywhere" : `${active.length} digests, all channels open to the bot`;
  return channelReport("digest channels", found, detail, "end the digest with /digest remove");
}

interface Finding {
  text: string;
  /** Nothing arrives there. */
  serious: boolean;
}

function channelReport(name: string, found: readonly Finding[], detail: string, otherwise: string): DoctorCheck {
  const serious = found.filter((each) => each.serious).map(({ text }) => text);
  if (serious.length === 0) return passed(name, [detail, ...found.map(({ text }) => text)].join("; "));
  return failed(
    name,
    serious.join("; "),
    `In the channel's settings, Permissions, allow the bot what is missing; or ${otherwise}.`,
  );
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
  server: Server | null,
  channelId: string,
  purpose: "answers" | "a digest",
): Promise<Finding[]> {
  const serious = (text: string): Finding[] => [{ text, serious: true }];
  if (server === null) return serious("the bot is no longer in its server");
  try {
    const channel = (await rest.get(Routes.channel(channelId))) as SeenChannel;
    const isThread = THREADS.includes(channel.type);
    const { archived = false, locked = false } = channel.thread_metadata ?? {};
    const place = `in #${channel.name ?? channelId}`;
    if (archived || locked) return serious(`${place}, a thread, nothing can be posted: it is archived or locked`);
    // a thread has the overwrites of its channel
    const parent = isThread && typeof channel.parent_id === "string" ? channel.parent_id : null;
    const ruled = parent === null ? channel : ((await rest.get(Routes.channel(parent))) as SeenChannel);
    const held = permissionsOf(server, ruled.permission_overwrites ?? []);
    const idle = purpose === "answers" ? "" : isThread ? "Send Messages" : "Send Messages in Threads";
    const missing = NEEDED.filter(([each, bit]) => each !== idle && (held & bit) === 0n).map(([each]) => each);
    if (missing.length > 0) return serious(`${place} the bot is missing ${missing.join(", ")}`);
    const missed = WISHED.filter(([, bit]) => (held & bit) === 0n);
    return missed.map(([each, , loss]) => ({ text: `${place}, without ${each} ${loss}`, serious: false }));
  } catch (cause) {
    if (cause instanceof DiscordAPIError && cause.status === 404) return serious(`channel ${channelId} is gone`);
    if (cause instanceof DiscordAPIError && cause.status === 403)
      return serious(`channel ${channelId} cannot be seen by the bot`);
    throw cause;
  }
}

/** As Discord's documentation has it: the server's roles, then overwrites for everyone, for roles together, for the member. */
function permissionsOf({ guild, holders: [self = "", ...roles] }: Server, overwrites: readonly APIOverwrite[]): bigint {
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
