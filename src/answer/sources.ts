// The numbered sources of one answer: every cited place once, numbered in the order of citing, its quote a byte-for-byte slice.
import type { Passage, Source } from "../domain.ts";
import { type Attribution, speakerOf } from "../text/attribution.ts";
import { countryOf } from "../text/countries.ts";
import { isStopWord, wordsOf } from "../text/words.ts";
import type { DraftCitation } from "./draft.ts";
import { surname } from "./frame.ts";
import { textFragmentLink } from "./text-fragment.ts";

export interface SourceList {
  /** The number of this place, new or known. Throws RangeError for a place outside its passage. */
  cite(citation: DraftCitation): number;
  list(): Source[];
}

/** `given`: sources of an earlier answer, which keep their numbers. */
export function createSourceList(given: readonly Source[] = []): SourceList {
  const sources = [...given];
  return {
    cite(citation) {
      const { document } = citation.passage;
      const known = sources.find(
        (source) => source.document.id === document.id && source.start === citation.start && source.end === citation.end,
      );
      if (known !== undefined) return known.n;
      const n = Math.max(0, ...sources.map((source) => source.n)) + 1;
      sources.push(sourceOf(citation, n));
      return n;
    },
    list: () => sources,
  };
}

/** The quoted words of a citation. Throws RangeError for a place outside its passage. */
export function quoteOf({ passage, start, end }: DraftCitation): string {
  if (start < passage.start || end > passage.end || end <= start)
    throw new RangeError(`citation ${start}..${end} lies outside passage ${passage.start}..${passage.end}`);
  return passage.text.slice(start - passage.start, end - passage.start);
}

export function sourceOf(citation: DraftCitation, n: number): Source {
  const { passage, start, end } = citation;
  const quote = quoteOf(citation);
  return {
    n,
    document: passage.document,
    speaker: speakerIn(quote, passage),
    quote,
    start,
    end,
    link: textFragmentLink(passage.document.url, quote),
  };
}

/**
 * Who says the quoted sentence, where that is not the document's author: somebody whose own words stand in it in quotation marks, else the
 * one whose part of the document it is, else the person, outlet or office that it reports. A group, a country or a pronoun is nobody, and a
 * publisher that speaks of itself ("DID Press reports") is no other voice.
 */
function speakerIn(quote: string, { document, speaker }: Passage): string | null {
  const hit = speakerOf(quote);
  const voice = speaker ?? document.author;
  const says = hit === null || !isSomebody(hit) || (speaker !== null && !hit.quoted) ? speaker : hit.speaker;
  if (says !== null && isHouse(says, document.publisher)) return speaker;
  const same = says !== null && voice !== null && voice.split(/,\s*/).some((name) => name === says || surname(name) === says);
  return same ? speaker : says;
}

/** "The Gazette", "Kestrel Gazette" and "gazette.example" are the publisher Kestrel Gazette: all words of the shorter stand in the longer. */
function isHouse(says: string, publisher: string | null): boolean {
  const words = (name: string): string[] =>
    wordsOf(name.replace(/\.\p{L}{2,7}$/u, "")).flatMap(({ folded }) => (isStopWord(folded) ? [] : [folded]));
  const [said, house] = [words(says), words(publisher ?? "")];
  const [shorter, longer] = said.length <= house.length ? [said, house] : [house, said];
  return shorter.length > 0 && shorter.every((word) => longer.includes(word));
}

function isSomebody({ speaker, kind, quoted }: Attribution): boolean {
  if (kind === "people" || kind === "pronoun" || (!quoted && countryOf(speaker) !== null)) return false;
  if (kind !== "body") return /\p{Lu}/u.test(speaker);
  return (
    quoted ||
    /\b(?:ministry|office|council|court|commission|bank|union|police|agency|company|institute|department|embassy)\b/i.test(
      speaker,
    )
  );
}
