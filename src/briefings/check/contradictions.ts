// Sentences that tell the claimed matter otherwise: held against the claim itself, or against the place that supports it.
import { type Candidate, candidatesOf } from "../../answer/candidates.ts";
import { quoteOf } from "../../answer/citations.ts";
import { type Conflict, type ConflictKind, conflictOf, isMereComment } from "../../answer/conflict.ts";
import type { DraftCitation } from "../../answer/draft.ts";
import type { Finding } from "../../answer/gate/finding.ts";
import { verifyClaim } from "../../answer/gate/verify-claim.ts";
import { namesAround, statementOf } from "../../answer/read-once.ts";
import { readStatement, type Statement } from "../../answer/statement.ts";
import type { RankedPassage } from "../../domain.ts";
import { findNames } from "../../text/names.ts";
import { findQuantities } from "../../text/numbers.ts";
import { areRelated, areSynonyms } from "../../text/synonyms.ts";
import { matterOf, NEAR, SAME_MATTER, shareHeld } from "./matter.ts";
import { bothDeny, introduced, NOT, objectionTo } from "./objection.ts";

export interface Contradiction {
  candidate: Candidate;
  reason: string;
  /** Empty words where what differs is more than a word or value. */
  conflict: Conflict;
  /** An opinion of how something went: it may dispute another view, and contradicts nothing by itself. */
  judges: boolean;
}

export function contradictionsOf(claim: string, ranked: readonly RankedPassage[]): Contradiction[] {
  const held = heldAgainst(claim);
  return candidatesOf(ranked).flatMap((candidate) => held(candidate) ?? []);
}

/** The claim, read once, to be held against one sentence after another: null where that one leaves it alone. */
export function heldAgainst(claim: string): (candidate: Candidate) => Contradiction | null {
  const statements = new Map<string, Statement>();
  const claimed = (published: string | null): Statement => {
    const known = statements.get(published ?? "") ?? readStatement(claim, published);
    statements.set(published ?? "", known);
    return known;
  };
  const matter = matterOf(claim);
  const wanted = [...matter.plain, ...matter.named];
  const names = namesOf(claim);
  return (candidate) => {
    const own = matterOf(candidate.text);
    if (shareHeld(wanted, own) < NEAR) return null;
    const { passage, text } = candidate;
    const { published } = passage.document;
    const around = { a: names, b: namesAround(candidate) };
    const statement = statementOf(candidate);
    const conflict = conflictOf(claimed(published), statement, around);
    const outcomes = conflict?.kind === "outcome" && claimed(published).outcome?.topic === statement.outcome?.topic;
    const judges = passage.speaker === null && passage.document.genre === "opinion" && !/\d/.test(claim);
    if (judges && !outcomes) return null;
    const near = outcomes || shareHeld(matter.plain, own, true) >= SAME_MATTER;
    if (conflict !== null && near && isPlain(conflict, claim, text))
      return { candidate, reason: `“${conflict.words[1]}”, not “${conflict.words[0]}”`, conflict, judges };
    const objection = objectionTo(
      claim,
      candidate,
      verifyClaim(claim, text, { context: { published, title: [passage.document.title, ...introduced(candidate)].join(" ; ") } }),
    );
    if (objection === null) return null;
    return {
      candidate,
      reason: objection.reason,
      conflict: { kind: kindOf(objection), words: objection.words ?? ["", ""] },
      judges,
    };
  };
}

function kindOf({ about }: Finding): ConflictKind {
  return about === "number" || about === "date" || about === "outcome" ? about : "denial";
}

/** Who tells the claimed matter of the supporting place otherwise, where the claim itself is worded too differently to be compared. */
export function disputesOf(claim: string, support: DraftCitation, ranked: readonly RankedPassage[]): Contradiction[] {
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
    const other = statementOf(candidate);
    const conflict = conflictOf(told, other, {
      a: namesAround(support),
      b: namesAround(candidate),
    });
    const genres = [document.genre, passage.document.genre];
    if (conflict === null || !claimed(conflict.words[0]) || isMereComment(conflict, [told, other], genres)) return [];
    return [{ candidate, reason: `“${conflict.words[1]}”, not “${conflict.words[0]}”`, conflict, judges: false }];
  });
}

const namesOf = (text: string): string[] => findNames(text).map((name) => name.text);

/** Two sentences that both deny are no denial of each other; and what differs can be named. */
function isPlain({ kind, words }: Conflict, claim: string, text: string): boolean {
  if (words.some((word) => /^(?:not)?$/.test(word.trim()))) return false;
  return kind !== "denial" || (NOT.test(claim) !== NOT.test(text) && !bothDeny(claim, text));
}
