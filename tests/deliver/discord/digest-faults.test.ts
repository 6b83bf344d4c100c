// Exactly once, whatever breaks: the real bot as a process, several digests, Discord faulty, killed at chosen steps.
// `tests/benchmarks/digest-faults.ts` runs as many scenes as one likes.
import { expect, test } from "vitest";
import { deliverUnder } from "../../support/digest-faults.ts";

test("two processes, one killed while a request is on its way: each message stands in its channel once", async () => {
  const { wrong, parts } = await deliverUnder({ seed: 7, digests: 4, processes: 2, kills: ["in request"] });
  expect(wrong).toEqual([]);
  expect(parts).toBeGreaterThan(4);
}, 90_000);
