// /digest: what is new, now or every day at an hour of the people's own zone. For who manages the server. Checks what was typed and says in
// words what is there; it sends no digest itself.
import { randomBytes } from "node:crypto";
import { Failure } from "../../../failure.ts";
import type { DigestSchedule } from "../../../stores/digests.ts";
import { checkedTopic, TOPIC_LIMIT } from "../../filter-input.ts";
import { renderDigest } from "../../render/render-digest.ts";
import { nextRuns, WEEKDAYS, type Weekday } from "../../schedule/next-run.ts";
import { nearZones } from "../../schedule/zones.ts";
import { channel, type Command, type Context, flag, managed, open, type Part, text } from "../command.ts";
import { MOST_ENTRIES, MOST_OTHERS } from "../digests/composer.ts";
import { keepRemainder } from "../digests/remainder.ts";
import { runsOf } from "../digests/scheduler.ts";
import { discordMarkup, instant, plainText } from "../discord-markup.ts";

const MOST_SCHEDULES = 25;

const ID = text("Which digest; /digest list names them", {
  required: true,
  max_length: 20,
  async offer(typed, { state }, { guildId, installed }) {
    const all = guildId === null || !installed ? [] : await state.digests.schedules(guildId);
    return all
      .filter(({ id }) => id.startsWith(typed.trim()))
      .map(({ id, at, zone, topic }) => ({ name: `${id}: ${at} ${zone}${topic === null ? "" : `, ${topic}`}`, value: id }));
  },
});
const TOPIC = text("Only news about this", { max_length: TOPIC_LIMIT });
const OPTIONS = {
  channel: channel("Where it is posted", { required: true, channel_types: [0, 5, 10, 11, 12] }),
  time: text("Local time, e.g. 08:00", { required: true, max_length: 5 }),
  timezone: text("Begin to type a city, e.g. Berlin", {
    required: true,
    max_length: 60,
    offer: async (typed) => nearZones(typed, 25).map((name) => ({ name, value: name })),
  }),
  topic: TOPIC,
  days: text("e.g. mon-fri or sat, sun; every day without it", { max_length: 60 }),
  quiet: flag("Post nothing at all when there is nothing new"),
};

export const digest: Command = {
  name: "digest",
  description: "What is new, one entry an event: now, or every day in a channel",
  queued: true,
  managers: true,
  parts: {
    schedule: managed(
      "Post a digest every day; the same channel and topic again changes it",
      OPTIONS,
      async (given, { clock, state, digests }, guildId, { caller }) => {
        const missing = digests.missing(guildId, given.channel);
        if (missing === null) {
          const foreign = "This is not a text channel of this server that I can see.";
          throw new Failure("channel_foreign", foreign, "Choose one of this server.");
        }
        if (missing.length > 0) {
          const lacking = `I lack permissions in <#${given.channel}>: ${missing.join(", ")}.`;
          throw new Failure("channel_closed", lacking, "Grant them and try again.");
        }
        const [at, zone, days] = [given.time.trim(), given.timezone.trim(), readDays(given.days ?? "")];
        const topic = checkedTopic(given.topic?.trim() ?? "") || null;
        const [next] = await nextRuns({ from: clock.now(), at, zone, days, count: 1 });
        const here = await state.digests.schedules(guildId);
        const same = here.find((each) => each.channelId === given.channel && each.topic === topic);
        if (same === undefined && here.length >= MOST_SCHEDULES) {
          const full = `This server has ${here.length} digests, and ${MOST_SCHEDULES} is the most.`;
          throw new Failure("digests_full", full, "Remove one: /digest list names them.");
        }
        const schedule: DigestSchedule = {
          id: same?.id ?? randomBytes(3).toString("hex"),
          guildId,
          channelId: given.channel,
          at,
          zone,
          days,
          topic,
          createdBy: caller.userId,
          since: clock.now().toISOString(),
          paused: false,
          trouble: null,
          quiet: given.quiet === true,
        };
        await state.digests.saveSchedule(schedule);
        const first = next === undefined ? "" : ` The next comes ${instant(next.instant, "F")}.`;
        return `${same === undefined ? "Scheduled" : "Changed"}: ${describe(schedule)}${first}`;
      },
    ),
    now: managed(
      "What is new in the last 24 hours, posted here",
      { topic: TOPIC },
      async ({ topic: typed = "" }, context, guildId) => {
        const topic = checkedTopic(typed.trim());
        const found = await context.briefing.digest(topic === "" ? {} : { topic });
        const { text, rest } = renderDigest(found, discordMarkup, { most: MOST_ENTRIES, others: MOST_OTHERS });
        return { text, buttons: rest === null ? [] : [await keepRemainder(guildId, rest, context.state)] };
      },
      open,
    ),
    list: managed("The digests of this server, and how they are", {}, async (_args, { state, clock }, guildId) => {
      const lines: string[] = [];
      for (const schedule of await state.digests.schedules(guildId)) {
        const { paused, trouble } = schedule;
        const [next] = await runsOf(schedule, clock.now(), 1);
        const how = !paused
          ? `next ${instant(next?.instant ?? new Date(0), "F")}`
          : `paused${trouble === null ? "" : `: ${trouble}`}`;
        lines.push(`• ${describe(schedule)}\n-# ${how}`);
      }
      return lines.length === 0 ? "No digest is scheduled in this server. /digest schedule makes one." : lines.join("\n");
    }),
    pause: ofOne("Post no more until resumed", async (schedule, { state }) => {
      await state.digests.saveSchedule({ ...schedule, paused: true, trouble: null });
      return `Paused: ${describe(schedule)}`;
    }),
    resume: ofOne("Post again", async (schedule, { state, clock }) => {
      // what fell into the pause is not owed
      await state.digests.saveSchedule({ ...schedule, paused: false, trouble: null, since: clock.now().toISOString() });
      return `Resumed: ${describe(schedule)}`;
    }),
    remove: ofOne("Forget a digest", async (schedule, { state }) => {
      await state.digests.removeSchedule(schedule.id);
      return `Removed: ${describe(schedule)}`;
    }),
    preview: ofOne("All that it would post now, for you alone", async (schedule, { digests }) => {
      const text = (await digests.preview(schedule)) ?? "Nothing new, so nothing would be posted.";
      return `Preview of ${describe(schedule)}\n\n${text}`;
    }),
  },
};

