// How a new version is told from the old one: by the lines in which publishers say so, in the forms that they use.
import { expect, test } from "vitest";
import type { StoredDocument } from "../../src/domain.ts";
import { noticeOfChange } from "../../src/index/notices.ts";
import { article } from "../support/documents.ts";

const TEXT = "The quay in Norvik cost four million, the harbour office said. It was opened on Monday.";
const AT = "2026-01-02T00:00:00Z";

function stored(text: string): StoredDocument {
  const { document, blocks, evidence, extra, scope } = article("quay.md", text);
  return { ...document, text, blocks, passages: [], evidence, extra, scope };
}

test.each([
  ["Correction: an earlier version named a wrong sum.", "corrected"],
  ["• This article was amended on 3 May 2024 to correct a sum.", "corrected"],
  ["Editor’s note: the sum has been corrected.", "corrected"],
  ["An earlier version of this story gave a wrong sum.", "corrected"],
  ["— This report has been corrected.", "corrected"],
  ["• This article was withdrawn on 3 May 2024.", "withdrawn"],
  ["Retraction: the sum cannot be confirmed.", "withdrawn"],
])("a new line %j means %s", (line, kind) => {
  expect(noticeOfChange(stored(TEXT), article("quay.md", `${TEXT}\n\n${line}`), AT)?.kind).toBe(kind);
});

test("other news is no notice, nor is nothing new", () => {
  const other = `${TEXT}\n\nThe correction of the sum took three weeks.`;
  expect(noticeOfChange(stored(TEXT), article("quay.md", other), AT)).toBeNull();
  expect(noticeOfChange(stored(TEXT), article("quay.md", TEXT.replace(". It", ".\n\nIt")), AT)).toBeNull();
});
