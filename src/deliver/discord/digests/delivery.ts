// One digest into its channel, exactly once: the run is claimed, its parts are written down before the first is sent, each part is noted
// before its request and after its answer, and whatever is in doubt is looked for in the channel before it is sent again.
import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import type { Briefing, DigestOptions } from "../../../briefing.ts";
import type { Clock } from "../../../clock.ts";
import type { DigestRun, DigestSchedule, DigestStore } from "../../../stores/digests.ts";
import { layoutDigest } from "../../layout-digest.ts";
import { splitText } from "../../split-text.ts";
import { discordMarkup } from "../markup.ts";
import type { ServerBook } from "../server-settings.ts";
import type { PartPoster, Refusal } from "./post-part.ts";

export interface DeliveryDeps {
  briefing: Briefing;
  /** What a server hides stays out of its digests. */
  servers: ServerBook;
  digests: DigestStore;
  poster: PartPoster;
  clock: Clock;
  log: Logger;
  signal: AbortSignal;
}

/** `open`: not finished, to be tried again. `taken`: done already, or another process is at it. */
export type Delivered = "sent" | "open" | "taken" | { refused: Refusal | "unreadable" };

export interface Delivery {
  deliver(schedule: DigestSchedule, run: { date: string; due: string }): Promise<Delivered>;
  /** What the schedule would post now. */
  compose: (schedule: DigestSchedule, most: number) => Promise<{ blocks: string[]; nothingNew: boolean; documents: string[] }>;
}

/** Entries of one digest on Discord. */
export const MOST_ENTRIES = 10;
/** Another process waits so long for one that no longer answers. */
const HOLD_MS = 60_000;
/** Room for the mark under each part. */
const PART_LIMIT = 1920;
const TRIES = 5;
/** Discord recognises a nonce for some minutes; this is well within. */
const NONCE_MS = 120_000;
const DAY_MS = 86_400_000;
const REMEMBERED_RUNS = 30;

