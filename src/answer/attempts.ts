// What a language model wrote, sentence by sentence on its way to the reader: formed, its numbers resolved to places, then checked for exact facts and
// judged. A sentence that is a slice of its source needs no judging. Nothing is mended here but spacing, and how far a citation reaches.
import type { Check, CitedText, Passage, Usage } from "../domain.ts";
import { isSaying } from "../text/attribution.ts";
import { languageOf } from "../text/language-of.ts";
import { findNames } from "../text/names.ts";
import { sentenceSpans } from "../text/sentences.ts";
import { baseOf, contentWords } from "../text/words.ts";
import { citedFrom } from "../verify/cited-text.ts";
import { checkFacts } from "../verify/facts.ts";
import type { Verifier } from "../verify/verifier.ts";
import { type Place, quoteOf } from "./citations.ts";
import type { PassageList } from "./prompt.ts";
import { formSentences, givesOrders } from "./sentence-form.ts";

/** A piece of a reply; it may hold several sentences. */
export interface Item {
  text: string;
  cites: readonly string[];
  /** Which of the passages it may cite, by number; all where it is absent. */
  from?: readonly number[] | undefined;
  /** Stands beside the text for the reader, and is judged with it: `On 8 March 2021`. */
  lead?: string | undefined;
}

/** Share of a sentence's matter that stands in the words it cites; of 260 true sentences of strong models 5 are under it. */
const LEAST_HELD = 0.35;

export interface Attempt {
  text: string;
  /** As the model gave them. */
  cites: string[];
  places: Place[];
  /** What is wrong with its form, for the model. */
  problems: string[];
  /** Judged in front of it. */
  lead?: string | undefined;
}

export interface Checked extends Attempt {
  /** Null where it failed. */
  check: Check | null;
  facts: string[];
  judge: string | null;
}

/** One item of a reply; it may hold several sentences, each is checked for itself. */
export function attemptsOf(item: Item, list: PassageList, question: string): Attempt[] {
  const sentence = (number: string): Place | null => {
    const place = list.sentence(number);
    const own = item.from === undefined || item.from.includes(Number(number.split(".", 1)[0]));
    return place === null || !own || givesOrders(quoteOf(place)) ? null : place;
  };
  return formSentences(item.text).map(({ text, inline, problems }) => {
    const cites = [...new Set((item.cites.length > 0 ? item.cites : inline).flatMap(numbersIn))];
    const unknown = [...new Set([...cites, ...inline.flatMap(numbersIn)])].filter((number) => sentence(number) === null);
    const places = joined(cites.flatMap((number) => sentence(number) ?? []));
    return {
      text,
      cites,
      places,
      lead: item.lead,
      problems: [
        ...problems,
        ...(unknown.length > 0 ? [`there is no sentence ${unknown.slice(0, 5).join(", ")}`] : []),
        ...(cites.length === 0 ? ["it names no sentence"] : []),
        ...(cites.length > 0 && !isHeld(text, places) ? ["its sentences say something else"] : []),
        ...(isForeign(text, places, question) ? ["it is in another language than the question and its passages"] : []),
      ],
    };
  });
}

/** "3.2", "[3.2]", "3.2, 3.4" and "3.2-3.4" of one passage. */
function numbersIn(written: string): string[] {
  return (written.slice(0, 60).match(/\d[\d.]*(?:\s*[-–]\s*\d[\d.]*)?/g) ?? []).flatMap((part) => {
    const [, passage, from, , to] = /^(\d{1,3})\.(\d{1,3})\s*[-–]\s*(?:(\d{1,3})\.)?(\d{1,3})$/.exec(part) ?? [];
    if (passage === undefined) return [part];
    const [first, last] = [Number(from), Math.min(Number(to), Number(from) + 9)];
    return Array.from({ length: Math.max(1, last - first + 1) }, (_, at) => `${passage}.${first + at}`);
  });
}

/** Neighbouring sentences of a passage are one place. */
function joined(places: readonly Place[]): Place[] {
  const sorted = [...places].sort(
    (a, b) => places.indexOf(firstOf(a, places)) - places.indexOf(firstOf(b, places)) || a.start - b.start,
  );
  const result: Place[] = [];
  for (const place of sorted) {
    const last = result.at(-1);
    const between = last?.passage === place.passage && last.end <= place.start ? textBetween(last, place) : null;
    if (last !== undefined && between !== null && between.trim() === "") last.end = place.end;
    else result.push({ ...place });
  }
  return result;
}

const firstOf = ({ passage }: Place, places: readonly Place[]): Place =>
  places.find((other) => other.passage === passage) as Place;
const textBetween = ({ passage, end }: Place, { start }: Place): string =>
  passage.text.slice(end - passage.start, start - passage.start);

