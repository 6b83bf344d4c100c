import { expect, test } from "vitest";
// The picture of a timeline: every date on it, nothing that markup in a text could break, lines that fit, quickly drawn.
import { QUOTED } from "../../../src/briefings/written-parts.ts";
import { drawTimeline, linesOf, timelineSvg } from "../../../src/deliver/render/timeline-picture.ts";
import type { Timeline } from "../../../src/results.ts";

function timeline(count: number, words: string): Timeline {
  const document = {
    id: "a",
    title: "T",
    publisher: "Isk <Courier> & Son",
    author: null,
    published: "2031-03-08",
    updated: null,
    fetched: "2031-03-09",
    genre: "report" as const,
    url: null,
    path: null,
    language: "en",
  };
  return {
    topic: "Talks & <tariffs>",
    events: Array.from({ length: count }, (_, n) => ({
      date: `20${10 + n}`,
      precision: "year" as const,
      text: words,
      citations: [1],
    })),
    undated: [],
    sources: [{ n: 1, document, speaker: null, quote: words, start: 0, end: words.length, link: null }],
    warnings: [],
    ...QUOTED,
  };
}

test("dates, words and outlets stand in it, escaped; both themes differ", () => {
  const svg = timelineSvg(timeline(3, "The talks <b>ended</b> & began."), "dark");
  for (const part of ["2010", "2011", "2012", "Isk &lt;Courier&gt; &amp; Son", "Talks &amp; &lt;tariffs&gt;", "&lt;b&gt;ended"])
    expect(svg).toContain(part);
  expect(svg).not.toContain("<b>");
  expect(svg).not.toBe(timelineSvg(timeline(3, "The talks <b>ended</b> & began."), "light"));
});

test("a long timeline says how much of it is drawn; the alt text fits Discord's limit", async () => {
  const long = timeline(30, "The council of the river towns met again and decided nothing. ".repeat(20));
  expect(timelineSvg(long, "light")).toContain("8 of 30 events");
  const picture = await drawTimeline(long, "light");
  expect(picture?.alt.length).toBeLessThanOrEqual(1000);
  expect(
    Buffer.from(picture?.png ?? [])
      .subarray(1, 4)
      .toString(),
  ).toBe("PNG");
  expect(await drawTimeline(timeline(0, ""), "dark")).toBeNull();
});

test("of many events the latest are drawn, and those nearest to the topic", () => {
  const many = timeline(14, "The ferry sank.");
  many.topic = "the Orsk dam";
  many.events = many.events.map((event, at) => ({ ...event, text: at === 1 ? "The Orsk dam broke." : event.text }));
  const svg = timelineSvg(many, "light");
  expect(svg).toContain("8 of 14 events");
  for (const year of ["2011", "2017", "2021", "2022", "2023"]) expect(svg).toContain(`>${year}<`);
  for (const year of ["2010", "2012", "2016"]) expect(svg).not.toContain(`>${year}<`);
  expect(svg).toContain("The Orsk dam broke.");
});

test("lines keep every word in order, or end in an ellipsis; one endless word is broken", () => {
  const text = "one two three four five six seven eight nine ten";
  expect(linesOf(text, 300, 30, 20).join(" ")).toBe(text);
  expect(linesOf(text, 300, 30, 2)).toHaveLength(2);
  expect(linesOf(text, 300, 30, 2).at(-1)).toMatch(/…$/);
  expect(linesOf("x".repeat(500), 300, 30, 100).join("")).toBe("x".repeat(500));
  expect(linesOf("x".repeat(500), 300, 30, 2).at(-1)).toMatch(/^x+ …$/);
});
