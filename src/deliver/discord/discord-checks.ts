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
import { NEEDED } from "./gateway/places.ts";
import { registerWith } from "./registration.ts";
import { createServerBook, type ServerBook } from "./server-settings.ts";

/** What the invitation asks for. */
const INVITE_PERMISSIONS = Object.values(NEEDED).reduce((sum, bit) => sum | bit, PermissionFlagsBits.AttachFiles);

/** Enough for most bots; a larger one is told what was looked at. */
const SERVERS = 50;

/** `fix` null: nothing is wrong. */
type Found = Pick<DoctorCheck, "detail" | "fix">;
const fine = (detail: string): Found => ({ detail, fix: null });

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
  const attempt = async (name: string, check: () => Promise<Found>): Promise<DoctorCheck> => {
    const found = await check().catch((cause: unknown) => {
      const failure = startFailure(cause, settings);
      if (failure instanceof Failure) return { detail: failure.message, fix: failure.hint };
      return { detail: reasonOf(cause), fix: TOKEN_HINT };
    });
    return { name, ok: found.fix === null, ...found };
  };
  let [bot, application] = ["", ""];
  const token = await attempt("discord token", async () => {
    const user = (await rest.get(Routes.user())) as { id: string; username: string };
    bot = user.id;
    return fine(`accepted, the bot is ${user.username}`);
  });
  if (!token.ok) return [token];
  return [
    token,
    await attempt("discord application", async () => {
      const { id, name } = (await rest.get(Routes.currentApplication())) as { id: string; name: string };
      application = id;
      const invite = `https://discord.com/oauth2/authorize?client_id=${id}&scope=bot+applications.commands&permissions=${INVITE_PERMISSIONS}`;
      return fine(`${name}, invite: ${invite}`);
    }),
    await attempt("discord intents", async () => fine("guilds, guild messages and direct messages: none is privileged")),
    await attempt("discord starts", async () => {
      const { remaining, total } = await startsLeft(rest);
      const looping = "Something restarts the bot in a loop: stop it until the count is renewed.";
      return { detail: `${remaining} of ${total} starts left today`, fix: remaining >= RESERVE ? null : looping };
    }),
    await attempt("discord commands", async () => {
      const { scope, unchanged, ...report } = await registerWith(rest, application, settings.discordGuildId, true);
      const open = [...report.added, ...report.changed, ...report.removed];
      if (open.length === 0) return fine(`${unchanged.length} registered (${scope})`);
      const fix = "Run: npm run --silent briefing -- register (the bot also does it when it starts).";
      return { detail: `not registered as they are now (${scope}): ${open.join(", ")}`, fix };
    }),
    await attempt("discord channels", () => channelCheck(rest, bot, createServerBook(state))),
    await attempt("digest channels", () => digestChannelCheck(rest, bot, state.digests)),
    await attempt("clock", () => clockCheck(settings, clock)),
  ];
}

/** Discord's Date header against ours: limits of interactions and dates in answers hang on the clock. */
async function clockCheck(settings: Settings, clock: Clock): Promise<Found> {
  const response = await fetch(`${settings.discordApiUrl}/v10/gateway`, { signal: AbortSignal.timeout(10_000) });
  const theirs = Date.parse(response.headers.get("date") ?? "");
  if (Number.isNaN(theirs)) return fine("Discord gave no time to compare with");
  const seconds = Math.round((clock.now().getTime() - theirs) / 1000);
  if (Math.abs(seconds) <= 5) return fine("agrees with Discord's");
  const detail = `this machine's clock is ${Math.abs(seconds)} s ${seconds > 0 ? "ahead" : "behind"}`;
  return { detail, fix: "Let the system keep its time by NTP (e.g. timedatectl set-ntp true)." };
}

/** Throws what Discord answers to the list of servers; a channel that cannot be read is a finding. */
async function channelCheck(rest: REST, botId: string, servers: ServerBook): Promise<Found> {
  const guilds = (await rest.get(Routes.userGuilds())) as { id: string; name: string }[];
  const troubles: Trouble[] = [];
  let looked = 0;
  for (const { id, name } of guilds.slice(0, SERVERS)) {
    const { channels } = await servers.of(id);
    const server = channels.length === 0 ? null : await serverOf(rest, id, botId);
    for (const channelId of channels) {
      looked += 1;
      const here = await troubleIn(rest, server, channelId, "answers");
      troubles.push(...here.map((each) => ({ ...each, text: `${name}: ${each.text}` })));
    }
  }
  const where =
    looked === 0 ? "no server names channels: the bot answers wherever it may write" : `${looked} named, all open to the bot`;
  const detail = guilds.length > SERVERS ? `${where} (${SERVERS} of ${guilds.length} servers looked at)` : where;
  return found(troubles, detail, "take the channel out with /config channels remove");
}

