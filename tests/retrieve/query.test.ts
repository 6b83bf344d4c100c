// What a question says about itself, read on Wednesday, 12 November 2025.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { partsOf } from "../../src/retrieve/query.ts";
import { readQuery } from "../../src/retrieve/query.ts";

const NOW = new Date("2025-11-12T15:00:00Z");

test("words, phrases, names and period of an ordinary question", () => {
  const { inquiry, words } = readQuery('Who said "not one step back" about the Drenna dam in September?', NOW);
  expect(inquiry.phrases).toEqual(["not one step back"]);
  expect(inquiry.names).toContain("Drenna");
  expect(inquiry.period).toEqual({ since: "2025-09-01", until: "2025-09-30", text: "in September" });
  expect(words).toContain("dam");
  expect(words).toContain("september");
  expect(words).not.toContain("the");
  expect(words).not.toContain("said");
});

test("a pasted text asks for no period, whatever days it speaks of, nor does a quotation", () => {
  const pasted = "The harbour office reported on Monday that eleven ships had waited outside the port of Halden since last week.";
  expect(readQuery(pasted, NOW)).toMatchObject({ publishedIn: null, inquiry: { period: null } });
  const located = readQuery(`${pasted} Where is this from?`, NOW);
  expect(located).toMatchObject({ publishedIn: null, inquiry: { period: null } });
  expect(located.own.trim()).toBe("Where is this from?");
  const quoted = readQuery("Which article says “In 1981, the Halden Post started on Monday”?", NOW);
  expect(quoted).toMatchObject({ publishedIn: null, inquiry: { period: null } });
  expect(quoted.own).not.toContain("Halden Post");
});

test.each([
  ["What happened on Sunday, 4 May 2025?", "2025-05-04", "2025-05-04"],
  ["What happened on Sunday 4 May?", "2025-05-04", "2025-05-04"],
  ["What happened on Monday, May 4?", "2020-05-04", "2020-05-04"],
  ["Who resigned on 4.5.2025?", "2025-05-04", "2025-05-04"],
  ["Who resigned on 25/04/2025?", "2025-04-25", "2025-04-25"],
  ["Who resigned on 04/25/2025?", "2025-04-25", "2025-04-25"],
  ["What happened in the week of 7 May 2025?", "2025-05-05", "2025-05-11"],
  ["Who left between Saturday 3 May and Monday 5 May?", "2025-05-03", "2025-05-05"],
])("a date in a question is a hint: %s", (question, since, until) => {
  const { inquiry, publishedIn, notes } = readQuery(question, NOW);
  expect(inquiry.period).toMatchObject({ since, until });
  expect(publishedIn).toBeNull();
  expect(notes).toEqual([]);
});

test("a date in figures that may be two days is not read, and the reader is told", () => {
  const { inquiry, notes } = readQuery("Who resigned on 05/04/2025?", NOW);
  expect(inquiry.period).toBeNull();
  expect(notes.join()).toContain("05/04/2025 may be two days");
});

test("a period counted from now is no word to look for", () => {
  expect(readQuery("What happened in Halden last week?", NOW).words).toEqual(["halden"]);
});

test("what was written in a period is bound to it, what happened in one is not", () => {
  const bound = { since: "2025-11-03", until: "2025-11-09" };
  expect(readQuery("What did the papers write about Halden last week?", NOW).publishedIn).toEqual(bound);
  expect(readQuery("news since Monday", NOW).publishedIn).toEqual({ since: "2025-11-10", until: null });
  expect(readQuery("What has Orsava done since Monday?", NOW).publishedIn).toEqual({ since: "2025-11-10", until: null });
  expect(readQuery("articles from May", NOW).publishedIn).toEqual({ since: "2025-05-01", until: "2025-05-31" });
  expect(readQuery("What happened in 2023?", NOW).publishedIn).toBeNull();
  expect(readQuery("Which firm reported a loss in 2023?", NOW).publishedIn).toBeNull();
  expect(readQuery("What happened since 2021?", NOW).publishedIn).toBeNull();
  expect(readQuery("Who was elected last week?", NOW).publishedIn).toBeNull();
});

test.each([
  ["What is the latest on the tunnel?", true],
  ["Where do the talks stand?", true],
  ["Who is the current premier?", true],
  ["Who was premier in 1998?", false],
])("asks for the present state: %s", (question, latest) => expect(readQuery(question, NOW).inquiry.wantsLatest).toBe(latest));

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
      const { inquiry, words } = readQuery(question, NOW);
      expect(inquiry.parts.length).toBeGreaterThan(0);
      expect(new Set(words).size).toBe(words.length);
    }),
  );
  for (const piece of ["and what ", '"a', "last 3 days and ", "A.B. ", "(", "ال", "since "]) {
    expect(readQuery(piece.repeat(20_000 / piece.length), NOW).words.length).toBeLessThanOrEqual(400);
  }
});
