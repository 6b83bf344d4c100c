// Nobody speaks in a digest who was not introduced, where the text does it.
import { expect, test } from "vitest";
import { candidatesOf } from "../../../src/answer/candidates.ts";
import { createSourceList } from "../../../src/answer/citations.ts";
import { entryOf } from "../../../src/briefings/digest/entry.ts";
import { introducing } from "../../../src/briefings/digest/introductions.ts";
import { article } from "../../support/documents.ts";

function passageOf(text: string, genre: "report" | "opinion", author: string | null, id = "a") {
  const { document } = article(`${id}.md`, text, { title: "News", published: "2031-03-02", publisher: "Isk Courier", genre });
  return { id: 1, document: { ...document, author }, text, start: 0, end: text.length, heading: null, speaker: null, role: null };
}

const sentences = (text: string) =>
  candidatesOf([{ passage: passageOf(text, "report", null), score: 1, cosine: null, lexical: null }]);

test.each([
  [
    "The works chief Orla Venn will leave in May. The firm thanked her for nine years. Her post goes to Edda Korn of the Tessmar works. Korn said that she would listen first.",
    "Her post goes to Edda Korn of the Tessmar works.",
  ],
  [
    "Mayor Tarn Pell opened the bridge on Friday. A band of forty played on the quay. Pell praised the builders in a speech.",
    "Mayor Tarn Pell opened the bridge on Friday.",
  ],
])("the sentence that introduces comes first: %s", (text, introduction) => {
  const all = sentences(text);
  const last = all.at(-1);
  const before = all.slice(0, -1).filter(({ text: own }) => own !== introduction);
  expect(last === undefined ? "" : introducing(last, before, all).text).toBe(introduction);
});

test.each([
  "Edda Korn leads the works. Korn said that she would listen first.",
  "The town of Tessmar has a new bridge. Tessmar said that it cost nine million crowns.",
])("who is introduced, or is nobody, changes nothing: %s", (text) => {
  const all = sentences(text);
  const [first, last] = all;
  if (first === undefined || last === undefined) throw new Error("two sentences");
  expect(introducing(last, [first], all)).toBe(last);
});

test("the headline of an opinion is its voice, its genre and its words, in a line", () => {
  const text =
    "The ferry should be free for everyone on the islands. The towns have waited for it since the mill closed, and they will not wait for another report on it.";
  const entry = entryOf({ told: [[passageOf(text, "opinion", "Hela Mund")]], earlier: [] }, createSourceList());
  expect(entry?.headline).toMatch(/^Hela Mund \(opinion\): “[^“”]+”$/);
  expect(entry?.headline.length).toBeLessThan(100);
});
