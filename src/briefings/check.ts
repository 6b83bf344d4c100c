// A text, claim by claim, against the sources: the sentences of each document that stand nearest, exact facts, then the judge. Without a judge
// that reads, "contradicted" is said for exact facts only, and "supported" for sentences that are close in wording. Also what speaks against an
// answer that was given. What a document only quotes is its speaker's, never the paper's.
import { ofAskedRow } from "../answer/asked-row.ts";
import { candidatesOf, type Candidate } from "../answer/candidates.ts";
import { createSourceList, type Place } from "../answer/citations.ts";
import { type Conflict, conflictOf, contradictionsOf, isCited, tellContradictions } from "../answer/contradictions.ts";
import { isView } from "../answer/frame.ts";
import type { Answer, Disagreement, Document, Retrieval, Source } from "../domain.ts";
import { Failure } from "../failure.ts";
import { summed } from "../models/language-model.ts";
import type { CheckedClaim, CheckReport } from "../results.ts";
import { attributionsOf, quotations } from "../text/attribution.ts";
import { claimsOf } from "../text/claims.ts";
import { countryOf } from "../text/countries.ts";
import { DAY_MS, dateInWords } from "../text/date-words.ts";
import { findNames, type Name } from "../text/names.ts";
import { otherEnding, withheldBy } from "../text/negation.ts";
import { sameName } from "../text/same-name.ts";
import { contentWords, fold } from "../text/words.ts";
import { citedFrom } from "../verify/cited-text.ts";
import type { CheckedClaim as Verified, Verifier } from "../verify/verifier.ts";
import { nearClaim, type Near } from "./near-claim.ts";
import type { SplitClaims } from "./split-claims.ts";
import { QUOTED } from "./written-parts.ts";

/** A page of text; what is longer is checked up to here, and a warning says so. */
const MOST_CLAIMS = 40;
/** Share of the claim's plain words that a stretch must hold to contradict it, and to support it by wording, and how close that must be. */
const SAME_MATTER = 0.55;
const CLOSE = 0.25;
const WORDING = 0.6;
/** Days between documents that may tell of one event; from the second number on another value of a level is a change. */
const ONE_EVENT = 21;
const CHANGED = 30;

