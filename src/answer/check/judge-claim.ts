// One claim against ranked passages: supported, contradicted or not covered, with the places that say so. Not covered is the rule where
// the sources are silent or speak of something near; contradicted needs a sentence about the same matter that cannot be true together with it.
import type { Passage, RankedPassage } from "../../domain.ts";
import { dateInWords } from "../../language/date-words.ts";
import { findNames } from "../../language/names.ts";
import { candidatesOf, type Candidate } from "../candidates.ts";
import { gateDraft } from "../compose.ts";
import { type Conflict, conflictOf } from "../conflict.ts";
import type { DraftCitation } from "../draft.ts";
import { verifyClaim } from "../gate/verify-claim.ts";
import { quoteOf } from "../sources.ts";
import { readStatement, type Statement } from "../statement.ts";
import { tighten } from "../tighten.ts";
import { matterOf, shareHeld } from "./matter.ts";
import { NOT, objectionTo } from "./objection.ts";

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
/** Less in common than this, and a passage or sentence is not looked at. */
const NEAR = 0.34;

export function judgeClaim(claim: string, ranked: readonly RankedPassage[]): Judged {
  const read = ranked.slice(0, READ);
  const support = supportFor(
    claim,
    read.map(({ passage }) => passage),
  );
  const against = contradictionsOf(claim, read);
  const [first] = support;
  if (first !== undefined) {
    const dispute = against.filter(
      ({ candidate }) => !support.some(({ passage }) => passage.document.id === candidate.passage.document.id),
    );
    const views = support.every(({ passage }) => isView(passage));
    const why = [
      views ? `Said as a view: ${support.map(whose).join("; ")}.` : `Stands in ${support.map(whose).join("; ")}.`,
      ...dispute.slice(0, 1).map(({ candidate, reason }) => `Disputed by ${whose(candidate)}: ${reason}.`),
    ].join(" ");
    return {
      verdict: "supported",
      citations: [...support, ...dispute.slice(0, 1).map(({ candidate }) => placeOf(candidate))],
      why,
    };
  }
  const [objection] = against;
  if (objection !== undefined) {
    const all = against.slice(0, MOST_CITED).map(({ candidate }) => placeOf(candidate));
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
    const { draft, verdict } = tighten(claim, [passage], gateDraft);
    const [citation] = draft.citations;
    if (!verdict.supported || citation === undefined) continue;
    if (shareHeld(wanted.plain, wordsAround(passage, quoteOf(citation))) >= SAID) found.set(passage.document.id, citation);
  }
  return [...found.values()];
}

/** Bases of the words of a text and of its document's title. */
function wordsAround(passage: Passage, text: string): string[] {
  const { plain, named } = matterOf(`${passage.document.title ?? ""}.\n${text}`);
  return [...plain, ...named];
}

interface Contradiction {
  candidate: Candidate;
  reason: string;
}

function contradictionsOf(claim: string, ranked: readonly RankedPassage[]): Contradiction[] {
  const statements = new Map<string, Statement>();
  const claimed = (published: string | null): Statement => {
    const known = statements.get(published ?? "") ?? readStatement(claim, published);
    statements.set(published ?? "", known);
    return known;
  };
  const namesOf = (text: string): string[] => findNames(text).map((name) => name.text);
  const found: Contradiction[] = [];
  const matter = matterOf(claim);
  const wanted = [...matter.plain, ...matter.named];
  for (const candidate of candidatesOf(ranked)) {
    const own = matterOf(candidate.text);
    if (shareHeld(wanted, [...own.plain, ...own.named]) < NEAR) continue;
    const { passage, text } = candidate;
    if (isView(passage) && passage.speaker === null && passage.document.genre === "opinion" && !/\d/.test(claim)) continue;
    const { published } = passage.document;
    const around = { a: namesOf(claim), b: namesOf(`${passage.document.title ?? ""}.\n${passage.text}`) };
    const conflict = conflictOf(claimed(published), readStatement(text, published), around);
    const reason =
      conflict === null || !isPlain(conflict, claim, text)
        ? objectionTo(claim, candidate, verifyClaim(claim, text, { context: { published, title: passage.document.title } }))
        : `“${conflict.words[1]}”, not “${conflict.words[0]}”`;
    if (reason !== null) found.push({ candidate, reason });
  }
  return found;
}

/** Two sentences that both deny are no denial of each other; and what differs can be named. */
function isPlain({ kind, words }: Conflict, claim: string, text: string): boolean {
  if (words.some((word) => /^(?:not)?$/.test(word.trim()))) return false;
  return kind !== "denial" || NOT.test(claim) !== NOT.test(text);
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
