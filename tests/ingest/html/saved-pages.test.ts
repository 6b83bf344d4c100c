// Sixty saved pages: title, authors and date exact, no wrong date, and nothing but the story in the text.
import { expect, test } from "vitest";
import { readHtml } from "../../../src/ingest/html/read-html.ts";
import type { ReadResult } from "../../../src/ingest/read-result.ts";
import { SAVED_PAGES, STORY_TEXTS } from "../../support/saved-pages.ts";

test("titles, dates and authors of sixty pages", async () => {
  const results: ReadResult[] = [];
  for (const page of SAVED_PAGES)
    results.push(await readHtml(Buffer.from(page.html), { path: null, url: page.url, contentType: "text/html" }));
  const misses: string[] = [];
  let [titles, authors, dates, wrongDates, texts] = [0, 0, 0, 0, 0];
  SAVED_PAGES.forEach((page, index) => {
    const result = results[index];
    const check = (what: string, got: string | null | undefined, expected: string | null): boolean => {
      if (got !== expected) misses.push(`${page.name}: ${what} ${String(got)}, expected ${String(expected)}`);
      return got === expected;
    };
    if (check("title", result?.title, page.title)) titles += 1;
    if (check("author", result?.author, page.author)) authors += 1;
    if (check("published", result?.published, page.published)) dates += 1;
    else if (result?.published !== null && result?.published?.slice(0, 10) !== page.published?.slice(0, 10)) wrongDates += 1;
    if (page.publisher !== undefined) check("publisher", result?.publisher, page.publisher);
    if (page.genre !== undefined) check("genre", result?.genre, page.genre);
    if (STORY_TEXTS.some((story) => result?.text === story)) texts += 1;
    else if (!page.name.startsWith("no date")) misses.push(`${page.name}: text ${JSON.stringify(result?.text.slice(0, 1200))}`);
  });
  const all = SAVED_PAGES.length;
  expect(all).toBe(60);
  if (process.env["SHOW_MISSES"] !== undefined) console.log({ titles, authors, dates, wrongDates, texts }, misses.join("\n"));
  const enough = titles >= all * 0.9 && dates >= all * 0.9 && authors >= all * 0.75 && texts >= all * 0.9;
  expect({ wrongDates, misses: enough ? [] : misses }).toEqual({ wrongDates: 0, misses: [] });
  // every value says where it was found
  for (const result of results) {
    if (result.published !== null) expect(result.evidence.published).toBeDefined();
    if (result.author !== null) expect(result.evidence.author).toBeDefined();
  }
});
