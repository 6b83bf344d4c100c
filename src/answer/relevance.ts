// How well a candidate sentence answers the question: rare words and names of the question, the kind of answer asked for, the nearness
// of meaning, the passage's rank. Pre-ranks by words, so that only a few sentences are embedded.
import type { Inquiry } from "../domain.ts";
import { cosineOf } from "../models/embedder.ts";
import { areAlike } from "../text/synonyms.ts";
import { baseOf, isStopWord, wordsOf } from "../text/words.ts";
import { askedFor, evidenceOf } from "./asked-for.ts";
import type { Candidate } from "./candidates.ts";
import { readQuestion } from "./refusal/evidence.ts";
import { type AnswerKind, answerKind, isAskingWord } from "./refusal/question-form.ts";

/** Vectors of sentences, in order; unit length. */
export type EmbedSentences = (texts: readonly string[], signal?: AbortSignal) => Promise<Float32Array[]>;

export interface Scored {
  candidate: Candidate;
  /** About 0..1.3; comparable within one question only. */
  score: number;
  /** Share of the question's matter words (weighed by rarity) that the sentence holds, 0..1. */
  coverage: number;
  /** Cosine of question and sentence; the passage's where the sentence was not embedded. */
  cosine: number;
  /** Its vector was asked for. */
  read?: boolean;
  /** How well it holds the kind of thing asked for, 0..1. */
  holds?: number;
  /** One thing is asked for (who, when, where, how many), and this sentence says it of nearly all that the question speaks of. */
  direct?: boolean;
  /** Share of the question's matter without its names that it says, 0..1; 0 where it does not hold the one thing asked for. */
  said?: number;
}

/** Sentences embedded for one question: about 6 ms each on a quiet core and 25 on a busy one, and a whole answer should stay under 150 ms. */
const EMBEDDED = 4;

const WEIGHT = { words: 0.42, cosine: 0.5, kind: 0.14, passage: 0.1, lead: 0.03 };
const PENALTY = { leans: 0.12, joined: 0.03, idle: 0.06, orphan: 0.3, long: 0.06, unfinished: 0.08 };
const SHARE = { itself: 1, synonym: 0.75, context: 0.45, around: 0.3 };
/** The sentence that is joined to the one before must itself say at least so much of the question's matter, or what is asked for. */
const IDLE = 0.15;
const LONG = 45;
const ONE_THING = new Set<AnswerKind>(["number", "person", "date", "place"]);
/** What happened tells more of the matter than to whom. */
const VERB = 2;
/** Share of the question's matter without its names from which a sentence that holds what is asked for answers by itself, alone and beside the fullest one. */
const DIRECT = { least: 0.45, share: 0.7 };

/** Scores of all candidates for one question (or one part of it), best first. */
export async function rankCandidates(
  question: string,
  inquiry: Inquiry,
  candidates: readonly Candidate[],
  embed: EmbedSentences,
  signal?: AbortSignal,
): Promise<Scored[]> {
  const wanted = wantedStems(question, inquiry);
  const weights = rarity(wanted, candidates);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const kind = askedFor(question);
  const words = wordsOf(question);
  const asking = new Set(words.filter((word) => isAskingWord(word.folded)).map((word) => word.stem));
  const asked = { text: question, stems: new Set(words.map((word) => word.stem)) };
  const oneThing = ONE_THING.has(answerKind(question));
  const named = new Set(inquiry.names.flatMap((name) => wordsOf(name).map((word) => word.stem)));
  const verb = predicateStem(question);
  const core = wanted.map((stem, index) => {
    if (named.has(stem) || asking.has(stem)) return 0;
    return (weights[index] ?? 0) * (stem === verb ? VERB : 1);
  });
  const matter = core.reduce((sum, weight) => sum + weight, 0);
  const bases = new Map(words.map((word) => [word.stem, baseOf(word.folded)]));
  const rough = candidates.map((candidate) => {
    const context = contextStems(candidate);
    let [hit, tail, told, present] = [0, 0, 0, true];
    wanted.forEach((stem, index) => {
      const weight = weights[index] ?? 0;
      const share = shareOf(stem, bases.get(stem) ?? stem, candidate, context);
      hit += share * weight;
      if (named.has(stem)) present &&= share > 0;
      else if (share >= SHARE.synonym) told += share * (core[index] ?? 0);
      if (share >= SHARE.synonym && candidate.tail?.has(bases.get(stem) ?? stem) === true) tail += weight;
    });
    const coverage = total > 0 ? hit / total : 0;
    const idle =
      candidate.tail !== null && tail < IDLE * total && evidenceOf(kind, { ...candidate, text: candidate.tailText }, asked) < 0.5;
    const holds = evidenceOf(kind, candidate, asked);
    const base = baseScore(candidate, coverage) + WEIGHT.kind * holds - (idle ? PENALTY.idle : 0);
    // a name may stand in the sentence before, what is said of it may not
    const said = oneThing && holds === 1 && present ? (matter > 0 ? told / matter : 1) : 0;
    return { candidate, coverage, holds, base, said };
  });
  const most = Math.max(...rough.map(({ said }) => said));
  rough.sort((a, b) => b.base + WEIGHT.cosine * (b.candidate.cosine ?? 0) - (a.base + WEIGHT.cosine * (a.candidate.cosine ?? 0)));
  const texts = rough.slice(0, EMBEDDED).map((entry) => entry.candidate.text);
  const near = await nearness(question, texts, embed, signal);
  return rough
    .map(({ candidate, coverage, holds, base, said }, index) => {
      // an unread sentence is a little below what its passage promises
      const cosine = near[index] ?? (candidate.cosine ?? 0) - 0.12;
      return {
        candidate,
        coverage,
        holds,
        said,
        direct: said >= DIRECT.least && said >= DIRECT.share * most,
        cosine,
        read: near[index] !== undefined,
        score: base + WEIGHT.cosine * Math.max(0, cosine),
      };
    })
    .sort((a, b) => b.score - a.score);
}

