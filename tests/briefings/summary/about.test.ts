// What a summary of a topic may be made of.
import { expect, test } from "vitest";
import { candidatesOf } from "../../../src/answer/candidates.ts";
import type { Scored } from "../../../src/answer/relevance.ts";
import { aboutOnly, newestOf } from "../../../src/briefings/summary/about.ts";
import { chooseSentences } from "../../../src/briefings/summary/choose.ts";
import { article } from "../../support/documents.ts";

const NEWS: [title: string, published: string, text: string][] = [
  [
    "National Bank of Orvia lifts rate to 3 percent",
    "2031-07-02",
    "The National Bank of Orvia raised its key rate to 3 percent on Wednesday. The mark was little changed.",
  ],
  [
    "National Bank of Orvia lifts rate to 3.5 percent",
    "2031-11-05",
    "The National Bank of Orvia raised its key rate to 3.5 percent on Wednesday. Governor Hela Mund called the step modest.",
  ],
  [
    "Finance minister is angry",
    "2031-11-07",
    "Minister Pell Tarn attacked the national bank in Orvia on Friday. The bank rejected his words. Tarn will speak at a fair on Sunday.",
  ],
  [
    "National Bank of Selm cuts rate",
    "2031-10-01",
    "The National Bank of Selm cut its key rate to 2 percent on Wednesday. The bank fears a slump.",
  ],
  ["Eels return to the lake", "2031-11-09", "Eels have returned to the lake near Tessmar after forty years."],
];

const SCORED: Scored[] = NEWS.flatMap(([title, published, text], at) => {
  const { document } = article(`${at}.md`, text, { title, published, genre: "report" });
  const passage = { id: at, document, text, start: 0, end: text.length, heading: null, speaker: null, role: null };
  return candidatesOf([{ passage, score: 1, cosine: null, lexical: null }]).map((candidate) => ({
    candidate,
    score: 1 - at / 10,
    coverage: 1,
    cosine: 0.2,
  }));
});
const textsAbout = (topic: string): string =>
  aboutOnly(topic, SCORED)
    .map(({ candidate }) => candidate.text)
    .join("\n");

test("another bank and another story stay out; what a text about it calls “the bank” stays in", () => {
  const texts = textsAbout("national bank of Orvia");
  for (const words of ["to 3 percent", "to 3.5 percent", "Hela Mund", "little changed", "attacked", "rejected"])
    expect(texts).toContain(words);
  for (const words of ["Selm", "slump", "Eels", "fair on Sunday"]) expect(texts).not.toContain(words);
});

test("one word is a name", () => {
  expect(textsAbout("eels")).toBe("Eels have returned to the lake near Tessmar after forty years.");
});

test("a topic that no text says in its words is left to the nearness of meaning", () => {
  expect(aboutOnly("monetary tightening", SCORED)).toHaveLength(SCORED.length);
});

test("the newest development is in, and is not taken for the one before with other numbers", () => {
  const topic = "National Bank of Orvia";
  const ranked = aboutOnly(topic, SCORED);
  const newest = newestOf(topic, ranked);
  expect(newest?.passage.document.published).toBe("2031-11-07");
  const texts = chooseSentences(ranked, "short", newest).map(({ candidate }) => candidate.text);
  expect(texts[0]).toContain("Pell Tarn");
  expect(texts.join("\n")).toMatch(/3\.5 percent/);
  expect(texts.join("\n")).toMatch(/to 3 percent/);
});
