// The numbered sources of one answer: every cited place once, numbered in the order of citing, its quote a byte-for-byte slice.
import type { Source } from "../domain.ts";
import { speakerOf } from "../language/attribution.ts";
import type { DraftCitation } from "./draft.ts";
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
    speaker: speakerIn(quote) ?? passage.speaker,
    quote,
    start,
    end,
    link: textFragmentLink(passage.document.url, quote),
  };
}

/** Who the quoted sentence itself says it is from: a named person, body or outlet; groups and pronouns name nobody. */
function speakerIn(quote: string): string | null {
  const hit = speakerOf(quote);
  if (hit === null || hit.kind === "people" || hit.kind === "pronoun") return null;
  if (!/\p{Lu}/u.test(hit.speaker) && hit.kind !== "body") return null;
  return hit.speaker;
}
