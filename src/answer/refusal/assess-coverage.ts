// Decides whether passages cover a question, part by part, by evidence and not by one similarity cut. It writes no answer; a part it
// calls covered names the sentences that carry it.
import type { AnswerStatus, Inquiry, RankedPassage } from "../../domain.ts";
import { type Evidence, evidenceFor, readQuestion, type ReadQuestion, type Signals } from "./evidence.ts";
import { objections } from "./objections.ts";

export interface CoveredPart {
  text: string;
  covered: boolean;
  /** In words: what carried it, or what is missing. */
  why: string;
  /** How surely, 0..1; one half is the line. */
  score: number;
  /** The passages that hold it, best first, with the sentences as written. */
  evidence: { passage: RankedPassage; sentences: string[] }[];
}

export interface CoverageAssessment {
  status: AnswerStatus;
  parts: CoveredPart[];
}

/** Passages that are looked at for one part. */
const LOOKED_AT = 8;

/** Cosine below which a passage is about something else, and the one at which meaning begins to speak for it (bundled model). Half of the news questions set them. */
const FAR = 0.25;
const NEAR = 0.4;
/** Above this the words may differ: questions that the same texts do not answer stay below it. */
const CLOSE = 0.55;

/**
 * Weights of a logistic regression, fitted offline on paragraphs with answerable and unanswerable questions (half of the articles; no
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

/** Judges every part of the question against the passages (best first). A question without words is not covered. */
export function assessCoverage(question: string | Inquiry, passages: readonly RankedPassage[]): CoverageAssessment {
  const [whole, texts] = typeof question === "string" ? [question, [question]] : [question.text, question.parts];
  const parts = (texts.length === 0 ? [whole] : texts).map((text) => assessPart(text, passages));
  const covered = parts.filter((part) => part.covered).length;
  return { status: covered === 0 ? "not_covered" : covered === parts.length ? "answered" : "partial", parts };
}

/** Where the objections say nothing, a passage may be a little weaker than an even chance. */
const LINE = -0.4;

/** One paragraph, one question: above zero it is answered there. The measure behind `assessCoverage`. */
export function evidenceScore(signals: Signals): number {
  let sum = BIAS;
  for (const [name, weight] of Object.entries(WEIGHTS)) sum += weight * signals[name as keyof Signals];
  return sum;
}

interface Judged {
  passage: RankedPassage;
  evidence: Evidence;
  score: number;
  against: string[];
}

function assessPart(text: string, passages: readonly RankedPassage[]): CoveredPart {
  const question = readQuestion(text);
  if (question === null || passages.length === 0) {
    return {
      text,
      covered: false,
      why: question === null ? "there is no question" : "no passage was found",
      score: 0,
      evidence: [],
    };
  }
  const judged = passages.slice(0, LOOKED_AT).map((passage) => judge(question, passage));
  judged.sort((a, b) => b.score - a.score);
  const fit = judged.filter((one) => one.score >= LINE && one.against.length === 0);
  const [best] = fit.length > 0 ? fit : judged;
  const score = best === undefined ? 0 : 1 / (1 + Math.exp(LINE - best.score));
  if (fit.length === 0) {
    const why = best === undefined ? "no passage was found" : (best.against[0] ?? lacking(best.evidence));
    return { text, covered: false, why, score: Math.min(score, 0.49), evidence: [] };
  }
  return {
    text,
    covered: true,
    why: `rests on: "${best?.evidence.sentences[0] ?? ""}"`,
    score,
    evidence: fit.map(({ passage, evidence }) => ({ passage, sentences: evidence.sentences })),
  };
}

function judge(question: ReadQuestion, ranked: RankedPassage): Judged {
  const { passage, cosine } = ranked;
  const { document } = passage;
  const context = [
    document.title,
    passage.heading,
    document.publisher,
    document.author,
    passage.speaker,
    passage.role,
    document.published?.slice(0, 10),
  ]
    .filter((value) => value !== null && value !== undefined)
    .join(" ; ");
  const evidence = evidenceFor(question, passage.text, context);
  const against = objections(question, evidence, passage.text, context)
    .filter((objection) => !(objection.byWords && cosine !== null && cosine >= CLOSE))
    .map((objection) => objection.reason);
  if (cosine !== null && cosine < FAR) against.push("the passages are about something else");
  const meaning = cosine === null ? 0 : Math.max(-2, Math.min(2.5, (cosine - NEAR) * 12));
  return { passage: ranked, evidence, score: evidenceScore(evidence.signals) + meaning, against };
}

function lacking(evidence: Evidence): string {
  if (evidence.missingWords.length > 0)
    return `nothing is said of: ${[...new Set(evidence.missingWords)].slice(0, 4).join(", ")}`;
  return "the passages are near, but do not say it";
}
