// What `doctor` asks about Discord: the token, the application, its commands, and whether the bot may do its work in the channels that servers
// named and where digests go. Reads only, over REST; each failing check names its way out.
import { DiscordAPIError, PermissionFlagsBits, Routes, type Client, type Guild } from "discord.js";
import type { Clock } from "../../clock.ts";
import { Failure, reasonOf } from "../../failure.ts";
import type { DoctorCheck } from "../../results.ts";
import type { Settings } from "../../settings.ts";
import type { StateStore } from "../../stores/state.ts";
import { RESERVE, startFailure, startsLeft, TOKEN_HINT, unconnected } from "./gateway/connection.ts";
import { lackingIn, NEEDED } from "./gateway/places.ts";
import { registerWith } from "./registration.ts";
import { createServerBook } from "./server-settings.ts";

const INVITE_PERMISSIONS = Object.values(NEEDED).reduce((sum, bit) => sum | bit, PermissionFlagsBits.AttachFiles);

/** Enough for most bots; a larger one is told what was looked at. */
const SERVERS = 50;

/** `fix` null or absent: nothing is wrong. */
interface Found {
  detail: string;
  fix?: string | null;
}

/** Needs a token in the settings. Never throws. */
export async function discordChecks(parts: { settings: Settings; clock: Clock; state: StateStore }): Promise<DoctorCheck[]> {
  const { settings, clock, state } = parts;
  const client = unconnected(settings);
  const { rest } = client;
  const attempt = async (name: string, check: () => Promise<Found>): Promise<DoctorCheck> => {
    const { detail, fix = null } = await check().catch((cause: unknown) => {
      const failure = startFailure(cause, settings);
      if (failure instanceof Failure) return { detail: failure.message, fix: failure.hint };
      return { detail: reasonOf(cause), fix: TOKEN_HINT };
    });
    return { name, ok: fix === null, detail, fix };
  };
  let [bot, application] = ["", ""];
  const token = await attempt("discord token", async () => {
    const user = (await rest.get(Routes.user())) as { id: string; username: string };
    bot = user.id;
    return { detail: `accepted, the bot is ${user.username}` };
  });
  if (!token.ok) return [token];
  return [
    token,
    await attempt("discord application", async () => {
      const { id, name } = (await rest.get(Routes.currentApplication())) as { id: string; name: string };
      application = id;
      const invite = `https://discord.com/oauth2/authorize?client_id=${id}&scope=bot+applications.commands&permissions=${INVITE_PERMISSIONS}`;
      return { detail: `${name}, invite: ${invite}` };
    }),
    await attempt("discord starts", async () => {
      const { remaining, total } = await startsLeft(rest);
      const looping = "Something restarts the bot in a loop: stop it until the count is renewed.";
      return { detail: `${remaining} of ${total} starts left today`, fix: remaining >= RESERVE ? null : looping };
    }),
    await attempt("discord commands", async () => {
      const { scope, unchanged, ...report } = await registerWith(rest, application, settings.discordGuildId, true);
      const open = [...report.added, ...report.changed, ...report.removed];
      if (open.length === 0) return { detail: `${unchanged.length} registered (${scope})` };
      const fix = "Run: npm run --silent briefing -- register (the bot also does it when it starts).";
      return { detail: `not registered as they are now (${scope}): ${open.join(", ")}`, fix };
    }),
    await attempt("discord channels", () => answerChannels(client, bot, state)),
    await attempt("digest channels", () => digestChannels(client, bot, state)),
    await attempt("clock", () => clockCheck(settings, clock)),
  ];
}

/** Discord's Date header against ours: limits of interactions and dates in answers hang on the clock. */
async function clockCheck(settings: Settings, clock: Clock): Promise<Found> {
  const response = await fetch(`${settings.discordApiUrl}/v10/gateway`, { signal: AbortSignal.timeout(10_000) });
  const theirs = Date.parse(response.headers.get("date") ?? "");
  if (Number.isNaN(theirs)) return { detail: "Discord gave no time to compare with" };
  const seconds = Math.round((clock.now().getTime() - theirs) / 1000);
  if (Math.abs(seconds) <= 5) return { detail: "agrees with Discord's" };
  const detail = `this machine's clock is ${Math.abs(seconds)} s ${seconds > 0 ? "ahead" : "behind"}`;
  return { detail, fix: "Let the system keep its time by NTP (e.g. timedatectl set-ntp true)." };
}

