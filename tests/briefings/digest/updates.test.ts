// An update says which report it updates, and a dispute that only earlier texts had is not told again.
import { expect, test } from "vitest";
import { createDigester } from "../../../src/briefings/digest/digester.ts";
import type { Genre } from "../../../src/domain.ts";
import { vectorOf } from "../../support/documents.ts";
import { documentOf, passageOf } from "../../support/news-library.ts";

const NEWS: [id: string, day: string, genre: Genre, title: string, text: string][] = [
  [
    "a",
    "2031-03-01",
    "report",
    "Brell Mills cuts jobs",
    "Brell Mills in Orsk laid off 80 weavers on Saturday. The mill chief Orla Venn spoke of weak sales at Brell Mills.",
  ],
  [
    "b",
    "2031-03-02",
    "report",
    "Brell Mills lets 60 go",
    "Brell Mills in Orsk laid off 60 weavers on Saturday, the mill chief Orla Venn said. The weavers of Brell Mills get two months of pay.",
  ],
  [
    "c",
    "2031-03-03",
    "opinion",
    "Shame on Brell Mills",
    "Brell Mills in Orsk and its chief Orla Venn should be ashamed. Weavers are no spare parts of Brell Mills.",
  ],
  [
    "d",
    "2031-03-04",
    "report",
    "Venn leaves Brell Mills",
    "The mill chief Orla Venn will leave Brell Mills in Orsk in May, after nine years, the owner Edda Korn announced. The successor from Tessmar begins in June.",
  ],
];
const items = NEWS.map(([id, published, genre, title, text]) => ({
  id,
  published,
  genre,
  title,
  text,
  publisher: `Paper ${id}`,
}));

test("the latest report before, not the column about it; no old dispute", async () => {
  const embed = async (texts: readonly string[]) => texts.map((text) => vectorOf(text, 64));
  const digester = createDigester({
    clock: { now: () => new Date("2031-03-04T20:00:00Z") },
    embedSentences: embed,
    notices: async () => [],
  });
  const found = items.map((item) => ({ document: documentOf(item as never), passage: passageOf(item as never) }));
  const library = {
    documents: async () => found.map(({ document }) => document),
    passagesOf: async (id: string) => found.filter(({ document }) => document.id === id).map(({ passage }) => passage),
    leadVectors: async () => embed(["mill"]),
  };
  const [entry] = (await digester.digest(library, { date: "2031-03-04" })).items;
  expect(entry?.earlier).toMatchObject({ date: "2031-03-02", title: "Brell Mills lets 60 go" });
  expect(entry?.earlier?.documents.toSorted()).toEqual(["a", "b", "c"]);
  expect(entry?.disagreements).toEqual([]);
});
