// Which sentences tell of many documents, one way for summary, changes and digest: a weight for each (nearness to the topic, what all have in common,
// the beginning of its text), then a choice of the best that repeat nothing and let every voice be heard. Whole sentences; none is shortened.
import { isAboutTopic } from "../answer/answerability.ts";
import { type Candidate, candidatesOf } from "../answer/candidates.ts";
import type { Place, Statement } from "../answer/citations.ts";
import { givesOtherFigures } from "../answer/figures.ts";
import { framed, standsAlone, voiceOf } from "../answer/frame.ts";
import { type EmbedSentences, rankCandidates, type Scored } from "../answer/relevance.ts";
import { sayTheSame } from "../answer/select.ts";
import { leadsIn } from "../answer/sentence-form.ts";
import type { Passage, Retrieval } from "../domain.ts";
import { baseOf, contentWords } from "../text/words.ts";
import { carries } from "../verify/carries.ts";
import { citedFrom } from "../verify/cited-text.ts";

// Measured on the articles of QAGS (a summary's ROUGE-1 recall 0.72, 0.65 before) and on titles of shared/data's pages as topics (sentences from the page 0.97).
/** Share of standing for the whole in the weight, beside the nearness to the topic. */
const FOR_THE_WHOLE = 0.35;
/** Characters into a text after which a sentence stands for half as much. */
const HALF_LEAD = 600;
/** A further sentence must keep this share of the best weight, */
const WORTH = 0.15;
/** of which it loses so much for what it shares with one that was chosen; and its turn comes later for each sentence of its voice. */
const REPEATS = 0.4;
const SAME_VOICE = 0.82;
/** Share of what the fullest text holds of the topic's words, weighed by rarity, from which a text is about it. */
const ABOUT = 0.75;
/** Share of a text's sentences that say a word, from which the text is about it, and characters from the beginning in which once is enough. */
const MATTER = { share: 0.25, beginning: 300 };

export interface Chosen {
  candidate: Candidate;
  score: number;
  /** The same told by other documents, one sentence each. */
  alike: Candidate[];
}

export interface OnTopic {
  /** Every sentence at hand by its nearness to the topic; null where everything is the matter. */
  near: Scored[] | null;
  /** With their weights, best first: empty where nothing is about the topic. */
  weighed: Scored[];
  /** Of these, what is about the topic. */
  ranked: Scored[];
}

/** What was read, ranked for a topic; null takes everything as the matter. */
export async function sentencesOn(
  topic: string | null,
  { inquiry, passages }: Retrieval,
  embed: EmbedSentences,
  signal?: AbortSignal,
): Promise<OnTopic> {
  const candidates = candidatesOf(passages);
  if (topic === null) {
    const weighed = weighSentences(candidates, null);
    return { near: null, weighed, ranked: weighed };
  }
  const near = await rankCandidates(topic, inquiry, candidates, embed, signal);
  if (!isAboutTopic(topic, inquiry, near)) return { near, weighed: [], ranked: [] };
  const weighed = weighSentences(candidates, near);
  return { near, weighed, ranked: aboutTopic(topic, weighed) };
}

/** All candidates with their weights, best first. `near`: their nearness to a topic; null where everything at hand is the matter. */
export function weighSentences(candidates: readonly Candidate[], near: readonly Scored[] | null): Scored[] {
  const central = centrality(candidates);
  const scored = near ?? candidates.map((candidate) => ({ candidate, score: 0, coverage: 1, cosine: candidate.cosine ?? 0 }));
  const whole = near === null ? 1 : FOR_THE_WHOLE;
  return scored
    .filter(({ candidate }) => !leadsIn(candidate.text))
    .map((one) => ({ ...one, score: (1 - whole) * one.score + whole * (central.get(one.candidate) ?? 0) }))
    .sort((a, b) => b.score - a.score);
}

/** How much a sentence stands for what all are about: the share of their common words that it holds, more at the beginning of a text; 0..1. */
function centrality(candidates: readonly Candidate[]): Map<Candidate, number> {
  const counts = new Map<string, number>();
  const holding = new Map<string, Set<string>>();
  for (const { stems, passage } of candidates)
    for (const stem of stems) {
      counts.set(stem, (counts.get(stem) ?? 0) + 1);
      holding.set(stem, (holding.get(stem) ?? new Set()).add(passage.document.id));
    }
  // a word of many documents is the matter of all; one of every sentence tells nothing
  const weight = (stem: string): number => {
    const count = counts.get(stem) ?? 0;
    if (count < 2) return 0;
    return Math.log(1 + count) * Math.log(1 + candidates.length / count) * Math.sqrt(holding.get(stem)?.size ?? 1);
  };
  const raw = candidates.map(({ stems, start }) => {
    const common = [...stems].reduce((sum, stem) => sum + weight(stem), 0) / (6 + stems.size);
    return common / (1 + start / HALF_LEAD);
  });
  const best = Math.max(...raw, 1e-9);
  return new Map(candidates.map((candidate, at) => [candidate, (raw[at] ?? 0) / best]));
}

/**
 * Without the sentences that are about something else: those that neither hold the topic's words nor stand in a text that is about it. What a text only
 * mentions once is not what the rest of it is about. All of them where no text has the topic's words.
 */
