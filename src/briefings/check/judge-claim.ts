// One claim against ranked passages: supported, contradicted or not covered, with the places that say so. Not covered is the rule where
// the sources are silent or speak of something near; contradicted needs a sentence about the same matter that cannot be true together with it.
import type { Candidate } from "../../answer/candidates.ts";
import type { DraftCitation } from "../../answer/draft.ts";
import { voiceOf } from "../../answer/frame.ts";
import type { RankedPassage } from "../../domain.ts";
import { contradictionsOf, disputesOf } from "./contradictions.ts";
import { isSaidBy, supportFor } from "./support.ts";
import { changeOf, differing, isView, whose, whoSaysSo } from "./wording.ts";

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
export function judgeClaim(claim: string, ranked: readonly RankedPassage[]): Judged {
  const passages = ranked.slice(0, READ);
  const against = contradictionsOf(claim, passages);
  const support = supportFor(
    claim,
    passages.map(({ passage }) => passage),
  ).filter((citation) => !against.some(({ candidate }) => outweighs(candidate, citation)));
  const [first] = support;
  if (first !== undefined) {
    const told = new Set(support.map(({ passage }) => voiceOf(passage)));
    const reported = support.some(({ passage }) => !isView(passage));
    const [dispute] = [...against, ...disputesOf(claim, first, passages)].filter(
      ({ candidate, judges }) =>
        isSaidBy(claim, candidate.passage, candidate.text) && !told.has(voiceOf(candidate.passage)) && !(judges && reported),
    );
    const change = dispute === undefined ? null : changeOf(claim, first, dispute);
    const other = dispute === undefined ? [] : [change ?? `Disputed by ${whose(dispute.candidate)}: ${differing(dispute)}.`];
    const why = [whoSaysSo(claim, support), ...other].join(" ");
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
      why: `${whose(objection.candidate)} has it otherwise: ${differing(objection)}.`,
    };
  }
  return { verdict: "not_covered", citations: [], why: "No source says this or the opposite." };
}

/** What one sentence contradicts, it and its neighbours together do not carry. */
function outweighs({ passage, start, end }: Candidate, citation: DraftCitation): boolean {
  return citation.passage.document.id === passage.document.id && citation.start < end && start < citation.end;
}

const placeOf = ({ passage, start, end }: Candidate): DraftCitation => ({ passage, start, end });
