// Sentences about documents hold nothing but the documents' own fields.
import { expect, test } from "vitest";
import { aboutMetadata } from "../../src/answer/citations.ts";
import { fieldSentence, nameOf } from "../../src/conversation/about-documents.ts";
import type { Document } from "../../src/domain.ts";

const NOTE: Document = {
  id: "n1",
  title: "Harbour tunnel opens late",
  publisher: "Northport Courier",
  author: "Ines Falk, Jonas Meer",
  published: "2031-05",
  updated: "2031-06-02T10:00:00Z",
  fetched: "2031-07-01T00:00:00Z",
  genre: "report",
  url: null,
  path: "notes/tunnel.md",
  language: "en",
};
const BARE: Document = { ...NOTE, title: null, publisher: null, author: null, published: null, updated: null, genre: null };

test.each([
  [
    "author",
    "“Harbour tunnel opens late” was written by Ines Falk and Jonas Meer.",
    "The untitled text notes/tunnel.md names no author.",
  ],
  [
    "publisher",
    "“Harbour tunnel opens late” was published by Northport Courier in May 2031.",
    "The untitled text notes/tunnel.md names no publisher.",
  ],
  [
    "published",
    "“Harbour tunnel opens late” was published in May 2031 by Northport Courier, and updated on 2 Jun 2031.",
    "The untitled text notes/tunnel.md is undated.",
  ],
  [
    "genre",
    "“Harbour tunnel opens late” is filed as report.",
    "The untitled text notes/tunnel.md does not say what kind of text it is.",
  ],
] as const)("%s, known and unknown", (asks, known, unknown) => {
  for (const [document, text] of [
    [NOTE, known],
    [BARE, unknown],
  ] as const) {
    expect(aboutMetadata(fieldSentence(asks, document), [1, 1])).toEqual({
      text,
      citations: [1],
      check: { supported: true, score: 1, method: "metadata" },
    });
  }
});

test("a title with line breaks is told on one line", () =>
  expect(nameOf({ ...NOTE, title: "Harbour\n  tunnel" })).toBe("“Harbour tunnel”"));
