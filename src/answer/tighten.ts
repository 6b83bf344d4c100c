// The tightest place in each cited passage that carries a sentence: whole sentences of the source, as few as the gate needs.
// Only narrows what the writer cited; it never cites a passage that the writer did not name.
import type { Passage, Span, Verdict } from "../domain.ts";
import { sentenceSpans } from "../text/sentences.ts";
import { contentWords } from "../text/words.ts";
import type { DraftCitation, DraftSentence, VerifyDraft } from "./draft.ts";

/** Sentences in a row that one citation may take before the whole passage is cited. */
const LONGEST_WINDOW = 3;

export interface Tightened {
  draft: DraftSentence;
  verdict: Verdict;
}

/** Gates `text` against ever wider places of the passages it names. The verdict is that of the narrowest that carries it, else of the whole passages. */
export function tighten(text: string, passages: readonly Passage[], verify: VerifyDraft): Tightened {
  const gate = (citations: DraftCitation[]): Tightened => {
    const draft = { text, citations };
    return { draft, verdict: verify(draft) };
  };
  const whole = passages.map((passage) => ({ passage, start: passage.start, end: passage.end }));
  const widest = gate(whole);
  if (!widest.verdict.supported) return widest;

  // each passage that carries the sentence alone is cited for itself
  const alone = passages.flatMap((passage) => narrowest(passage, text, gate) ?? []);
  if (alone.length > 0) {
    const cited = gate(alone.map((one) => one.draft.citations[0]).filter((citation) => citation !== undefined));
    return cited.verdict.supported ? cited : (alone[0] ?? widest);
  }

  // only together: leave out what is not needed, then narrow one after the other
  let citations: DraftCitation[] = whole;
  for (const citation of whole) {
    const fewer = citations.filter((other) => other !== citation);
    if (fewer.length > 0 && gate(fewer).verdict.supported) citations = fewer;
  }
  citations.forEach((citation, index) => {
    for (const window of windows(citation.passage, text)) {
      const narrowed = citations.with(index, { passage: citation.passage, ...window });
      if (!gate(narrowed).verdict.supported) continue;
      citations = narrowed;
      return;
    }
  });
  return gate(citations);
}

function narrowest(passage: Passage, text: string, gate: (citations: DraftCitation[]) => Tightened): Tightened | null {
  for (const window of [...windows(passage, text), { start: passage.start, end: passage.end }]) {
    const tried = gate([{ passage, ...window }]);
    if (tried.verdict.supported) return tried;
  }
  return null;
}

/** Runs of one to three sentences around the places that share most words with the text: the shortest first, then the most alike. */
function windows(passage: Passage, text: string): Span[] {
  const wanted = new Set(contentWords(text).map((word) => word.stem));
  const sentences = sentenceSpans(passage.text).map((span) => ({
    start: passage.start + span.start,
    end: passage.start + span.end,
    shared: new Set(
      contentWords(passage.text.slice(span.start, span.end)).flatMap(({ stem }) => (wanted.has(stem) ? [stem] : [])),
    ),
  }));
  const found: (Span & { size: number; shared: number })[] = [];
  for (let size = 1; size <= Math.min(LONGEST_WINDOW, sentences.length); size += 1) {
    for (let from = 0; from + size <= sentences.length; from += 1) {
      const run = sentences.slice(from, from + size);
      const shared = new Set(run.flatMap((sentence) => [...sentence.shared])).size;
      const [head, tail] = [run[0], run.at(-1)];
      if (head !== undefined && tail !== undefined && shared > 0) found.push({ start: head.start, end: tail.end, size, shared });
    }
  }
  // the gate is asked for the two most promising runs of each length only
  return [1, 2, 3].flatMap((size) =>
    found
      .filter((window) => window.size === size)
      .sort((a, b) => b.shared - a.shared || a.start - b.start)
      .slice(0, 2)
      .map(({ start, end }) => ({ start, end })),
  );
}
