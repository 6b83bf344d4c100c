// What a writer brought in: matter of a sentence that no place it cites holds in any form.
// A model that swaps one noun for another keeps most of the content and would pass a gate that asks for most of it; here each word has to
// come from somewhere.
import type { Verdict } from "../domain.ts";
import { areOpposite } from "../text/polarity.ts";
import { areRelated, areSynonyms } from "../text/synonyms.ts";
import { baseOf } from "../text/words.ts";
import type { DraftSentence, VerifyDraft } from "./draft.ts";
import { findQuotations } from "./gate/quotations.ts";
import { read, readSource } from "./gate/reading.ts";

/** What a sentence may say about its source without the source saying so: who says it, in what kind of text. */
const FRAME = new Set(
  "say tell argue write report accord opinion view piece article author writer publish publication describe call believe claim quote interview analysis statement comment commentator both side while however instead"
    .split(" ")
    .map((word) => baseOf(word)),
);

/** Content words of the draft that neither its quotes nor what is known of their documents hold; names, numbers and dates are the gate's. */
function ownWords({ text, citations }: DraftSentence): string[] {
  const sources = citations.map(({ passage, start, end }) => {
    const { document, heading, speaker, role } = passage;
    const about = [document.title, document.publisher, document.author, document.genre, heading, speaker, role];
    return readSource(
      [passage.text.slice(start - passage.start, end - passage.start), ...about.filter((part) => part !== null)].join("\n"),
    );
  });
  const known = [...new Set(sources.flatMap((source) => [...source.vocabulary.keys()]))];
  const bases = new Set(known);
  const quoted = findQuotations(text);
  const own: string[] = [];
  let offset = 0;
  for (const sentence of read(text).sentences) {
    const from = text.indexOf(sentence.text, offset);
    offset = from + sentence.text.length;
    for (const word of sentence.words) {
      if (word.weight < 1 || word.name >= 0 || bases.has(word.base) || FRAME.has(word.base)) continue;
      const at = from + word.start;
      if (quoted.some((quotation) => quotation.start <= at && at < quotation.end)) continue;
      if (!known.some((base) => (areSynonyms(word.base, base) || areRelated(word.base, base)) && !areOpposite(word.base, base)))
        own.push(word.raw);
    }
  }
  return [...new Set(own)];
}

/** The gate, and no word of the writer's own. */
export function verifyGenerated(verify: VerifyDraft): VerifyDraft {
  return (draft): Verdict => {
    const verdict = verify(draft);
    if (!verdict.supported) return verdict;
    const own = ownWords(draft);
    if (own.length === 0) return verdict;
    return { supported: false, score: verdict.score / 2, reasons: [`not in the source: ${own.slice(0, 6).join(", ")}`] };
  };
}
