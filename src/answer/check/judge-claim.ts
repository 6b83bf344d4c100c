// One claim against ranked passages: supported, contradicted or not covered, with the places that say so. Not covered is the rule where
// the sources are silent or speak of something near; contradicted needs a sentence about the same matter that cannot be true together with it.
import type { Passage, RankedPassage } from "../../domain.ts";
import { attributionsOf } from "../../language/attribution.ts";
import { dateInWords } from "../../language/date-words.ts";
import { findNames } from "../../language/names.ts";
import { findQuantities } from "../../language/numbers.ts";
import { sameName } from "../../language/same-name.ts";
import { sentenceSpans } from "../../language/sentences.ts";
import { areRelated, areSynonyms } from "../../language/synonyms.ts";
import { baseOf, wordsOf } from "../../language/words.ts";
import { candidatesOf, type Candidate } from "../candidates.ts";
import { gateDraft } from "../compose.ts";
import { type Conflict, conflictOf, isMereComment } from "../conflict.ts";
import type { DraftCitation } from "../draft.ts";
import { voiceOf } from "../frame.ts";
import { verifyClaim } from "../gate/verify-claim.ts";
import { quoteOf } from "../sources.ts";
import { readStatement, type Statement } from "../statement.ts";
import { tighten } from "../tighten.ts";
import { type Matter, matterOf, shareHeld } from "./matter.ts";
import { bothDeny, NOT, objectionTo, SAME_MATTER } from "./objection.ts";

export interface Judged {
  verdict: "supported" | "contradicted" | "not_covered";
  /** Where it stands; for a claim that is not covered the nearest sentence is no proof, and nothing is cited. */
  citations: DraftCitation[];
  /** One line for people. */
  why: string;
}

/** Passages of a ranking that are read for one claim. */
const READ = 12;
const MOST_CITED = 3;
/** Share of the claim's matter that its own words in the cited place (or synonyms) must make up, beyond what the gate asks. */
const SAID = 0.7;
/** Share of it that one sentence must hold by itself: words gathered from all over a passage tell nothing together. */
const SAID_TOGETHER = 0.6;
/** Less in common than this, and a passage or sentence is not looked at. */
const NEAR = 0.34;

export function judgeClaim(claim: string, ranked: readonly RankedPassage[]): Judged {
  const passages = ranked.slice(0, READ);
  const against = contradictionsOf(claim, passages);
  const support = supportFor(
    claim,
    passages.map(({ passage }) => passage),
  ).filter((citation) => !differsInside(claim, citation) && !against.some(({ candidate }) => outweighs(candidate, citation)));
  const [first] = support;
  if (first !== undefined) {
    const told = new Set(support.map(({ passage }) => voiceOf(passage)));
    const reported = support.some(({ passage }) => !isView(passage));
    const [dispute] = [...against, ...disputesOf(claim, first, passages)].filter(
      ({ candidate, judges }) =>
        isSaidBy(claim, candidate.passage, candidate.text) && !told.has(voiceOf(candidate.passage)) && !(judges && reported),
    );
    const views = support.every(({ passage }) => isView(passage));
    const why = [
      views ? `Said as a view: ${support.map(whose).join("; ")}.` : `Stands in ${support.map(whose).join("; ")}.`,
      ...(dispute === undefined ? [] : [`Disputed by ${whose(dispute.candidate)}: ${dispute.reason}.`]),
    ].join(" ");
    return {
      verdict: "supported",
      citations: [...support, ...(dispute === undefined ? [] : [placeOf(dispute.candidate)])],
      why,
    };
  }
  const contradictions = against.filter(({ candidate, judges }) => !judges && isSaidBy(claim, candidate.passage, candidate.text));
  const [objection] = contradictions;
  if (objection !== undefined) {
    const all = contradictions.slice(0, MOST_CITED).map(({ candidate }) => placeOf(candidate));
    return {
      verdict: "contradicted",
      citations: all,
      why: `${whose(objection.candidate)} has it otherwise: ${objection.reason}.`,
    };
  }
  return { verdict: "not_covered", citations: [], why: "No source says this or the opposite." };
}

