// Attempts, waits, the limit on calls at once and the pause: with operations that fail on purpose; no clock is faked.
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Passing } from "../../src/models/provider-trouble.ts";
import { createSteadily, type Steadiness } from "../../src/models/steadily.ts";

const busy = (retryAfterMs: number | null = null): Error =>
  Object.assign(new Error("busy"), { passing: { transient: true, late: false, unanswered: false, retryAfterMs } });
const passing = (error: unknown): Passing =>
  (error as { passing?: Passing }).passing ?? { transient: false, late: false, unanswered: false, retryAfterMs: null };
const steadily = (limits: Partial<Steadiness>, stop?: AbortSignal) =>
  createSteadily({ passing, limits: { firstWaitMs: 1, ...limits }, stop, paused: () => new Error("paused") });

/** Fails as told, call by call, then succeeds. */
function failing(...errors: Error[]) {
  let calls = 0;
  return {
    calls: () => calls,
    operation: async (): Promise<string> => {
      calls += 1;
      const error = errors.shift();
      if (error !== undefined) throw error;
      return "done";
    },
  };
}

test("passing trouble is tried again, lasting trouble is not", async () => {
  const run = steadily({ attempts: 3 });
  const passes = failing(busy(), busy());
  expect(await run(passes.operation)).toBe("done");
  const stays = failing(busy(), busy(), busy());
  await expect(run(stays.operation)).rejects.toThrow("busy");
  const lasting = failing(new Error("no such model"));
  await expect(run(lasting.operation)).rejects.toThrow("no such model");
  expect([passes.calls(), stays.calls(), lasting.calls()]).toEqual([3, 3, 1]);
});

test("it waits as long as it is asked to, and not at all where that is too long", async () => {
  const began = performance.now();
  expect(await steadily({ longestWaitMs: 1_000 })(failing(busy(300)).operation)).toBe("done");
  expect(performance.now() - began).toBeGreaterThanOrEqual(295);
  const far = failing(busy(5_000));
  await expect(steadily({ longestWaitMs: 1_000 })(far.operation)).rejects.toThrow("busy");
  expect(far.calls()).toBe(1);
});

test("no more calls at once than the limit; the others wait for their turn", async () => {
  const run = steadily({ atOnce: 3 });
  let now = 0;
  let most = 0;
  const call = async (): Promise<void> => {
    most = Math.max(most, (now += 1));
    await sleep(5);
    now -= 1;
  };
  await Promise.all(Array.from({ length: 20 }, () => run(call)));
  expect(most).toBe(3);
});

test("after a run of troubles nothing is sent for a while; one call that succeeds ends the pause", async () => {
  const run = steadily({ attempts: 1, troublesInARow: 3, pauseMs: 100 });
  const down = failing(busy(), busy(), busy());
  for (let time = 0; time < 3; time += 1) await expect(run(down.operation)).rejects.toThrow("busy");
  await expect(run(down.operation)).rejects.toThrow("paused");
  expect(down.calls()).toBe(3);
  await sleep(110);
  expect(await run(down.operation)).toBe("done");
  expect(await run(down.operation)).toBe("done");
});

test("what lies with the request itself is no reason for a pause", async () => {
  const run = steadily({ troublesInARow: 2 });
  for (let time = 0; time < 5; time += 1) await expect(run(failing(new Error("too long")).operation)).rejects.toThrow("too long");
  expect(await run(failing().operation)).toBe("done");
});

test("a signal ends what runs, what waits for its turn and what waits for the next attempt, though the operation does not listen", async () => {
  const run = steadily({ atOnce: 1, longestWaitMs: 60_000 });
  const deaf = (): Promise<never> => new Promise(() => undefined);
  const abort = new AbortController();
  const both = [run(deaf, abort.signal), run(deaf, abort.signal)];
  const waits = steadily({ longestWaitMs: 60_000 })(failing(busy(50_000)).operation, abort.signal);
  await sleep(5);
  abort.abort();
  for (const ended of [...both, waits]) await expect(ended).rejects.toMatchObject({ name: "AbortError" });
});

test("when the program stops, all calls end and none begins", async () => {
  const stop = new AbortController();
  const run = steadily({}, stop.signal);
  const hangs = run(() => new Promise(() => undefined));
  await sleep(5);
  stop.abort();
  await expect(hangs).rejects.toMatchObject({ name: "AbortError" });
  const later = failing();
  await expect(run(later.operation)).rejects.toMatchObject({ name: "AbortError" });
  expect(later.calls()).toBe(0);
});
