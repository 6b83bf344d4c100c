import { afterAll, expect, test } from "vitest";
import { createAnswerer } from "../../src/answer/answerer.ts";
import type { Document, Passage, RankedPassage, Retrieval } from "../../src/domain.ts";
import { createAnswerReader } from "../../src/models/answer-reader.ts";
import { createOnnxEmbedder } from "../../src/models/onnx-embedder.ts";
import { isStopWord, wordsOf } from "../../src/text/words.ts";

const embedder = createOnnxEmbedder();
const read = createAnswerReader(embedder.answers);

afterAll(() => embedder.close());

let id = 0;
function passage(text: string, document: Partial<Document>, more: Partial<Passage> = {}): RankedPassage {
  id += 1;
  const whole: Document = {
    id: `d${id}`,
    title: null,
    publisher: null,
    author: null,
    published: null,
    updated: null,
    fetched: "2031-01-01",
    genre: null,
    url: null,
    path: null,
    language: "en",
    ...document,
  };
  const given = {
    id,
    document: whole,
    text,
    start: 40,
    end: 40 + text.length,
    heading: null,
    speaker: null,
    role: null,
    ...more,
  };
  return { passage: given, score: 1 / id, cosine: 0.6, lexical: 0.5 };
}

function retrieval(question: string, passages: RankedPassage[], parts = [question]): Retrieval {
  const stems = wordsOf(question).flatMap((word) => (isStopWord(word.folded) ? [] : [word.stem]));
  const inquiry = { text: question, stems, phrases: [], names: [], parts, period: null, wantsLatest: false };
  return { inquiry, passages, filter: {}, coverage: { documents: 1, from: null, to: null, publishers: [] }, warnings: [] };
}

const clock = { now: () => new Date("2031-06-01T00:00:00Z") };
const answerer = createAnswerer({ clock, read });

const REPORT: Partial<Document> = {
  publisher: "Kestrel Gazette",
  published: "2031-03-05",
  genre: "report",
  url: "https://gazette.example/bridge",
};
const OPINION: Partial<Document> = {
  publisher: "Northland Times",
  author: "Ana Ruiz",
  published: "2031-03-07",
  genre: "opinion",
};

