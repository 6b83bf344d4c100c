// Repetitions are dropped, sources take turns where they are nearly as good, and scores fall.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Document, RankedPassage } from "../../src/domain.ts";
import { spread } from "../../src/retrieve/dedupe.ts";
import { articleOf } from "../benchmarks/evaluation/article.ts";

const documentOf = (id: string): Document => articleOf({ id, text: "x" }).document;
const ranked = (id: number, document: string, score: number, text: string): RankedPassage => ({
  passage: { id, document: documentOf(document), text, start: 0, end: text.length, heading: null, speaker: null, role: null },
  score,
  cosine: null,
  lexical: null,
});
const TEXT = "The council of Lomsund closed the quarry on Monday after two years of protest by residents of the valley.";

test("the same text under several documents counts once, also with a word changed or a sentence added", () => {
  const list = [
    ranked(1, "a", 0.9, TEXT),
    ranked(2, "b", 0.8, TEXT.replace("Monday", "Tuesday")),
    ranked(3, "c", 0.7, `${TEXT} The company will appeal.`),
    ranked(4, "d", 0.6, "Residents of the valley want the quarry to be closed by the council."),
  ];
  expect(spread(list, 5).map(({ passage }) => passage.id)).toEqual([1, 4]);
});

test("another source comes before the third of one document when it is nearly as good, not when it is much worse", () => {
  const words = ["apples pears", "boats trains", "rivers lakes", "copper tin", "schools parks"];
  const list = [0.5, 0.5, 0.5, 0.49, 0.3].map((score, at) =>
    ranked(at, at < 3 ? "a" : `b${at}`, score, `Only ${words[at]} were named.`),
  );
  expect(spread(list, 5).map(({ passage }) => passage.id)).toEqual([0, 3, 1, 2, 4]);
});

test("scores never rise, nothing comes twice, and k holds", () => {
  const passages = fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.double({ min: -1, max: 1, noNaN: true }), fc.lorem()), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(passages, fc.integer({ min: 1, max: 60 }), (list, k) => {
      const sorted = list
        .map(([document, score, text], id) => ranked(id, String(document), score, text))
        .sort((a, b) => b.score - a.score);
      const chosen = spread(sorted, k);
      expect(chosen.length).toBeLessThanOrEqual(k);
      expect(new Set(chosen.map(({ passage }) => passage.id)).size).toBe(chosen.length);
      expect(chosen.every(({ score }, at) => at === 0 || score <= (chosen[at - 1]?.score ?? 0))).toBe(true);
    }),
  );
});
