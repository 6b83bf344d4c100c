// Which digests are due, looked at every few seconds: what was missed is made up once within a window, older ones are skipped and said so
// in the next. One that cannot be delivered is paused with a notice; it never keeps others from running.
import type { DigestRun, DigestSchedule } from "../../../stores/digests.ts";
import { nextRuns, type Run, type Weekday } from "../../schedule/next-run.ts";
import { ranAs } from "../../schedule/zones.ts";
import type { Outgoing } from "../gateway/outgoing.ts";
import { REMEMBERED_RUNS, type Composer } from "./composer.ts";
import type { Deliver, Delivered, DigestParts, DueRun } from "./delivery.ts";

const EVERY_MS = 5000;
/** A digest that could not be sent in time is made up within this time, once. */
const MAKE_UP_MS = 6 * 3_600_000;
/** Runs of one schedule that are looked at: two months of days. */
const LOOKED_AT = 64;
const AT_ONCE = 4;
const LATE_NOTICE_MS = 10 * 60_000;

const TROUBLE = {
  forbidden: "I may not write there: I need View Channel and Send Messages (in a thread: Send Messages in Threads).",
  gone: "The channel is gone.",
  closed: "The thread is archived or locked.",
  unreadable: "I cannot tell whether a digest arrived: I need Read Message History there.",
};

export function createDigestScheduler(
  { deliver, composer, outgoing }: { deliver: Deliver; composer: Composer; outgoing: Outgoing },
  { state: { digests }, clock, log, signal }: DigestParts,
) {
  let running: Promise<void> | null = null;
  /** Until when the corrections of a schedule were looked for, by this process. */
  const lookedUntil = new Map<string, string>();
  const post = async (schedule: DigestSchedule, run: DueRun): Promise<void> =>
    mind(schedule, await deliver(schedule, run, () => composer.digest(schedule, run.date)));

  async function handle(schedule: DigestSchedule): Promise<void> {
    const now = clock.now();
    const runs = await digests.runs(schedule.id, LOOKED_AT);
    for (const run of runs.filter(({ status }) => status === "open")) {
      const begun = (await digests.parts(schedule.id, run.date)).some(({ triedAt }) => triedAt !== null);
      if (isLate(run.due, now, begun ? 4 : 1)) await digests.finish(run, "skipped");
      else await post(schedule, run);
    }
    await tellCorrections(schedule, runs.slice(0, REMEMBERED_RUNS));
    const last = runs.map(({ due }) => due).reduce((a, b) => (a > b ? a : b), schedule.since);
    const from = new Date(last);
    if (from >= now) return;
    const due = (await runsOf(schedule, from, LOOKED_AT)).filter(({ instant }) => instant <= now);
    for (const [index, { instant, local }] of due.entries()) {
      const run = { scheduleId: schedule.id, date: local.slice(0, 10), due: instant.toISOString() };
      if (index < due.length - 1 || isLate(run.due, now)) await digests.finish(run, "skipped");
      else await post(schedule, run);
    }
  }

  /** At once, as what is wrong stands there until then. */
  async function tellCorrections(schedule: DigestSchedule, runs: readonly DigestRun[]): Promise<void> {
    const began = clock.now().getTime();
    const oldest = runs.at(-1)?.due;
    if (oldest === undefined) return;
    let open = false;
    for (const { run, plan } of await composer.corrections(schedule, runs, lookedUntil.get(schedule.id) ?? oldest)) {
      const outcome = await deliver(schedule, run, plan);
      open ||= outcome !== "sent";
      await mind(schedule, outcome);
    }
    // another process may write down a little later what it noticed a little earlier
    if (!open) lookedUntil.set(schedule.id, new Date(began - LATE_NOTICE_MS).toISOString());
  }

  async function mind(schedule: DigestSchedule, outcome: Delivered): Promise<void> {
    if (typeof outcome === "string") return;
    const current = await digests.schedule(schedule.id);
    if (current === null || current.paused) return;
    const trouble = TROUBLE[outcome.refused];
    await digests.saveSchedule({ ...current, paused: true, trouble });
    log.warn({ schedule: schedule.id, why: outcome.refused }, "digest paused");
    const direct = await outgoing.directChannel(schedule.createdBy);
    if (direct === null) return;
    const text = `Your digest ${schedule.id} in <#${schedule.channelId}> is paused. ${trouble} When that is mended: \`/digest resume id:${schedule.id}\``;
    await outgoing.post(direct, text, { seed: `paused/${schedule.id}/${current.since}/${clock.now().toISOString()}` });
  }

  async function all(): Promise<void> {
    try {
      const active = (await digests.schedules()).filter(({ paused }) => !paused);
      for (let at = 0; at < active.length && !signal.aborted; at += AT_ONCE) {
        await Promise.all(
          active.slice(at, at + AT_ONCE).map((schedule) =>
            handle(schedule).catch((cause: unknown) => {
              if (!signal.aborted) log.error({ err: cause, schedule: schedule.id }, "a digest could not be delivered");
            }),
          ),
        );
      }
    } catch (cause) {
      log.error({ err: cause }, "schedules could not be read");
    }
  }

  /** Delivers what is due. Never rejects; a second call while one runs waits for that one. */
  const tick = (): Promise<void> =>
    (running ??= all().finally(() => {
      running = null;
    }));

  return {
    tick,
    start(): void {
      if (signal.aborted) return;
      void tick();
      const timer = setInterval(() => void tick(), EVERY_MS).unref();
      signal.addEventListener("abort", () => clearInterval(timer), { once: true });
    },
  };
}

export const runsOf = ({ at, zone, days }: DigestSchedule, from: Date, count: number): Promise<Run[]> =>
  nextRuns({ from, at, zone: ranAs(zone) ?? zone, days: days as readonly Weekday[], count });

/** One that was begun is given more time: part of it may stand in the channel. */
const isLate = (due: string, now: Date, windows = 1): boolean => now.getTime() - Date.parse(due) > windows * MAKE_UP_MS;
