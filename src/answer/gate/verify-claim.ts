// The sentence gate: does this source, with what is known about it, support this claim? Pure, synchronous, without a model.
// It never looks outside the source, and never lowers its bar because nothing else was found.
import type { Verdict } from "../../domain.ts";
import { align } from "./alignment.ts";
import { compareDates } from "./compare-dates.ts";
import { compareExtent } from "./compare-extent.ts";
import { compareLinks } from "./compare-links.ts";
import { compareMeasures } from "./compare-measures.ts";
import { compareNames } from "./compare-names.ts";
import { comparePolarity } from "./compare-polarity.ts";
import { compareQuantities } from "./compare-quantities.ts";
import { compareRank } from "./compare-rank.ts";
import { compareRoles } from "./compare-roles.ts";
import { compareSpeakers } from "./compare-speakers.ts";
import { compareStanding } from "./compare-standing.ts";
import { compareSubstitutions } from "./compare-substitutions.ts";
import type { Finding, GateContext } from "./finding.ts";
import { compareQuotations, findQuotations, foldTypography, type Quotation } from "./quotations.ts";
import { read, type Reading, readSource, type ReadSentence, type ReadWord } from "./reading.ts";
import { features, scoreOf } from "./score.ts";
import { findWindow } from "./window.ts";

export interface GateVerdict extends Verdict {
  outcome: "supported" | "contradicted" | "not_found";
  /** How it was looked at: all quoted, quoted in a frame, or in other words. */
  method: "verbatim" | "framed quote" | "paraphrase";
  findings: Finding[];
  features?: unknown;
}

export interface GateOptions {
  context?: GateContext | undefined;
  /** Cosine of claim and the nearest source sentence from an embedder, -1..1: helps the score, never the findings. */
  cosine?: number | undefined;
}

/** Share of the claim's matter that the source must hold. */
const ENOUGH = 0.6;

/** Judges one claim (a sentence, or a few) against one source text. Any text is a valid input; an empty claim or source is not found. */
export function verifyClaim(claim: string, source: string, options: GateOptions = {}): GateVerdict {
  const quotations = findQuotations(claim);
  const reading = readSource(source);
  const folded = reading.folded();
  if (!/[\p{L}\p{N}]/u.test(claim) || reading.sentences.length === 0) {
    return verdict([{ kind: "missing", about: "content", reason: "nothing to compare" }], 0, "paraphrase", []);
  }
  const bare = foldTypography(claim);
  if (quotations.length === 0 && isWholeSentence(bare, folded))
    return verdict([], 1, "verbatim", ["stands in the source as it is"]);
  const findings = compareQuotations(quotations, folded);
  const verbatim = findings.length === 0;
  const frame = verbatim && quotations.length > 0 ? outside(claim, quotations) : claim;
  if (verbatim && quotations.length > 0 && !/[\p{L}\p{N}]/u.test(frame))
    return verdict([], 1, "verbatim", ["quoted word for word"]);
  const context = contextSentence(options.context);
  const published = options.context?.published ?? null;
  const scores: number[] = [];
  let carried = "";
  const framed = verbatim && quotations.some((quotation) => quotation.text.length > claim.length * 0.3);
  const place = framed ? sentenceOf(quotations, reading) : null;
  for (const sentence of read(frame).sentences) {
    const judged = judge(sentence, reading, context, published, place, options.cosine, framed);
    findings.push(...judged.findings);
    scores.push(judged.score);
    carried ||= judged.carried;
  }
  const score = scores.length === 0 ? 0 : Math.min(...scores);
  const method = framed ? "framed quote" : "paraphrase";
  return verdict(findings, framed ? Math.max(score, 0.75) : score, method, carried === "" ? [] : [`rests on: "${carried}"`]);
}