/** The stem of the word that says what happens, where the order of words shows it. */
function predicateStem(question: string): string | undefined {
  const read = readQuestion(question);
  return read?.sentence.words[read.predicate]?.stem;
}

/** How well the sentence holds a word of the question: itself, by another word for the same, or by what it is said among. */
function shareOf(stem: string, base: string, candidate: Candidate, context: ReadonlySet<string>): number {
  if (candidate.stems.has(stem) || candidate.bases.has(base)) return SHARE.itself;
  for (const other of candidate.bases) if (areAlike(base, other)) return SHARE.synonym;
  return context.has(stem) ? SHARE.context : candidate.around.has(stem) ? SHARE.around : 0;
}

async function nearness(question: string, texts: string[], embed: EmbedSentences, signal?: AbortSignal): Promise<number[]> {
  if (texts.length === 0) return [];
  const [asked, ...vectors] = await embed([question, ...texts], signal);
  if (asked === undefined) return [];
  return vectors.map((vector) => cosineOf(vector, asked));
}

function baseScore(candidate: Candidate, coverage: number): number {
  let score = WEIGHT.words * coverage + WEIGHT.passage * candidate.passageScore;
  if (candidate.position === 0) score += WEIGHT.lead;
  if (candidate.leans === "missing") score -= PENALTY.orphan;
  else if (candidate.leans !== null) score -= PENALTY.leans;
  if (candidate.tail !== null) score -= PENALTY.joined;
  if (candidate.words > LONG) score -= PENALTY.long;
  if (!/[.!…]["”’')\]]*$/.test(candidate.text)) score -= PENALTY.unfinished;
  return score;
}

/** Stems of the question's matter words; of a part, only its own. */
function wantedStems(question: string, inquiry: Inquiry): string[] {
  const own = new Set(
    wordsOf(question)
      .filter((word) => !isStopWord(word.folded))
      .map((word) => word.stem),
  );
  const kept = inquiry.stems.filter((stem) => own.has(stem));
  return kept.length > 0 ? kept : [...own];
}

/** Rarity among the sentences at hand: a word that all of them hold tells nothing apart. */
function rarity(stems: readonly string[], candidates: readonly Candidate[]): number[] {
  return stems.map((stem) => {
    const holding = candidates.filter((candidate) => candidate.stems.has(stem)).length;
    return Math.log(1 + (candidates.length + 1) / (holding + 0.5));
  });
}

/** What the sentence is about without saying it: title, heading, speaker. */
function contextStems(candidate: Candidate): Set<string> {
  const { document, heading, speaker, role } = candidate.passage;
  return new Set(
    wordsOf([document.title, heading, speaker, role, document.author, document.publisher].filter(Boolean).join(" ")).map(
      (word) => word.stem,
    ),
  );
}

/** The same sentence has the same vector: those of the last questions are kept, so that asking on about a matter embeds little. */
export function rememberVectors(embed: EmbedSentences, limit = 4000): EmbedSentences {
  const known = new Map<string, Float32Array>();
  return async (texts, signal) => {
    const missing = [...new Set(texts.filter((text) => !known.has(text)))];
    const fresh = new Map(
      (missing.length === 0 ? [] : await embed(missing, signal)).map((vector, index) => [missing[index] ?? "", vector]),
    );
    const vectors = texts.map((text) => fresh.get(text) ?? known.get(text) ?? new Float32Array());
    for (const [text, vector] of fresh) known.set(text, vector);
    for (const text of known.keys()) {
      if (known.size <= limit) break;
      known.delete(text);
    }
    return vectors;
  };
}
