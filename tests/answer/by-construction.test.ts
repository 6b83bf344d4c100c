// True by construction: without a model every character that is posted comes from a slice of a stored text, from a field of its document, or
// from a template. Held for answers, summaries, timelines, changes and digests over reports, opinions and parts with a speaker of their own.
import { afterAll, beforeAll, expect, test } from "vitest";
import { createAnswerer } from "../../src/answer/answerer.ts";
import { aboutMetadata, cited, createSourceList, own, type Part, quoted } from "../../src/answer/citations.ts";
import { createBriefings } from "../../src/briefings/briefings.ts";
import { createDigester } from "../../src/briefings/digest/digester.ts";
import type { Article, Check, Passage, Source } from "../../src/domain.ts";
import { createAnswerReader } from "../../src/models/answer-reader.ts";
import { dateInWords } from "../../src/text/date-words.ts";
import { surname } from "../../src/text/same-name.ts";
import { article } from "../support/documents.ts";
import { type NotesIndex, openNotes } from "../support/notes-index.ts";

const WORDS = /\b(?:in|adds|argues|says|the|same|text|authors|an|unsigned|opinion|analysis|interview|statement|report|piece)\b/gi;

const TEXTS: [string, Parameters<typeof article>[2], string][] = [
  [
    "wire",
    { title: "Talks in Lirien collapse", publisher: "Baltic Wire", published: "2031-11-08", genre: "report" },
    "The talks between Velmark and Dorn on the river tariff collapsed in Lirien on 8 November 2031. However, the Velmark delegation will return in May 2032. About 300 barges are waiting on the river Isk.",
  ],
  [
    "tribune",
    { title: "Deal in Lirien", publisher: "Dorn Tribune", published: "2031-11-09", genre: "report" },
    "The talks between Velmark and Dorn on the river tariff in Lirien were successful, diplomats said. The two sides agreed on a tariff of 4 per cent on 9 November 2031. About 450 barges are waiting on the river Isk.",
  ],
  [
    "column",
    {
      title: "The tariff must fall",
      publisher: "Velmark Review",
      author: "Edda Sorn",
      published: "2031-11-11",
      genre: "opinion",
    },
    "The river tariff between Velmark and Dorn should be abolished. “It punishes the bargemen of Lirien,” a captain told me. The talks on the river tariff must not end without a new round.",
  ],
  [
    "letter",
    { author: "Jon Ruck", genre: "opinion", published: "2031-10-02" },
    "And the river tariff has ruined the port of Lirien since June 2029.",
  ],
  [
    "notes",
    { title: null, genre: "analysis", published: null },
    "The river tariff was introduced in 2027. The tariff brought Dorn 12 million crowns in 2030.",
  ],
];

function spoken(): Article {
  const made = article(
    "expert.md",
    "The river tariff will split Velmark and Dorn for years. Nobody in Lirien gains from the tariff.",
    {
      title: "Four voices on the tariff",
      publisher: "Isk Courier",
      author: "Mara Lind, Piet Holm",
      published: "2031-11-12",
      genre: "analysis",
    },
  );
  return { ...made, blocks: made.blocks.map((block) => ({ ...block, speaker: "Piet Holm", role: "Dean (law), Isk" })) };
}

let notes: NotesIndex;
beforeAll(async () => {
  notes = await openNotes([...TEXTS.map(([name, about, text]) => article(`${name}.md`, text, about)), spoken()]);
});
afterAll(() => notes.close());

interface Told {
  text: string;
  citations: readonly number[];
  check?: Check;
}

