// A made-up month, a digest a day, with the real sentence model. What grouping was set by is the even half of the events; this is the odd one.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createDigester } from "../../../src/answer/digest/digester.ts";
import { groupEvents } from "../../../src/answer/digest/group-events.ts";
import { tellingOf } from "../../../src/answer/digest/telling.ts";
import type { Digest } from "../../../src/briefing.ts";
import { createOnnxEmbedder } from "../../../src/models/onnx-embedder.ts";
import { documentOf, newsLibrary, passageOf, type NewsLibrary } from "../../support/news-library.ts";
import { newsMonth, type NewsItem } from "../../support/news-month.ts";

const SEED = 20_310_301;
const items = newsMonth(SEED);
const embedder = createOnnxEmbedder();
const digests: Digest[] = [];
let library: NewsLibrary;

const itemOf = (id: string): NewsItem => {
  const item = library.items.get(id);
  if (item === undefined) throw new Error(`no item ${id}`);
  return item;
};

beforeAll(async () => {
  library = await newsLibrary(items, embedder);
  for (let day = 0; day < 30; day += 1) {
    const now = new Date(Date.UTC(2031, 2, 1 + day, 23, 30));
    const digester = createDigester({
      clock: { now: () => now },
      embedSentences: (texts) => embedder.embed(texts, "query"),
      notices: async () => [],
    });
    digests.push(await digester.digest(library, { date: now.toISOString().slice(0, 10) }));
  }
}, 60_000);
afterAll(() => embedder.close());

/** Pairwise F1 over the pairs in which no item is of the other half. */
async function pairwiseF1(half: 0 | 1): Promise<number> {
  const tellings = [];
  for (const item of items) tellings.push(tellingOf(documentOf(item), [passageOf(item)], await library.leadVectors(item.id, 2)));
  const group = new Map<string, number>();
  groupEvents(tellings).forEach((each, at) => each.tellings.forEach(({ document }) => group.set(document.id, at)));
  const own = items.filter(({ event }) => event === -1 || event % 2 === half);
  let [right, wrong, missed] = [0, 0, 0];
  own.forEach((a, at) => {
    for (const b of own.slice(at + 1)) {
      const same = a.event !== -1 && a.event === b.event;
      const found = group.get(a.id) === group.get(b.id);
      if (same && found) right += 1;
      else if (same) missed += 1;
      else if (found) wrong += 1;
    }
  });
  return (2 * right) / (2 * right + wrong + missed);
}

describe("a month of news", () => {
  test("events are found across outlets: pairwise F1 of 0.90 on the events that nothing was set by", async () => {
    const f1 = await pairwiseF1(1);
    console.log(`pairwise F1 of event grouping: ${f1.toFixed(3)} (half that was tuned: ${(await pairwiseF1(0)).toFixed(3)})`);
    expect(f1).toBeGreaterThanOrEqual(0.9);
  });

  test("hardly an event stands twice in one digest", () => {
    let twice = 0;
    for (const { items: entries } of digests) {
      const events = entries.map(
        (entry) => new Set(entry.documents.map((id) => itemOf(id).event).filter((event) => event !== -1)),
      );
      const all = events.flatMap((set) => [...set]);
      twice += all.length - new Set(all).size;
    }
    console.log(`events told twice in one digest, over 30 days: ${twice}`);
    expect(twice).toBeLessThanOrEqual(4);
  });

  test("what was told before comes again only with news, as an update", () => {
    const kindsOf = (documents: readonly string[]): Set<string> => new Set(documents.map((id) => itemOf(id).kind));
    const entries = digests.flatMap((digest) => digest.items);
    const repeated = entries.filter(({ documents }) => [...kindsOf(documents)].every((kind) => kind === "repeat"));
    expect(repeated.map(({ headline }) => headline)).toEqual([]);
    const later = entries.filter(({ documents }) => kindsOf(documents).has("later"));
    const updates = later.filter(({ earlier }) => earlier !== null);
    console.log(`later reports told: ${later.length}, as updates: ${updates.length}`);
    expect(updates.length).toBeGreaterThanOrEqual(later.length * 0.8);
    expect(later.length).toBeGreaterThanOrEqual(15);
  });

  test("both numbers are shown where outlets differ", () => {
    const sided = items.filter(({ kind }) => kind === "other side");
    const shown = sided.filter((item) => {
      const entry = digests[item.day]?.items.find(({ documents }) => documents.includes(item.id));
      const number = /\d+/.exec(item.text)?.[0] ?? "";
      const told = [...(entry?.sentences ?? []), ...(entry?.disagreements ?? []).flatMap(({ sides }) => sides)].map(
        ({ text }) => text,
      );
      return (
        (entry?.documents.length ?? 0) > 1 &&
        told.some((text) => text.includes(number)) &&
        told.some((text) => !text.includes(number))
      );
    });
    console.log(`both sides shown: ${shown.length} of ${sided.length}`);
    expect(shown.length).toBeGreaterThanOrEqual(sided.length - 1);
  });

  test("every sentence is cited and checked, every headline is made of what is cited", () => {
    for (const { items: entries, sources } of digests) {
      for (const { sentences, headline, outlets, documents } of entries) {
        expect(sentences.length).toBeGreaterThanOrEqual(1);
        expect(sentences.length).toBeLessThanOrEqual(3);
        for (const { citations, check } of sentences) {
          expect(check.supported).toBe(true);
          expect(citations.every((n) => sources[n - 1]?.n === n)).toBe(true);
        }
        expect(headline).not.toBe("");
        expect(documents.map((id) => itemOf(id).title)).not.toContain(headline);
        expect(outlets.length).toBeGreaterThanOrEqual(1);
      }
    }
  });
});
