// Keeps what is followed on the web fresh for as long as a bot runs: looks every minute or so what is due and reads it. When an address
// is due (jitter, back-off, Retry-After) is decided where it is read; trouble here is logged and tried again, and never ends the bot.
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import type { Briefing } from "../../results.ts";

export interface KeepFreshDeps {
  briefing: Pick<Briefing, "refresh">;
  log: Pick<Logger, "info" | "warn">;
  signal: AbortSignal;
  /** Between two looks, in milliseconds; moved by up to a quarter either way, so that many bots do not ask in step. */
  everyMs?: number;
}

const EVERY_MS = 60_000;

/** Returns when the signal says so. */
export async function keepFresh({ briefing, log, signal, everyMs = EVERY_MS }: KeepFreshDeps): Promise<void> {
  while (!signal.aborted) {
    try {
      for (const { added, updated, failed } of await briefing.refresh(signal))
        log.info({ added, updated, failed: failed.length }, "what is followed on the web was read");
    } catch (cause) {
      // another process writes, the disk is full, the network is away: the next look may find it mended
      if (!signal.aborted) log.warn({ err: cause }, "what is followed on the web could not be read");
    }
    await sleep(everyMs * (0.75 + Math.random() / 2), undefined, { signal }).catch(() => undefined);
  }
}