export function createDelivery(deps: DeliveryDeps): Delivery {
  const { briefing, servers, digests, poster, clock, log, signal } = deps;
  const own = `${hostname()}/${process.pid}/${randomBytes(6).toString("hex")}`;
  const underWay = new Set<string>();
  const later = (ms: number): string => new Date(clock.now().getTime() + ms).toISOString();
  const nowIso = (): string => later(0);

  const claim = (schedule: DigestSchedule, { date, due }: { date: string; due: string }): Promise<DigestRun | null> =>
    digests.claim({ scheduleId: schedule.id, date, due }, own, nowIso(), later(HOLD_MS), isAlive);

  async function compose(schedule: DigestSchedule, most: number): ReturnType<Delivery["compose"]> {
    const runs = await digests.runs(schedule.id, REMEMBERED_RUNS);
    const last = runs.find(({ status, content }) => status === "sent" && content !== null);
    const told = runs.flatMap(({ content, due }) =>
      content === null || content.documents.length === 0 ? [] : [{ date: due.slice(0, 10), documents: content.documents }],
    );
    const options: DigestOptions = {
      zone: schedule.zone,
      from: last === undefined || last.content === null ? new Date(clock.now().getTime() - DAY_MS) : new Date(last.content.until),
      told,
      scopes: [`guild:${schedule.guildId}`],
      hidden: (await servers.of(schedule.guildId)).hidden,
      signal,
      ...(schedule.topic === null ? {} : { topic: schedule.topic }),
    };
    const digest = await briefing.digest(options);
    const nothingNew = digest.status === "nothing_new";
    const documents = digest.items.flatMap((item) => item.documents);
    // said once; then silence until there is news
    if (nothingNew && last?.content?.nothingNew === true) return { blocks: [], nothingNew, documents };
    const before = runs.findIndex((run) => run === last);
    const skipped = runs.slice(0, before === -1 ? runs.length : before).filter(({ status }) => status === "skipped");
    const blocks = layoutDigest(digest, discordMarkup, { most, opener: `/digest preview id: ${schedule.id}` });
    const topic = schedule.topic === null ? [] : [discordMarkup.small(`On ${discordMarkup.plain(schedule.topic)}`)];
    return { blocks: [...skippedNote(skipped), ...topic, ...blocks], nothingNew, documents };
  }

  async function plan(schedule: DigestSchedule, run: DigestRun): Promise<void> {
    if (run.content !== null) return;
    const until = nowIso();
    const { blocks, nothingNew, documents } = await compose(schedule, MOST_ENTRIES);
    const parts = splitText(blocks.join("\n\n"), PART_LIMIT);
    const texts = parts.map((text, part) => `${text.trimEnd()}\n-# ${markOf(run, part)} of ${parts.length}`);
    await digests.planParts(schedule.id, run.date, { until, nothingNew, documents }, texts);
  }

  /** The part's message, found or made. */
  async function sendPart(schedule: DigestSchedule, run: DigestRun, part: number, text: string): Promise<Delivered> {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const known = (await digests.parts(schedule.id, run.date)).find((each) => each.part === part);
      if (known === undefined || known.messageId !== null) return "sent";
      if (known.triedAt !== null) {
        const since = new Date(known.triedAt);
        const found = await poster.find(schedule.channelId, markOf(run, part), since);
        if (found !== null && typeof found === "object") {
          await digests.markSent(schedule.id, run.date, part, found.id);
          return "sent";
        }
        // who may not look can still rely on the nonce for a while, and on nothing after it
        if (found === "unreadable" && clock.now().getTime() - since.getTime() > NONCE_MS) return { refused: "unreadable" };
        if (found === "doubt") {
          await pause(attempt);
          continue;
        }
      }
      if ((await claim(schedule, run)) === null) return "taken";
      if (!(await digests.markTried(schedule.id, run.date, part, own, nowIso()))) return "taken";
      const outcome = await poster.send(schedule.channelId, text, `digest/${schedule.id}/${run.date}/${part}`);
      if (outcome !== "doubt" && "id" in outcome) {
        await digests.markSent(schedule.id, run.date, part, outcome.id);
        return "sent";
      }
      if (outcome !== "doubt") return outcome;
      await pause(attempt);
    }
    return "open";
  }

  const pause = (attempt: number): Promise<void> => sleep(200 * 2 ** attempt, undefined, { signal });

  return {
    compose,
    async deliver(schedule, { date, due }) {
      const key = `${schedule.id} ${date}`;
      if (underWay.has(key)) return "taken";
      underWay.add(key);
      // a long composition must not look like a dead process
      const held = setInterval(() => void claim(schedule, { date, due }).catch(() => null), HOLD_MS / 3).unref();
      try {
        const run = await claim(schedule, { date, due });
        if (run === null) return "taken";
        await plan(schedule, run);
        for (const { part, text, messageId } of await digests.parts(schedule.id, date)) {
          const outcome = messageId === null ? await sendPart(schedule, run, part, text) : "sent";
          if (outcome !== "sent") return outcome;
        }
        await digests.finish({ scheduleId: schedule.id, date, due }, "sent");
        log.info({ schedule: schedule.id, date }, "digest sent");
        return "sent";
      } finally {
        clearInterval(held);
        underWay.delete(key);
      }
    },
  };

  function isAlive(owner: string): boolean {
    const [host, pid] = owner.split("/");
    if (host !== hostname()) return true;
    if (Number(pid) === process.pid) return owner === own;
    try {
      process.kill(Number(pid), 0);
      return true;
    } catch (cause) {
      return cause instanceof Error && "code" in cause && cause.code === "EPERM";
    }
  }
}

/** What a part is found by. */
const markOf = (run: DigestRun, part: number): string => `Digest ${run.scheduleId} · ${run.date} · part ${part + 1}`;

function skippedNote(skipped: readonly DigestRun[]): string[] {
  if (skipped.length === 0) return [];
  const days = skipped.map(({ due }) => discordMarkup.day(due.slice(0, 10))).toReversed();
  return [discordMarkup.small(`Skipped, as I was not running in time: ${days.slice(-5).join(", ")}.`)];
}
