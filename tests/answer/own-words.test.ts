// What a generated sentence may not bring in by itself, with the real gate before it.
import { expect, test } from "vitest";
import { gateDraft } from "../../src/answer/compose.ts";
import type { DraftSentence } from "../../src/answer/draft.ts";
import { verifyGenerated } from "../../src/answer/own-words.ts";

const SOURCE =
  "The beekeepers of Lindmoor lost 340 hives during the winter, their association said. Most of the hives were lost to mites. " +
  "On 1 March 2025 the crew of a ferry was rescued by helicopter, and negotiations about a new pier began.";

function draft(text: string): DraftSentence {
  const document = {
    id: "d",
    title: "A hard winter",
    publisher: "Lindmoor Gazette",
    author: "Greta Holm",
    published: "2025-03-04",
    updated: null,
    fetched: "2025-03-05T00:00:00Z",
    genre: "report" as const,
    url: null,
    path: null,
    language: "en",
  };
  const passage = { id: 1, document, text: SOURCE, start: 7, end: 7 + SOURCE.length, heading: null, speaker: null, role: null };
  return { text, citations: [{ passage, start: passage.start, end: passage.end }] };
}

const verify = verifyGenerated(gateDraft);

test.each([
  "Most of the hives were lost to mites.",
  "The beekeepers of Lindmoor lost 340 hives, and most of them to mites, according to a report in the Lindmoor Gazette.",
  "The crew of a ferry was rescued by helicopter on 1 March 2025.",
  "Talks about a new pier started on 1 March 2025.",
  "The Lindmoor Gazette reported on 4 March 2025 that most of the hives were lost to mites.",
  "Lindmoor Gazette (4 March 2025): “Most of the hives were lost to mites.”",
])("supported: %s", (text) => {
  expect(verify(draft(text))).toMatchObject({ supported: true });
});

test.each([
  ["Most of the hives were lost to wolves.", /not in the source: wolves/],
  ["The crew of a ferry was rescued by submarine on 1 March 2025.", /not in the source: submarine/],
  ["The crew of a ferry was rescued by helicopter after a mutiny.", /not in the source: mutiny/],
  ["The crew of a ferry was rescued by helicopter on 4 March 2025.", /4 March 2025/],
  ["The beekeepers of Lindmoor lost 350 hives during the winter.", /./],
])("not supported: %s", (text, reason) => {
  const verdict = verify(draft(text));
  expect(verdict.supported).toBe(false);
  expect(verdict.score).toBeLessThan(0.5);
  expect(verdict.reasons.join("; ")).toMatch(reason);
});