/** The narrowest place of each document that carries the claim. */
function supportFor(claim: string, passages: readonly Passage[]): DraftCitation[] {
  const found = new Map<string, DraftCitation>();
  const wanted = matterOf(claim);
  for (const passage of passages) {
    if (found.has(passage.document.id) || found.size >= MOST_CITED) continue;
    if (shareHeld([...wanted.plain, ...wanted.named], wordsAround(passage, passage.text)) < NEAR) continue;
    const { draft, verdict } = tighten(inOwnWords(claim, passage), [passage], gateDraft);
    const [citation] = draft.citations;
    if (!verdict.supported || citation === undefined) continue;
    const quote = quoteOf(citation);
    const sentences = sentenceSpans(quote).map(({ start, end }) => matterOf(quote.slice(start, end)));
    if (Math.max(...sentences.map((own) => shareHeld(wanted.plain, own))) < SAID_TOGETHER) continue;
    if (!tellsOfGiving(claim, quote) || !isSaidBy(claim, passage, quote)) continue;
    if (shareHeld(wanted.plain, wordsAround(passage, quote)) >= SAID) found.set(passage.document.id, citation);
  }
  return [...found.values()];
}

/** The matter of a text and of its document's title. */
function wordsAround(passage: Passage, text: string): Matter {
  return matterOf(`${passage.document.title ?? ""}.
${text}`);
}

/** Verbs of giving and getting carry no matter, but somebody has to have given it. "Get in", "pay back" are other verbs. */
const GIVING = new Set("give get receive obtain gain provide supply grant hand pay deliver".split(" ").map(baseOf));
const PARTICLE = /^(?:in|to|out|up|off|back|on|over|into|by|away|rid)$/;

function tellsOfGiving(claim: string, quote: string): boolean {
  const given = (text: string): boolean => {
    const words = wordsOf(text);
    return words.some((word, at) => GIVING.has(baseOf(word.folded)) && !PARTICLE.test(words[at + 1]?.folded ?? ""));
  };
  return !given(claim) || given(quote);
}

const SAYS =
  /^(?:sa(?:id|ys?)|writes?|wrote|argue[sd]?|states?|stated|adds?|added|notes?|noted|claim(?:s|ed)?|believe[sd]?|explain(?:s|ed)|stresse[sd]|insist(?:s|ed)|maintain(?:s|ed)|conclude[sd])$/;

/** What the claim says that Lund writes, before a passage of Lund's own: there it stands without "Lund writes". */
function inOwnWords(claim: string, { document, speaker }: Passage): string {
  const [hit, ...others] = attributionsOf(claim);
  const voice = speaker ?? document.author;
  if (hit === undefined || others.length > 0 || voice === null || hit.kind !== "person") return claim;
  const leads = hit.clause.start === 0 && hit.said.start >= hit.clause.end && SAYS.test(hit.verb);
  if (!leads || hit.quoted || voice.includes(", ") || !sameName(hit.speaker, voice)) return claim;
  const said = claim.slice(hit.said.start);
  return said.charAt(0).toUpperCase() + said.slice(1);
}

/** "Lund writes that …": the place names Lund, or is Lund's own text. One of several authors has a part of the text only. */
function isSaidBy(claim: string, { document, speaker }: Passage, quote: string): boolean {
  const said = attributionsOf(claim).filter(({ kind }) => kind === "person");
  const voices = [
    ...findNames(quote).map((name) => name.text),
    ...(speaker === null ? (document.author?.split(", ") ?? []) : [speaker]),
  ];
  return said.every((hit) => voices.some((voice) => sameName(hit.speaker, voice)));
}

/** What one sentence contradicts, it and its neighbours together do not carry. */
function outweighs({ passage, start, end }: Candidate, citation: DraftCitation): boolean {
  return citation.passage.document.id === passage.document.id && citation.start < end && start < citation.end;
}

/** One sentence of the place has another figure or day for the same. */
function differsInside(claim: string, citation: DraftCitation): boolean {
  const quote = quoteOf(citation);
  const sentences = sentenceSpans(quote);
  const wanted = matterOf(claim);
  return (
    sentences.length > 1 &&
    sentences.some(({ start, end }) => {
      const text = quote.slice(start, end);
      const own = matterOf(text);
      if (shareHeld([...wanted.plain, ...wanted.named], own) < SAME_MATTER) return false;
      const { published } = citation.passage.document;
      return verifyClaim(claim, text, { context: { published } }).findings.some(
        ({ kind, about }) => kind === "contradicted" && (about === "number" || about === "date"),
      );
    })
  );
}

