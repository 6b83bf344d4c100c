// Turns are fair between servers and people, and nothing is lost or run twice.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createFairQueue } from "../../../src/deliver/discord/fair-queue.ts";
import { until } from "../../support/until.ts";

const LIMITS = { concurrency: 1, aside: 10, waitingPerPerson: 100, waitingInAll: 1000 };

describe("fair queue", () => {
  test("one question gets its turn between another person's twenty", async () => {
    const open = createFairQueue(LIMITS);
    const ran: string[] = [];
    const done: Promise<void>[] = [];
    const enqueue = (place: string, person: string, name: string): void => {
      done.push(
        new Promise((resolve) => {
          open.add({ place, person }, async () => void ran.push(name));
          open.add({ place, person }, async () => resolve());
        }),
      );
    };
    for (let index = 0; index < 20; index += 1) enqueue("north", "ada", `ada ${index}`);
    enqueue("north", "bo", "bo");
    enqueue("south", "cy", "cy");
    await Promise.all(done);
    expect(ran.indexOf("bo")).toBeLessThan(5);
    expect(ran.indexOf("cy")).toBeLessThan(5);
    expect(ran.filter((name) => name.startsWith("ada"))).toEqual(Array.from({ length: 20 }, (_, index) => `ada ${index}`));
  });

  test("every task runs once, never more than allowed at a time", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })), { maxLength: 40 }),
        fc.integer({ min: 1, max: 5 }),
        async (keys, concurrency) => {
          const queue = createFairQueue({ ...LIMITS, concurrency });
          let running = 0;
          let most = 0;
          const runs = keys.map(() => 0);
          await Promise.all(
            keys.map(
              ([place, person], index) =>
                new Promise<void>((resolve) => {
                  queue.add({ place: String(place), person: String(person) }, async () => {
                    running += 1;
                    most = Math.max(most, running);
                    await new Promise((next) => void setImmediate(next));
                    running -= 1;
                    runs[index] = (runs[index] ?? 0) + 1;
                    resolve();
                  });
                }),
            ),
          );
          expect(runs.every((count) => count === 1)).toBe(true);
          expect(most).toBeLessThanOrEqual(concurrency);
        },
      ),
      { numRuns: 50 },
    );
  });

  test("a task that only waits for others gives its place away, and goes on when all have begun", async () => {
    const queue = createFairQueue({ ...LIMITS, aside: 2 });
    const seen: string[] = [];
    const finish: (() => void)[] = [];
    const tasks = ["a", "b", "c"].map(
      (name) =>
        new Promise<void>((resolve) => {
          queue.add({ place: "north", person: "ada" }, async (stepAside) => {
            seen.push(`${name} begins`);
            await stepAside?.();
            seen.push(`${name} goes on`);
            await new Promise<void>((done) => finish.push(done));
            resolve();
          });
        }),
    );
    await until("the third has begun", () => finish.length === 3 || null);
    // no more than two may step aside, so the third holds the one place
    expect(seen).toEqual(["a begins", "b begins", "c begins", "c goes on", "a goes on", "b goes on"]);
    expect(queue.running).toBe(3);
    let closed = false;
    const closing = queue.close(5000).then(() => (closed = true));
    finish.slice(0, 2).forEach((done) => done());
    await new Promise((next) => void setImmediate(next));
    expect(closed).toBe(false);
    finish[2]?.();
    await Promise.all([...tasks, closing]);
    expect(queue.running).toBe(0);
  });

  test("a full queue says so, and a closed one tells those who wait", async () => {
    const queue = createFairQueue({ concurrency: 1, aside: 10, waitingPerPerson: 2, waitingInAll: 3 });
    let finish = (): void => {};
    const gate = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const dropped: number[] = [];
    const add = (person: string, index: number): number | undefined =>
      queue.add({ place: "north", person }, async (stepAside) => {
        if (stepAside === null) dropped.push(index);
        else await gate;
      })?.ahead;
    expect(["ada", "ada", "ada", "ada", "bo", "cy"].map(add)).toEqual([0, 1, 2, undefined, 3, undefined]);
    const closed = queue.close(5000);
    expect(dropped.toSorted((a, b) => a - b)).toEqual([1, 2, 4]);
    expect(add("ada", 6)).toBeUndefined();
    finish();
    await closed;
    expect(queue.running).toBe(0);
  });
});
