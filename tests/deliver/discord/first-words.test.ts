// While a model writes, people see what is being read; the answer takes its place in the same message. How soon is measured by
// tests/benchmarks/first-words.ts.
import { describe, expect, test } from "vitest";
import { askAtOnce } from "../../support/first-words.ts";

const READING = /^-# Reading \d+ documents?, (?:of|from) <t:\d+:D>.*, by .+ …$/;
const BUSY = /^I am busy: \d+ questions are ahead.*\n/;

describe("the first visible words", () => {
  test("are there for all of twenty who ask at once before a model has written for any, and become the answer", async () => {
    let write = (): void => {};
    const written = new Promise<void>((resolve) => {
      write = resolve;
    });
    const shown = await askAtOnce({
      // a bot that has people wait for a place until an answer is written never gets there
      model: () => written,
      slash: 14,
      mentions: 6,
      onShown: (all) => {
        if (
          all.every(
            ({ texts, late, answerMs }) => late || answerMs > 0 || texts.some((text) => READING.test(text.replace(BUSY, ""))),
          )
        )
          write();
      },
    });
    // a question that is answered without a model may have its answer at once
    const told = shown.filter(({ texts, late }) => !late && texts.length > 1);
    expect(told.length).toBeGreaterThan(shown.filter(({ late }) => !late).length * 0.75);
    for (const { texts, messages } of shown) {
      expect(messages).toBe(1);
      // a notice that others are ahead may come first; no half of an answer ever does
      expect(texts.slice(0, -1).filter((text) => !READING.test(text.replace(BUSY, "")))).toEqual([]);
      expect(texts.at(-1)).not.toMatch(/Reading \d+ documents/);
    }
  });

  test("are the answer itself without a model", async () => {
    const shown = await askAtOnce({ model: null, slash: 1, mentions: 1 });
    expect(shown.map(({ texts }) => texts.length)).toEqual([1, 1]);
  });
});
