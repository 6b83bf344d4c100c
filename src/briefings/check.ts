// A text, claim by claim, against the sources: the sentences of each document that stand nearest, exact facts, then the judge. Without a judge
// that reads, "contradicted" is said for exact facts only, and "supported" for sentences that are close in wording. Also what speaks against an
// answer that was given. What a document only quotes is its speaker's, never the paper's.
import { candidatesOf, type Candidate } from "../answer/candidates.ts";
import { summed } from "../answer/checked-writing.ts";
import { createSourceList, type Place } from "../answer/citations.ts";
import { type Conflict, conflictOf, contradictionsOf, isCited, tellContradictions } from "../answer/contradictions.ts";
import type { Answer, CitedText, Disagreement, Document, Retrieval, Source } from "../domain.ts";
import { Failure } from "../failure.ts";
import type { CheckedClaim, CheckReport } from "../results.ts";
import { attributionsOf, isSaying, quotations } from "../text/attribution.ts";
import { type Claim, claimsOf } from "../text/claims.ts";
import { DAY_MS, dateInWords } from "../text/date-words.ts";
import { findNames } from "../text/names.ts";
import { deniedStems, endingsOf } from "../text/negation.ts";
import { sameName } from "../text/same-name.ts";
import { sentenceSpans } from "../text/sentences.ts";
import { baseOf, contentWords, fold } from "../text/words.ts";
import { citedFrom } from "../verify/cited-text.ts";
import type { CheckedClaim as Verified, Verifier } from "../verify/verifier.ts";
import type { SplitClaims } from "./split-claims.ts";
import { QUOTED } from "./written-parts.ts";

/** A page of text; what is longer is checked up to here, and a warning says so. */
const MOST_CLAIMS = 40;
/** Documents that one claim is held against, by the sentence of each that shares most with it, and the least that it must share. */
const DOCUMENTS = 4;
const NEAR = 0.3;
/** Share of the claim's matter without its values that a sentence must hold to contradict it, and by wording to support it. */
const SAME_MATTER = 0.7;
const CLOSE = 0.5;
/** Days between documents that may tell of one event; from the second number on another value of a level is a change. */
const ONE_EVENT = 21;
const CHANGED = 30;
/** The claim speaks of what the one before it told. */
const ABOUT_THAT =
  /^The (?:decision|vote|move|step|ruling|verdict|announcement|result|increase|rise|cut|change)\b(?! (?:of|to|by|on|in|at)\b)/;

interface Held {
  candidate: Candidate;
  /** Share of the claim's words that carry matter. */
  share: number;
  verified: Verified;
}

export interface CheckParts {
  /** Asked once a claim, with the claim before it where this one leans on it. */
  retrieve: (query: string) => Promise<Retrieval>;
  verifier: Verifier;
  /** Splits the text with a language model; without it claims are its sentences and their halves. */
  splitClaims?: SplitClaims | undefined;
}

/** Throws Failure `claim_missing`. */
export async function checkText(text: string, { retrieve, verifier, splitClaims }: CheckParts): Promise<CheckReport> {
  if (claimsOf(text).length === 0) {
    throw new Failure(
      "claim_missing",
      "The text states nothing that could be checked.",
      "Give whole sentences, for example: The tunnel cost 412 million crowns.",
      { exit: 2 },
    );
  }
  const {
    claims: all,
    mode,
    usage: split,
    warnings: told,
  } = (await splitClaims?.(text)) ?? { ...QUOTED, claims: claimsOf(text), warnings: [] };
  const warnings = new Set<string>(told);
  const near: { text: string; leans: boolean; nearest: Omit<Held, "verified">[] }[] = [];
  let before = "";
  for (const claim of all.slice(0, MOST_CLAIMS)) {
    const leans = before !== "" && (claim.leans || claim.joined || ABOUT_THAT.test(claim.text));
    const retrieval = await retrieve(leans ? `${before} ${claim.text}` : claim.text);
    for (const warning of retrieval.warnings) warnings.add(warning);
    near.push({ text: claim.text, leans, nearest: nearestOf(claim, candidatesOf(retrieval.passages, true)) });
    if (!leans) before = claim.text;
  }
  const asked = near.flatMap(({ text, nearest }) =>
    nearest.map(({ candidate }) => ({ text, cited: [citedText(text, candidate)] })),
  );
  const verification = await verifier.verify(asked);
  for (const warning of verification.warnings) warnings.add(warning);
  const sources = createSourceList();
  let at = 0;
  let event: Document | null = null;
  const claims = near.map(({ text, leans, nearest }): CheckedClaim => {
    const verified = verification.checked.slice(at, (at += nearest.length));
    const held = nearest.flatMap((one, index) => {
      const found = verified[index];
      // what leans on another claim is looked for in the event of that one
      const elsewhere = leans && event !== null && !sameEvent(one.candidate.passage.document, event);
      return found === undefined || elsewhere ? [] : [{ ...one, verified: found }];
    });
    const { places, ...judged } = judgedBy(text, held);
    if (!leans || places.length > 0) event = places[0]?.passage.document ?? null;
    return { text, ...judged, citations: [...new Set(places.map((place) => sources.cite(place)))] };
  });
  if (all.length > MOST_CLAIMS) warnings.add(`Only the first ${MOST_CLAIMS} of ${all.length} claims were checked.`);
  return { claims, sources: sources.list(), warnings: [...warnings], mode, usage: summed(split, verification.usage) };
}