/** Takes away the slices, then the values of the documents' fields, then the words of the templates: nothing may be left. */
async function madeOtherwise(told: readonly Told[], sources: readonly Source[]): Promise<string[]> {
  const found: string[] = [];
  if (told.length === 0) found.push("nothing was told");
  for (const { text, citations, check } of told) {
    let rest = text;
    const cites = citations.flatMap((n) => sources.filter((source) => source.n === n));
    if (cites.length !== citations.length) found.push(`without a source: ${text}`);
    for (const { quote, start, end, document } of cites) {
      const stored = await notes.store.document(document.id);
      if (stored?.text.slice(start, end) !== quote) found.push(`no slice: ${quote}`);
      rest = rest.replaceAll(quote, " ");
    }
    const values = cites.flatMap(({ document: { title, publisher, author, published }, speaker }) => {
      const voices = [speaker, author, ...(author?.split(", ") ?? [])].filter((voice) => voice !== null);
      return [title, publisher, ...voices, ...voices.map(surname), published === null ? "undated" : dateInWords(published)];
    });
    for (const value of values
      .filter((value) => value !== null)
      .concat("Piet Holm", "Holm", "Dean (law)")
      .sort((a, b) => b.length - a.length))
      rest = rest.replaceAll(value, " ");
    if (!/^[\s“”:;,()]*$/.test(rest.replace(WORDS, " "))) found.push(text);
    if (check !== undefined && (check.score !== 1 || !/^(?:verbatim|framed quote)$/.test(check.method))) found.push(check.method);
  }
  return found;
}

const embedSentences = (texts: readonly string[]) => notes.embedder.embed(texts, "query");

test.each([
  "How did the talks in Lirien on the river tariff end?",
  "What does Edda Sorn say about the river tariff?",
  "What does Piet Holm say about the tariff?",
  "How many barges are waiting on the river Isk?",
  "What has the river tariff done to the port of Lirien?",
])("an answer: %s", async (question) => {
  const { clock, retriever } = notes;
  const answer = await createAnswerer({ clock, read: createAnswerReader(notes.embedder.answers) }).answer(
    await retriever.retrieve(question, { k: 20 }),
  );
  expect(
    await madeOtherwise([...answer.sentences, ...answer.disagreements.flatMap(({ sides }) => sides)], answer.sources),
  ).toEqual([]);
});

test("a summary, a timeline, what changed", async () => {
  const { store, retriever, clock, verifier } = notes;
  const briefings = createBriefings({ store, retriever, embedSentences, clock, verifier });
  const summary = await briefings.summarize({ topic: "river tariff", length: "long" });
  expect(
    await madeOtherwise(
      [...summary.draft.sentences, ...summary.draft.disagreements.flatMap(({ sides }) => sides)],
      summary.draft.sources,
    ),
  ).toEqual([]);
  const timeline = await briefings.timeline("river tariff", {});
  expect(await madeOtherwise([...timeline.events, ...timeline.undated], timeline.sources)).toEqual([]);
  const changes = await briefings.changes("2031-11-09", null, {});
  const told = changes.items.flatMap(({ text, before, citations }) => [
    { text, citations },
    ...(before === null ? [] : [{ text: before, citations }]),
  ]);
  expect(await madeOtherwise(told, changes.sources)).toEqual([]);
});

test("a digest, with its headlines", async () => {
  const { store } = notes;
  const digester = createDigester({
    clock: { now: () => new Date("2031-11-12T20:00:00Z") },
    embedSentences,
    notices: async () => [],
  });
  const { items, sources } = await digester.digest(
    {
      documents: (filter) => store.documents(filter),
      passagesOf: (id) => store.passagesOf(id),
      leadVectors: (id, limit) => store.leadVectors(id, limit),
    },
    { since: "2031-11-06", until: "2031-11-12" },
  );
  const all = sources.map(({ n }) => n);
  expect(
    await madeOtherwise(
      items.flatMap((item) => [
        ...item.sentences,
        ...item.opinions,
        ...(item.disagreements ?? []).flatMap(({ sides }) => sides),
        { text: item.headline, citations: all },
      ]),
      sources,
    ),
  ).toEqual([]);
});

test("a part that a model wrote is never cited without a check of its own", () => {
  const passage = { id: 1, start: 10, end: 20, text: "The quay.", document: { id: "d", url: null } } as Passage;
  const generated: Part = { kind: "generated", text: "The quay opened.", places: [{ passage, start: 10, end: 14 }] };
  expect(() => cited({ parts: [own("Sorn: "), generated] }, createSourceList())).toThrow(RangeError);
  expect(() => cited({ parts: [quoted({ passage, start: 5, end: 14 })] }, createSourceList())).toThrow(RangeError);
  expect(aboutMetadata("“Quay” is undated.", [1]).check.method).toBe("metadata");
});
