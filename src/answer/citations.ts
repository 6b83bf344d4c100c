// What is posted, true by construction: a statement is made of slices of stored texts and of templates of ours; only what a model wrote needs
// judging. Citing it numbers its places, each once, in the order of citing. No word of a slice is changed here.
import type { Check, Passage, Sentence, Source } from "../domain.ts";
import { type Attribution, speakerOf } from "../text/attribution.ts";
import { countryOf } from "../text/countries.ts";
import { findNames } from "../text/names.ts";
import { surname } from "../text/same-name.ts";
import { isStopWord, wordsOf } from "../text/words.ts";
import { textFragmentLink } from "./text-fragment.ts";

/** A place in a document: `start..end` are positions in the stored text, within the passage. */
export interface Place {
  passage: Passage;
  start: number;
  end: number;
}

export type Part =
  /** A slice of the stored text, byte for byte. */
  | ({ kind: "quoted" } & Place)
  /** A template of ours, its slots filled from what is known of the documents. */
  | { kind: "own"; text: string }
  /** What a language model wrote: it must have been judged before it is cited. */
  | { kind: "generated"; text: string; places: readonly Place[] };

export interface Statement {
  parts: readonly Part[];
  /** Further places that say the same, cited beside the quoted ones. */
  beside?: readonly Place[];
}

export const quoted = ({ passage, start, end }: Place): Part => ({ kind: "quoted", passage, start, end });
export const own = (text: string): Part => ({ kind: "own", text });

/** The statement as it is read. */
export function textOf({ parts }: Statement): string {
  return parts.map((part) => (part.kind === "quoted" ? quoteOf(part) : part.text)).join("");
}

/** Every place that it rests on, the carrying one first. */
export function placesOf({ parts, beside = [] }: Statement): Place[] {
  const inside = parts.flatMap((part) => (part.kind === "quoted" ? [part] : part.kind === "generated" ? part.places : []));
  return [...inside, ...beside].map(({ passage, start, end }) => ({ passage, start, end }));
}

/** The statement as a sentence of an answer. `check`: what judged a generated part; the other parts need none. */
export function cited(statement: Statement, sources: SourceList, check: Check = provenBy(statement)): Sentence {
  return { text: textOf(statement), citations: numbersOf(placesOf(statement), sources), check };
}

/** A sentence of ours about documents, made of their metadata alone; `citations` name them. */
export function aboutMetadata(text: string, citations: readonly number[]): Sentence {
  return { text, citations: [...new Set(citations)], check: provenBy({ parts: [own(text)] }) };
}

/** The number of each place, new or known, without repeats. */
export function numbersOf(places: readonly Place[], sources: SourceList): number[] {
  return [...new Set(places.map((place) => sources.cite(place)))];
}

function provenBy({ parts }: Statement): Check {
  if (parts.some((part) => part.kind === "generated")) throw new RangeError("what a model wrote needs a check of its own");
  const [quotes, words] = [parts.some((part) => part.kind === "quoted"), parts.some((part) => part.kind === "own")];
  return { supported: true, score: 1, method: !quotes ? "metadata" : words ? "framed quote" : "verbatim" };
}

export interface SourceList {
  /** The number of this place, new or known. Throws RangeError for a place outside its passage. */
  cite(place: Place): number;
  list(): Source[];
}

/** `given`: sources of an earlier answer, which keep their numbers. */
export function createSourceList(given: readonly Source[] = []): SourceList {
  const sources = [...given];
  return {
    cite(place) {
      const { document } = place.passage;
      const known = sources.find(
        (source) => source.document.id === document.id && source.start === place.start && source.end === place.end,
      );
      if (known !== undefined) return known.n;
      const n = Math.max(0, ...sources.map((source) => source.n)) + 1;
      sources.push(sourceOf(place, n));
      return n;
    },
    list: () => sources,
  };
}

/** The words of a place. Throws RangeError for a place outside its passage. */
export function quoteOf({ passage, start, end }: Place): string {
  if (start < passage.start || end > passage.end || end <= start)
    throw new RangeError(`citation ${start}..${end} lies outside passage ${passage.start}..${passage.end}`);
  return passage.text.slice(start - passage.start, end - passage.start);
}

export function sourceOf(place: Place, n: number): Source {
  const { passage, start, end } = place;
  const quote = quoteOf(place);
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

/** Named, or with a word that says which ("Kestrel's transport minister", "the water ministry"): a post or a house alone is anybody. */
function isSomebody({ speaker, kind, quoted }: Attribution): boolean {
  if (kind === "people" || kind === "pronoun" || (!quoted && countryOf(speaker) !== null)) return false;
  if (findNames(`of ${speaker}`).length === 0) return new RegExp(`^(?:the )?\\p{Ll}+ (?:${BODY})$`, "u").test(speaker);
  return kind !== "body" || quoted || new RegExp(`\\b(?:${BODY})\\b`, "i").test(speaker);
}
const BODY = "ministry|office|council|court|commission|bank|union|police|agency|company|institute|department|embassy";
