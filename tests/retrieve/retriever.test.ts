// The retriever over a real index of the made-up news notes, with the real sentence model.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Retrieval } from "../../src/domain.ts";
import { Failure } from "../../src/failure.ts";
import { chunkArticle } from "../../src/index/chunk.ts";
import { createOnnxEmbedder } from "../../src/models/onnx-embedder.ts";
import { createRetriever } from "../../src/retrieve/retriever.ts";
import type { Retriever } from "../../src/retrieve/retriever.ts";
import type { KnowledgeStore } from "../../src/stores/knowledge.ts";
import { openKnowledgeStore } from "../../src/stores/sqlite/knowledge-store.ts";
import { articleOf } from "../benchmarks/evaluation/article.ts";
import { readNewsSet } from "../benchmarks/evaluation/news-set.ts";

const folder = mkdtempSync(path.join(tmpdir(), "briefing-retriever-"));
const embedder = createOnnxEmbedder();
let store: KnowledgeStore;
let retriever: Retriever;

beforeAll(async () => {
  store = await openKnowledgeStore({ folder, embedder: embedder.identity });
  for (const text of readNewsSet()?.texts ?? []) {
    const article = articleOf(text);
    const drafts = [...chunkArticle(article)];
    const vectors = await embedder.embed(
      drafts.map((draft) => `${draft.context}\n${draft.text}`),
      "passage",
    );
    await store.put(article, drafts, vectors);
  }
  await store.flush();
  retriever = createRetriever({ store, embedder, clock: { now: () => new Date("2026-11-12T15:00:00Z") } });
});

afterAll(async () => {
  await store.close();
  await embedder.close();
  rmSync(folder, { recursive: true, force: true });
});

const found = ({ passages }: Retrieval): string[] => passages.map(({ passage }) => passage.document.id);
const first = async (question: string, options = {}): Promise<string | undefined> =>
  found(await retriever.retrieve(question, options))[0];

test.each([
  ["How many people are employed on the boats to Skerry?", "tunnel-ferrymen"],
  ["Who chairs the negotiations about the Drenna?", "rivertalks-open"],
  ["How did Arendt become a grandmaster?", "chess-norm"],
  ["What is the current rate in Kestrel?", "kestrel-rate-2"],
])("%s", async (question, document) => expect(await first(question)).toBe(document));

test.each(["hybrid", "vector", "text"] as const)("in %s mode scores fall and both sides say what they know", async (mode) => {
  const { passages } = await retriever.retrieve("Why did the river talks fail?", { mode, k: 20 });
  expect(passages.length).toBeGreaterThan(3);
  expect(passages.every(({ score }, at) => at === 0 || score <= (passages[at - 1]?.score ?? 0))).toBe(true);
  expect(passages.every(({ cosine }) => (cosine === null) === (mode === "text"))).toBe(true);
  expect(passages.every(({ lexical }) => (lexical === null) === (mode === "vector"))).toBe(true);
});

test("a passage that only the words found has its true cosine, not zero", async () => {
  const { passages } = await retriever.retrieve("Drenna", { k: 10 });
  expect(passages.filter(({ cosine }) => cosine === 0)).toEqual([]);
});

test("a wire copy is shown once", async () => {
  const ids = found(await retriever.retrieve("What does the interim accord on the Drenna say?", { k: 20 }));
  expect(ids.filter((id) => id.startsWith("drenna-deal"))).toHaveLength(1);
});

describe("the corpus's own words for a question's", () => {
  test("an acronym finds the name it stands for, and the name the acronym", async () => {
    expect(found(await retriever.retrieve("Who commands the FMF?", { k: 4 }))).toContain("sorun-front");
    const spelled = await retriever.retrieve("How many weapons has the Free Mountain Front handed in?", { k: 3 });
    expect(found(spelled)).toContain("sorun-breach");
  });

  test("another spelling of a name is searched as well", async () => {
    const { passages } = await retriever.retrieve("What does Mustafa al-Rahimi no longer control?", { k: 5, mode: "text" });
    expect(found({ passages } as Retrieval)).toContain("sorun-view");
  });

  test("a mistyped name is read as the corpus writes it, and the reader is told", async () => {
    const { inquiry, passages, warnings } = await retriever.retrieve("What did Achterbreg say?", { k: 3 });
    expect(inquiry.names).toEqual(["Achterberg"]);
    expect(found({ passages } as Retrieval)[0]).toMatch(/^rivertalks/);
    expect(warnings.join()).toMatch(/Read as: .*Achterberg/);
  });

  test("an ordinary word that is nowhere is not taken for another one", async () => {
    for (const question of ["What is the current rate in Kestrel?", "How do kittens bake bread?", "Did Austria win?"]) {
      expect((await retriever.retrieve(question)).inquiry.text).toBe(question);
    }
  });

  test("another form of a name is no slip of it", async () => {
    const question = "What do the Kestrelites and the Achterbergs say?";
    expect((await retriever.retrieve(question)).inquiry.text).toBe(question);
  });

  test("a word that is nowhere and near nothing stays as it is", async () => {
    const { inquiry } = await retriever.retrieve("Who is Pippilotta Quonsett?");
    expect(inquiry.text).toBe("Who is Pippilotta Quonsett?");
  });
});

