// Whom an entry names as source of its sentences.
import { expect, test } from "vitest";
import { createSourceList } from "../../../src/answer/citations.ts";
import { draftOf, entryOf } from "../../../src/briefings/digest/event-entry.ts";
import type { DigestItem } from "../../../src/results.ts";
import { documentOf, passageOf } from "../../support/news-library.ts";

function entry(texts: readonly (readonly [publisher: string, text: string])[]): DigestItem | null {
  const told = texts.map(([publisher, text], at) => {
    const item = { id: String(at), event: 1, day: 0, kind: "report" as const, title: "News", genre: "report" as const };
    const news = { ...item, publisher, published: "2031-03-01T08:00:00Z", text };
    return [passageOf(news)].map((passage) => ({ ...passage, document: documentOf(news) }));
  });
  const draft = draftOf({ told, earlier: [] });
  return draft === null ? null : entryOf(draft, null, createSourceList());
}

test("an outlet that says the opposite stands on a side, and is named as source of no sentence it does not carry", () => {
  const found = entry([
    ["The Weir", "Tarn Rovers beat Holt Albion 3-1 in the regional cup on Sunday."],
    ["The Lock", "Holt Albion beat Tarn Rovers 2-1 in the regional cup on Sunday."],
  ]);
  const sides = found?.disagreements[0]?.sides.map(({ text }) => text).join(" ");
  expect(sides).toContain("Tarn Rovers beat Holt Albion 3-1");
  expect(sides).toContain("Holt Albion beat Tarn Rovers 2-1");
  const sentences = found?.sentences.map(({ text }) => text) ?? [];
  expect(found?.outlets.includes("The Lock")).toBe(sentences.some((text) => text.startsWith("Holt")));
  expect(found?.outlets.includes("The Weir")).toBe(sentences.some((text) => text.startsWith("Tarn")));
  expect(found?.also).toEqual([]);
});

test("who carries a sentence tells it; who writes of the event otherwise also reports", () => {
  const told = "The council of Asby banned fireworks on New Year's Eve by nine votes to four.";
  const found = entry([
    ["The Weir", told],
    ["The Lock", told],
    ["The Quay", "Fireworks on New Year's Eve worry many people in Asby who keep dogs."],
  ]);
  expect(found?.outlets.slice(0, 2)).toEqual(["The Weir", "The Lock"]);
  const quay = found?.sentences.some(({ text }) => text.includes("dogs")) === true;
  expect(found?.[quay ? "outlets" : "also"]).toContain("The Quay");
});
