// The numbered sources of one answer: every cited place once, numbered in the order of citing, its quote a byte-for-byte slice.
import type { Passage, Source } from "../domain.ts";
import { type Attribution, speakerOf } from "../language/attribution.ts";
import type { DraftCitation } from "./draft.ts";
import { surname } from "./frame.ts";
import { textFragmentLink } from "./text-fragment.ts";

export interface SourceList {
  /** The number of this place, new or known. Throws RangeError for a place outside its passage. */
  cite(citation: DraftCitation): number;
  list(): Source[];
}

export function createSourceList(): SourceList {
  const sources: Source[] = [];
  return {
    cite(citation) {
      const { document } = citation.passage;
      const known = sources.find(
        (source) => source.document.id === document.id && source.start === citation.start && source.end === citation.end,
      );
      if (known !== undefined) return known.n;
      sources.push(sourceOf(citation, sources.length + 1));
      return sources.length;
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
 * one whose part of the document it is, else the person, outlet or office that it reports. A group, a country or a pronoun is nobody.
 */
function speakerIn(quote: string, { document, speaker }: Passage): string | null {
  const hit = speakerOf(quote);
  const voice = speaker ?? document.author;
  const says = hit === null || !isSomebody(hit) || (speaker !== null && !hit.quoted) ? speaker : hit.speaker;
  const same = says !== null && voice !== null && voice.split(/,\s*/).some((name) => name === says || surname(name) === says);
  return same ? speaker : says;
}

function isSomebody({ speaker, kind, quoted }: Attribution): boolean {
  if (kind === "people" || kind === "pronoun") return false;
  if (kind !== "body") return /\p{Lu}/u.test(speaker);
  return (
    quoted ||
    /\b(?:ministry|office|council|court|commission|bank|union|police|agency|company|institute|department|embassy)\b/i.test(
      speaker,
    )
  );
}
