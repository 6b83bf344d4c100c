// What is new since a day: sentences of what was published since, each held against what was published before. What was told before is left
// out; what was told otherwise stands with the value before. An opinion about a fact neither changes nor disputes it.
import { candidatesOf, type Candidate } from "../answer/candidates.ts";
import { tellChecked } from "../answer/checked-writing.ts";
import { createSourceList, numbersOf, placesOf, textOf } from "../answer/citations.ts";
import { BRINGS_NEWS, conflictOf } from "../answer/contradictions.ts";
import { attributed, framed, voiceOf } from "../answer/frame.ts";
import type { EmbedSentences } from "../answer/relevance.ts";
import { sayTheSame } from "../answer/select.ts";
import type { Dated, RankedPassage, Retrieval } from "../domain.ts";
import type { Change, Changes } from "../results.ts";
import { modalityOf } from "../text/negation.ts";
import { carries } from "../verify/carries.ts";
import { citedFrom } from "../verify/cited-text.ts";
import { chooseSentences, needsVoice, type Chosen, sentencesOn } from "./choose-sentences.ts";
import { excerptOf, QUOTED, type WriteParts, writtenBy } from "./written-parts.ts";

export interface ChangesRequest {
  since: Dated;
  topic: string | null;
  /** What was published since. */
  fresh: Retrieval;
  /** Passages from before that are nearest to a sentence. */
  before: (sentence: string) => Promise<readonly RankedPassage[]>;
  embed: EmbedSentences;
  /** Writes what is told now with a language model; without it all is made of quotations. */
  writeParts?: WriteParts | undefined;
  asker?: string | undefined;
}

/** Sentences held against what was before: each costs a search. */
const COMPARED = 40;
const MOST_ITEMS = 20;
/** Of what one voice that argues says that is new. */
const MOST_VIEWS = 3;

interface Found extends Chosen {
  kind: Change["kind"];
  other: Candidate | null;
}

export async function changesSince({ since, topic, fresh, before, embed, writeParts, asker }: ChangesRequest): Promise<Changes> {
  const warnings = [...fresh.warnings];
  const nothing = (warning: string): Changes => ({ since, items: [], sources: [], warnings: [...warnings, warning], ...QUOTED });
  if (fresh.coverage.documents === 0) return nothing(`Nothing that I have read was published since ${since}.`);
  const { ranked } = await sentencesOn(topic, fresh, embed);
  if (topic !== null && ranked.length === 0) return nothing(`Nothing published since ${since} tells of this.`);
  const found: Found[] = [];
  // what is new is seldom what all the others are about
  const choice = { sentences: COMPARED, words: Infinity, ...(topic === null ? { worth: -1 } : {}) };
  for (const chosen of chooseSentences(ranked, choice)) {
    const one = held(chosen, candidatesOf(await before(chosen.candidate.text)), found);
    if (one === null || found.some((known) => isOneDispute(known, one))) continue;
    if (one.kind === "new" && needsVoice(one)) {
      // what ought to be, or would be if, is no event and no claim about one
      if (modalityOf(one.candidate.text) === "possible") continue;
      if (found.filter((known) => needsVoice(known) && sameVoice(known, one)).length >= MOST_VIEWS) continue;
    }
    found.push(one);
  }
  const sources = createSourceList();
  const weight = { changed: 0, disputed: 1, new: 2 };
  found.sort((a, b) => weight[a.kind] - weight[b.kind]);
  const shown = found.slice(0, MOST_ITEMS);
  if (shown.length === 0) return nothing(`What was published since ${since} was told before.`);
  const parts = shown.map(({ candidate, alike, other }) => ({
    passages: [candidate, ...alike.slice(0, 2), ...(other === null ? [] : [other])].map(excerptOf),
    known: other === null ? 0 : 1,
  }));
  const wrote = await writeParts?.({ kind: "Changes", parts, topic, asOf: fresh.filter.asOf, asker });
  const items = shown.map(({ candidate, alike, kind, other }, at): Change => {
    const told = kind === "new" ? framed(candidate, []) : attributed(candidate);
    const earlier = other === null ? null : attributed(other);
    const [line] = wrote?.parts[at]?.sentences ?? [];
    const now =
      line === undefined
        ? { text: textOf(told), citations: numbersOf([...placesOf(told), ...alike], sources) }
        : tellChecked(line, [], sources);
    const citations = [...new Set([...now.citations, ...(earlier === null ? [] : numbersOf(placesOf(earlier), sources))])];
    return { kind, ...now, before: earlier === null ? null : textOf(earlier), citations };
  });
  return { since, items, sources: sources.list(), warnings: [...warnings, ...(wrote?.warnings ?? [])], ...writtenBy(wrote) };
}

/** Null where it was told before. */
function held(chosen: Chosen, old: readonly Candidate[], found: readonly Found[]): Found | null {
  const { candidate } = chosen;
  for (const other of old) {
    const kind = kindOf(other, candidate);
    if (kind !== null) return { ...chosen, kind, other };
  }
  if (old.some((other) => sayTheSame(other, candidate) || carries(candidate.text, citedFrom(other.passage, other.text))))
    return null;
  const rival = found.find((one) => kindOf(one.candidate, candidate) !== null)?.candidate ?? null;
  return { ...chosen, kind: rival === null ? "new" : "disputed", other: rival };
}

/** An ending that is told as done: "the strike has ended". */
const DONE = /\b(?:has|have)\b/i;

/** Whether the later one changes or disputes what the earlier one told; null where the two may both be right. */
function kindOf(earlier: Candidate, later: Candidate): "changed" | "disputed" | null {
  const conflict = conflictOf(earlier, later);
  if (conflict === null) return null;
  const [a, b] = [earlier.passage.document, later.passage.document];
  const follows = a.published !== null && b.published !== null && a.published.slice(0, 10) < b.published.slice(0, 10);
  const reports = [earlier, later].every(({ passage }) => passage.document.genre === "report" && passage.speaker === null);
  if (!follows || !reports || conflict.kind === "denial") return "disputed";
  return conflict.kind === "outcome" && !BRINGS_NEWS.test(later.text) && !DONE.test(later.text) ? "disputed" : "changed";
}

/** The same voice against the same sentence. */
const isOneDispute = (a: Found, b: Found): boolean =>
  a.kind !== "new" && a.other?.passage.id === b.other?.passage.id && a.other?.start === b.other?.start && sameVoice(a, b);

const sameVoice = (a: Found, b: Found): boolean => voiceOf(a.candidate.passage) === voiceOf(b.candidate.passage);
