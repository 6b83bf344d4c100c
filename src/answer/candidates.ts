// Sentences of the retrieved passages that may stand in an answer. Each is a verbatim stretch of its document; headings, bylines,
// broken ends and questions are left out, and a sentence that leans on the one before it says so.
import type { Passage, RankedPassage, Span } from "../domain.ts";
import { createRecent } from "../text/recent.ts";
import { sentenceSpans } from "../text/sentences.ts";
import { baseOf, isStopWord, wordsOf } from "../text/words.ts";
import { deniesTheLast, isBareQuotation, isSupposed, needOf } from "./leaning.ts";
import { givesOrders } from "./sentence-form.ts";

export interface Candidate {
  passage: Passage;
  /** Positions in the stored text. */
  start: number;
  end: number;
  /** Where its first sentence begins in full, before a discourse word that was left off. */
  whole: number;
  text: string;
  /** Stems of the words that carry matter. */
  stems: Set<string>;
  /** The same in their base forms, as synonyms are compared. */
  bases: Set<string>;
  /** Stems of all words of the passage: what the sentence is said among. */
  around: ReadonlySet<string>;
  words: number;
  /** It begins with the sentence before it, without which it could not be understood. */
  joined: boolean;
  /** Place of the passage in the ranking, from 0. */
  rank: number;
  /** Score of the passage over the best passage's, 0..1. */
  passageScore: number;
  cosine: number | null;
  /** The sentence of another paragraph without which this one cannot be understood; `missing` when that one is not at hand. */
  leans: Candidate | "missing" | null;
  /** Place of the sentence in its passage, from 0. */
  position: number;
}

const LEAST_WORDS = 5;
const MOST_WORDS = 90;

const NOT_PROSE =
  /^(?:by\s+\p{Lu}[\p{L}.'-]+(?:\s+\p{Lu}[\p{L}.'-]+){0,4}\b(?!.*\b(?:said|is|was|has|have)\b)|photo(?:graph)?s?\b.{0,3}:|image\b.{0,3}:|read (?:more|also)|also read|see also|related:|sign up|subscribe|follow us|share this|click here|watch:|listen:|copyright|©|all rights reserved|advertisement|source:|tags?:|updated:|published:)/iu;

/** Discourse words that can be left off at the front without changing what is said. */
const CONNECTIVE =
  /^(?:however|moreover|furthermore|meanwhile|similarly|likewise|additionally|in addition|in turn|on the other hand|at the same time|for (?:example|instance)|indeed|in fact|of course|nevertheless|nonetheless|still|also|besides|first|second|third|finally|and|but|so|yet),?\s+/i;

const PRONOUN_START =
  /^(?:(?:in|for|with|by|despite|after|because of|as a result of|given|under|beyond|among|to|from|on|at|of|amid)\s+)?(?:this|that|these|those|it|they|he|she|him|her|his|their|its|them|such|both|neither|the (?:former|latter|same|two|move|group|piece|article|author|pair|case|plan|decision|report|result|figure)(?!\s(?:of|for|to|on|against)\b))\b(?!\s+(?:(?:type|kind|sort) of\b|(?:is|was|seems|appears)\s+(?:also\s+)?[a-z]+\s+that\b|year|week|month|morning))/i;
/** "Instead, they": the contrast needs what it contrasts with. */
const CONTRAST_START =
  /^(?:instead|therefore|thus|hence|consequently|as a result|then|otherwise|only then|if (?:so|not)|here|there,)\b/i;

/** "The chain has 340 shops": which chain, the sentence before says. */
const DEFINITE_START =
  /^the (?:\p{Ll}[\p{L}-]+ )(?:(?:\p{Ll}[\p{L}-]+ )?(?:is|was|were|are|has|have|had|will|would|came|\p{Ll}{3,}(?:s|ed))\b)(?! of\b)/iu;

/** A sentence of a passage, wherever the passage stands in a ranking; a leaning one begins with the sentence that it leans on. */
interface Cut extends Pick<Candidate, "text" | "stems" | "bases" | "around" | "words" | "joined" | "position"> {
  from: number;
  to: number;
  whole: number;
  /** On the one before, or on the one of that place in the list of cuts. */
  leans: boolean | number;
  /** Prose directly in front of it in the same passage, but in another paragraph. */
  follows: boolean;
}

