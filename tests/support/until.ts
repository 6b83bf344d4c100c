// Waiting for what must become true, with a bound that is far from any ordinary duration.
import { setTimeout as sleep } from "node:timers/promises";

/** The first value of `probe` that is not undefined, null or false. Throws with `what` when it never comes. */
export async function until<T>(
  what: string,
  probe: () => T | undefined | null | false | Promise<T | undefined | null | false>,
  withinMs = 15_000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const value = await probe();
    if (value !== undefined && value !== null && value !== false) return value;
    if (Date.now() > deadline) throw new Error(`never happened: ${what}`);
    await sleep(5);
  }
}
