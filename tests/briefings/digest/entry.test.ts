// The headline of an entry that only a voice of its own tells.
import { expect, test } from "vitest";
import { createSourceList } from "../../../src/answer/citations.ts";
import { entryOf } from "../../../src/briefings/digest/event-entry.ts";
import { article } from "../../support/documents.ts";

function passageOf(text: string, genre: "report" | "opinion", author: string | null, id = "a") {
  const { document } = article(`${id}.md`, text, { title: "News", published: "2031-03-02", publisher: "Isk Courier", genre });
  return { id: 1, document: { ...document, author }, text, start: 0, end: text.length, heading: null, speaker: null, role: null };
}

test("the headline of an opinion is its voice, its genre and its words, in a line", () => {
  const text =
    "The ferry should be free for everyone on the islands. The towns have waited for it since the mill closed, and they will not wait for another report on it.";
  const entry = entryOf({ told: [[passageOf(text, "opinion", "Hela Mund")]], earlier: [] }, createSourceList());
  expect(entry?.headline).toMatch(/^Hela Mund \(opinion\): “[^“”]+”$/);
  expect(entry?.headline.length).toBeLessThan(100);
});