/** The disagreements that an answer tells, else those that are found now over its first sentences, their sources behind those of the answer. */
export async function disputesOver(
  given: Answer,
  retrieve: (query: string) => Promise<Retrieval>,
): Promise<{ disagreements: Disagreement[]; sources: Source[] }> {
  if (given.disagreements.length > 0) return given;
  const sources = createSourceList(given.sources);
  const found: Disagreement[] = [];
  for (const { citations } of given.sentences.slice(0, 3)) {
    const told = given.sources.filter(({ n }) => citations.includes(n));
    if (told.length === 0) continue;
    const candidates = candidatesOf((await retrieve(told.map(({ quote }) => quote).join(" "))).passages);
    const own = candidates.filter((candidate) => isCited(candidate, told));
    const disputes = tellContradictions(contradictionsOf(own, candidates), sources);
    found.push(...disputes.filter(({ note }) => !found.some((other) => other.note === note)));
  }
  return { disagreements: found, sources: sources.list() };
}

function sameEvent(a: Document, b: Document): boolean {
  if (a.id === b.id) return true;
  if (a.published === null || b.published === null) return false;
  return Math.abs(daysBetween(a.published, b.published)) <= ONE_EVENT;
}

const daysBetween = (a: string, b: string): number => (Date.parse(b.slice(0, 10)) - Date.parse(a.slice(0, 10))) / DAY_MS;

/** Of each document the sentence that shares most with the claim, its names and values left out, among equals the one with more of its names; the nearest documents first. */
function nearestOf({ text }: Claim, candidates: readonly Candidate[]): Omit<Held, "verified">[] {
  const names = new Set(findNames(text).flatMap(({ words }) => words));
  const plain = contentWords(text).filter(
    ({ stem, folded }) => !/\d/.test(stem) && !names.has(folded) && !isSaying(baseOf(folded)),
  );
  const wanted = new Set(plain.map(({ stem }) => stem));
  const best = new Map<string, Omit<Held, "verified"> & { named: number }>();
  for (const candidate of candidates) {
    const share = [...wanted].filter((stem) => candidate.stems.has(stem)).length / Math.max(1, wanted.size);
    const { id } = candidate.passage.document;
    const known = best.get(id);
    const folded = fold(candidate.text);
    const named = [...names].filter((word) => folded.includes(word)).length;
    if (share >= NEAR && (known === undefined || share > known.share || (share === known.share && named > known.named)))
      best.set(id, { candidate, share, named });
  }
  return [...best.values()].sort((a, b) => b.share - a.share).slice(0, DOCUMENTS);
}

/** With the sentence in front where only that names somebody whom the claim names. */
function citedText(claim: string, { passage, start, end, text: own }: Candidate): CitedText {
  const from = sentenceSpans(passage.text).findLast((span) => passage.start + span.end <= start)?.start;
  const unnamed = findNames(claim).some(({ words }) => words.every((word) => !fold(own).includes(word)) || words.length > 1);
  return citedFrom(passage, unnamed && from !== undefined ? passage.text.slice(from, end - passage.start) : own);
}

function judgedBy(claim: string, held: readonly Held[]): Omit<CheckedClaim, "text" | "citations"> & { places: Place[] } {
  const reads = ({ verified }: Held): boolean => verified.method === "facts and judge";
  const otherwise = (one: Held): string | null => (reads(one) ? null : endsOtherwise(claim, one));
  const support = held.filter((one) => one.verified.supported && (reads(one) || (one.share >= CLOSE && otherwise(one) === null)));
  const against = held.flatMap((one) => {
    const { contradicted, findings, reasons } = one.verified;
    const near = one.share >= SAME_MATTER || (reads(one) && findings.length === 0);
    const reason =
      near && contradicted
        ? (findings.find((finding) => finding.contradicted)?.reason ?? reasons[0] ?? null)
        : one.share >= SAME_MATTER
          ? otherwise(one)
          : null;
    return reason === null ? [] : [{ candidate: one.candidate, reason }];
  });
  const [first] = support;
  if (first !== undefined) {
    const told = new Set(support.map(({ candidate }) => candidate));
    const [dispute] = held.flatMap((one) => {
      const { candidate, share } = one;
      if (told.has(candidate) || share < CLOSE) return [];
      const conflict = conflictOf(first.candidate, candidate);
      const reason = against.find((other) => other.candidate === candidate)?.reason ?? otherwise(one) ?? undefined;
      if (conflict !== null) return [{ candidate, told: toldOtherwise(first.candidate, candidate, conflict) }];
      return reason === undefined ? [] : [{ candidate, told: `Disputed by ${whose(candidate)}: ${reason}.` }];
    });
    const places = [...support.map(({ candidate }) => candidate), ...(dispute === undefined ? [] : [dispute.candidate])];
    return {
      verdict: "supported",
      why: [
        ...support.map((one) => whoSaysSo(claim, one.candidate, reads(one))),
        ...(dispute === undefined ? [] : [dispute.told]),
      ].join(" "),
      places,
    };
  }
  const [objection] = against;
  if (objection === undefined) return { verdict: "not_covered", why: "No source says this or the opposite.", places: [] };
  const why = `${whose(objection.candidate)} has it otherwise: ${objection.reason}.`;
  return { verdict: "contradicted", why, places: against.map(({ candidate }) => candidate) };
}

