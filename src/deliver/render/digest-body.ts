// What stands where in one entry of a digest, for every surface: no sentence is shown twice. Pure; it chooses, and changes no word.
import type { Sentence, Source } from "../../domain.ts";
import type { DigestItem } from "../../results.ts";
import { contentWords } from "../../text/words.ts";

export interface EntryBody {
  /** Bold; cited where it is a sentence in full. */
  head: Pick<Sentence, "text" | "citations">;
  sentences: readonly Sentence[];
  /** Whose text carries what stands here, the first to tell it first; those without a publisher by their author. */
  tellers: string[];
  /** Who reports the event in other words. */
  also: readonly string[];
}

/** A first sentence that has fewer words beyond the headline takes its place. */
const ADDED_WORDS = 3;

export function bodyOf(item: DigestItem, sources: readonly Source[]): EntryBody {
  const sided = new Set(item.disagreements.flatMap(({ sides }) => sides.map(({ text }) => text)));
  const [first, ...others] = item.sentences;
  const said = new Set(contentWords(item.headline).map(({ stem }) => stem));
  const quote = sources.find(({ n }) => n === first?.citations[0])?.quote ?? "";
  const added = contentWords(quote).filter(({ stem }) => !said.has(stem));
  const doubles = first !== undefined && added.length < ADDED_WORDS;
  // a voice in the headline is shorter than the frame of its sentence
  const framed = first !== undefined && /: “[^“”]+”$/.test(first.text) && /: “[^“”]+”$/.test(item.headline);
  const head = doubles
    ? { text: framed ? item.headline : first.text, citations: first.citations }
    : { text: item.headline, citations: item.headline_citations ?? [] };
  const documentOf = (sentence: Sentence | undefined): string | undefined =>
    sources.find(({ n }) => n === sentence?.citations[0])?.document.id;
  const rest = doubles ? others : item.sentences;
  // "she adds" needs what it adds to
  const sentences = rest.filter(
    (sentence, at) => !sided.has(sentence.text) || (at + 1 < rest.length && documentOf(rest[at + 1]) === documentOf(sentence)),
  );
  const told = new Set(item.documents);
  const unnamed = sources.flatMap(({ document: { id, publisher, author } }) =>
    told.has(id) && publisher === null && author !== null ? [author] : [],
  );
  return { head, sentences, tellers: [...new Set([...item.outlets, ...unnamed])], also: item.also ?? [] };
}
