// The headline of an entry: that only a voice of its own tells, and of texts without a title.
import { expect, test } from "vitest";
import { createSourceList } from "../../../src/answer/citations.ts";
import { draftOf, entryOf, type EventTexts } from "../../../src/briefings/digest/event-entry.ts";
import type { DigestItem } from "../../../src/results.ts";
import { article } from "../../support/documents.ts";

function passageOf(text: string, genre: "report" | "opinion", author: string | null, id = "a", title: string | null = "News") {
  const { document } = article(`${id}.md`, text, { title, published: "2031-03-02", publisher: "Isk Courier", genre });
  return { id: 1, document: { ...document, author }, text, start: 0, end: text.length, heading: null, speaker: null, role: null };
}

const quotedEntry = (texts: EventTexts): DigestItem | null => {
  const draft = draftOf(texts);
  return draft === null ? null : entryOf(draft, null, createSourceList());
};

test("the headline of an opinion is its voice, its genre and its words, in a line", () => {
  const text =
    "The ferry should be free for everyone on the islands. The towns have waited for it since the mill closed, and they will not wait for another report on it.";
  const entry = quotedEntry({ told: [[passageOf(text, "opinion", "Hela Mund")]], earlier: [] });
  expect(entry?.headline).toMatch(/^Hela Mund \(opinion\): “[^“”]+”$/);
  expect(entry?.headline.length).toBeLessThan(100);
});

test("without a title of its own the entry has another's, or who tells it and when", () => {
  const crane = passageOf("A crane fell into the basin of Isk harbour on Tuesday.", "report", null, "a", null);
  const ferry = passageOf(
    "The harbour of Isk stays closed to the ferry until Friday.",
    "report",
    null,
    "b",
    "Isk harbour closed",
  );
  const headlineOf = (...told: (typeof crane)[]): string | undefined =>
    quotedEntry({ told: told.map((passage) => [passage]), earlier: [] })?.headline;
  expect(headlineOf(crane, ferry)).toBe("Isk harbour closed");
  expect(headlineOf(crane)).toBe("Isk Courier, 2 Mar 2031");
});