/** By plain words for how something ended, or by a plain denial: "accepted" for "rejected", "would resign" for "would not resign". */
function endsOtherwise(claim: string, { candidate, share }: Held): string | null {
  if (share < CLOSE) return null;
  const [claimed, told] = [endingsOf(claim), endingsOf(candidate.text)];
  for (const one of claimed) {
    const other = told.find(({ of, pole }) => of === one.of && pole !== one.pole);
    if (other !== undefined && !told.some(({ of, pole }) => of === one.of && pole === one.pole))
      return `“${other.text}”, not “${one.text}”`;
  }
  const [denied, also] = [deniedStems(candidate.text), deniedStems(claim)];
  if (/\bno(?:ne|body)?\b/i.test(`${claim} ${candidate.text}`)) return null;
  const words = contentWords(claim).filter(({ folded }) => !isSaying(baseOf(folded)));
  const flipped = words.find(({ stem }) => denied.has(stem) !== also.has(stem) && candidate.stems.has(stem));
  return flipped === undefined
    ? null
    : `“${denied.has(flipped.stem) ? "not " : ""}${flipped.raw}”${also.has(flipped.stem) ? ", without “not”" : ""}`;
}

/** The two speak of a level at different times, or dispute each other. */
function toldOtherwise(support: Candidate, other: Candidate, { kind, words: [here, there] }: Conflict): string {
  const [a, b] = [support.passage.document.published, other.passage.document.published];
  const apart = a === null || b === null ? 0 : daysBetween(a, b);
  if (kind === "number" && b !== null && Math.abs(apart) >= CHANGED)
    return `${apart < 0 ? "Earlier" : "Later"}: ${there} (${dateInWords(b)}).`;
  return `Disputed by ${whose(other)}${kind === "denial" ? "" : `: “${there}”, not “${here}”`}.`;
}

const isView = ({ passage: { document, speaker } }: Candidate): boolean =>
  speaker !== null || (document.genre !== null && document.genre !== "report");

function whose(candidate: Candidate): string {
  const { document, speaker } = candidate.passage;
  const who = [
    speaker ?? (isView(candidate) ? document.author : null),
    document.publisher ?? document.title ?? "an unsigned text",
  ];
  const when = document.published === null ? "undated" : dateInWords(document.published);
  return `${who.filter((part) => part !== null).join(", ")} (${[when, document.genre].filter((part) => part !== null).join(", ")})`;
}

/** In a house's own voice, as somebody's statement in it, or as a view. */
function whoSaysSo(claim: string, candidate: Candidate, read: boolean): string {
  if (isView(candidate)) return `Said as a view: ${whose(candidate)}.`;
  const speaker = speakerOf(claim, candidate);
  if (speaker === null) return `${whose(candidate)} ${read ? "says so" : "says so, in close words"}.`;
  return speaker === "" ? `Only quoted in ${whose(candidate)}.` : `Said by ${speaker} in ${whose(candidate)}.`;
}

/** To whom the source gives what the claim tells as a fact: null where it tells it itself or the claim names a speaker too, empty where nobody is named. */
function speakerOf(claim: string, { passage, text }: Candidate): string | null {
  if (attributionsOf(claim).length > 0) return null;
  const wanted = contentWords(claim).map(({ stem }) => stem);
  const holds = (part: string): boolean => {
    const stems = new Set(contentWords(part).map(({ stem }) => stem));
    return wanted.filter((stem) => stems.has(stem)).length >= CLOSE * wanted.length;
  };
  const hit = attributionsOf(text).find(({ said }) => holds(text.slice(said.start, said.end)));
  if (hit === undefined) return quotations(text).some(({ start, end }) => holds(text.slice(start, end))) ? "" : null;
  if (passage.document.publisher !== null && sameName(hit.speaker, passage.document.publisher)) return null;
  const before = passage.text.slice(0, passage.text.indexOf(text) + text.length);
  const names = findNames(before).filter(({ words }) => words.length > 1);
  const full = hit.kind === "pronoun" ? attributionsOf(before).findLast(({ kind }) => kind !== "pronoun")?.speaker : hit.speaker;
  return names.find((name) => full !== undefined && sameName(name.text, full) && name.text.endsWith(full))?.text ?? full ?? "";
}