/** The matter of the sentence stands in the words that it cites, whatever a judge says of it. Where languages differ words cannot tell. */
function isHeld(text: string, places: readonly Place[]): boolean {
  const languages = places.map(({ passage }) => languageOf(passage.text));
  const language = languageOf(text);
  if (language !== null && languages.some((other) => other !== null) && !languages.includes(language)) return true;
  const held = new Set(contentWords(places.map(quoteOf).join("\n")).map(({ stem }) => stem));
  // names and numbers are checked exactly
  const named = new Set(findNames(text).flatMap(({ words, certain }) => (certain ? words : [])));
  const own = contentWords(text).filter(({ folded }) => !/\d/.test(folded) && !named.has(folded) && !isSaying(baseOf(folded)));
  const met = own.filter(({ stem }) => held.has(stem)).length;
  // "Emirates orders 30 Boeing jets": beside names one word more may be the writer's own
  return met >= LEAST_HELD * own.length - (named.size > 0 && (met > 0 || own.length === 1) ? 1 : 0);
}

function isForeign(text: string, places: readonly Place[], question: string): boolean {
  const language = languageOf(text);
  // a page says "en-GB" where its words only tell "en", and some say what is not so
  const own = [languageOf(question), ...places.map(({ passage }) => languageOf(passage.text) ?? passage.document.language)].map(
    (tag) => tag?.split("-")[0]?.toLowerCase() ?? null,
  );
  return language !== null && own.some((tag) => tag !== null) && !own.includes(language);
}

export const isVerbatim = ({ text, places: [place, ...more] }: Attempt): boolean =>
  place !== undefined && more.length === 0 && quoteOf(place) === text;

/** All in one judging. Throws AbortError when the signal fires. */
export async function checkAttempts(
  attempts: readonly Attempt[],
  verifier: Verifier,
  signal: AbortSignal,
): Promise<{ checked: Checked[]; usage: Usage | null; warnings: string[] }> {
  const formed = attempts.map((attempt) => (attempt.problems.length === 0 ? widened(attempt) : attempt));
  const asked = formed.filter((attempt) => attempt.problems.length === 0 && !isVerbatim(attempt));
  const claims = asked.map((attempt) => ({ text: assertedBy(attempt), cited: attempt.places.map(citedText) }));
  const { checked, usage, warnings } = await verifier.verify(claims, signal);
  return {
    checked: formed.map((attempt): Checked => {
      if (attempt.problems.length > 0) return { ...attempt, check: null, facts: [], judge: null };
      const verdict = checked[asked.indexOf(attempt)];
      if (verdict === undefined)
        return { ...attempt, check: { supported: true, score: 1, method: "verbatim" }, facts: [], judge: null };
      const { supported, score, method, findings, judgement } = verdict;
      return {
        ...attempt,
        check: supported ? { supported, score, method } : null,
        facts: findings.map(({ reason }) => reason),
        judge: judgement === null ? null : `${judgement.verdict}: ${judgement.reason}`,
      };
    }),
    usage,
    warnings,
  };
}

const assertedBy = ({ lead, text }: Attempt): string => (lead === undefined ? text : `${lead}: ${text}`);

/** Where a fact stands in no cited sentence but in another of their passages, that one is cited too, the nearest first. */
function widened(attempt: Attempt): Attempt {
  let { places } = attempt;
  const text = assertedBy(attempt);
  let open = findingsOf(text, places);
  for (const beside of open === 0 ? [] : besides(places)) {
    const tried = joined([...places, beside]);
    const left = findingsOf(text, tried);
    if (left < open) [places, open] = [tried, left];
    if (open === 0) return { ...attempt, places };
  }
  return attempt;
}

/** The other sentences of the places' passages, the nearest first. */
function besides(places: readonly Place[]): Place[] {
  const passages = [...new Set(places.map(({ passage }) => passage))];
  const gap = ({ passage, start, end }: Place): number =>
    Math.min(...places.flatMap((place) => (place.passage === passage ? Math.max(start - place.end, place.start - end) : [])));
  return passages
    .flatMap(sentencesOf)
    .filter((one) => gap(one) >= 0 && !givesOrders(quoteOf(one)))
    .sort((one, other) => gap(one) - gap(other));
}

const findingsOf = (text: string, places: readonly Place[]): number => checkFacts(text, places.map(citedText)).findings.length;

function neighbours({ passage, start, end }: Place): { before: Place | null; after: Place | null } {
  const spans = sentencesOf(passage);
  return { before: spans.findLast((span) => span.end <= start) ?? null, after: spans.find((span) => span.start >= end) ?? null };
}

const sentencesOf = (passage: Passage): Place[] =>
  sentenceSpans(passage.text).map(({ start, end }) => ({ passage, start: passage.start + start, end: passage.start + end }));

/** A place as it is checked: its words, what is known of its document, and the sentences beside it. */
function citedText(place: Place): CitedText {
  const { before, after } = neighbours(place);
  return {
    ...citedFrom(place.passage, quoteOf(place)),
    ...(before === null ? {} : { before: quoteOf(before) }),
    ...(after === null ? {} : { after: quoteOf(after) }),
  };
}
