// Decides whether passages cover a question, part by part, by evidence and not by one similarity cut. It writes no answer; a part it
// calls covered names the sentences that carry it.
import type { AskedPart, AnswerStatus, Inquiry, RankedPassage } from "../../domain.ts";
import { cosineOf } from "../../models/embedder.ts";
import type { EmbedSentences } from "../relevance.ts";
import { type Evidence, evidenceFor, readQuestion, type ReadQuestion, type Signals } from "./evidence.ts";
import { type Objection, objections } from "./objections.ts";

export interface CoveredPart extends AskedPart {
  /** The passages that hold it, best first, with the sentences as written. */
  evidence: { passage: RankedPassage; sentences: string[] }[];
}

export interface CoverageAssessment {
  status: AnswerStatus;
  parts: CoveredPart[];
}

/** Passages that are looked at for one part. */
const LOOKED_AT = 8;

/** Cosine below which a passage is about something else, and what stands for it where the vectors were not asked (bundled model). */
const FAR = 0.3;
const UNKNOWN = 0.52;
/** A sentence alone is nearer than its passage by about this much. */
const SENTENCE = 0.06;
/** Taken for the nearness of a passage that holds every word of a question with a name. */
const MET = 0.42;
/**
 * One paragraph, one question: weights of a logistic regression, fitted offline on paragraphs with answerable and unanswerable questions (half of the articles; no
 * text is in them); `BIAS` is set so that 0 is the line.
 */
const WEIGHTS: Signals = {
  sentence: 1.88,
  window: 1.17,
  passage: -0.96,
  order: 0.1,
  pairs: -0.68,
  lacking: 0.5,
  namesLacking: -0.84,
  numbersLacking: -1.79,
  turned: -2.5,
  answer: 0.66,
  answerNear: -0.05,
  exact: -0.05,
  replaced: -0.73,
  density: -0.57,
  last: -0.08,
  first: -0.18,
  length: 0.6,
  room: -0.48,
};
const BIAS = -0.97;

/**
 * A passage among many, one question: weights of a second regression, fitted on questions over made-up news. `closed` questions ask for one
 * fact (a number, a person, a date, a place, which one), so the words that say which fact must be met; an open one ("why", "what does she
 * think") is rarely answered in its own words.
 */
const WEIGHT = {
  cosine: 6.3,
  closed: -1.1,
  closedLacking: -1.2,
  closedHeld: 1.3,
  reasonShare: -0.8,
  reasonHeld: 0.6,
  openShare: -1.3,
  openHeld: 0.75,
  noAnswer: -2.3,
  /** "Why", and no sign of a reason. */
  noReason: -0.9,
  noSpeaker: -3.2,
  name: -2,
  nameNowhere: -2.3,
  number: -4.5,
  /** Matter words of the question, out of ten: a long one that is met so far is seldom met by chance. */
  length: 3,
  /** Cosine that the question's unmet words add to its nearness: above zero, the sentences say them in other words. */
  inOtherWords: 6,
};
const LINE = 3.3;
/** What a lone paragraph keeps of that sum, besides its `evidenceScore`. */
const ALONE = 0.15;
/** Share of the question's matter in one sentence that leaves nothing of it to be told. */
const SAYS_ALL = 0.8;
/** What `inOtherWords` is held to, and the passages that are asked for it. */
const MOST_ADDED = 0.2;
const PROBED = 2;

/** What the sentence model knows. */
export interface Nearness {
  /** For each part of the question, the best cosine of a single sentence in each passage, by the passage's id. */
  sentences?: readonly ReadonlyMap<number, number>[];
  embed?: EmbedSentences;
  signal?: AbortSignal | undefined;
}

/** Judges every part of the question against the passages (best first). A question without words is not covered. */
export async function assessCoverage(
  question: string | Inquiry,
  passages: readonly RankedPassage[],
  nearness: Nearness = {},
): Promise<CoverageAssessment> {
  const [whole, texts] = typeof question === "string" ? [question, [question]] : [question.text, question.parts];
  const parts: CoveredPart[] = [];
  for (const text of texts.length === 0 ? [whole] : texts) parts.push(await assessPart(text, passages, nearness, parts.length));
  const covered = parts.filter((part) => part.covered).length;
  return { status: covered === 0 ? "not_covered" : covered === parts.length ? "answered" : "partial", parts };
}

/** One paragraph, one question: above zero it is answered there. The measure behind `assessCoverage`. */
export function evidenceScore(signals: Signals): number {
  let sum = BIAS;
  for (const [name, weight] of Object.entries(WEIGHTS)) sum += weight * signals[name as keyof Signals];
  return sum;
}

interface Judged {
  ranked: RankedPassage;
  evidence: Evidence;
  cosine: number;
  against: Objection[];
  /** Above zero: this passage answers the question. */
  sum: number;
}

