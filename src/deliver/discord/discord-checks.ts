// What `doctor` asks about Discord: the token, the application, its commands, and whether the bot may do its work in the channels that servers
// named and where digests go. Reads only, over REST; each failing check names its way out.
import { DiscordAPIError, PermissionFlagsBits, Routes, type Client, type Guild } from "discord.js";
import type { Clock } from "../../clock.ts";
import { Failure, reasonOf } from "../../failure.ts";
import type { DoctorCheck } from "../../results.ts";
import type { Settings } from "../../settings.ts";
import type { DigestStore } from "../../stores/digests.ts";
import type { StateStore } from "../../stores/state.ts";
import { RESERVE, startFailure, startsLeft, TOKEN_HINT, unconnected } from "./gateway/connection.ts";
import { lackingIn, NEEDED } from "./gateway/places.ts";
import { registerWith } from "./registration.ts";
import { createServerBook, type ServerBook } from "./server-settings.ts";

/** What the invitation asks for. */
const INVITE_PERMISSIONS = Object.values(NEEDED).reduce((sum, bit) => sum | bit, PermissionFlagsBits.AttachFiles);

/** Enough for most bots; a larger one is told what was looked at. */
const SERVERS = 50;

/** `fix` null: nothing is wrong. */
type Found = Pick<DoctorCheck, "detail" | "fix">;
const fine = (detail: string): Found => ({ detail, fix: null });

/** Needs a token in the settings. Never throws. */
export async function discordChecks(parts: { settings: Settings; clock: Clock; state: StateStore }): Promise<DoctorCheck[]> {
  const { settings, clock, state } = parts;
  const client = unconnected(settings);
  const { rest } = client;
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
    await attempt("discord channels", () => channelCheck(client, bot, createServerBook(state))),
    await attempt("digest channels", () => digestChannelCheck(client, bot, state.digests)),
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
async function channelCheck(client: Client, botId: string, servers: ServerBook): Promise<Found> {
  const guilds = (await client.rest.get(Routes.userGuilds())) as { id: string; name: string }[];
  const troubles: Trouble[] = [];
  let looked = 0;
  for (const { id, name } of guilds.slice(0, SERVERS)) {
    const { channels } = await servers.of(id);
    const server = channels.length === 0 ? null : await serverOf(client, id, botId);
    for (const channelId of channels) {
      looked += 1;
      const here = await troubleIn(server, botId, channelId, "answers");
      troubles.push(...here.map((each) => ({ ...each, text: `${name}: ${each.text}` })));
    }
  }
  const where =
    looked === 0 ? "no server names channels: the bot answers wherever it may write" : `${looked} named, all open to the bot`;
  const detail = guilds.length > SERVERS ? `${where} (${SERVERS} of ${guilds.length} servers looked at)` : where;
  return found(troubles, detail, "take the channel out with /config channels remove");
}

/** Channels of the digests that are not paused: of those that are, the check `digests` tells why. */
async function digestChannelCheck(client: Client, botId: string, digests: DigestStore): Promise<Found> {
  const active = (await digests.schedules()).filter(({ paused }) => !paused);
  const troubles: Trouble[] = [];
  const servers = new Map<string, Promise<Guild | null>>();
  for (const { id, guildId, channelId } of active) {
    const server = servers.get(guildId) ?? serverOf(client, guildId, botId);
    servers.set(guildId, server);
    const here = (await troubleIn(await server, botId, channelId, "a digest")).filter(({ serious }) => serious);
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

/** A channel is answered in with its threads; a digest goes into the one or into the other. */
async function troubleIn(
  guild: Guild | null,
  botId: string,
  channelId: string,
  purpose: "answers" | "a digest",
): Promise<Trouble[]> {
  const serious = (text: string): Trouble[] => [{ text, serious: true }];
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
    const missing = lackingIn(channel, botId, purpose === "answers");
    if (missing.length > 0) return serious(`${place} the bot is missing ${missing.join(", ")}`);
    if (channel.permissionsFor(botId)?.has(PermissionFlagsBits.AttachFiles) === true) return [];
    return [{ text: `${place}, without Attach Files timelines come without their picture`, serious: false }];
  } catch (cause) {
    if (hasStatus(cause, 404)) return serious(`channel ${channelId} is gone`);
    if (hasStatus(cause, 403)) return serious(`channel ${channelId} cannot be seen by the bot`);
    throw cause;
  }
}
