// What a question says about itself, read on Wednesday, 12 November 2025.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { partsOf } from "../../src/retrieve/parts.ts";
import { understand } from "../../src/retrieve/understand.ts";

const NOW = new Date("2025-11-12T15:00:00Z");

test("words, phrases, names and period of an ordinary question", () => {
  const { inquiry, words } = understand('Who said "not one step back" about the Drenna dam in September?', NOW);
  expect(inquiry.phrases).toEqual(["not one step back"]);
  expect(inquiry.names).toContain("Drenna");
  expect(inquiry.period).toEqual({ since: "2025-09-01", until: "2025-09-30", text: "in September" });
  expect(words).toContain("dam");
  expect(words).toContain("september");
  expect(words).not.toContain("the");
  expect(words).not.toContain("said");
});

test("a pasted text asks for no period, whatever days it speaks of", () => {
  const pasted = "The harbour office reported on Monday that eleven ships had waited outside the port of Halden since last week.";
  expect(understand(pasted, NOW)).toMatchObject({ publishedIn: null, inquiry: { period: null } });
  expect(understand(`Is it true? ${pasted.replace(".", "?")}`, NOW).publishedIn).not.toBeNull();
});

test("a period counted from now is no word to look for", () => {
  expect(understand("What happened in Halden last week?", NOW).words).toEqual(["halden"]);
});

test("what was written in a period is bound to it, what happened in one is not", () => {
  const bound = { since: "2025-11-03", until: "2025-11-09" };
  expect(understand("What did the papers write about Halden last week?", NOW).publishedIn).toEqual(bound);
  expect(understand("news since Monday", NOW).publishedIn).toEqual({ since: "2025-11-10", until: null });
  expect(understand("What has Orsava done since Monday?", NOW).publishedIn).toEqual({ since: "2025-11-10", until: null });
  expect(understand("What happened in 2023?", NOW).publishedIn).toBeNull();
  expect(understand("What happened since 2021?", NOW).publishedIn).toBeNull();
  expect(understand("Who was elected last week?", NOW).publishedIn).toBeNull();
});

test.each([
  ["What is the latest on the tunnel?", true],
  ["Where do the talks stand?", true],
  ["Who is the current premier?", true],
  ["Who was premier in 1998?", false],
])("asks for the present state: %s", (question, latest) => expect(understand(question, NOW).inquiry.wantsLatest).toBe(latest));

test.each([
  ["Who attended the talks and what did they decide?", ["Who attended the talks", "what did they decide?"]],
  ["Why did the talks fail? Who left first?", ["Why did the talks fail?", "Who left first?"]],
  ["What does the dam cost, and when will it be ready?", ["What does the dam cost", "when will it be ready?"]],
  ["Who are Anna and Bert?", ["Who are Anna and Bert?"]],
  ["What do India and China want?", ["What do India and China want?"]],
  ["The talks failed. Why did they fail?", ["The talks failed. Why did they fail?"]],
  ["tunnel cost", ["tunnel cost"]],
])("parts of: %s", (question, parts) => expect(partsOf(question)).toEqual(parts));

test("any text is understood, and quickly however long", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (question) => {
      const { inquiry, words } = understand(question, NOW);
      expect(inquiry.parts.length).toBeGreaterThan(0);
      expect(new Set(words).size).toBe(words.length);
    }),
  );
  for (const piece of ["and what ", '"a', "last 3 days and ", "A.B. ", "(", "ال", "since "]) {
    expect(understand(piece.repeat(20_000 / piece.length), NOW).words.length).toBeLessThanOrEqual(400);
  }
});
