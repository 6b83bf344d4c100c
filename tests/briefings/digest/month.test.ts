// A made-up month, a digest a day, with the real sentence model; of a seed that nothing was set by. `tests/benchmarks/digest-months.ts`
// prints the same of more months, of other matters too.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createOnnxEmbedder } from "../../../src/models/onnx-embedder.ts";
import { monthFigures, type MonthFigures } from "../../support/month-figures.ts";
import { newsMonth } from "../../support/news-month.ts";

const items = newsMonth(20_310_406);
const embedder = createOnnxEmbedder();
let found: MonthFigures;

beforeAll(async () => {
  found = await monthFigures(items, embedder);
}, 60_000);
afterAll(() => embedder.close());

describe("a month of news", () => {
  test("events are found across outlets: pairwise F1 of 0.90", () => {
    expect(found.f1.all).toBeGreaterThanOrEqual(0.9);
  });

  test("hardly an event stands twice in one digest, and none with another", () => {
    expect(found.twice.length).toBeLessThanOrEqual(1);
    expect(found.mixed).toEqual([]);
  });

  test("what was told before comes again only with news, as an update", () => {
    expect(found.repeated).toEqual([]);
    expect(found.updates).toBeGreaterThanOrEqual(found.later * 0.8);
    expect(found.later).toBeGreaterThanOrEqual(15);
  });

  test("both numbers are shown where outlets differ", () => {
    expect(found.sided).toBeGreaterThanOrEqual(5);
    expect(found.oneSided).toEqual([]);
  });

  test("every sentence is cited and checked, every headline is the title of a report that is cited", () => {
    for (const { items: entries, sources } of found.digests) {
      for (const { sentences, headline, outlets, documents } of entries) {
        expect(sentences.length).toBeGreaterThanOrEqual(1);
        expect(sentences.length).toBeLessThanOrEqual(3);
        for (const { citations, check } of sentences) {
          expect(check.supported).toBe(true);
          expect(citations.every((n) => sources[n - 1]?.n === n)).toBe(true);
        }
        const titles = sources.flatMap(({ document: { id, title } }) => (documents.includes(id) ? [title ?? ""] : []));
        expect(titles.some((title) => title !== "" && headline.includes(title))).toBe(true);
        expect(outlets.length).toBeGreaterThanOrEqual(1);
      }
    }
  });
});
