// What `doctor` asks about Discord. Reads only; each failing check names its way out.
import { Routes, type REST } from "discord.js";
import type { Clock } from "../../clock.ts";
import { Failure, reasonOf } from "../../failure.ts";
import type { DoctorCheck } from "../../results.ts";
import type { Settings } from "../../settings.ts";
import type { StateStore } from "../../stores/state.ts";
import { channelCheck, digestChannelCheck, INVITE_PERMISSIONS } from "./channel-checks.ts";
import { TOKEN_HINT, createRest, startFailure } from "./connection.ts";
import { registerWith } from "./registration.ts";
import { createServerBook } from "./server-settings.ts";

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

async function attempt(name: string, settings: Settings, check: () => Promise<DoctorCheck>): Promise<DoctorCheck> {
  try {
    return await check();
  } catch (cause) {
    const failure = startFailure(cause, settings);
    if (failure instanceof Failure) return { name, ok: false, detail: failure.message, fix: failure.hint };
    return { name, ok: false, detail: reasonOf(cause), fix: TOKEN_HINT };
  }
}

async function startsCheck(rest: REST): Promise<DoctorCheck> {
  const { session_start_limit: limit } = (await rest.get("/gateway/bot")) as {
    session_start_limit: { remaining: number; total: number };
  };
  const detail = `${limit.remaining} of ${limit.total} starts left today`;
  return limit.remaining >= 20
    ? passed("discord starts", detail)
    : {
        name: "discord starts",
        ok: false,
        detail,
        fix: "Something restarts the bot in a loop: stop it until the count is renewed.",
      };
}

async function commandsCheck(rest: REST, applicationId: string, settings: Settings): Promise<DoctorCheck> {
  const report = await registerWith(rest, applicationId, settings.discordGuildId, true);
  const open = [...report.added, ...report.changed, ...report.removed];
  return open.length === 0
    ? passed("discord commands", `${report.unchanged.length} registered (${report.scope})`)
    : {
        name: "discord commands",
        ok: false,
        detail: `not registered as they are now (${report.scope}): ${open.join(", ")}`,
        fix: "Run: npm run --silent briefing -- register (the bot also does it when it starts).",
      };
}

/** Discord's Date header against ours: limits of interactions and dates in answers hang on the clock. */
async function clockCheck(settings: Settings, clock: Clock): Promise<DoctorCheck> {
  const response = await fetch(`${settings.discordApiUrl}/v10/gateway`, { signal: AbortSignal.timeout(10_000) });
  const theirs = Date.parse(response.headers.get("date") ?? "");
  if (Number.isNaN(theirs)) return passed("clock", "Discord gave no time to compare with");
  const seconds = Math.round((clock.now().getTime() - theirs) / 1000);
  return Math.abs(seconds) <= 5
    ? passed("clock", "agrees with Discord's")
    : {
        name: "clock",
        ok: false,
        detail: `this machine's clock is ${Math.abs(seconds)} s ${seconds > 0 ? "ahead" : "behind"}`,
        fix: "Let the system keep its time by NTP (e.g. timedatectl set-ntp true).",
      };
}