describe("whose words are asked for", () => {
  test.each([
    ["According to Policy Window, will the truce hold?", "sorun-view"],
    ["What does Aiko Fennimore think of the vaccine?", "vaccine-doubt"],
    ["What does Arcade Weekly say about Starforge Odyssey?", "starforge-hands"],
    ["what does the belmark gazette write about the halden meeting?", "rivertalks-hope"],
  ])("%s", async (question, document) => expect(await first(question)).toBe(document));
});

describe("periods and filters", () => {
  test("a question about events prefers reports of the period", async () => {
    expect(await first("What did the bank of Kestrel decide on its key rate in May?")).toBe("kestrel-rate");
    expect(await first("What did the bank of Kestrel decide on its key rate in August?")).toBe("kestrel-rate-2");
  });

  test("a question about reports is bound to the period, and says so", async () => {
    const { passages, filter, warnings, coverage } = await retriever.retrieve("What did the papers write in October 2026?", {
      k: 30,
    });
    expect(filter).toMatchObject({ since: "2026-10-01", until: "2026-10-31" });
    expect(passages.every(({ passage }) => passage.document.published?.startsWith("2026-10"))).toBe(true);
    expect(coverage.documents).toBe(6);
    expect(warnings.join("\n")).toContain("from 2026-10-01 to 2026-10-31");
    expect(warnings.join("\n")).toContain("2 documents without a date were left out");
  });

  test("days of publication that nothing was published in are dropped, and the reader is told", async () => {
    const { passages, filter, warnings } = await retriever.retrieve("Which articles of May 2011 tell of the Drenna?");
    expect(filter.since).toBeUndefined();
    expect(passages.length).toBeGreaterThan(0);
    expect(warnings.join()).toContain("published from 2011-05-01 to 2011-05-31, so all days were read");
  });

  test("as-of moves today", async () => {
    const { inquiry } = await retriever.retrieve("What was decided last month?", { filter: { asOf: "2026-09-03" } });
    expect(inquiry.period).toMatchObject({ since: "2026-08-01", until: "2026-08-31" });
  });

  test("filters hold in every mode, and undated documents come back when they are wanted", async () => {
    for (const mode of ["hybrid", "vector", "text"] as const) {
      const filter = { until: "2026-02-28", publisher: "World Relay" };
      const { passages } = await retriever.retrieve("talks, earthquake, fire", { k: 30, mode, filter });
      expect(new Set(found({ passages } as Retrieval))).toEqual(
        new Set(["rivertalks-open", "rivertalks-fail", "quake", "quake-toll"]),
      );
    }
    const undated = await retriever.retrieve("night trams in Halden", { filter: { since: "2026-01-01", undated: true } });
    expect(found(undated)[0]).toBe("tram");
    expect(undated.warnings).toEqual([]);
  });

  test("nothing later than as-of is read", async () => {
    const asked = { filter: { asOf: "2026-02-01" }, k: 30 };
    expect(await first("How many people died in the Palong earthquake?", asked)).toBe("quake");
    expect(found(await retriever.retrieve("Palong earthquake", asked))).not.toContain("quake-toll");
  });

  test("a filter that nothing passes gives an empty result", async () => {
    const { passages, coverage } = await retriever.retrieve("tin", { filter: { publisher: "No Such Paper" } });
    expect(passages).toEqual([]);
    expect(coverage.documents).toBe(0);
  });
});

test("both parts of a question are searched", async () => {
  const ids = found(await retriever.retrieve("Who won the chess open and what did the frost do to coffee?", { k: 4 }));
  expect(ids).toContain("chess-final");
  expect(ids).toContain("coffee");
});

test("a quotation leads to the text that holds it", async () => {
  expect(await first('Which text says "cuts while rents climb by five percent"?')).toBe("kestrel-analysis");
});

test("k is kept, and small ones are the beginning of large ones", async () => {
  const few = found(await retriever.retrieve("Skerry", { k: 2 }));
  const many = found(await retriever.retrieve("Skerry", { k: 12 }));
  expect(few).toHaveLength(2);
  expect(many.slice(0, 2)).toEqual(few);
});

test.each(["", "   ", "?!…", "🙂🙂", "\u200f\u200e", "---"])(
  "no words (%j): a Failure that says what to do",
  async (question) => {
    const trouble = await retriever.retrieve(question).catch((error: unknown) => error);
    expect(trouble).toBeInstanceOf(Failure);
    expect(trouble).toMatchObject({ code: "question_empty", hint: expect.stringContaining("Ask in words") });
  },
);

test.each([
  ["20,000 characters", "Why did the Halden talks fail? ".repeat(650)],
  ["one long word", "x".repeat(20_000)],
  ["SQL", "'; DROP TABLE passages; -- \" OR 1=1 UNION SELECT * FROM documents"],
  ["FTS5 operators", 'NEAR(tin coffee, 5) AND "unclosed OR NOT ^title:tin* {a b} : - + ( )'],
  ["right to left", "ما هو سعر القصدير؟ \u202Etin\u202C"],
  ["Chinese", "锡的价格是多少？"],
  ["emoji and a word", "🔥🔥 tin 🚀"],
  ["control characters", "tin\u0000 price\u0007\ud800"],
  ["stop words only", "who are you"],
  ["numbers", "9.4 1,200 50% 2026-07-21 ½"],
])("strange input, %s: a result in every mode, no error", async (_, question) => {
  for (const mode of ["hybrid", "vector", "text"] as const) {
    const { passages } = await retriever.retrieve(question, { mode });
    expect(passages.length).toBeLessThanOrEqual(8);
  }
});
