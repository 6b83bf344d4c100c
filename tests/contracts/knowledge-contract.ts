// What every KnowledgeStore must keep; run on each implementation.
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Article } from "../../src/domain.ts";
import type { KnowledgeStore } from "../../src/stores/knowledge.ts";
import { article, drafts, vectorOf } from "../support/documents.ts";

export function knowledgeContract(name: string, open: () => Promise<KnowledgeStore>): void {
  describe(`knowledge store: ${name}`, () => {
    let store: KnowledgeStore;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    const put = (from: Article, context = ""): Promise<void> => {
      const passages = drafts(from, context);
      return store.put(
        from,
        passages,
        passages.map(({ text }) => vectorOf(text)),
      );
    };
    const words = (text: string): { words: string[]; phrases: string[] } => ({ words: text.split(" "), phrases: [] });
    const textsFound = async (query: string, filter = {}): Promise<string[]> =>
      (await store.passages((await store.searchText(words(query), filter, 10)).map((hit) => hit.passage))).map(
        (found) => found.text,
      );

    test("an empty store answers with nothing", async () => {
      expect(await store.documents()).toEqual([]);
      expect(await store.document("none")).toBeNull();
      expect(await store.searchText(words("anything"), {}, 5)).toEqual([]);
      expect(await store.searchVectors(vectorOf("anything"), {}, 5)).toEqual([]);
      expect(await store.manifest()).toBeNull();
      expect(await store.coverage()).toEqual({
        documents: 0,
        passages: 0,
        from: null,
        to: null,
        publishers: [],
        undatedLeftOut: 0,
      });
    });

    test("gives back what was put", async () => {
      const given = article("a.md", "The quay was flooded.\n\nTwo ships 🚢 left at noon.", {
        title: "Harbour",
        publisher: "Port Gazette",
        author: "A. Writer",
        published: "2024-05-06T10:00+02:00",
        genre: "report",
        url: "https://port.example/a",
        extra: { desk: "sea" },
      });
      await put(given);
      const stored = await store.document("a-md");
      expect(stored).toMatchObject({
        ...given.document,
        text: given.text,
        blocks: given.blocks,
        extra: { desk: "sea" },
        scope: null,
      });
      for (const span of stored?.passages ?? []) expect(given.text.slice(span.start, span.end)).toMatch(/^(The|Two)/);
      const passages = await store.passagesOf("a-md");
      expect(passages.map(({ text, start, end }) => text === given.text.slice(start, end))).toEqual([true, true]);
      expect(passages[0]?.document).toEqual(given.document);
      expect((await store.passages([passages[1]?.id ?? 0, 999_999, passages[0]?.id ?? 0])).map(({ id }) => id)).toEqual([
        passages[1]?.id,
        passages[0]?.id,
      ]);
      expect(await store.sources()).toEqual(new Map([["file:a.md", { documentId: "a-md", fingerprint: given.fingerprint }]]));
      expect(await store.manifest()).toMatchObject({ dimension: 16 });
    });

    test("a later version takes the place of the earlier one, and ids are never used again", async () => {
      await put(article("a.md", "Old facts about herons."));
      const [old] = await store.passagesOf("a-md");
      await put(article("a.md", "New facts about herons."));
      const [fresh] = await store.passagesOf("a-md");
      expect(fresh?.id).toBeGreaterThan(old?.id ?? 0);
      expect(await textsFound("herons")).toEqual(["New facts about herons."]);
      expect(await store.passages([old?.id ?? 0])).toEqual([]);
      expect((await store.searchVectors(vectorOf("Old facts about herons."), {}, 5)).map((hit) => hit.passage)).toEqual([
        fresh?.id,
      ]);
      await store.remove(["a-md", "unknown"]);
      await put(article("a.md", "Newer facts about herons."));
      expect((await store.passagesOf("a-md"))[0]?.id).toBeGreaterThan(fresh?.id ?? 0);
    });

    test("removing takes all that hangs on a document", async () => {
      await put(article("a.md", "The mill burned down."));
      await put(article("b.md", "The mill was rebuilt."));
      expect(await store.remove(["a-md", "nobody"])).toBe(1);
      expect(await textsFound("mill")).toEqual(["The mill was rebuilt."]);
      expect(await store.searchVectors(vectorOf("The mill burned down."), {}, 5)).toHaveLength(1);
      expect(await store.frequencies(["burned", "mill"])).toEqual({ passages: 1, holding: [0, 1] });
      expect(await store.document("a-md")).toBeNull();
    });

    test("text search finds word forms, ranks the telling word higher and scores within 0..1", async () => {
      await put(
        article("a.md", "Farmers were protesting in the valley.\n\nThe valley is green.\n\nThe valley is wide and long."),
      );
      const hits = await store.searchText(words("protests valley"), {}, 10);
      expect(hits).toHaveLength(3);
      expect((await store.passages([hits[0]?.passage ?? 0]))[0]?.text).toContain("protesting");
      for (const { score } of hits) {
        expect(score).toBeGreaterThan(0);
        expect(score).toBeLessThanOrEqual(1);
      }
      expect(hits.map(({ score }) => score)).toEqual(hits.map(({ score }) => score).sort((x, y) => y - x));
    });

    test("the context is searched but weighs less than the text", async () => {
      await put(article("a.md", "It rained all day."), "Floods in the delta");
      await put(article("b.md", "Delta floods rose all day."), "Weather");
      expect(await textsFound("delta floods")).toEqual(["Delta floods rose all day.", "It rained all day."]);
    });

    test("letters that do not decompose are found by their plain spelling, and the other way round", async () => {
      await put(article("a.md", "The Großmann brewery on Økland was sold."));
      await put(article("b.md", "Lukasz Dordevic left."));
      await put(article("c.md", "The \uFB01nal vote was con\uFB01rmed by the o\uFB03ce."));
      expect(await textsFound("grossmann")).toHaveLength(1);
      expect(await textsFound("okland")).toHaveLength(1);
      expect(await textsFound("office confirmed final")).toHaveLength(1);
      expect(await textsFound("Łukasz")).toHaveLength(1);
      expect(await store.frequencies(["Đorđević", "ØKLAND"])).toMatchObject({ holding: [1, 1] });
      expect(await store.searchText({ words: [], phrases: ["grossmann brewery"] }, {}, 5)).toHaveLength(1);
    });

    test("a phrase has to stand as it is", async () => {
      await put(article("a.md", "The old stone bridge stands.\n\nA bridge of stone that is old."));
      const hits = await store.searchText({ words: ["stone"], phrases: ["stone bridge"] }, {}, 10);
      expect((await store.passages(hits.map((hit) => hit.passage))).map(({ text }) => text)).toEqual([
        "The old stone bridge stands.",
      ]);
    });

    test("accents and case do not matter; words and numbers of any script are found", async () => {
      await put(article("a.md", "The Café in Łódź served 1,250 guests.\n\nПривет мир"));
      expect(await textsFound("cafe")).toHaveLength(1);
      expect(await textsFound("ПРИВЕТ")).toHaveLength(1);
    });

    test("no query is an error", async () => {
      await put(article("a.md", 'AND OR NOT NEAR text: a* (b) "c" ^d -e'));
      const nasty = [
        '"',
        "AND",
        "NEAR(a b, 2)",
        "text:x",
        "*",
        "a*",
        "(",
        "-",
        "^",
        "\u0000",
        "😀",
        "\ud83d",
        "'; DROP TABLE documents; --",
        "",
      ];
      for (const query of nasty) {
        await store.searchText({ words: [query], phrases: [query] }, {}, 5);
        await store.frequencies([query]);
      }
      await store.searchText(
        { words: Array.from({ length: 5000 }, (_, at) => `word${at}`), phrases: ["x ".repeat(10_000)] },
        {},
        5,
      );
      await fc.assert(
        fc.asyncProperty(fc.array(fc.string({ unit: "binary", maxLength: 30 }), { maxLength: 6 }), async (queries) => {
          await store.searchText({ words: queries, phrases: queries }, {}, 5);
        }),
        { numRuns: 100 },
      );
      expect(await store.documents()).toHaveLength(1);
    });

    test("vector search gives the nearest first, with their cosines", async () => {
      await put(article("a.md", "apples and pears\n\nships and harbours\n\napples and plums"));
      const hits = await store.searchVectors(vectorOf("apples and pears"), {}, 2);
      const found = await store.passages(hits.map((hit) => hit.passage));
      expect(found[0]?.text).toBe("apples and pears");
      expect(hits[0]?.cosine).toBeCloseTo(1, 4);
      expect(hits).toHaveLength(2);
      const cosines = await store.cosines(vectorOf("apples and pears"), [hits[1]?.passage ?? 0, 999_999, hits[0]?.passage ?? 0]);
      expect(cosines[0]).toBeCloseTo(hits[1]?.cosine ?? 0, 4);
      expect(cosines[1]).toBeNull();
      expect(cosines[2]).toBeCloseTo(1, 4);
    });

    describe("filters, for words and vectors alike", () => {
      const dated = { a: "2024-01-15", b: "2024-03", c: "2025", d: null, e: "2024-01-20T22:00:00-05:00" } as const;
      beforeEach(async () => {
        await put(article("a", "common word", { published: dated.a, publisher: "Morning Post", genre: "report" }));
        await put(article("b", "common word", { published: dated.b, publisher: "www.MorningPost.com", genre: "opinion" }));
        await put(article("c", "common word", { published: dated.c, publisher: "The Echo" }));
        await put(article("d", "common word", { published: dated.d, publisher: null }));
        await put(article("e", "common word", { published: dated.e, publisher: "Echo.az", scope: "guild:1" }));
      });
      const cases: [string, Parameters<KnowledgeStore["documents"]>[0] & object, string][] = [
        ["nothing asked: what everyone may read", {}, "abcd"],
        ["a scope is added", { scopes: ["guild:1", "guild:2"] }, "abcde"],
        ["since keeps what may lie on or after the day", { since: "2024-03-15" }, "bc"],
        ["since a month", { since: "2024-04" }, "c"],
        ["until keeps what may lie on or before the day", { until: "2024-03-01" }, "ab"],
        ["until a year", { until: "2024" }, "ab"],
        ["as of a day: only what was surely published by then", { asOf: "2024-03-30" }, "a"],
        ["as of the end of the month", { asOf: "2024-03" }, "ab"],
        ["undated ones on demand", { since: "2024-03-15", undated: true }, "bcd"],
        ["undated ones with as of", { asOf: "2024-03", undated: true }, "abd"],
        [
          "an instant against an instant",
          { since: "2024-01-21T02:00:00Z", until: "2024-01-21T04:00:00Z", scopes: ["guild:1"] },
          "e",
        ],
        ["an instant after it", { since: "2024-01-21T03:30:00Z", until: "2024-02-01", scopes: ["guild:1"] }, ""],
        ["a publisher in any form", { publisher: "morning post" }, "ab"],
        ["a publisher by its address", { publisher: "MorningPost.com" }, "ab"],
        ["a publisher without its article", { publisher: "echo", scopes: ["guild:1"] }, "ce"],
        ["a publisher that is not there", { publisher: "Nobody" }, ""],
        ["a genre", { genre: "opinion" }, "b"],
        ["only these documents", { documents: ["a", "e", "x"] }, "a"],
        ["not these documents", { hidden: ["a", "d"] }, "bc"],
        ["all together", { since: "2024", publisher: "morningpost", genre: "report", hidden: ["b"] }, "a"],
      ];
      test.each(cases)("%s", async (_, filter, expected) => {
        const ids = async (hits: Promise<{ passage: number }[]>): Promise<string> =>
          (await store.passages((await hits).map((hit) => hit.passage)))
            .map(({ document }) => document.id)
            .sort()
            .join("");
        expect(
          (await store.documents(filter))
            .map(({ id }) => id)
            .sort()
            .join(""),
        ).toBe(expected);
        expect(await ids(store.searchText(words("common"), filter, 10))).toBe(expected);
        expect(await ids(store.searchVectors(vectorOf("common word"), filter, 10))).toBe(expected);
        expect((await store.coverage(filter)).documents).toBe(expected.length);
      });

      test("newest first, undated last; coverage says what is spanned and left out", async () => {
        expect((await store.documents()).map(({ id }) => id)).toEqual(["c", "b", "a", "d"]);
        expect(await store.coverage()).toMatchObject({
          documents: 4,
          from: "2024-01-15",
          to: "2025",
          undatedLeftOut: 0,
          passages: 4,
        });
        expect((await store.coverage()).publishers).toHaveLength(2);
        expect(await store.coverage({ since: "2024-03-15" })).toMatchObject({ documents: 2, undatedLeftOut: 1 });
        expect(await store.document("e")).toBeNull();
        expect(await store.document("e", ["guild:1"])).toMatchObject({ id: "e" });
      });
    });

    test("words are counted and listed as the index keeps them", async () => {
      await put(article("a.md", "Bridges, bridge and bridging.\n\nBrides."));
      expect(await store.frequencies(["bridge", "Bridges", "nothing", "brides bridge", ""])).toEqual({
        passages: 2,
        holding: [1, 1, 0, 0, 0],
      });
      expect(await store.vocabulary("bridg")).toEqual([{ word: "bridg", passages: 1 }]);
      expect((await store.vocabulary("")).map(({ word }) => word)).toContain("bride");
    });

    test("a passage without a vector is pending, and takes that of another with the same context and text", async () => {
      const first = article("a.md", "Stays the same.\n\nWill change.");
      await put(first, "Title");
      const edited = article("a.md", "Stays the same.\n\nHas changed.");
      await store.put(edited, drafts(edited, "Title"));
      expect(await store.vectors()).toEqual({ passages: 2, pending: 1 });
      expect((await store.pendingPassages(10)).map(({ input }) => input)).toEqual(["Title\nHas changed."]);
      const older = article("b.md", "Has changed.\n\nHas changed.\n\nOlder.", { published: "2020-01-01" });
      await store.put(older, drafts(older, "Title"));
      const newer = article("c.md", "Newer.", { published: "2024" });
      await store.put(newer, drafts(newer));
      const pending = await store.pendingPassages(10);
      expect(pending.map(({ input }) => input)).toEqual(["Newer.", "Title\nHas changed.", "Title\nOlder."]);
      expect(await store.pendingPassages(1)).toEqual(pending.slice(0, 1));
      const before = await store.generation();
      await store.putVectors([pending[1]?.id ?? 0, 999_999], [vectorOf("Has changed."), vectorOf("nobody")]);
      expect(await store.vectors()).toEqual({ passages: 6, pending: 2 });
      expect(await store.generation()).toBe(before);
      const hits = await store.searchVectors(vectorOf("Has changed."), {}, 3);
      expect(hits.map(({ cosine }) => cosine > 0.999)).toEqual([true, true, true]);
      await store.putVectors([pending[0]?.id ?? 0, pending[2]?.id ?? 0], [vectorOf("Newer."), vectorOf("Older.")]);
      expect(await store.pendingPassages(10)).toEqual([]);
      expect(await store.generation()).not.toBe(before);
      await store.remove(["b-md"]);
      expect(await store.vectors()).toEqual({ passages: 3, pending: 0 });
    });

    test("one embeds at a time", async () => {
      const held = await store.holdVectors();
      expect(held).not.toBeNull();
      expect(await store.holdVectors()).toBeNull();
      await held?.release();
      const again = await store.holdVectors();
      expect(again).not.toBeNull();
      await again?.release();
    });

    test("the generation changes with every write and with nothing else", async () => {
      const first = await store.generation();
      await put(article("a.md", "One."));
      const second = await store.generation();
      expect(second).not.toBe(first);
      await store.searchText(words("one"), {}, 1);
      await store.flush();
      expect(await store.generation()).toBe(second);
      await store.remove(["a-md"]);
      expect(await store.generation()).not.toBe(second);
    });

    test("text that SQLite cannot hold keeps its positions", async () => {
      const text = "Nul \u0000 and half \ud83d of a pair. ";
      await put(article("a.md", text.trim()));
      const stored = await store.document("a-md");
      expect(stored?.text).toHaveLength(text.trim().length);
      const [passage] = await store.passagesOf("a-md");
      expect(passage?.text).toBe(stored?.text.slice(passage?.start, passage?.end));
    });

    test("an id belongs to one source", async () => {
      await put(article("a.md", "First."));
      const other = article("b.md", "Second.");
      other.document.id = "a-md";
      await expect(put(other)).rejects.toMatchObject({ code: "document_id_taken" });
      expect((await store.document("a-md"))?.text).toBe("First.");
    });
  });
}