async function assessPart(
  text: string,
  passages: readonly RankedPassage[],
  { sentences, embed, signal }: Nearness,
  part: number,
): Promise<CoveredPart> {
  const refused = (why: string, score = 0): CoveredPart => ({
    text,
    covered: false,
    why,
    score: Math.min(score, 0.49),
    evidence: [],
  });
  const question = readQuestion(text);
  if (question === null) return refused("there is no question");
  const judged = passages.slice(0, LOOKED_AT).map((ranked) => judge(question, ranked, sentences?.[part]?.get(ranked.passage.id)));
  const [only, second] = judged;
  // a lone paragraph was not chosen among others: its nearness tells little, its wording more
  if (only !== undefined && second === undefined) only.sum = evidenceScore(only.evidence.signals) + ALONE * only.sum;
  const nowhere = judged[0]?.evidence.missingNames.some((name) =>
    judged.every(({ evidence }) => evidence.missingNames.includes(name)),
  );
  if (judged.length === 0) return refused("no passage was found");
  if (judged.every(({ cosine }) => cosine < FAR)) return refused("the passages are about something else");
  const malus = nowhere === true ? WEIGHT.nameNowhere : 0;
  judged.sort((a, b) => b.sum - a.sum);
  if (embed !== undefined && second !== undefined) {
    for (const one of judged.slice(0, PROBED)) {
      // only where it can turn the decision
      if (Math.abs(one.sum + malus) < WEIGHT.inOtherWords * MOST_ADDED)
        one.sum += WEIGHT.inOtherWords * (await inOtherWords(question, one.evidence, embed, signal));
    }
    judged.sort((a, b) => b.sum - a.sum);
  }
  const best = judged[0] as Judged;
  const score = 1 / (1 + Math.exp(-best.sum - malus));
  if (score < 0.5) return refused(best.against[0]?.reason ?? "the passages are near, but do not say it", score);
  return {
    text,
    covered: true,
    why: `rests on: "${best.evidence.sentences[0] ?? ""}"`,
    score,
    evidence: judged
      .filter((one) => one === best || one.sum + malus >= 0)
      .map(({ ranked, evidence }) => ({ passage: ranked, sentences: evidence.sentences })),
  };
}

/** How much nearer the question is to the evidence with the words that it lacks than without them. */
async function inOtherWords(
  question: ReadQuestion,
  { missingWords, sentences }: Evidence,
  embed: EmbedSentences,
  signal: AbortSignal | undefined,
): Promise<number> {
  const missing = new Set(missingWords);
  const rest = question.sentence.words.filter(({ raw }) => !missing.has(raw)).map(({ raw }) => raw);
  if (missing.size === 0 || rest.length === 0 || sentences.length === 0) return 0;
  const [evidence, whole, less] = await embed([sentences.join(" "), question.text, rest.join(" ")], signal);
  return Math.max(-MOST_ADDED, Math.min(MOST_ADDED, cosineOf(whole, evidence) - cosineOf(less, evidence)));
}

function sumOf(question: ReadQuestion, evidence: Evidence, cosine: number, against: readonly Objection[]): number {
  const flag = (holds: boolean): number => (holds ? 1 : 0);
  const objected = (about: Objection["about"]): number => flag(against.some((objection) => objection.about === about));
  const { words, dates, quantities } = question.sentence;
  const matter = words.filter((word) => word.content).length + dates.length + quantities.length;
  const missing = evidence.missingWords.filter((word) => /^\p{Ll}/u.test(word)).length;
  const held = flag(evidence.predicateHeld);
  const share = Math.min(1, missing / Math.max(1, Math.min(10, matter)));
  let form = WEIGHT.openShare * share + WEIGHT.openHeld * held;
  if (isClosed(question)) form = WEIGHT.closed + WEIGHT.closedLacking * flag(missing > 0) + WEIGHT.closedHeld * held;
  else if (question.kind === "reason") form = WEIGHT.reasonShare * share + WEIGHT.reasonHeld * held;
  return (
    WEIGHT.cosine * cosine +
    form +
    WEIGHT.length * Math.min(1.5, matter / 10) +
    WEIGHT.noAnswer * objected("answer") +
    WEIGHT.noReason * flag(question.kind === "reason" && evidence.signals.answerNear === 0) +
    WEIGHT.noSpeaker * objected("speaker") +
    WEIGHT.name * objected("name") +
    WEIGHT.number * objected("number") -
    LINE
  );
}

const CLOSED = new Set(["number", "person", "place", "date"]);
/** "Which agreement", "what aircraft": a noun is asked for, not what somebody did or thinks. */
const WHICH =
  /^\W*(?:which|what) (?!(?:is|are|was|were|did|does|do|can|could|should|has|have|had|will|would|made|makes|happen(?:s|ed)?)\b)/i;

function isClosed({ kind, text }: ReadQuestion): boolean {
  return CLOSED.has(kind) || WHICH.test(text);
}

function judge(question: ReadQuestion, ranked: RankedPassage, sentence: number | undefined): Judged {
  const { passage } = ranked;
  const { document } = passage;
  const about = [
    document.title,
    passage.heading,
    document.publisher,
    document.author,
    passage.speaker,
    passage.role,
    document.published?.slice(0, 10),
  ];
  const context = about.filter((value) => value !== null && value !== undefined).join(" ; ");
  const evidence = evidenceFor(question, passage.text, context);
  // a long passage may hold one near sentence, and a name that is met needs no nearness, nor does one sentence that says all
  const met = evidence.missingWords.length === 0;
  const says = isClosed(question) && evidence.signals.answer === 1 && evidence.signals.sentence >= SAYS_ALL;
  const named = met && (question.sentence.names.length > 0 || says) ? MET : -1;
  const cosine = Math.max(ranked.cosine ?? UNKNOWN, (sentence ?? -1) - SENTENCE, named);
  const against = objections(question, evidence, passage.text, context);
  return { ranked, evidence, cosine, against, sum: sumOf(question, evidence, cosine, against) };
}
