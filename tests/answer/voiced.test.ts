// A writer's sentence that rests on somebody's opinion: it names whose it is, or is given that voice.
import { describe, expect, test } from "vitest";
import { textOf } from "../../src/answer/citations.ts";
import { voiced } from "../../src/answer/frame.ts";
import type { Document, Passage } from "../../src/domain.ts";

const OPINION = "The harbour plan is a waste of public money. The council has lost touch with the people who use the ferry.";
const REPORT = "The council voted 12 to 5 for the terminal.";

function passage(text: string, about: Partial<Document>, speaker: string | null = null): Passage {
  const document: Document = {
    id: `d-${text.length}`,
    title: "Notes",
    publisher: "Coast News",
    author: "Ana Ruiz",
    published: "2025-03-04",
    updated: null,
    fetched: "2025-03-05T10:00:00Z",
    genre: "opinion",
    url: null,
    path: "notes.md",
    language: "en",
    ...about,
  };
  return { id: text.length, text, start: 10, end: 10 + text.length, heading: null, speaker, role: null, document };
}

function told(text: string, passages: Passage[], before: Passage[] = []): string {
  return textOf(
    voiced(
      text,
      passages.map((one) => ({ passage: one, start: one.start, end: one.end })),
      before,
    ),
  );
}

const column = passage(OPINION, {});
const report = passage(REPORT, { genre: "report", author: null });
const expert = passage("The terminal will be empty in winter.", { genre: "report" }, "Tom Lind");

describe("an opinion without its voice", () => {
  test("is given the voice, before the writer's words", () => {
    expect(told("The harbour plan wastes public money.", [column])).toBe(
      "Ana Ruiz argues: The harbour plan wastes public money.",
    );
  });
  test("is told as going on where the same voice spoke before it", () => {
    expect(told("The council has lost touch.", [column], [column])).toBe("Ruiz adds: The council has lost touch.");
    expect(told("The council has lost touch.", [column], [report])).toMatch(/^Ana Ruiz argues: /);
  });
  test("is given every voice that it was made of", () => {
    const text = told("The terminal will be empty and a waste.", [column, expert]);
    expect(text).toMatch(/^Ana Ruiz argues; Tom Lind says: The terminal/);
  });
  test("also where only a speaker inside a report says it", () => {
    expect(told("The terminal will be empty in winter.", [expert])).toMatch(/^Tom Lind says: /);
  });
});

describe("stays as it was written", () => {
  test.each([
    ["Ana Ruiz, writing in Coast News, argues that the harbour plan wastes public money."],
    ["According to Ana Ruiz, the harbour plan wastes public money."],
    ["In Coast News, Ruiz calls the harbour plan a waste of public money."],
    ["The harbour plan wastes public money, Ruiz says."],
    ["Coast News says that the harbour plan wastes public money."],
    ["The comment argues that the harbour plan wastes public money."],
  ])("%s", (text) => {
    expect(told(text, [column])).toBe(text);
  });
  test("what a report tells itself, even beside an opinion", () => {
    expect(told("The council voted for the terminal.", [report])).toBe("The council voted for the terminal.");
    expect(told("The council voted for the terminal.", [column, report])).toBe("The council voted for the terminal.");
  });
});