const MOST_JOINED = 80;
const MOST_JOINED_SOFTLY = 50;
const MOST_IN_A_QUOTE = 6;

const remembered = createRecent<Cut[]>(3000);

/**
 * The sentences of one ranking, in the order of its passages; the same stretch is listed once. `joining`: a sentence that leans on the one
 * before it is given together with that one, as one stretch.
 */
export function candidatesOf(ranked: readonly RankedPassage[], joining = false): Candidate[] {
  const best = Math.max(...ranked.map((entry) => entry.score), 0);
  const seen = new Set<string>();
  const candidates = ranked.flatMap(({ passage, score, cosine }, rank) => {
    const passageScore = best > 0 ? Math.max(0, score / best) : 0;
    const key = `${joining}\n${passage.document.title}\n${passage.heading}\n${passage.text}`;
    let before: Candidate | null = null;
    const made: Candidate[] = [];
    return remembered(key, () => sentencesOf(passage, joining)).flatMap((cut) => {
      const { from, to, whole, follows, ...known } = cut;
      const on = typeof cut.leans === "number" ? made[cut.leans] : follows ? before : null;
      const leans = cut.leans === false ? null : (on ?? "missing");
      const [start, end] = [passage.start + from, passage.start + to];
      const candidate: Candidate = {
        ...known,
        passage,
        start,
        end,
        whole: passage.start + whole,
        rank,
        passageScore,
        cosine,
        leans,
      };
      before = candidate;
      made.push(candidate);
      const place = `${passage.document.id}:${start}:${end}`;
      if (seen.has(place)) return [];
      seen.add(place);
      return [candidate];
    });
  });
  return joinedAcross(candidates);
}

function sentencesOf(passage: Passage, joining: boolean): Cut[] {
  const around = new Set(wordsOf(passage.text).map((word) => word.stem));
  const cuts: Cut[] = [];
  let before: Cut | null = null;
  const spans = withClosedQuotes(passage.text, sentenceSpans(passage.text));
  const denials = new Set<Span>();
  spans.forEach((sentence, position) => {
    if (denials.has(sentence)) return;
    const next = spans[position + 1];
    const denied =
      joining &&
      next !== undefined &&
      !/\n/.test(passage.text.slice(sentence.end, next.start)) &&
      deniesTheLast(passage.text.slice(next.start, next.end));
    if (denied) denials.add(next);
    const span = denied ? { start: sentence.start, end: next.end } : sentence;
    const full = passage.text.slice(span.start, span.end);
    if (!isProse(full, passage)) {
      before = null;
      return;
    }
    const dropped = connectiveLength(full);
    const own = cutOf(passage.text, span.start + dropped, span.end, { whole: span.start, around, position });
    const need = needOf(own.text);
    // what is needed stands in the nearest sentence that gives it, which need not be the one before
    const giver = need === null ? -1 : cuts.findLastIndex((cut) => need(cut.text));
    const hard = leansOnOthers(own.text) || (need !== null && giver === cuts.length - 1 && before !== null);
    const far = need !== null && !hard;
    const sameParagraph = before !== null && !/\n/.test(passage.text.slice(before.to, span.start));
    const most = !joining ? 0 : hard ? MOST_JOINED : DEFINITE_START.test(own.text) ? MOST_JOINED_SOFTLY : 0;
    let cut: Cut = { ...own, leans: far ? giver : hard, follows: before !== null };
    if (before !== null && !far && sameParagraph && before.leans === false && before.words + own.words <= most) {
      const { from, whole } = before;
      cut = {
        ...cutOf(passage.text, from, span.end, { whole, around, position }),
        joined: true,
        leans: false,
        follows: true,
      };
    }
    cuts.push(cut);
    before = cut;
  });
  return cuts;
}

/** A sentence that opens a quotation goes on to the one that closes it; where none does, all stay as they are. */
function withClosedQuotes(text: string, spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (let at = 0; at < spans.length; at += 1) {
    const span = spans[at];
    if (span === undefined) break;
    let last = at;
    while (last < spans.length && last - at < MOST_IN_A_QUOTE && isOpen(text.slice(span.start, spans[last]?.end))) last += 1;
    const end = spans[last]?.end;
    const whole = end === undefined ? "" : text.slice(span.start, end);
    const closes = last > at && whole !== "" && !isOpen(whole) && !whole.includes("\n") && wordsOf(whole).length <= MOST_JOINED;
    joined.push({ start: span.start, end: closes && end !== undefined ? end : span.end });
    if (closes) at = last;
  }
  return joined;
}

