// Another attempt after passing trouble: bounded in number and in waiting, and never against the caller's wish to stop.
import { setTimeout as sleep } from "node:timers/promises";
import type { Trouble } from "./provider-trouble.ts";

export interface RetryLimits {
  /** All attempts together, the first included. */
  attempts: number;
  /** Before the second attempt, where the provider names no time; doubled each time. Milliseconds. */
  firstWaitMs: number;
  /** A provider that asks for a longer wait is given up at once. Milliseconds. */
  longestWaitMs: number;
}

export const RETRY_LIMITS: RetryLimits = { attempts: 3, firstWaitMs: 400, longestWaitMs: 20_000 };

/** Runs the operation until it succeeds, its trouble does not pass, or the limits are reached; then its last error is thrown. AbortError when `signal` fires. */
export async function withRetries<T>(
  operation: () => Promise<T>,
  troubleOf: (error: unknown) => Trouble,
  signal: AbortSignal | undefined,
  limits: RetryLimits = RETRY_LIMITS,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await operation();
    } catch (error) {
      signal?.throwIfAborted();
      const trouble = troubleOf(error);
      const wait = trouble.retryAfterMs ?? limits.firstWaitMs * 2 ** (attempt - 1);
      if (!trouble.transient || attempt >= limits.attempts || wait > limits.longestWaitMs) throw error;
      await sleep(wait, undefined, signal === undefined ? {} : { signal });
    }
  }
}