export function aboutTopic(topic: string, ranked: readonly Scored[]): Scored[] {
  const asked = matterOf(topic);
  const texts = new Map<string, Scored[]>();
  for (const one of ranked) {
    const { id } = one.candidate.passage.document;
    texts.set(id, [...(texts.get(id) ?? []), one]);
  }
  const held = new Map([...texts].map(([id, sentences]) => [id, asked.filter((base) => isMatter(base, sentences))]));
  // a word that few texts hold says more
  const rarity = new Map(
    asked.map((base) => [base, Math.log(1 + texts.size / (1 + [...held.values()].filter((own) => own.includes(base)).length))]),
  );
  const shareOf = (words: readonly string[]): number => words.reduce((sum, base) => sum + (rarity.get(base) ?? 0), 0);
  const itself = ({ candidate }: Scored): number => shareOf(asked.filter((base) => candidate.bases.has(base)));
  const least = ABOUT * Math.max(0, ...[...held.values()].map(shareOf), ...ranked.map(itself));
  return ranked.filter((one) => shareOf(held.get(one.candidate.passage.document.id) ?? []) >= least || itself(one) >= least);
}

/** Whether a text is about what the word says: its header names it, its beginning, or one in so many of its sentences. */
function isMatter(base: string, sentences: readonly Scored[]): boolean {
  const holding = sentences.filter(({ candidate }) => candidate.bases.has(base));
  if (holding.length >= MATTER.share * sentences.length || holding.some(({ candidate }) => candidate.start < MATTER.beginning))
    return true;
  return sentences.some(({ candidate: { passage } }) =>
    matterOf(`${passage.document.title ?? ""}.\n${passage.heading ?? ""}.\n${passage.speaker ?? ""}`).includes(base),
  );
}

/** Base forms of the words that carry matter, each once. */
export const matterOf = (text: string): string[] => [...new Set(contentWords(text).map(({ folded }) => baseOf(folded)))];

export interface Choice {
  /** At most so many sentences and words. */
  sentences: number;
  words: number;
  /** One that is in whatever it weighs. */
  first?: Candidate | null;
  /** Share of the best weight that a sentence must keep when its repetition of others is taken off. */
  worth?: number;
}

/** `ranked`: best first. What leans on another sentence or has no end is taken only where all do. */
export function chooseSentences(ranked: readonly Scored[], { sentences, words, first = null, worth = WORTH }: Choice): Chosen[] {
  const best = Math.max(...ranked.map(({ score }) => score), 1e-9);
  const whole = ranked.filter(
    ({ candidate }) => candidate.leans === null && /[.!?…。！？][\p{Pe}\p{Pf}"']*$/u.test(candidate.text),
  );
  /** What is left to choose from, and how much of it was said. */
  const pool = new Map((whole.length > 0 ? whole : ranked).map((entry) => [entry, 0]));
  const chosen: Chosen[] = [];
  const heard = new Map<string, number>();
  let left = words;
  while (chosen.length < sentences && pool.size > 0) {
    let [next, top]: [Scored | null, number] = [null, -1];
    for (const [entry, said] of pool) {
      const value = entry.score / best - REPEATS * said;
      const turn = Math.max(0, value) * SAME_VOICE ** (heard.get(voiceOf(entry.candidate.passage)) ?? 0);
      const order = entry.candidate === first ? Infinity : chosen.length > 0 && value < worth ? -1 : turn;
      if (order > top) [next, top] = [entry, order];
    }
    if (next === null) break;
    pool.delete(next);
    const { candidate, score } = next;
    if (chosen.some((one) => isToldBy(one.candidate, candidate)) || (chosen.length > 0 && candidate.words > left)) continue;
    left -= candidate.words;
    heard.set(voiceOf(candidate.passage), (heard.get(voiceOf(candidate.passage)) ?? 0) + 1);
    chosen.push({ candidate, score, alike: [] });
    for (const [entry, said] of pool) pool.set(entry, Math.max(said, repetition(candidate, entry.candidate)));
  }
  for (const { candidate } of ranked) {
    const one = chosen.find((other) => other.candidate !== candidate && isToldBy(other.candidate, candidate));
    const tellers = one === undefined ? [] : [one.candidate, ...one.alike].map(({ passage }) => passage.document.id);
    if (one !== undefined && !tellers.includes(candidate.passage.document.id)) one.alike.push(candidate);
  }
  return chosen;
}

/** Words alike with other numbers are another event, or another account of it; and no view takes the place of a report. */
const isToldBy = (told: Candidate, other: Candidate): boolean =>
  sayTheSame(told, other) &&
  !givesOtherFigures(told.text, other.text) &&
  (standsAlone(told.passage, told.text) || !standsAlone(other.passage, other.text));

/** What a sentence repeats of one that was chosen: none of it where the numbers are others. */
const repetition = (a: Candidate, b: Candidate): number => (givesOtherFigures(a.text, b.text) ? 0 : overlap(a, b));

export const needsVoice = ({ candidate: { passage, text } }: Pick<Scored, "candidate">): boolean => !standsAlone(passage, text);

/** Share of the shorter one's matter that both hold. */
export function overlap(a: Candidate, b: Candidate): number {
  const [few, many] = a.stems.size <= b.stems.size ? [a.stems, b.stems] : [b.stems, a.stems];
  return [...few].filter((stem) => many.has(stem)).length / Math.max(1, few.size);
}

/** The sentences in their frames, each with the other documents whose words carry it too. A voice that was heard without its name is introduced when it speaks again. */
export function statementsOf(chosen: readonly Pick<Chosen, "candidate" | "alike">[]): Statement[] {
  const told: Passage[] = [];
  const introduced = new Set<string>();
  return chosen.map(({ candidate, alike }) => {
    const voice = voiceOf(candidate.passage);
    const before = introduced.has(voice) ? told : told.filter((passage) => voiceOf(passage) !== voice);
    const statement = framed(candidate, before);
    told.push(candidate.passage);
    if (statement.parts.length > 1) {
      introduced.add(voice);
      return statement;
    }
    const beside: Place[] = alike.filter(({ passage, text }) => carries(candidate.text, citedFrom(passage, text)));
    return { ...statement, beside };
  });
}