async function answerChannels(client: Client, botId: string, state: StateStore): Promise<Found> {
  const guilds = (await client.rest.get(Routes.userGuilds())) as { id: string; name: string }[];
  const servers = createServerBook(state);
  const named: Place[] = [];
  for (const { id, name } of guilds.slice(0, SERVERS))
    for (const channelId of (await servers.of(id)).channels) named.push({ guildId: id, channelId, as: name });
  const none = "no server names channels: the bot answers wherever it may write";
  const where = named.length === 0 ? none : `${named.length} named, all open to the bot`;
  const detail = guilds.length > SERVERS ? `${where} (${SERVERS} of ${guilds.length} servers looked at)` : where;
  return found(detail, await troublesIn(client, botId, named, true), "take the channel out with /config channels remove");
}

/** Channels of the digests that are not paused: of those that are, the check `digests` tells why. */
async function digestChannels(client: Client, botId: string, { digests }: StateStore): Promise<Found> {
  const active = (await digests.schedules()).filter(({ paused }) => !paused);
  const named = active.map(({ id, guildId, channelId }) => ({ guildId, channelId, as: `digest ${id}` }));
  const detail = active.length === 0 ? "no digest is due anywhere" : `${active.length} digests, all channels open to the bot`;
  return found(detail, await troublesIn(client, botId, named, false), "end the digest with /digest remove");
}

interface Place {
  guildId: string;
  channelId: string;
  as: string;
}

interface Trouble {
  text: string;
  /** Nothing arrives there. */
  serious: boolean;
}

function found(detail: string, troubles: readonly Trouble[], otherwise: string): Found {
  const serious = troubles.filter((each) => each.serious).map(({ text }) => text);
  if (serious.length === 0) return { detail: [detail, ...troubles.map(({ text }) => text)].join("; ") };
  const fix = `In the channel's settings, Permissions, allow the bot what is missing; or ${otherwise}.`;
  return { detail: serious.join("; "), fix };
}

const hasStatus = (cause: unknown, ...statuses: number[]): boolean =>
  cause instanceof DiscordAPIError && statuses.includes(cause.status);

/** With the bot's own roles; null where it is not in the server. */
async function serverOf({ guilds }: Client, id: string, botId: string): Promise<Guild | null> {
  try {
    const guild = await guilds.fetch(id);
    await guild.members.fetch(botId);
    return guild;
  } catch (cause) {
    if (hasStatus(cause, 403, 404)) return null;
    throw cause;
  }
}

/** `answers`: a channel is answered in with its threads, and timelines come with their picture; a digest goes into the one or into the other. */
async function troublesIn(client: Client, botId: string, places: readonly Place[], answers: boolean): Promise<Trouble[]> {
  const troubles: Trouble[] = [];
  const servers = new Map<string, Guild | null>();
  for (const { guildId, channelId, as } of places) {
    if (!servers.has(guildId)) servers.set(guildId, await serverOf(client, guildId, botId));
    const here = await troubleIn(servers.get(guildId) ?? null, botId, channelId, answers);
    if (here !== null) troubles.push({ ...here, text: `${as}: ${here.text}` });
  }
  return troubles;
}

async function troubleIn(guild: Guild | null, botId: string, channelId: string, answers: boolean): Promise<Trouble | null> {
  const serious = (text: string): Trouble => ({ text, serious: true });
  if (guild === null) return serious("the bot is no longer in its server");
  try {
    const channel = await guild.channels.fetch(channelId);
    if (channel === null) return serious(`channel ${channelId} is gone`);
    const place = `in #${channel.name}`;
    if (channel.isThread()) {
      if (channel.archived === true || channel.locked === true)
        return serious(`${place}, a thread, nothing can be posted: it is archived or locked`);
      // a thread has the overwrites of its channel
      if (channel.parentId !== null) await guild.channels.fetch(channel.parentId);
    }
    const missing = lackingIn(channel, botId, answers);
    if (missing.length > 0) return serious(`${place} the bot is missing ${missing.join(", ")}`);
    if (!answers || channel.permissionsFor(botId)?.has(PermissionFlagsBits.AttachFiles) === true) return null;
    return { text: `${place}, without Attach Files timelines come without their picture`, serious: false };
  } catch (cause) {
    if (hasStatus(cause, 404)) return serious(`channel ${channelId} is gone`);
    if (hasStatus(cause, 403)) return serious(`channel ${channelId} cannot be seen by the bot`);
    throw cause;
  }
}
