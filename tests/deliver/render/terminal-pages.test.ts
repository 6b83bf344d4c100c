// How answers look in a terminal: nothing twice, nothing wider than the terminal, nothing left out.
import { expect, test } from "vitest";
import { renderAnswer } from "../../../src/deliver/render/render-answer.ts";
import { renderSummary } from "../../../src/deliver/render/render-briefing.ts";
import { renderDocuments, renderReceipt } from "../../../src/deliver/render/render-records.ts";
import { type Look, page } from "../../../src/deliver/terminal/output.ts";
import type { Answer } from "../../../src/domain.ts";
import { scriptedAnswer, scriptedDocument, sourceOf } from "../../support/scripted-briefing.ts";

const printAnswer = (answer: Answer, look: Look): string => page(look, (markup) => renderAnswer(answer, markup));
const look = (width: number) => ({ colour: false, width });
const alpha = scriptedDocument("alpha");
const beta = scriptedDocument("beta", { publisher: null, title: null, author: null, published: null, genre: null, url: null });
const count = (text: string, part: string): number => text.split(part).length - 1;
/** Lines of one answer with its breaks taken out. */
const flat = (text: string): string => text.replace(/\s+/g, " ");

test("a quote that stands in the answer is not printed again under the sources", () => {
  const page = flat(printAnswer(scriptedAnswer("q", [alpha]), look(80)));
  expect(count(page, "It carries two cranes.")).toBe(1);
  expect(page).toContain("[1] The Harbour Post · report · 14 Mar 2025 · “Harbour notes alpha”");
});

test("a quote that does not stand in the answer is printed", () => {
  const sentences = [{ text: "A quay was opened.", citations: [1], check: { supported: true, score: 1, method: "paraphrase" } }];
  expect(flat(printAnswer(scriptedAnswer("q", [alpha], { sentences }), look(80)))).toContain(
    "“The new quay of alpha opened on a Friday.",
  );
});

test("places in one document share an entry, which says who speaks where", () => {
  const half = alpha.text.indexOf("It carries");
  const sources = [
    sourceOf(alpha, 1, { quote: alpha.text.slice(0, half).trim() }),
    sourceOf(alpha, 2, { quote: alpha.text.slice(half) }),
    sourceOf(alpha, 3, { quote: alpha.text.slice(half), speaker: "Mira Okafor" }),
  ];
  const page = printAnswer(scriptedAnswer("q", [alpha], { sources }), look(80));
  expect(flat(page)).toContain(
    "[1] The Harbour Post · report · 14 Mar 2025 · “Harbour notes alpha” · also [2], [3] speaking: Mira Okafor [3]",
  );
});

test("what was read for a refusal is wrapped, and says what it knows of dates and publishers", () => {
  const publishers = [
    "The Harbour Post",
    "Northport Courier",
    "Baltic Wire",
    "Orsava Herald",
    "Belmark Tribune",
    "Skel Echo",
    "Halden Mail",
  ];
  const coverage = { documents: 12, from: "2024-02", to: "2025-03-14", publishers };
  const page = printAnswer(scriptedAnswer("q", [], { coverage, nearest: [sourceOf(alpha)] }), look(40));
  expect(flat(page)).toContain("I have read 12 documents, from Feb 2024 to 14 Mar 2025, by The Harbour Post");
  expect(flat(page)).toContain("and 1 more.");
  for (const line of page.split("\n")) expect(line.length).toBeLessThanOrEqual(40);
});

test("a document without a title is told by its file", () => {
  expect(page(look(80), (markup) => renderDocuments([beta], [beta], markup))).toContain("beta.md · undated");
});

test("without colour there is no escape, with it there is", () => {
  const answer = scriptedAnswer("q", [alpha]);
  expect(printAnswer(answer, look(80))).not.toContain("\u001B");
  expect(printAnswer(answer, { colour: true, width: 80 })).toContain("\u001B");
});

test("talk has neither status nor sources", () => {
  const reply = { kind: "greeting" as const, text: "Hello.", questions: ["Who wrote “Minutes”?"] };
  expect(printAnswer(scriptedAnswer("hi", [], { reply }), look(80))).toBe("Hello.\n\nYou could ask\n• Who wrote “Minutes”?");
});

test("a receipt lists the best passages and those that are cited, and counts the others, and says why a part is not covered", () => {
  const answer = scriptedAnswer("q", [alpha]);
  const passages = Array.from({ length: 60 }, (_, at) => ({
    document: at === 40 ? alpha.id : `other-${at}`,
    start: 0,
    end: 10,
    score: 0,
    cosine: null,
    lexical: null,
  }));
  const parts = [{ text: "Who left?", covered: false, why: "no passage was found", score: 0.31 }];
  const trail = { filter: {}, passages, index: null, prompt: null, parts };
  const shown = page(look(80), (markup) => renderReceipt({ answer, trail, asker: null, at: "2031-01-01T00:00:00Z" }, markup));
  expect(count(shown, "0.000 (")).toBe(6);
  expect(shown).toContain(`${alpha.id} 0-10`);
  expect(shown).toContain("and 54 more");
  expect(shown).toContain("not covered 0.31: Who left? (no passage was found)");
});

test("a summary is headed once", () => {
  const headOf = (question: string): string | undefined =>
    page(look(80), (markup) => renderSummary(scriptedAnswer(question, [alpha]), markup)).split("\n")[0];
  expect(headOf("harbours")).toBe("Summary: harbours");
  expect(headOf("Summary of Harbour notes")).toBe("Summary of Harbour notes");
});
