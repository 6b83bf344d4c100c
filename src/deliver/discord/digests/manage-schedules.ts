// What /digest does to the schedules of a server: checks what was typed, and says in words what is there. It sends no digest itself.
import { randomBytes } from "node:crypto";
import { Failure } from "../../../failure.ts";
import type { DigestSchedule } from "../../../stores/digests.ts";
import { checkedTopic } from "../../filter-input.ts";
import { nextRuns, WEEKDAYS, type Weekday } from "../../schedule/next-run.ts";
import { ranAs } from "../../schedule/zones.ts";
import type { Context, RawArguments } from "../command.ts";
import { plainText } from "../discord-markup.ts";
import { managedServer } from "../gateway/caller.ts";
import type { Exchange } from "../gateway/exchange.ts";

/** Digests of one server. */
export const MOST_SCHEDULES = 25;

/** Throws Failure for whatever cannot be scheduled; one for the same channel and topic is changed, not added. */
export async function scheduleDigest(exchange: Exchange, args: RawArguments, context: Context): Promise<string> {
  const { clock, state, digests: desk } = context;
  const guildId = managedServer(exchange.caller);
  const channelId = typed(args, "channel");
  const missing = desk.missing(guildId, channelId);
  if (missing === null)
    throw new Failure(
      "channel_foreign",
      "This is not a text channel of this server that I can see.",
      "Choose one of this server.",
    );
  if (missing.length > 0)
    throw new Failure(
      "channel_closed",
      `I lack permissions in <#${channelId}>: ${missing.join(", ")}.`,
      "Grant them and try again.",
    );
  const at = typed(args, "time");
  const zone = typed(args, "timezone");
  const days = readDays(typed(args, "days"));
  const topic = checkedTopic(typed(args, "topic")) || null;
  const [next] = await nextRuns({ from: clock.now(), at, zone, days, count: 1 });
  const here = await state.digests.schedules(guildId);
  const same = here.find((each) => each.channelId === channelId && each.topic === topic);
  if (same === undefined && here.length >= MOST_SCHEDULES)
    throw new Failure(
      "digests_full",
      `This server has ${here.length} digests, and ${MOST_SCHEDULES} is the most.`,
      "Remove one: /digest list names them.",
    );
  const schedule: DigestSchedule = {
    id: same?.id ?? randomBytes(3).toString("hex"),
    guildId,
    channelId,
    at,
    zone,
    days,
    topic,
    createdBy: exchange.caller.userId,
    since: clock.now().toISOString(),
    paused: false,
    trouble: null,
    quiet: args["quiet"] === true,
  };
  await state.digests.saveSchedule(schedule);
  const first = next === undefined ? "" : ` The next comes <t:${Math.floor(next.instant.getTime() / 1000)}:F>.`;
  return `${same === undefined ? "Scheduled" : "Changed"}: ${describe(schedule)}${first}`;
}

export async function listDigests(exchange: Exchange, { state, clock }: Context): Promise<string> {
  const all = await state.digests.schedules(managedServer(exchange.caller));
  if (all.length === 0) return "No digest is scheduled in this server. /digest schedule makes one.";
  const lines: string[] = [];
  for (const schedule of all) {
    const { at, days, paused, trouble } = schedule;
    const zone = ranAs(schedule.zone) ?? schedule.zone;
    const [next] = await nextRuns({ from: clock.now(), at, zone, days: days as readonly Weekday[], count: 1 });
    const state = paused
      ? `paused${trouble === null ? "" : `: ${trouble}`}`
      : `next <t:${Math.floor((next?.instant.getTime() ?? 0) / 1000)}:F>`;
    lines.push(`• ${describe(schedule)}\n-# ${state}`);
  }
  return lines.join("\n");
}

export async function changeDigest(
  what: "pause" | "resume" | "remove",
  exchange: Exchange,
  args: RawArguments,
  context: Context,
): Promise<string> {
  const schedule = await oneOf(exchange, args, context);
  const { state, clock } = context;
  if (what === "remove") {
    await state.digests.removeSchedule(schedule.id);
    return `Removed: ${describe(schedule)}`;
  }
  // what fell into the pause is not owed
  const since = clock.now().toISOString();
  await state.digests.saveSchedule({
    ...schedule,
    paused: what === "pause",
    trouble: null,
    ...(what === "resume" ? { since } : {}),
  });
  return `${what === "pause" ? "Paused" : "Resumed"}: ${describe(schedule)}`;
}

/** The schedule that is named. Throws Failure `digest_unknown` for one of another server as well. */
export async function oneOf(exchange: Exchange, args: RawArguments, { state }: Context): Promise<DigestSchedule> {
  const id = typed(args, "id");
  const found = await state.digests.schedule(id);
  if (found !== null && found.guildId === managedServer(exchange.caller)) return found;
  throw new Failure("digest_unknown", `There is no digest ${id.slice(0, 40)} in this server.`, "/digest list names them.");
}

export function describe({ id, channelId, at, zone, days, topic, quiet }: DigestSchedule): string {
  const when = days.length === 0 || days.length === 7 ? "daily" : days.join(", ");
  return `\`${id}\` in <#${channelId}>, ${when} at ${at} (${plainText(zone)})${topic === null ? "" : `, on ${plainText(topic)}`}${quiet ? ", silent without news" : ""}.`;
}

/** Days as people write them: `mon-fri`, `Mon, Wed`, `weekdays`, `daily`. Every day for nothing. Throws Failure `days_invalid`. */
export function readDays(typed: string): Weekday[] {
  const text = typed.trim().toLowerCase();
  if (text === "" || text === "daily" || text === "every day") return [];
  if (text === "weekdays") return WEEKDAYS.slice(0, 5);
  if (text === "weekends") return WEEKDAYS.slice(5);
  const days = new Set<Weekday>();
  for (const piece of text.split(/[\s,;]+/).filter(Boolean)) {
    const [from, to] = piece.split(/[-–]/).map((name) => WEEKDAYS.indexOf(name.slice(0, 3) as Weekday));
    if (from === undefined || from === -1 || to === -1) {
      throw new Failure(
        "days_invalid",
        `These are not days: ${typed.slice(0, 40)}`,
        "Write them like mon, wed, fri or mon-fri; leave it out for every day.",
      );
    }
    for (let day = from; ; day = (day + 1) % 7) {
      const name = WEEKDAYS[day];
      if (name !== undefined) days.add(name);
      if (day === (to ?? from)) break;
    }
  }
  return WEEKDAYS.filter((day) => days.has(day));
}

/** What was typed for an option of text; empty for nothing. */
export function typed(args: RawArguments, name: string): string {
  const value = args[name];
  return typeof value === "string" ? value.trim() : "";
}
