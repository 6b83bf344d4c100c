// What is new since a day: sentences of what was published since, each held against what was published before. What was told before is left
// out; what was told otherwise stands with the value before. An opinion about a fact neither changes nor disputes it.
import { isAboutTopic } from "../../answer/about-topic.ts";
import { candidatesOf, type Candidate } from "../../answer/candidates.ts";
import { tellChecked } from "../../answer/checked-writing.ts";
import { createSourceList, numbersOf, placesOf, textOf } from "../../answer/citations.ts";
import { attributed, framed, standsAlone, voiceOf } from "../../answer/frame.ts";
import { type EmbedSentences, rankCandidates, type Scored } from "../../answer/relevance.ts";
import { sayTheSame } from "../../answer/select.ts";
import type { Dated, RankedPassage, Retrieval } from "../../domain.ts";
import type { Change, Changes } from "../../results.ts";
import { centrality } from "../summary/central.ts";
import { excerptOf, QUOTED, type WriteParts, writtenBy } from "../written-parts.ts";
import { kindOf, wasTold } from "./compare.ts";

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
/** Share of the best score that a sentence on the topic must reach. */
const WORTH = 0.45;
const MOST_TOLD_BY = 5;
/** Of what one voice that argues says that is new. */
const MOST_VIEWS = 3;
/** What ought to be, or would be if: no event and no claim about one. */
const WISH = /\b(?:must|should|ought to|needs? to|has to|have to|could|would|may|might|if|unless|can be)\b/i;

interface Found {
  candidate: Candidate;
  kind: Change["kind"];
  other: Candidate | null;
  alike: Candidate[];
}

export async function changesSince({ since, topic, fresh, before, embed, writeParts, asker }: ChangesRequest): Promise<Changes> {
  const warnings = [...fresh.warnings];
  const nothing = (warning: string): Changes => ({ since, items: [], sources: [], warnings: [...warnings, warning], ...QUOTED });
  const candidates = candidatesOf(fresh.passages);
  if (fresh.coverage.documents === 0) return nothing(`Nothing that I have read was published since ${since}.`);
  const ranked = topic === null ? byCentrality(candidates) : await rankCandidates(topic, fresh.inquiry, candidates, embed);
  if (topic !== null && !isAboutTopic(topic, fresh.inquiry, ranked))
    return nothing(`Nothing published since ${since} tells of this.`);
  const best = ranked[0]?.score ?? 0;
  const found: Found[] = [];
  const views = new Map<string, number>();
  let compared = 0;
  for (const { candidate, score } of ranked) {
    if (compared >= COMPARED || (topic !== null && score < WORTH * best)) break;
    if (candidate.leans !== null) continue;
    const voice = voiceOf(candidate.passage);
    const view = !standsAlone(candidate.passage, candidate.text);
    if (view && (views.get(voice) ?? 0) >= MOST_VIEWS && compared > COMPARED / 2) continue;
    const twin = found.find((one) => sayTheSame(one.candidate, candidate) && kindOf(one.candidate, candidate) === null);
    if (twin !== undefined) {
      if (twin.alike.length < MOST_TOLD_BY && tellers(twin).every((id) => id !== candidate.passage.document.id))
        twin.alike.push(candidate);
      continue;
    }
    compared += 1;
    const one = held(candidate, candidatesOf(await before(candidate.text)), found);
    if (one === null || found.some((known) => isOneDispute(known, one))) continue;
    if (view && one.kind === "new") {
      if (WISH.test(candidate.text) || (views.get(voice) ?? 0) >= MOST_VIEWS) continue;
      views.set(voice, (views.get(voice) ?? 0) + 1);
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
  const items = shown.map((one, at): Change => {
    const { text, before: earlier, places } = worded(one);
    const [line] = wrote?.parts[at]?.sentences ?? [];
    const now = line === undefined ? { text, citations: numbersOf(places.now, sources) } : tellChecked(line, [], sources);
    const citations = [...new Set([...now.citations, ...numbersOf(places.before, sources)])];
    return { kind: one.kind, ...now, before: earlier, citations };
  });
  return { since, items, sources: sources.list(), warnings: [...warnings, ...(wrote?.warnings ?? [])], ...writtenBy(wrote) };
}

/** Null where it was told before. */
function held(candidate: Candidate, old: readonly Candidate[], found: readonly Found[]): Found | null {
  for (const other of old) {
    const kind = kindOf(other, candidate);
    if (kind !== null) return { candidate, kind, other, alike: [] };
  }
  if (wasTold(candidate, old)) return null;
  const rival = found.find((one) => kindOf(one.candidate, candidate) !== null)?.candidate ?? null;
  return { candidate, kind: rival === null ? "new" : "disputed", other: rival, alike: [] };
}

/** The same voice against the same sentence. */
const isOneDispute = (a: Found, b: Found): boolean =>
  a.kind !== "new" &&
  a.other?.passage.id === b.other?.passage.id &&
  a.other?.start === b.other?.start &&
  voiceOf(a.candidate.passage) === voiceOf(b.candidate.passage);

const tellers = ({ candidate, alike }: Found): string[] => [candidate, ...alike].map(({ passage }) => passage.document.id);

function worded({ candidate, kind, other, alike }: Found) {
  const told = kind === "new" ? framed(candidate, []) : attributed(candidate);
  const earlier = other === null ? null : attributed(other);
  return {
    text: textOf(told),
    before: earlier === null ? null : textOf(earlier),
    places: { now: [...placesOf(told), ...alike], before: earlier === null ? [] : placesOf(earlier) },
  };
}

/** Every voice's weightiest sentence first, then every second one: what is new is seldom what all the others are about. */
function byCentrality(candidates: readonly Candidate[]): Scored[] {
  const central = centrality(candidates);
  const scored = candidates
    .map((candidate, index) => ({ candidate, score: central[index] ?? 0, coverage: 1, cosine: 0 }))
    .sort((a, b) => b.score - a.score);
  const place = new Map<Scored, number>();
  const counts = new Map<string, number>();
  for (const entry of scored) {
    const voice = voiceOf(entry.candidate.passage);
    place.set(entry, counts.get(voice) ?? 0);
    counts.set(voice, (counts.get(voice) ?? 0) + 1);
  }
  return scored.sort((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0) || b.score - a.score);
}
