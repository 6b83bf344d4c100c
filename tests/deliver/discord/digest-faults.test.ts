// Exactly once, whatever breaks: the real bot as a process, one fault a run. `tests/benchmarks/digest-faults.ts` runs as many as one likes.
import { expect, test } from "vitest";
import { deliverUnder, type FaultKind } from "../../support/digest-faults.ts";
import { randomFrom } from "../../support/news-month.ts";

test.each<FaultKind>(["kill in request", "kill after stored", "two"])(
  "%s: the digest stands in the channel once",
  async (fault) => {
    expect(await deliverUnder(fault, randomFrom(7))).toBe(1);
  },
  90_000,
);
