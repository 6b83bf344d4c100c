// Which sentences tell of a topic, and that the newest, and nothing twice, is among them.
import { expect, test } from "vitest";
import { candidatesOf } from "../../src/answer/candidates.ts";
import { textOf } from "../../src/answer/citations.ts";
import type { Scored } from "../../src/answer/relevance.ts";
import { aboutTopic, chooseSentences, statementsOf, weighSentences } from "../../src/briefings/choose-sentences.ts";
import { article } from "../support/documents.ts";

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
    "National Bank of Orvia lifts rate, says wire",
    "2031-11-05",
    "The National Bank of Orvia raised its key rate to 3.5 percent on Wednesday. Top news: storm closes the port, mayor of Selm resigns, eels are back",
  ],
  ["Bank of Selm cuts rate", "2031-10-01", "The Bank of Selm cut its key rate to 2 percent on Wednesday. It fears a slump."],
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
  aboutTopic(topic, SCORED)
    .map(({ candidate }) => candidate.text)
    .join("\n");

test("what only announces what is to come is not told", () => {
  const text = "Here is what we know of the Orvia flood. The flood in Orvia took two bridges.";
  const { document } = article("flood.md", text, { title: "Flood", published: "2031-11-09", genre: "report" });
  const passage = { id: 99, document, text, start: 0, end: text.length, heading: null, speaker: null, role: null };
  const weighed = weighSentences(candidatesOf([{ passage, score: 1, cosine: null, lexical: null }]), null);
  expect(weighed.map(({ candidate }) => candidate.text)).toEqual(["The flood in Orvia took two bridges."]);
});

test("another bank and another story stay out; what a text about it tells besides stays in", () => {
  const texts = textsAbout("national bank of Orvia");
  for (const words of ["to 3 percent", "to 3.5 percent", "Hela Mund", "little changed"]) expect(texts).toContain(words);
  for (const words of ["Selm cut", "slump", "Eels have"]) expect(texts).not.toContain(words);
});

test("a topic that no text says in its words is left to the nearness of meaning", () => {
  expect(aboutTopic("monetary tightening", SCORED)).toHaveLength(SCORED.length);
});

test("nothing twice, but other numbers are other news; the copy stands beside; a line of links tells nothing", () => {
  const ranked = aboutTopic("national bank of Orvia", SCORED);
  const last = ranked.find(({ candidate }) => candidate.text.includes("Hela Mund"))?.candidate ?? null;
  const chosen = chooseSentences(ranked, { sentences: 8, words: 200, first: last });
  const texts = chosen.map(({ candidate }) => candidate.text);
  expect(texts[0]).toContain("Hela Mund");
  expect(texts.filter((text) => text.includes("3.5 percent"))).toHaveLength(1);
  expect(texts.join("\n")).toContain("to 3 percent");
  expect(texts.join("\n")).not.toContain("Top news");
  expect(chosen.find(({ candidate }) => candidate.text.includes("3.5"))?.alike).toHaveLength(1);
});

test("what a text mentions once is not what the rest of it is about", () => {
  const filler =
    "The show has run for fifty years on the same channel. Its first star was a man of fifty-five. Fans wrote in from every town.";
  const { document } = article("show.md", "", { title: "A new doctor for the show", published: "2031-07-02", genre: "report" });
  const text = `${filler} ${filler.replaceAll("the same", "another")} The new doctor begins at Christmas in a film of his own.`;
  const passage = { id: 1, document, text, start: 400, end: 400 + text.length, heading: null, speaker: null, role: null };
  const ranked = candidatesOf([{ passage, score: 1, cosine: null, lexical: null }]).map((candidate) => ({
    candidate,
    score: 1,
    coverage: 1,
    cosine: 0.2,
  }));
  expect(aboutTopic("Christmas", ranked).map(({ candidate }) => candidate.text)).toEqual([
    "The new doctor begins at Christmas in a film of his own.",
  ]);
});

test("a voice that was heard without its name is introduced when it speaks again, once", () => {
  const text =
    "The piece says that the ferry must be free for all. The towns should have had it long ago. The mayor should pay for it from the harbour fund.";
  const { document } = article("ferry.md", text, { title: "Free ferry", published: "2031-07-02", genre: "opinion" });
  const passage = {
    id: 1,
    document: { ...document, author: "Hela Mund" },
    text,
    start: 0,
    end: text.length,
    heading: null,
    speaker: null,
    role: null,
  };
  const chosen = candidatesOf([{ passage, score: 1, cosine: null, lexical: null }]).map((candidate) => ({
    candidate,
    alike: [],
  }));
  const told = statementsOf(chosen).map(textOf);
  expect(told.map((line) => line.split(":")[0])).toEqual([chosen[0]?.candidate.text, "Hela Mund argues", "Mund adds"]);
});