function isOpen(text: string): boolean {
  const straight = text.match(/(?<!\d)"/g)?.length ?? 0;
  return straight % 2 === 1 || text.lastIndexOf("“") > text.lastIndexOf("”");
}

function cutOf(text: string, from: number, to: number, known: Pick<Cut, "whole" | "around" | "position">): Cut {
  const words = wordsOf(text.slice(from, to));
  const matter = words.filter((word) => !isStopWord(word.folded));
  const stems = new Set(matter.map((word) => word.stem));
  const bases = new Set(matter.map((word) => baseOf(word.folded)));
  return {
    ...known,
    from,
    to,
    text: text.slice(from, to),
    stems,
    bases,
    words: words.length,
    joined: false,
    leans: false,
    follows: false,
  };
}

/** A passage's first sentence may lean on the last one of the passage before it, where that one is at hand as well. */
function joinedAcross(candidates: Candidate[]): Candidate[] {
  const ends = new Map(
    candidates.map((candidate) => [`${candidate.passage.document.id}:${candidate.passage.speaker}:${candidate.end}`, candidate]),
  );
  for (const candidate of candidates) {
    if (candidate.leans !== "missing") continue;
    const need = needOf(candidate.text);
    for (let gap = 1; gap <= 2; gap += 1) {
      const before = ends.get(`${candidate.passage.document.id}:${candidate.passage.speaker}:${candidate.start - gap}`);
      if (before !== undefined && need?.(before.text) !== false) candidate.leans = before;
    }
  }
  return candidates;
}

/** Whether the sentence begins with a word whose meaning stands in an earlier sentence. */
function leansOnOthers(sentence: string): boolean {
  return PRONOUN_START.test(sentence) || CONTRAST_START.test(sentence);
}

/** How many characters a discourse word takes at the front, 0 where none can be left off. */
function connectiveLength(sentence: string): number {
  const match = CONNECTIVE.exec(sentence);
  if (match === null) return 0;
  const word = match[0].trim().replace(/,$/, "").toLowerCase();
  // without a comma only the plain conjunctions are connectives: "First aid …", "Still water …"
  if (!match[0].includes(",") && !["and", "but", "so", "yet", "moreover", "furthermore"].includes(word)) return 0;
  return match[0].length;
}

function isProse(text: string, passage: Passage): boolean {
  const words = wordsOf(text);
  if (words.length < LEAST_WORDS || words.length > MOST_WORDS) return false;
  if (NOT_PROSE.test(text) || givesOrders(text) || text === passage.heading || text === passage.document.title) return false;
  if (/\?["”’)]*$/.test(text) || isSupposed(text)) return false;
  // the end of a quotation, not a consequence
  if (/^so (?:wrote|said|says|writes|ran|runs|went|goes|reads)\b/i.test(text)) return false;
  if (passage.speaker === null && isBareQuotation(text)) return false;
  if (/^\p{Ll}/u.test(text) && !/^(?:[a-z][A-Z]|al-)/.test(text)) return false;
  const last = words.at(-1)?.folded ?? "";
  // an item like "Rail freight: -0.7 per cent" is whole without a full stop
  const closed = /[.!…]["”’')\]]*$|^[^:]{2,80}:\s[^\p{L}]{0,4}\d[^:;]{0,40}$/u.test(text);
  if (!closed && (isStopWord(last) || words.length < 8 || /[:;,]$/.test(text))) return false;
  return !isHeadline(text, words.length, closed);
}

/** Most words capitalised and no full stop, or all capitals. */
function isHeadline(text: string, count: number, closed: boolean): boolean {
  const capitals = [...text.matchAll(/(?<![\p{L}\p{N}])\p{Lu}/gu)].length;
  if (text === text.toUpperCase() && /\p{L}/u.test(text)) return true;
  return !closed && capitals > count * 0.6;
}