test("a report's sentence stands as it is; an opinion names its author", async () => {
  const result = await answerer.answer(
    retrieval("Why was the Halden bridge closed?", [
      passage("The Halden bridge was closed because of cracks in its second pillar. Traffic goes over the old ferry.", REPORT),
      passage("The Halden bridge was closed because of years of neglect by the council.", OPINION),
    ]),
  );
  const texts = result.sentences.map((sentence) => sentence.text);
  expect(texts).toContain("The Halden bridge was closed because of cracks in its second pillar.");
  expect(texts).toContain("Ana Ruiz argues: “The Halden bridge was closed because of years of neglect by the council.”");
  expect(result.sources[0]?.link).toMatch(/^https:\/\/gazette\.example\/bridge#:~:text=/);
  expect(result.sources.map((source) => source.n)).toEqual(result.sources.map((_, index) => index + 1));
});

test("a speaker of a part is named, not the page", async () => {
  const part = { speaker: "Jon Berg", role: "head of the dockers’ union" };
  const { sentences, sources } = await answerer.answer(
    retrieval("What do the dockers say about the Halden bridge?", [
      passage("The Halden bridge matters more to the dockers than any harbour tax.", { ...OPINION, genre: "interview" }, part),
    ]),
  );
  expect(sentences[0]?.text).toMatch(/^Jon Berg says: “/);
  expect(sources[0]?.speaker).toBe("Jon Berg");
});

test("a quoted official is the source's speaker", async () => {
  const { sources } = await answerer.answer(
    retrieval("What did the water minister say about the Sorrel dam?", [
      passage("“The Sorrel dam will hold,” Water Minister Lena Orsk said on Monday.", REPORT),
    ]),
  );
  expect(sources[0]?.speaker).toBe("Lena Orsk");
});

test.each([
  ["Kestrel Gazette reports that the Sorrel dam holds more water than last year.", null],
  ["The Gazette said that the Sorrel dam holds more water than last year.", null],
  ["Vienna says that the Sorrel dam holds more water than last year.", null],
  ["Austria warned that the Sorrel dam holds more water than last year.", null],
  ["Analysts say that the Sorrel dam holds more water than last year.", null],
  ["“The Sorrel dam holds more water than last year,” said Lena Orsk.", "Lena Orsk"],
  ["The water ministry said that the Sorrel dam holds more water than last year.", "the water ministry"],
  ["The Sorrel dam holds more water than last year, according to Northern Wire Times.", "Northern Wire Times"],
])("the voice of: %s", async (text, expected) => {
  const { sources } = await answerer.answer(
    retrieval("What is known about the water of the Sorrel dam?", [passage(text, REPORT)]),
  );
  expect(sources[0]?.speaker ?? null).toBe(expected);
  expect(sources).toHaveLength(1);
});

test("headings, bylines, questions and orphan beginnings are no sentences of an answer", async () => {
  const { sentences } = await answerer.answer(
    retrieval("What happened to the Halden bridge?", [
      passage(
        "It was the third time that the Halden bridge was shut. By Tom Reed, Halden Bridge Desk. Will the Halden bridge ever open? The Halden bridge reopened on Friday after repairs to the pillar.",
        REPORT,
      ),
    ]),
  );
  expect(sentences.map((sentence) => sentence.text)).toEqual([
    "The Halden bridge reopened on Friday after repairs to the pillar.",
  ]);
});

test("nothing near: not covered, with the nearest passages", async () => {
  const result = await answerer.answer(
    retrieval("How tall is the lighthouse of Skel?", [passage("Wheat prices in Orland rose again this week.", REPORT)]),
  );
  expect(result.status).toBe("not_covered");
  expect(result.sentences).toEqual([]);
  expect(result.nearest[0]?.quote).toBe("Wheat prices in Orland rose again this week.");
});

test("a part without an answer makes it partial and is named", async () => {
  const parts = ["Why was the Halden bridge closed?", "Who designed the lighthouse of Skel?"];
  const result = await answerer.answer(
    retrieval(parts.join(" "), [passage("The Halden bridge was closed because of cracks in its second pillar.", REPORT)], parts),
  );
  expect(result.status).toBe("partial");
  expect(result.warnings.join()).toContain("lighthouse of Skel");
});

test("two reports with different numbers: both sides, dated and cited, and not settled", async () => {
  const { disagreements, sources } = await answerer.answer(
    retrieval("How many passengers were killed in the ferry fire off Port Ellory?", [
      passage("The ferry fire off Port Ellory killed 14 passengers on Tuesday.", REPORT),
      passage("Nine passengers were killed in the ferry fire off Port Ellory, the coastguard said.", {
        ...REPORT,
        publisher: "Orland Post",
      }),
    ]),
  );
  expect(disagreements).toHaveLength(1);
  expect(disagreements[0]?.sides.map((side) => side.published)).toEqual(["2031-03-05", "2031-03-05"]);
  expect(disagreements[0]?.note).toMatch(/^Not settled/);
  const cited = disagreements[0]?.sides.flatMap((side) => side.citations) ?? [];
  expect(new Set(cited.map((n) => sources[n - 1]?.document.publisher))).toEqual(new Set(["Kestrel Gazette", "Orland Post"]));
});

test("trouble with the model ends in the extractive answer, marked as such", async () => {
  const failing = createAnswerer({
    clock,
    read,
    generate: () =>
      Promise.resolve({
        kind: "trouble",
        mode: "model:silent",
        sentences: [],
        disagreements: [],
        complete: true,
        usage: null,
        written: [],
        dropped: [],
        warnings: ["The model is silent."],
        checkMs: 0,
      }),
  });
  const result = await failing.answer(
    retrieval("Why was the Halden bridge closed?", [
      passage("The Halden bridge was closed because of cracks in its second pillar.", REPORT),
    ]),
  );
  expect(result.mode).toBe("extractive");
  expect(result.sentences).toHaveLength(1);
  expect(result.warnings.join()).toContain("The model is silent.");
});

const BRIDGE =
  "The council of Halden closed the Sorrel bridge to lorries on Tuesday after divers found cracks in two of its nine pillars. Repairs take until autumn, the harbour master expects.";

test.each([
  ["as it stands", BRIDGE],
  ["without its first words, in small letters", `… ${BRIDGE.toLowerCase().split(" ").slice(3).join(" ")}`],
  ["with a word left out, in quotation marks", `“${BRIDGE.replace("divers ", "")}”`],
])("a pasted excerpt leads to its document: %s", async (_, pasted) => {
  const { status, sources } = await answerer.answer(
    retrieval(pasted, [
      passage("Divers looked at the bridge of Halden again on Friday and found no further cracks in its pillars.", OPINION),
      passage(BRIDGE, REPORT),
    ]),
  );
  expect(status).toBe("answered");
  expect(sources[0]?.document.publisher).toBe("Kestrel Gazette");
});

test("a pasted text of an absent document is not covered, however near the matter; a question in its words is", async () => {
  const passages = (): RankedPassage[] => [passage(BRIDGE, REPORT)];
  const pasted =
    "Lorries may not cross the bridge at Halden any more, the council said on Tuesday, since two pillars have cracks that divers discovered.";
  const refused = await answerer.answer(retrieval(pasted, passages()));
  expect(refused.status).toBe("not_covered");
  expect(refused.nearest).toHaveLength(1);
  const asked = await answerer.answer(
    retrieval(
      "Why did the council of Halden close the Sorrel bridge to lorries on Tuesday after divers found cracks?",
      passages(),
    ),
  );
  expect(asked.status).toBe("answered");
});

// the reader, which is asked nothing, puts another sentence of the passage in front
test.fails("beside a pasted text that is not covered stands the sentence that shares most with it", async () => {
  const pasted =
    "Lorries may not cross the bridge at Halden any more, the council said on Tuesday, since two pillars have cracks that divers discovered.";
  const { nearest } = await answerer.answer(retrieval(pasted, [passage(BRIDGE, REPORT)]));
  expect(nearest[0]?.quote).toContain("Sorrel bridge");
});

test("what holds the kind of thing asked for leads, and what merely speaks of the matter elsewhere is left out", async () => {
  const { sentences } = await answerer.answer(
    retrieval("How many lorries crossed the Sorrel bridge in Halden every day?", [
      passage("The Sorrel bridge in Halden is closed to lorries. Some 400 of them crossed it every day.", REPORT),
      passage("Lorries are a nuisance in every old town, and Halden is one.", OPINION),
    ]),
  );
  expect(sentences[0]?.text).toContain("400");
});

test("somebody who speaks in a document is introduced by the post that it gives", async () => {
  const spoken = passage("The Halden bridge needs a third pillar before the winter storms.", REPORT, {
    speaker: "Ana Ruiz",
    role: "chief engineer of the port of Halden",
  });
  const asked = retrieval("Who is Ana Ruiz?", [spoken]);
  const [first, second] = (await answerer.answer({ ...asked, inquiry: { ...asked.inquiry, names: ["Ana Ruiz"] } })).sentences;
  expect(first).toMatchObject({
    text: "Ana Ruiz: chief engineer of the port of Halden.",
    citations: [1],
    check: { method: "metadata" },
  });
  expect(second?.text).toContain("third pillar");
});

test("the names of a question stand together in one of the documents that lead", async () => {
  const apart = [
    passage("Kestrel will mediate in the talks about the tariff, its minister said.", REPORT),
    passage("Kestrel and Velmark play a mediating role in the talks about the tariff.", REPORT),
  ];
  const asked = retrieval("What role do Kestrel and Velmark play in the talks?", apart);
  const answer = await answerer.answer({ ...asked, inquiry: { ...asked.inquiry, names: ["Kestrel", "Velmark"] } });
  expect(answer.status).toBe("answered");
  const alone = await answerer.answer({
    ...asked,
    passages: apart.slice(0, 1),
    inquiry: { ...asked.inquiry, names: ["Kestrel", "Velmark"] },
  });
  expect(alone.status).toBe("not_covered");
});

test.each([
  ["Who is Ana Ruiz?", "The dam was closed in March after harbour engineer Ana Ruiz found a crack."],
  ["who's Ana Ruiz", "Ana Ruiz, who runs the port of Halden, closed the dam in March."],
  ["Who is Ana Ruiz?", "Police found Ana Ruiz, 54, a former teacher, at the dam in March."],
  ["What is the Sorrel dam?", "The Sorrel dam is an earth wall of the last century above Halden."],
  ["What does HPA stand for?", "The Halden Port Authority (HPA) closed the dam in March."],
  ["what are gabions", "Workers filled gabions, a kind of wire basket, with stones from the river."],
])("%s is answered by the sentence that says it", async (question, told) => {
  const name = /Ana Ruiz|Sorrel dam|HPA|gabions/.exec(question)?.[0] ?? "";
  const beside = [`${name} came up twice in Halden on Monday.`, `Nobody in Halden had asked for ${name} again.`];
  const passages = [...beside, told].map((text) => passage(text, REPORT));
  const { sentences } = await answerer.answer(retrieval(question, passages));
  expect(sentences[0]?.text).toBe(told);
});