/** A part for one schedule of the server, by its id. Throws Failure `digest_unknown`, also for one of another server. */
function ofOne(description: string, run: (schedule: DigestSchedule, context: Context) => Promise<string>): Part {
  return managed(description, { id: ID }, async ({ id }, context, guildId) => {
    const found = await context.state.digests.schedule(id.trim());
    if (found?.guildId === guildId) return run(found, context);
    throw new Failure("digest_unknown", `There is no digest ${id.slice(0, 40)} in this server.`, "/digest list names them.");
  });
}

function describe({ id, channelId, at, zone, days, topic, quiet }: DigestSchedule): string {
  const on = days.length === 0 || days.length === 7 ? "daily" : days.join(", ");
  return `\`${id}\` in <#${channelId}>, ${on} at ${at} (${plainText(zone)})${topic === null ? "" : `, on ${plainText(topic)}`}${quiet ? ", silent without news" : ""}.`;
}

const DAYS_IN_WORDS: Readonly<Record<string, readonly Weekday[]>> = {
  "": [],
  daily: [],
  "every day": [],
  weekdays: WEEKDAYS.slice(0, 5),
  weekends: WEEKDAYS.slice(5),
};

/** Days as people write them: `mon-fri`, `Mon, Wed`, `weekdays`, `daily`. Every day for nothing. Throws Failure `days_invalid`. */
export function readDays(typed: string): Weekday[] {
  const text = typed.trim().toLowerCase();
  const named = Object.hasOwn(DAYS_IN_WORDS, text) ? DAYS_IN_WORDS[text] : undefined;
  if (named !== undefined) return [...named];
  const days = new Set<Weekday | undefined>();
  for (const piece of text.split(/[\s,;]+/).filter(Boolean)) {
    const [from = -1, to = from] = piece.split(/[-–]/).map((name) => WEEKDAYS.indexOf(name.slice(0, 3) as Weekday));
    if (from === -1 || to === -1) {
      const hint = "Write them like mon, wed, fri or mon-fri; leave it out for every day.";
      throw new Failure("days_invalid", `These are not days: ${typed.slice(0, 40)}`, hint);
    }
    for (let ahead = (to - from + 7) % 7; ahead >= 0; ahead -= 1) days.add(WEEKDAYS[(from + ahead) % 7]);
  }
  return WEEKDAYS.filter((day) => days.has(day));
}
