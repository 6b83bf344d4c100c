import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Article, Block, PassageDraft } from "../../src/domain.ts";
import { chunkArticle } from "../../src/index/chunk.ts";
import { article } from "../support/documents.ts";

const split = (from: Article): PassageDraft[] => [...chunkArticle(from)];
const sentence = (number: number): string => `Sentence ${number} tells of the harvest in the river country and of its price.`;
const long = (sentences: number): string => Array.from({ length: sentences }, (_, at) => sentence(at)).join(" ");

/** What holds for every text. */
function check(from: Article): PassageDraft[] {
  const passages = split(from);
  for (const { start, end, text } of passages) {
    expect(from.text.slice(start, end)).toBe(text);
    expect(text.length).toBeLessThanOrEqual(1200);
    expect(text.trim()).toBe(text);
    expect(text).not.toBe("");
    // a boundary never falls inside a surrogate pair
    for (const at of [start, end]) expect(/^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(from.text.slice(at - 1, at + 1))).toBe(false);
  }
  return passages;
}

describe("passages", () => {
  test("are whole sentences of about 1,200 units that overlap by up to 200", () => {
    const passages = check(article("a", long(100)));
    const mean = passages.reduce((sum, { text }) => sum + text.length, 0) / passages.length;
    expect(mean).toBeGreaterThan(700);
    expect(mean).toBeLessThan(1200);
    passages.slice(1).forEach((passage, at) => {
      const before = passages[at] as PassageDraft;
      expect(passage.start).toBeLessThan(before.end);
      expect(before.end - passage.start).toBeLessThanOrEqual(200);
      expect(passage.end).toBeGreaterThan(before.end);
    });
    for (const { text } of passages) {
      expect(text).toMatch(/^Sentence \d+ tells/);
      expect(text).toMatch(/price\.$/);
    }
  });

  test("hold one voice, and know whose it is", () => {
    const text = "The editor opens.\nThe first expert answers.\nShe goes on.\nThe second one objects.";
    const lines = article("a", text).blocks;
    const voices = [null, "Ada Example", "Ada Example", "Bo Sample"];
    const blocks: Block[] = lines.map((block, at) => ({
      ...block,
      speaker: voices[at] ?? null,
      role: at === 3 ? "analyst" : null,
    }));
    const passages = check(article("a", text, { blocks, title: "Round table" }));
    expect(passages.map(({ text, speaker, role }) => ({ text, speaker, role }))).toEqual([
      { text: "The editor opens.", speaker: null, role: null },
      { text: "The first expert answers.\nShe goes on.", speaker: "Ada Example", role: null },
      { text: "The second one objects.", speaker: "Bo Sample", role: "analyst" },
    ]);
    expect(passages[1]?.context).toContain("Ada Example");
  });

  test("stand under their heading, which is context and not text", () => {
    const text = "Background\nIt began in spring.\nOutlook\nNobody knows.";
    const blocks = article("a", text).blocks.map((block, at): Block => ({
      ...block,
      kind: at % 2 === 0 ? "heading" : "paragraph",
    }));
    const passages = check(
      article("a", text, { blocks, title: "The dry year", publisher: "River Post", published: "2024-05-06T08:00+02:00" }),
    );
    expect(passages.map(({ text, heading }) => [heading, text])).toEqual([
      ["Background", "It began in spring."],
      ["Outlook", "Nobody knows."],
    ]);
    expect(passages[0]?.context).toBe("The dry year. River Post, 6 May 2024. Background");
  });

  test("headings are quotable where there is nothing else", () => {
    const text = "Only a title";
    const blocks: Block[] = [{ kind: "heading", start: 0, end: text.length, speaker: null, role: null }];
    expect(check(article("a", text, { blocks }))).toMatchObject([{ text }]);
  });

  test("a sentence without end is cut at white space, a word without end anywhere but inside a character", () => {
    const words = check(article("a", "word ".repeat(1000).trim()));
    for (const { text } of words) expect(text).toMatch(/^word[\s\S]*word$/);
    expect(words.map(({ text }) => text.length).reduce((sum, length) => sum + length, 0)).toBeGreaterThan(4900);
    const emoji = check(article("a", "😀".repeat(2000)));
    expect(emoji.map(({ text }) => text).join("")).toBe("😀".repeat(2000));
  });

  test("cover every sentence of any text, as slices of it", () => {
    const piece = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 300 }),
      fc.string({ unit: "binary", maxLength: 50 }),
      fc.constantFrom(
        "مرحبا بالعالم. كيف حالك؟ ",
        "Dr. Who? No… 3.5 %!\n",
        "👩‍👩‍👧 family. ",
        "שלום עולם. ",
        "A sentence. ",
        "\n\n",
        "x".repeat(1500),
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const from = article("a", pieces.join(""));
        const passages = check(from);
        let covered = 0;
        for (const { start, end } of passages) {
          expect(from.text.slice(covered, Math.max(covered, start)).trim()).toBe("");
          covered = Math.max(covered, end);
        }
        expect(from.text.slice(covered).trim()).toBe("");
      }),
      { numRuns: 150 },
    );
  });

  test("a long line and a long text take time in proportion", () => {
    const one = long(2000);
    const time = (text: string): number => {
      const began = performance.now();
      check(article("a", text));
      return performance.now() - began;
    };
    time(one);
    const short = time(one);
    // eight times the text; a quadratic splitter would take sixty-four times as long
    expect(time(one.repeat(8))).toBeLessThan(short * 30 + 500);
    expect(time("x".repeat(1_000_000))).toBeLessThan(5000);
  });
});
