// Which sentences make the answer, and in what order: the direct answer first, every part of the question served, voices spread, nothing
// said twice. Works on scored candidates only.
import type { Source } from "../domain.ts";
import { type Candidate } from "./candidates.ts";
import { sourceOf } from "./citations.ts";
import { voiceOf } from "./frame.ts";
import type { Scored } from "./relevance.ts";

export const MOST_SENTENCES = 4;
/**
 * A further sentence must reach this share of the best one's score, one of the document that answers somewhat less; where one thing is asked for and
 * held, more would only bury it.
 */
const WORTH = { same: 0.45, other: 0.5 };
const SETTLED = { same: 0.5, other: 0.6 };
/** How sure the reader is of a sentence that settles what was asked. */
const SETTLES = 0.8;
/** Sentences where the question is settled; else `MOST_SENTENCES`. */
const FEW = 3;
/** Words in a whole answer: a phone screen or two. */
const MOST_WORDS = 170;

export interface Selection {
  newestFirst: boolean;
  /** The question asks for a number, a day, a person or a place. */
  oneThing?: boolean;
  most?: number;
}

/** Sentences for the answer, in reading order. `parts` are the rankings of the question's parts, each best first; one for a plain question. */
export function selectSentences(
  parts: readonly (readonly Scored[])[],
  { newestFirst, oneThing = false, most = MOST_SENTENCES }: Selection,
): Candidate[] {
  const chosen: Candidate[] = [];
  let words = 0;
  const take = (candidate: Candidate, further = false): boolean => {
    const unit = unitOf(candidate, chosen);
    if (unit === null || chosen.length + unit.length > most) return false;
    const length = unit.reduce((sum, part) => sum + part.words, 0);
    // a sentence with the one before it takes the place of that one
    const held = candidate.joined ? chosen.findIndex((other) => contains(candidate, other)) : -1;
    const inPlace = chosen[held];
    if (inPlace !== undefined) {
      // what merely follows a sentence that is told already adds nothing that was asked for
      if (further) return false;
      chosen[held] = candidate;
      words += candidate.words - inPlace.words;
      return true;
    }
    if (chosen.length > 0 && words + length > MOST_WORDS) return false;
    if (unit.some((part) => chosen.some((other) => sayTheSame(part, other)))) return false;
    chosen.push(...unit);
    words += length;
    return true;
  };
  for (const part of parts) part.slice(0, 6).find(({ candidate }) => chosen.includes(candidate) || take(candidate));
  const documents = new Set(chosen.map(({ passage }) => passage.document.id));
  const best = Math.max(...parts.map((part) => part[0]?.score ?? 0), 0);
  const settled = oneThing && parts.every(([lead]) => (lead?.sure ?? 0) >= SETTLES);
  const { same, other } = settled ? SETTLED : WORTH;
  const pool = merged(parts).filter(
    ({ candidate, score }) => score >= best * (documents.has(candidate.passage.document.id) ? same : other),
  );
  for (const { candidate } of pool)
    if (chosen.length < (settled ? FEW : most) && !chosen.includes(candidate)) take(candidate, true);
  return inOrder(chosen, newestFirst);
}

/** The candidate with the sentence it leans on in front; null where that one is missing or leans on others itself and nothing else stands before. */
function unitOf(candidate: Candidate, chosen: readonly Candidate[]): Candidate[] | null {
  if (candidate.leans === null) return [candidate];
  if (candidate.leans === "missing") return null;
  if (chosen.includes(candidate.leans)) return [candidate];
  return candidate.leans.leans === null ? [candidate.leans, candidate] : null;
}

/** Of the same document, and the other stands inside. */
function contains(outer: Candidate, inner: Candidate): boolean {
  return outer.passage.document.id === inner.passage.document.id && outer.start <= inner.start && outer.end > inner.end;
}

function merged(parts: readonly (readonly Scored[])[]): Scored[] {
  const best = new Map<Candidate, Scored>();
  for (const entry of parts.flat()) {
    const known = best.get(entry.candidate);
    if (known === undefined || known.score < entry.score) best.set(entry.candidate, entry);
  }
  return [...best.values()].sort((a, b) => b.score - a.score);
}

/** Near-duplicates: one sentence's matter is nearly all in the other. */
export function sayTheSame(a: Candidate, b: Candidate): boolean {
  const [small, large] = a.stems.size <= b.stems.size ? [a.stems, b.stems] : [b.stems, a.stems];
  if (small.size === 0) return false;
  const shared = [...small].filter((stem) => large.has(stem)).length;
  return shared / small.size > 0.75 || shared / (small.size + large.size - shared) > 0.6;
}

/** The first choice and its voice lead, in the order of the text; then the other voices, newest first where asked, else by choice. */
function inOrder(chosen: readonly Candidate[], newestFirst: boolean): Candidate[] {
  const groups = new Map<string, Candidate[]>();
  for (const candidate of chosen) {
    const voice = voiceOf(candidate.passage);
    groups.set(voice, [...(groups.get(voice) ?? []), candidate]);
  }
  const lead = chosen[0];
  const ordered = [...groups.values()].map((group) => {
    const sorted = [...group].sort((a, b) => a.start - b.start);
    // the direct answer is never pushed down by a weaker sentence that stands earlier, unless it leans on it
    if (lead === undefined || !group.includes(lead) || lead.leans !== null || chosen.some((other) => other.leans === lead))
      return sorted;
    return [lead, ...sorted.filter((candidate) => candidate !== lead)];
  });
  const published = (group: Candidate[]): string => group[0]?.passage.document.published ?? "";
  if (newestFirst) ordered.sort((a, b) => published(b).localeCompare(published(a)));
  return ordered.flat();
}

/** Documents that a refusal shows: more would fill a phone. */
const NEAREST = 3;

/** One sentence of each of the documents nearest to a question that is not answered, numbered on its own from 1: shown as near, never as an answer. */
export function nearestOf(ranked: readonly (readonly Scored[])[]): Source[] {
  const sources: Source[] = [];
  for (const { candidate } of ranked.flat().sort((a, b) => b.score - a.score)) {
    if (sources.length >= NEAREST) break;
    if (sources.some((source) => source.document.id === candidate.passage.document.id)) continue;
    sources.push(sourceOf({ passage: candidate.passage, start: candidate.start, end: candidate.end }, sources.length + 1));
  }
  return sources;
}