interface Held extends Near {
  verified: Verified;
  /** A judge has read it. */
  read: boolean;
  /** By its plain words it ended otherwise. */
  ending: string | null;
  /** The words below which it has what the claim tells as so. */
  withheld: string | null;
  /** What speaks against the claim. */
  objection: string | null;
  /** Every name of the claim stands in the sentence, or is its voice's. */
  named: boolean;
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
  const plain = claimsOf(text);
  if (plain.length === 0) {
    const hint = "Give whole sentences, for example: The tunnel cost 412 million crowns.";
    throw new Failure("claim_missing", "The text states nothing that could be checked.", hint, { exit: 2 });
  }
  const split = (await splitClaims?.(text)) ?? { ...QUOTED, claims: plain, warnings: [] };
  const warnings = new Set<string>(split.warnings);
  const asked: { text: string; leans: boolean; near: Near[] }[] = [];
  let before = "";
  for (const claim of split.claims.slice(0, MOST_CLAIMS)) {
    const leans = before !== "" && (claim.leans || claim.joined || namesNothing(claim.text));
    const retrieval = await retrieve(leans ? `${before} ${claim.text}` : claim.text);
    for (const warning of retrieval.warnings) warnings.add(warning);
    asked.push({
      text: claim.text,
      leans,
      near: nearClaim(claim.text, ofAskedRow(claim.text, candidatesOf(retrieval.passages, true))),
    });
    if (!leans) before = claim.text;
  }
  const verification = await verifier.verify(
    asked.flatMap(({ text, near }) =>
      near.map(({ candidate }) => ({ text, cited: [citedFrom(candidate.passage, candidate.text)] })),
    ),
  );
  for (const warning of verification.warnings) warnings.add(warning);
  const verdicts = [...verification.checked];
  const sources = createSourceList();
  let event: Document | null = null;
  const claims = asked.map(({ text, leans, near }): CheckedClaim => {
    const verified = verdicts.splice(0, near.length);
    const held = near.flatMap((one, at) => {
      const found = verified[at];
      // what leans on another claim is looked for in the event of that one
      const elsewhere = leans && event !== null && !sameEvent(one.candidate.passage.document, event);
      return found === undefined || elsewhere ? [] : [heldAgainst(text, one, found)];
    });
    const { places, ...judged } = judgedBy(text, held);
    if (!leans || places.length > 0) event = places[0]?.passage.document ?? null;
    return { text, ...judged, citations: [...new Set(places.map((place) => sources.cite(place)))] };
  });
  if (split.claims.length > MOST_CLAIMS)
    warnings.add(`Only the first ${MOST_CLAIMS} of ${split.claims.length} claims were checked.`);
  const usage = summed(split.usage, verification.usage);
  return { claims, sources: sources.list(), warnings: [...warnings], mode: split.mode, usage };
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

/** "The decision was unanimous.": which one, the claim before says. */
const namesNothing = (claim: string): boolean =>
  /^The \p{Ll}+ (?!of\b)/u.test(claim) && !/\d/.test(claim) && findNames(claim).length === 0;

function sameEvent(a: Document, b: Document): boolean {
  if (a.id === b.id) return true;
  return a.published !== null && b.published !== null && Math.abs(daysBetween(a.published, b.published)) <= ONE_EVENT;
}

const daysBetween = (a: string, b: string): number => (Date.parse(b.slice(0, 10)) - Date.parse(a.slice(0, 10))) / DAY_MS;

function heldAgainst(claim: string, near: Near, verified: Verified): Held {
  const { contradicted, findings, reasons, method } = verified;
  const read = method === "facts and judge";
  const other = read || near.share < CLOSE ? null : otherEnding(claim, near.core.text);
  const ending = other?.opposite === true ? `“${other.told}”, not “${other.claimed}”` : null;
  const about = namesMet(claim, near);
  const same = near.share >= SAME_MATTER && about !== "none";
  const told = contradicted && (same || (read && findings.length === 0));
  const reason = told ? (findings.find((finding) => finding.contradicted)?.reason ?? reasons[0] ?? null) : null;
  const withheld = read ? null : (other?.told ?? withheldBy(claim, near.core.text, matterIn(claim)));
  return { ...near, verified, read, ending, withheld, objection: reason ?? (same ? ending : null), named: about === "all" };
}

/** Stems of the claim's words that carry matter, names left out. */
function matterIn(claim: string): Set<string> {
  const names = new Set(findNames(claim).flatMap(({ words }) => words));
  return new Set(contentWords(claim).flatMap(({ stem, folded }) => (names.has(folded) ? [] : [stem])));
}

/**
 * How many of the claim's names the sentence or its voice holds. What stands beside it or in the title is said of another where the sentence names one.
 * A country stands for its people.
 */
function namesMet(claim: string, { candidate: { text, passage }, core }: Near): "all" | "some" | "none" {
  const { document, speaker } = passage;
  const names = findNames(claim).filter((name) => name.certain);
  const isOf = (name: Name, others: readonly Name[]): boolean => others.some((other) => samePlaceOrName(name.text, other.text));
  const strangers = findNames(core.text).some((name) => name.certain && countryOf(name.text) === null && !isOf(name, names));
  const beside = strangers ? [core.text] : [text, document.title];
  const around = [...beside, document.publisher, document.author, speaker].filter((part) => part !== null).join(". ");
  const [folded, there] = [fold(around), findNames(around)];
  const met = names.filter((name) => name.words.every((word) => folded.includes(word)) || isOf(name, there));
  return met.length === names.length ? "all" : met.length === 0 ? "none" : "some";
}

const samePlaceOrName = (a: string, b: string): boolean =>
  sameName(a, b) || (countryOf(a) !== null && countryOf(a) === countryOf(b));

const isClose = ({ named, share, verified }: Held): boolean => named && share >= CLOSE && verified.score >= WORDING;

function judgedBy(claim: string, held: readonly Held[]): Pick<CheckedClaim, "verdict" | "why"> & { places: Place[] } {
  const support = held.filter((one) => one.verified.supported && (one.read || (isClose(one) && one.withheld === null)));
  const sameText = (a: Held, b: Held): boolean => a.candidate.passage.document.id === b.candidate.passage.document.id;
  const [first] = support;
  if (first !== undefined) {
    const [dispute] = held.flatMap((one) => {
      if (one.share < CLOSE || support.some((other) => sameText(one, other))) return [];
      const conflict = conflictOf(first.candidate, one.candidate);
      if (conflict !== null) return [{ ...one, told: toldOtherwise(first.candidate, one.candidate, conflict) }];
      const reason = one.objection ?? one.ending;
      return reason === null ? [] : [{ ...one, told: `Disputed by ${whose(one.candidate)}: ${reason}.` }];
    });
    return {
      verdict: "supported",
      why: [...new Set([...support.map((one) => whoSaysSo(claim, one)), dispute?.told ?? []].flat())].join(" "),
      places: [...support, dispute ?? []].flat().map(({ candidate }) => candidate),
    };
  }
  const against = held.filter(({ objection }) => objection !== null);
  const [objecting] = against;
  if (objecting === undefined) {
    const unsettled = held.find((one) => one.verified.supported && one.withheld !== null && isClose(one));
    if (unsettled === undefined) return { verdict: "not_covered", why: "No source says this or the opposite.", places: [] };
    const why = `No source says that it is so; ${whose(unsettled.candidate)} has only: “${unsettled.withheld}”.`;
    return { verdict: "not_covered", why, places: [unsettled.candidate] };
  }
  const why = `${whose(objecting.candidate)} has it otherwise: ${objecting.objection}.`;
  return { verdict: "contradicted", why, places: against.map(({ candidate }) => candidate) };
}

/** The two speak of a level at different times, or dispute each other. */
function toldOtherwise(support: Candidate, other: Candidate, { kind, words: [here, there] }: Conflict): string {
  const [a, b] = [support.passage.document.published, other.passage.document.published];
  const apart = a === null || b === null ? 0 : daysBetween(a, b);
  if (kind === "number" && b !== null && Math.abs(apart) >= CHANGED)
    return `${apart < 0 ? "Earlier" : "Later"}: ${there} (${dateInWords(b)}).`;
  return `Disputed by ${whose(other)}${kind === "denial" ? "" : `: “${there}”, not “${here}”`}.`;
}

/** A statement is somebody's view as well. */
const isVoiced = ({ passage }: Candidate): boolean => isView(passage) || passage.document.genre === "statement";

function whose(candidate: Candidate): string {
  const { document, speaker } = candidate.passage;
  const author = speaker ?? (isVoiced(candidate) ? document.author : null);
  const who = [author, document.publisher ?? document.title ?? "an unsigned text"].filter((part) => part !== null);
  const when = document.published === null ? "undated" : dateInWords(document.published);
  return `${who.join(", ")} (${[when, document.genre].filter((part) => part !== null).join(", ")})`;
}

/** In a house's own voice, as somebody's statement in it, or as a view. */
function whoSaysSo(claim: string, { candidate, read }: Held): string {
  if (isVoiced(candidate)) return `Said as a view: ${whose(candidate)}.`;
  const speaker = speakerOf(claim, candidate);
  if (speaker === null) return `${whose(candidate)} ${read ? "says so" : "says so, in close words"}.`;
  return speaker === "" ? `Only quoted in ${whose(candidate)}.` : `Said by ${speaker} in ${whose(candidate)}.`;
}

/** To whom the source gives what the claim tells as a fact: null where it tells it itself or the claim names a speaker too, empty where nobody is named. */
function speakerOf(claim: string, { passage, start, text }: Candidate): string | null {
  if (attributionsOf(claim).length > 0) return null;
  const wanted = new Set(contentWords(claim).map(({ stem }) => stem));
  // of the claim's words that the sentence has, where they stand; a claim in other words is of the longer part
  const weightOf = (part: string): number => {
    const words = contentWords(part);
    return words.filter(({ stem }) => wanted.has(stem)).length + words.length / 1000;
  };
  const holds = (part: string): boolean => weightOf(part) >= weightOf(text) / 2;
  const hit = attributionsOf(text).find(({ said }) => holds(text.slice(said.start, said.end)));
  if (hit === undefined)
    return holds(
      quotations(text)
        .map((quote) => text.slice(quote.start, quote.end))
        .join(" "),
    )
      ? ""
      : null;
  if (passage.document.publisher !== null && sameName(hit.speaker, passage.document.publisher)) return null;
  const before = passage.text.slice(0, start - passage.start + text.length);
  const full = hit.kind === "pronoun" ? attributionsOf(before).findLast(({ kind }) => kind !== "pronoun")?.speaker : hit.speaker;
  if (full === undefined) return "";
  return (
    findNames(before).find(({ words, text: name }) => words.length > 1 && name.endsWith(full) && sameName(name, full))?.text ??
    full
  );
}
