// A gate for tests of the writer: every content word and number of the sentence stands in its quotes, quotations verbatim. Stricter and simpler
// than the real one, so that what a test expects can be read off its texts.
import type { VerifyDraft } from "../../src/answer/draft.ts";
import { contentWords } from "../../src/language/words.ts";

export const plainGate: VerifyDraft = ({ text, citations }) => {
  const source = citations
    .map(({ passage, start, end }) => passage.text.slice(start - passage.start, end - passage.start))
    .join("\n");
  const there = new Set(contentWords(source).map((word) => word.stem));
  const missing = contentWords(text).filter((word) => !there.has(word.stem));
  const reasons = missing.map((word) => `"${word.raw}" is not in the source`);
  for (const [, quote = ""] of text.matchAll(/“([^”]*)”/g))
    if (!source.includes(quote)) reasons.push(`not a verbatim quotation: ${quote}`);
  return { supported: reasons.length === 0, score: reasons.length === 0 ? 1 : 0, reasons };
};
