// Whose word a question asks for, among the outlets and authors of a corpus.
import { expect, test } from "vitest";
import type { Document } from "../../src/domain.ts";
import { voicesAskedFor } from "../../src/retrieve/named-voices.ts";

const documents = ["The Hill", "CNN", "Los Angeles Times", "Harbour News"].map((publisher): Document => ({
  id: publisher,
  title: "Notes",
  publisher,
  author: null,
  published: null,
  updated: null,
  fetched: "2025-03-05T10:00:00Z",
  genre: null,
  url: null,
  path: "notes.md",
  language: "en",
}));

test.each<[string, string[]]>([
  ["Who replaced Fiona Hill at the National Security Council?", []],
  ["Is Capitol Hill closed on Friday?", []],
  ["How large is Hill Air Force Base?", []],
  ["Did The Hill report the slogan?", ["The Hill"]],
  ["According to CNN President Obi resigned: when?", ["CNN"]],
  ["Is it true what the Los Angeles Times wrote of Gannett?", ["Los Angeles Times"]],
  ["when was harbour news founded?", []],
  ["According to harbour news, when does the ferry leave?", ["Harbour News"]],
])("%s", (question, voices) => {
  expect(voicesAskedFor(question, documents).filter((voice) => documents.some(({ publisher }) => publisher === voice))).toEqual(
    voices,
  );
});