/** Channels of the digests that are not paused: of those that are, the check `digests` tells why. */
async function digestChannelCheck(rest: REST, botId: string, digests: DigestStore): Promise<Found> {
  const active = (await digests.schedules()).filter(({ paused }) => !paused);
  const troubles: Trouble[] = [];
  const servers = new Map<string, Promise<Server | null>>();
  for (const { id, guildId, channelId } of active) {
    const server = servers.get(guildId) ?? serverOf(rest, guildId, botId);
    servers.set(guildId, server);
    const here = (await troubleIn(rest, await server, channelId, "a digest")).filter(({ serious }) => serious);
    troubles.push(...here.map((each) => ({ ...each, text: `digest ${id}: ${each.text}` })));
  }
  const detail = active.length === 0 ? "no digest is due anywhere" : `${active.length} digests, all channels open to the bot`;
  return found(troubles, detail, "end the digest with /digest remove");
}

interface Trouble {
  text: string;
  /** Nothing arrives there. */
  serious: boolean;
}

function found(troubles: readonly Trouble[], detail: string, otherwise: string): Found {
  const serious = troubles.filter((each) => each.serious).map(({ text }) => text);
  if (serious.length === 0) return fine([detail, ...troubles.map(({ text }) => text)].join("; "));
  const fix = `In the channel's settings, Permissions, allow the bot what is missing; or ${otherwise}.`;
  return { detail: serious.join("; "), fix };
}

interface Server {
  guild: APIGuild;
  /** The bot, then its roles. */
  holders: string[];
}

const hasStatus = (cause: unknown, ...statuses: number[]): boolean =>
  cause instanceof DiscordAPIError && statuses.includes(cause.status);

/** Null where the bot is not in the server. */
async function serverOf(rest: REST, id: string, botId: string): Promise<Server | null> {
  try {
    const guild = (await rest.get(Routes.guild(id))) as APIGuild;
    const { roles } = (await rest.get(Routes.guildMember(id, botId))) as APIGuildMember;
    return { guild, holders: [botId, ...roles] };
  } catch (cause) {
    if (hasStatus(cause, 403, 404)) return null;
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
): Promise<Trouble[]> {
  const serious = (text: string): Trouble[] => [{ text, serious: true }];
  if (server === null) return serious("the bot is no longer in its server");
  try {
    const channel = (await rest.get(Routes.channel(channelId))) as SeenChannel;
    const isThread = THREADS.includes(channel.type);
    const { archived = false, locked = false } = channel.thread_metadata ?? {};
    const place = `in #${channel.name ?? channelId}`;
    if (archived || locked) return serious(`${place}, a thread, nothing can be posted: it is archived or locked`);
    // a thread has the overwrites of its channel
    const parent = isThread ? (channel.parent_id ?? null) : null;
    const ruled = parent === null ? channel : ((await rest.get(Routes.channel(parent))) as SeenChannel);
    const held = permissionsOf(server, ruled.permission_overwrites ?? []);
    const idle = purpose === "answers" ? "" : isThread ? "Send Messages" : "Send Messages in Threads";
    const missing = Object.entries(NEEDED).filter(([name, bit]) => name !== idle && (held & bit) === 0n);
    if (missing.length > 0) return serious(`${place} the bot is missing ${missing.map(([name]) => name).join(", ")}`);
    if ((held & PermissionFlagsBits.AttachFiles) !== 0n) return [];
    return [{ text: `${place}, without Attach Files timelines come without their picture`, serious: false }];
  } catch (cause) {
    if (hasStatus(cause, 404)) return serious(`channel ${channelId} is gone`);
    if (hasStatus(cause, 403)) return serious(`channel ${channelId} cannot be seen by the bot`);
    throw cause;
  }
}

/** As Discord's documentation has it: the server's roles, then overwrites for everyone, for roles together, for the member. */
function permissionsOf({ guild, holders: [self = "", ...roles] }: Server, overwrites: readonly APIOverwrite[]): bigint {
  const everything = (1n << 62n) - 1n;
  const sum = (bits: readonly string[]): bigint => bits.reduce((all, each) => all | BigInt(each), 0n);
  const own = guild.roles.filter(({ id }) => id === guild.id || roles.includes(id));
  let held = sum(own.map(({ permissions }) => permissions));
  if (guild.owner_id === self || (held & PermissionFlagsBits.Administrator) !== 0n) return everything;
  for (const ids of [[guild.id], roles, [self]]) {
    const these = overwrites.filter(({ id }) => ids.includes(id));
    held = (held & ~sum(these.map(({ deny }) => deny))) | sum(these.map(({ allow }) => allow));
  }
  return held;
}
