// Drafts become the sentences of an answer: each is gated against the places it cites, what fails is left out, sources are numbered.
// Extractive and generated answers pass through the same gate here. It adds no citation and changes no word.
import type { Passage, Sentence, Verdict } from "../domain.ts";
import { dateInWords } from "../language/date-words.ts";
import type { DraftSentence, VerifyDraft } from "./draft.ts";
import { quoteOf, type SourceList } from "./sources.ts";

/** The sentence gate: whether `source` supports `claim`; `context` holds what is known beside the text (publisher, author, dates). */
export type VerifyClaim = (claim: string, source: string, context?: string) => Verdict;

export interface Composed {
  sentences: Sentence[];
  /** Drafts that failed, with the gate's reasons. */
  dropped: { draft: DraftSentence; reasons: string[] }[];
}

/** The gate for drafts: the quotes are the source, the documents' metadata the context. */
export function draftGate(verify: VerifyClaim): VerifyDraft {
  return (draft) => {
    if (draft.citations.length === 0) return { supported: false, score: 0, reasons: ["it cites nothing"] };
    const source = draft.citations.map(quoteOf).join("\n");
    const context = [...new Set(draft.citations.map((citation) => contextOf(citation.passage)))].join("\n");
    return verify(draft.text, source, context);
  };
}

/** Gates and cites the drafts, in order. */
export function compose(drafts: readonly DraftSentence[], gate: VerifyDraft, sources: SourceList): Composed {
  const composed: Composed = { sentences: [], dropped: [] };
  for (const draft of drafts) {
    const verdict = gate(draft);
    if (!verdict.supported) {
      composed.dropped.push({ draft, reasons: verdict.reasons });
      continue;
    }
    composed.sentences.push({
      text: draft.text,
      citations: [...new Set(draft.citations.map((citation) => sources.cite(citation)))],
      check: { supported: true, score: Math.min(1, Math.max(0, verdict.score)), method: methodOf(draft) },
    });
  }
  return composed;
}

function methodOf({ text, citations }: DraftSentence): string {
  const quotes = citations.map(quoteOf);
  if (quotes.some((quote) => quote.toLowerCase() === text.toLowerCase())) return "verbatim";
  return quotes.some((quote) => text.includes(quote)) ? "framed quote" : "paraphrase";
}

/** What a frame may say of a document without its text saying so. */
export function contextOf({ document, heading, speaker, role }: Passage): string {
  const dates = [document.published, document.updated].flatMap((date) =>
    date === null ? [] : [date.slice(0, 10), dateInWords(date)],
  );
  return [
    document.title,
    heading,
    document.publisher,
    document.author,
    speaker,
    role,
    document.genre,
    ...dates,
    document.published === null ? "undated" : null,
  ]
    .filter((part) => part !== null)
    .join("\n");
}