interface Contradiction {
  candidate: Candidate;
  reason: string;
  /** An opinion of how something went: it may dispute another view, and contradicts nothing by itself. */
  judges: boolean;
}

function contradictionsOf(claim: string, ranked: readonly RankedPassage[]): Contradiction[] {
  const statements = new Map<string, Statement>();
  const claimed = (published: string | null): Statement => {
    const known = statements.get(published ?? "") ?? readStatement(claim, published);
    statements.set(published ?? "", known);
    return known;
  };
  const found: Contradiction[] = [];
  const matter = matterOf(claim);
  const wanted = [...matter.plain, ...matter.named];
  for (const candidate of candidatesOf(ranked)) {
    const own = matterOf(candidate.text);
    if (shareHeld(wanted, own) < NEAR) continue;
    const { passage, text } = candidate;
    const { published } = passage.document;
    const around = { a: namesOf(claim), b: namesOf(`${passage.document.title ?? ""}.\n${passage.text}`) };
    const statement = readStatement(text, published);
    const conflict = conflictOf(claimed(published), statement, around);
    const outcomes = conflict?.kind === "outcome" && claimed(published).outcome?.topic === statement.outcome?.topic;
    const judges = passage.speaker === null && passage.document.genre === "opinion" && !/\d/.test(claim);
    if (judges && !outcomes) continue;
    const near = outcomes || shareHeld(matter.plain, own, true) >= SAME_MATTER;
    const reason =
      conflict === null || !near || !isPlain(conflict, claim, text)
        ? objectionTo(claim, candidate, verifyClaim(claim, text, { context: { published, title: passage.document.title } }))
        : `“${conflict.words[1]}”, not “${conflict.words[0]}”`;
    if (reason !== null) found.push({ candidate, reason, judges });
  }
  return found;
}

/** Who tells the claimed matter of the supporting place otherwise, where the claim itself is worded too differently to be compared. */
function disputesOf(claim: string, support: DraftCitation, ranked: readonly RankedPassage[]): Contradiction[] {
  const { document } = support.passage;
  const told = readStatement(quoteOf(support), document.published);
  const wanted = matterOf(claim);
  const figures = new Set(findQuantities(claim).map(({ value }) => value));
  const claimed = (word: string): boolean =>
    findQuantities(word).some(({ value }) => figures.has(value)) ||
    matterOf(word).plain.some((base) => wanted.plain.some((other) => areSynonyms(base, other) || areRelated(base, other)));
  return candidatesOf(ranked).flatMap((candidate) => {
    const { passage, text } = candidate;
    const own = matterOf(text);
    if (shareHeld([...wanted.plain, ...wanted.named], own) < NEAR) return [];
    const other = readStatement(text, passage.document.published);
    const conflict = conflictOf(told, other, {
      a: namesOf(`${document.title ?? ""}.\n${support.passage.text}`),
      b: namesOf(`${passage.document.title ?? ""}.\n${passage.text}`),
    });
    const genres = [document.genre, passage.document.genre];
    if (conflict === null || !claimed(conflict.words[0]) || isMereComment(conflict, [told, other], genres)) return [];
    return [{ candidate, reason: `“${conflict.words[1]}”, not “${conflict.words[0]}”`, judges: false }];
  });
}

const namesOf = (text: string): string[] => findNames(text).map((name) => name.text);

/** Two sentences that both deny are no denial of each other; and what differs can be named. */
function isPlain({ kind, words }: Conflict, claim: string, text: string): boolean {
  if (words.some((word) => /^(?:not)?$/.test(word.trim()))) return false;
  return kind !== "denial" || (NOT.test(claim) !== NOT.test(text) && !bothDeny(claim, text));
}

const placeOf = ({ passage, start, end }: Candidate): DraftCitation => ({ passage, start, end });

/** Neither a report nor an unlabelled text of a house: what stands there is somebody's view. */
function isView({ document, speaker }: Passage): boolean {
  return speaker !== null || (document.genre !== null && document.genre !== "report");
}

function whose({ passage }: { passage: Passage }): string {
  const { document, speaker } = passage;
  const who = [speaker ?? (isView(passage) ? document.author : null), document.publisher ?? document.title ?? "an unsigned text"];
  const when = document.published === null ? "undated" : dateInWords(document.published);
  return `${who.filter((part) => part !== null).join(", ")} (${[when, document.genre].filter((part) => part !== null).join(", ")})`;
}
