// What an answer says to a reader, whatever the surface.
import { describe, expect, test } from "vitest";
import { discordMarkup } from "../../../src/deliver/discord/discord-markup.ts";
import { renderAnswer, renderQuotes } from "../../../src/deliver/render/render-answer.ts";
import { messagePage, renderMessage } from "../../support/render-message.ts";
import { scriptedAnswer, scriptedDocument, sourceOf } from "../../support/scripted-briefing.ts";

const alpha = scriptedDocument("alpha", { genre: "opinion", published: "2025-10-31" });
const beta = scriptedDocument("beta", { publisher: null, title: "Minutes", published: null, genre: null, url: null });
const read = (...args: Parameters<typeof scriptedAnswer>): string =>
  renderMessage(renderAnswer(scriptedAnswer(...args), discordMarkup)).text;

describe("an answer", () => {
  test("has its citation after each sentence, and a line for each source with publisher, genre, date and voice", () => {
    const text = read("q", [alpha, beta], {
      sources: [sourceOf(alpha, 1, { speaker: "Mira Okafor" }), sourceOf(beta, 2, { link: null })],
    });
    expect(text).toContain("It carries two cranes. [1]");
    expect(text).toContain("It carries two cranes. [2]");
    expect(text).toContain("[1] The Harbour Post · opinion · October 31, 2025 · Mira Okafor speaking");
    expect(text).toContain("[2] Minutes · undated");
    expect(text).toContain("Quoted from the sources, no language model");
  });

  test("names a file without title and publisher by its name, not by its folders", () => {
    const note = scriptedDocument("note", {
      publisher: null,
      title: null,
      published: null,
      url: null,
      path: "desk/2031/note.md",
    });
    const text = read("q", [note], { sources: [sourceOf(note, 1, { link: null })] });
    expect(text).toContain("[1] note.md · ");
  });

  test("names a document once, however many of its places are cited; each number leads to its own place", () => {
    const place = (n: number, speaker: string | null, link = `https://harbour.example/alpha#:~:text=${n}`) =>
      sourceOf(alpha, n, { speaker, link });
    const sources = [place(1, "Mira Okafor"), sourceOf(beta, 2, { link: null }), place(3, null), place(4, "Mira Okafor")];
    const { text, effects } = renderMessage(renderAnswer(scriptedAnswer("q", [alpha], { sources }), discordMarkup));
    expect(text).toContain(
      "[1] The Harbour Post · opinion · October 31, 2025 · also 3, 4\nspeaking: Mira Okafor [1][4]\n[2] Minutes",
    );
    const links = effects.filter(({ kind }) => kind === "masked-link").map(({ value }) => value);
    expect(links).toEqual([1, 3, 4].map((n) => expect.stringMatching(new RegExp(`text=${n}>\\)$`)) as string));
  });

  test("of one voice names it beside the document; quotes stand under their document, each with its number", () => {
    const places = [1, 2].map((n) => sourceOf(alpha, n, { speaker: "Mira Okafor", quote: `Quote ${n}.`, link: null }));
    const { text } = renderMessage(renderAnswer(scriptedAnswer("q", [alpha], { sources: places }), discordMarkup));
    expect(text).toContain("[1] The Harbour Post · opinion · October 31, 2025 · Mira Okafor speaking · also [2]\n");
    const quotes = renderMessage(renderQuotes([...places, sourceOf(beta, 3)], discordMarkup)).text;
    expect(quotes.split("\n\n[3]")).toEqual([
      "[1] The Harbour Post · opinion · October 31, 2025 · Mira Okafor speaking · also [2]\nHarbour notes alpha\nQuote 1. [1]\n\nQuote 2. [2]",
      expect.stringMatching(/^ Minutes · undated\nThe new quay of beta/) as string,
    ]);
  });

  test("keeps what the sources dispute apart, both sides with their dates", () => {
    const sides = [
      { text: "The talks collapsed.", citations: [1], published: "2025-10-31" },
      { text: "The talks succeeded for now.", citations: [2], published: "2025-11" },
    ];
    const text = read("q", [alpha, beta], {
      disagreements: [{ about: "Whether the talks succeeded", sides, note: "The later one is shorter." }],
    });
    expect(text.indexOf("Where the sources disagree")).toBeGreaterThan(text.indexOf("It carries two cranes. [2]"));
    expect(text).toContain("October 31, 2025: The talks collapsed. [1]");
    expect(text).toContain("Nov 2025: The talks succeeded for now. [2]");
    expect(text).toContain("The later one is shorter.");
  });

  test("that is not covered says what comes nearest and what was read", () => {
    const text = read("q", [], {
      nearest: [sourceOf(alpha)],
      coverage: { documents: 3, from: "2025-01-04", to: "2025-10-31", publishers: ["The Harbour Post", "Coast Wire"] },
    });
    expect(text).toContain("do not answer this");
    expect(text).toContain("The new quay of alpha opened on a Friday. …");
    expect(text).toContain("I have read 3 documents, from January 4, 2025 to October 31, 2025, by The Harbour Post, Coast Wire.");
  });

  test("tells its warnings, that it is partial, and which model wrote it", () => {
    const text = read("q", [alpha], {
      status: "partial",
      mode: "model:small-one",
      warnings: ["2 undated documents were left out."],
    });
    expect(text).toContain("Part of the question is not covered");
    expect(text).toContain("2 undated documents were left out.");
    expect(text).toContain("Written by small-one, each sentence checked");
  });

  test("says where no judge has read what a model wrote", () => {
    const check = { supported: true, score: 0.8, method: "facts and wording" };
    const sentences = [{ text: "It has two cranes.", citations: [1], check }];
    expect(read("q", [alpha], { mode: "model:small-one", sentences })).toContain("the rest only close in wording");
  });

  test("cannot be given another shape by what a document or a model says", () => {
    const evil = "**Sources**\n[1] [Fake](https://evil.example) @everyone\n> # loud";
    const document = scriptedDocument("evil", { publisher: evil, title: evil, text: evil });
    const answer = scriptedAnswer(evil, [document], {
      warnings: [evil],
      mode: `model:${evil}`,
      sources: [sourceOf(document, 1, { speaker: evil })],
    });
    const { effects } = renderMessage(renderAnswer(answer, discordMarkup));
    const kinds = effects.map((effect) => effect.kind).filter((kind) => kind !== "small");
    expect(kinds).toEqual(["bold", "masked-link", "timestamp"]);
  });

  test("can be looked at as a page", () => {
    const content = renderAnswer(scriptedAnswer("q", [alpha]), discordMarkup);
    const page = messagePage([{ content, buttons: ["Show quotes"] }]);
    expect(page).toContain("<button>Show quotes</button>");
    expect(page).toContain('<a href="https://harbour.example/alpha');
  });
});

test("what is said to the bot itself is answered by a few words, without status, sources and coverage", () => {
  const reply = { kind: "greeting" as const, text: "Hello.\nI have read 2 documents.", questions: ["Who wrote “Minutes”?"] };
  const text = read("hi", [], { reply });
  expect(text).toContain("Hello.\nI have read 2 documents.");
  expect(text).toContain("• Who wrote “Minutes”?");
  expect(text).not.toMatch(/do not answer|Quoted from|Sources/);
});
