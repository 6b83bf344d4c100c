// Repeats a request that got no answer. Knows nothing of what is sent.
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";

interface Steadiness<T> {
  log: Logger;
  onRepeat?: () => void;
  /** Looks whether the request did its work although its answer was lost. */
  arrived?: () => Promise<T | null>;
}

/** Repeats a request that got no answer, or a server error. discord.js itself waits for rate limits; it must not repeat on its own. */
export async function steadily<T>(request: () => Promise<T>, { log, onRepeat, arrived }: Steadiness<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await request();
    } catch (cause) {
      const status = cause instanceof Error && "status" in cause ? Number(cause.status) : null;
      if ((status !== null && status < 500) || attempt === 4) throw cause;
      log.warn({ err: cause, attempt }, "Discord gave no answer; asking again");
      onRepeat?.();
      await sleep(150 * 2 ** attempt);
      const found = (await arrived?.()) ?? null;
      if (found !== null) return found;
    }
  }
}