function judge(
  claim: ReadSentence,
  source: Reading,
  context: ReadSentence | null,
  published: string | null,
  place: number | null,
  cosine: number | undefined,
  framed: boolean,
): { findings: Finding[]; score: number; carried: string } {
  const granted = (word: ReadWord): boolean => context?.bases.has(word.base) === true;
  const window = findWindow(claim, source, granted);
  if (place !== null)
    [window.best, window.from, window.to] = [place, Math.max(0, place - 1), Math.min(source.sentences.length - 1, place + 1)];
  const best = source.sentences[window.best];
  const alignment = best === undefined ? { gaps: [], partners: [], share: 0 } : align(claim, best);
  // the same word may stand twice in the sentence: the one in the same place is meant
  alignment.partners.forEach((partner, index) => {
    if (partner !== -1) window.answers[index] = partner;
  });
  const findings = [
    ...compareQuantities(claim, source, window, alignment, context),
    ...compareDates(claim, source, window, context, published),
    ...compareNames(claim, source, window, alignment, context),
    ...compareSpeakers(claim, source, window, context),
    ...comparePolarity(claim, best, window, alignment),
    ...(framed ? [] : compareRoles(claim, source, window, context)),
    ...(framed ? [] : compareStanding(claim, source)),
    ...compareMeasures(claim, source, window),
    ...(framed ? [] : compareLinks(claim, source, window)),
    ...(framed ? [] : compareExtent(claim, source, window)),
    ...(framed ? [] : compareRank(claim, source, window)),
    ...(framed ? [] : compareSubstitutions(claim, best, window, alignment)),
  ];
  if (!framed && window.coverage < ENOUGH) {
    const lost = claim.words
      .filter((word, index) => word.weight >= 1 && !granted(word) && (window.held[index] ?? 0) === 0)
      .map((word) => word.raw);
    findings.push({
      kind: "missing",
      about: "content",
      reason: lost.length === 0 ? "the source says too little of this" : `not in the source: ${lost.slice(0, 6).join(", ")}`,
    });
  }
  return { findings, score: scoreOf(features(claim, source, window, alignment), cosine), carried: best?.text ?? "" };
}

function verdict(findings: Finding[], score: number, method: GateVerdict["method"], carried: string[]): GateVerdict {
  const contradicted = findings.some((finding) => finding.kind === "contradicted");
  const supported = findings.length === 0;
  // objections push the score below one half and keep its order; support keeps it above
  const scaled = supported ? 0.5 + score / 2 : (score / 2) * (contradicted ? 0.5 : 0.7) ** Math.min(findings.length, 3);
  return {
    supported,
    score: Math.round(Math.min(1, Math.max(0, scaled)) * 1000) / 1000,
    reasons: supported ? carried : [...new Set(findings.map((finding) => finding.reason))],
    outcome: supported ? "supported" : contradicted ? "contradicted" : "not_found",
    method,
    findings,
  };
}

/** Only whole sentences stand for themselves: a piece may have lost the "denied that" before it. */
function isWholeSentence(claim: string, source: string): boolean {
  const at = source.indexOf(claim);
  if (at === -1) return false;
  const [before, after] = [source.slice(Math.max(0, at - 3), at), source.slice(at + claim.length, at + claim.length + 2)];
  return /^$|[.!?]["')]* $/.test(before) && (/[.!?]["')]*$/.test(claim) || /^$|^[.!?]/.test(after));
}

/** The claim without its quotations, which are proved. */
function outside(claim: string, quotations: readonly Quotation[]): string {
  let [rest, at] = ["", 0];
  for (const quotation of quotations) {
    rest += `${claim.slice(at, quotation.start)} … `;
    at = quotation.end;
  }
  return (rest + claim.slice(at)).replace(/ … \s*([.,;:!?])/g, " $1");
}

/** The sentence of the source in which the longest quotation begins. */
function sentenceOf(quotations: readonly Quotation[], source: Reading): number | null {
  const [longest] = [...quotations].sort((a, b) => b.text.length - a.text.length);
  if (longest === undefined) return null;
  const start = foldTypography(longest.text).slice(0, 60);
  const at = source.sentences.findIndex((sentence) => foldTypography(sentence.text).includes(start));
  return at === -1 ? null : at;
}

function contextSentence(context: GateContext | undefined): ReadSentence | null {
  if (context === undefined) return null;
  const known = [
    context.author,
    context.speaker,
    context.role,
    context.publisher,
    context.title,
    context.published?.slice(0, 10),
    context.genre,
  ];
  const text = known.filter((value) => value !== null && value !== undefined && value !== "").join(" ; ");
  const [first, ...more] = read(text.replace(/[.!?]+(?=\s|$)/g, "")).sentences;
  if (first === undefined) return null;
  for (const other of more) {
    first.names.push(...other.names);
    first.dates.push(...other.dates);
    for (const country of other.countries) first.countries.add(country);
    for (const [base, at] of other.bases) first.bases.set(base, at);
  }
  return first;
}
