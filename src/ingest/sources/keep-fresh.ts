// Keeps what is followed on the web fresh for as long as a bot runs: looks every minute or so what is due and reads it. When an address
// is due (jitter, back-off, Retry-After) is decided where it is read; trouble here is logged and tried again, and never ends the bot. Of
// several bots on one database one reads at a time: it claims the reading, and another takes over a few minutes after it was heard of last.
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import type { Clock } from "../../clock.ts";
import type { Briefing } from "../../results.ts";
import type { DigestStore } from "../../stores/digests.ts";

export interface KeepFreshDeps {
  briefing: Pick<Briefing, "refresh">;
  log: Pick<Logger, "info" | "warn">;
  state: () => Promise<{ digests: Pick<DigestStore, "claim"> }>;
  clock: Clock;
  signal: AbortSignal;
  /** Between two looks, in milliseconds; moved by up to a quarter either way, so that many bots do not ask in step. */
  everyMs?: number;
}

const EVERY_MS = 60_000;
const HOLD_MS = 180_000;
/** A claim that is never done, only held. */
const READING = { scheduleId: "reading", date: "what is followed", due: "" };

/** Returns when the signal says so. */
export async function keepFresh({ briefing, log, state, clock, signal, everyMs = EVERY_MS }: KeepFreshDeps): Promise<void> {
  const own = randomUUID();
  const hold = async (milliseconds: number): Promise<boolean> => {
    const now = clock.now();
    const until = new Date(now.getTime() + milliseconds).toISOString();
    return (await (await state()).digests.claim(READING, own, now.toISOString(), until, () => true)) !== null;
  };
  while (!signal.aborted) {
    const held = setInterval(() => void hold(HOLD_MS).catch(() => false), HOLD_MS / 3).unref();
    try {
      if (!(await hold(HOLD_MS))) continue;
      for (const { added, updated, failed } of await briefing.refresh(signal))
        log.info({ added, updated, failed: failed.length }, "what is followed on the web was read");
      await hold(0);
    } catch (cause) {
      // another process writes, the disk is full, the network is away: the next look may find it mended
      if (!signal.aborted) log.warn({ err: cause }, "what is followed on the web could not be read");
    } finally {
      clearInterval(held);
      await sleep(everyMs * (0.75 + Math.random() / 2), undefined, { signal }).catch(() => undefined);
    }
  }
}
