// Where the sources tell the same matter differently: each side quoted, dated and cited. It takes no side; a later report is called later
// only where it says that it brings something new. What an opinion thinks of a fact is no disagreement about the fact.
import type { Disagreement, Inquiry, Passage, Side, Span } from "../domain.ts";
import { dateInWords } from "../text/date-words.ts";
import { isMentioned } from "./about-topic.ts";
import type { Candidate } from "./candidates.ts";
import { cited, type SourceList } from "./citations.ts";
import { daysApart } from "./comparable.ts";
import type { Conflict } from "./conflict.ts";
import { attributed } from "./frame.ts";
import { opposed } from "./opposed.ts";
import { asksForOutcome, outcomeWord } from "./outcome.ts";
import { statementOf } from "./read-once.ts";
import type { Scored } from "./relevance.ts";
import type { Statement } from "./statement.ts";

export interface DisputeRequest {
  inquiry: Inquiry;
  /** Sentences of all passages at hand, best first. */
  ranked: readonly Scored[];
  /** What the answer says, the weightiest first. */
  chosen: readonly Candidate[];
  /** Whatever disagrees with a chosen sentence is asked for: a summary. */
  everyMatter?: boolean;
  /** Only what disagrees with a chosen sentence is. */
  ofChosen?: boolean;
  /** The chosen sentences are asked to be checked. */
  checking?: boolean;
}

export interface DisagreementRequest extends DisputeRequest {
  sources: SourceList;
}

interface Told extends Scored {
  statement: Statement;
  /** What it says of the matter, as written; empty where that is no single word or value. */
  word: string;
}

/** One matter and its sides, the earliest first. */
export interface Dispute {
  conflict: Conflict;
  sides: Told[];
}

/** Sentences compared: enough for some twenty passages, and few enough for a few milliseconds. */
const COMPARED = 90;
/** For a summary: all that it is chosen from, so that no side is left out. */
const COMPARED_OF_ALL = 160;
/** Sentences of the answer that are held against the others as claims are checked. */
const LOOKED_INTO = 3;
/** Beyond the answer's own sentences, those about as good are looked at for the other side. */
const NEAR_BEST = 0.8;
const MOST = 3;

export function findDisagreements({ sources, ...request }: DisagreementRequest): Disagreement[] {
  return tellDisputes(findDisputes(request), sources);
}

export function findDisputes({
  inquiry,
  ranked,
  chosen,
  everyMatter = false,
  ofChosen = false,
  checking = false,
}: DisputeRequest): Dispute[] {
  const best = ranked[0]?.score ?? 0;
  const near = ranked.slice(0, everyMatter ? COMPARED_OF_ALL : COMPARED);
  const lookedInto = chosen.slice(0, LOOKED_INTO);
  const found: Dispute[] = [];
  for (const entry of ranked) {
    const told = chosen.includes(entry.candidate);
    if (!told && (everyMatter || ofChosen || entry.score < NEAR_BEST * best || !near.includes(entry))) continue;
    for (const rival of near) {
      const conflict = opposed(
        entry.candidate,
        rival.candidate,
        lookedInto.includes(entry.candidate) ? (checking ? "check" : "told") : "glance",
      );
      if (conflict === null) continue;
      const sides = [entry, rival].map((one, at): Told => ({
        ...one,
        statement: statementOf(one.candidate),
        word: conflict.words[at] ?? "",
      }));
      found.push({ conflict, sides: byDate(sides) });
    }
  }
  return grouped(newestFirst(found))
    .filter(
      (group) => everyMatter || group.sides.some(({ candidate }) => lookedInto.includes(candidate)) || isAskedFor(group, inquiry),
    )
    .slice(0, MOST);
}

export function tellDisputes(disputes: readonly Dispute[], sources: SourceList): Disagreement[] {
  return disputes.flatMap(({ conflict, sides }) => disagreementOf(conflict, sides, sources) ?? []);
}

/** The later of two sides that brings the matter up to date or corrects the earlier one; null where that is not plain. */
export function supersedingOf({ sides }: Dispute): { earlier: Candidate; later: Candidate } | null {
  const [before, last] = sides;
  if (before === undefined || last === undefined || sides.length > 2 || !follows(before, last)) return null;
  return { earlier: before.candidate, later: last.candidate };
}

/** The later side tells of a later state of things; it corrects nothing. */
export function isUpdate({ conflict, sides }: Dispute): boolean {
  const [before, last] = sides;
  if (before === undefined || last === undefined || conflict.kind === "denial") return false;
  const { candidate, statement } = last;
  return (
    daysApart(before.statement, statement) > WEEKS && !CORRECTS.test(`${candidate.passage.document.title}.\n${candidate.text}`)
  );
}

/** What brings a matter up to date in front, the newest first; the others stay in their order. */
function newestFirst(found: readonly Dispute[]): Dispute[] {
  const day = (dispute: Dispute): string => supersedingOf(dispute)?.later.passage.document.published?.slice(0, 10) ?? "";
  return [...found].sort((a, b) => day(b).localeCompare(day(a)));
}

const byDate = (sides: readonly Told[]): Told[] =>
  [...sides].sort((a, b) => (a.statement.published ?? "").localeCompare(b.statement.published ?? ""));

/** One disagreement a matter: outcomes of one topic together, one side for each thing said; other conflicts by their kind and first sentence. */
function grouped(found: readonly Dispute[]): Dispute[] {
  const groups = new Map<string, { conflict: Conflict; sides: Map<string, Told> }>();
  for (const { conflict, sides } of found) {
    const [first, second] = sides;
    if (first === undefined || second === undefined) continue;
    const topics = conflict.kind === "outcome" && first.statement.outcome !== null && second.statement.outcome !== null;
    const key = topics
      ? `outcome ${first.statement.outcome?.topic}`
      : `${conflict.kind} ${[first, second].map(placeOf).sort().join(" ")}`;
    const group = groups.get(key) ?? { conflict, sides: new Map<string, Told>() };
    for (const side of sides) {
      const says = topics ? (side.statement.outcome?.kind ?? "") : side.word;
      const known = group.sides.get(says);
      if (known === undefined || merit(side) > merit(known)) group.sides.set(says, side);
    }
    groups.set(key, group);
  }
  const spoken = new Set<string>();
  return [...groups.values()]
    .map(({ conflict, sides }) => ({ conflict, sides: byDate([...sides.values()]) }))
    .filter(({ sides }) => {
      // one sentence takes part in one disagreement
      const places = sides.map(placeOf);
      if (places.some((place) => spoken.has(place))) return false;
      places.forEach((place) => spoken.add(place));
      return true;
    });
}

/** The question is about what the sides tell differently, not only about the same people. */
function isAskedFor({ conflict, sides }: Dispute, inquiry: Inquiry): boolean {
  if (inquiry.names.length > 0 && !inquiry.names.some((name) => isMentioned(name, sides))) return false;
  const topic = conflict.kind === "outcome" ? sides[0]?.statement.outcome?.topic : undefined;
  if (topic !== undefined && sides.every((side) => side.statement.outcome?.topic === topic))
    return asksForOutcome(inquiry.text, topic);
  const [first, second] = sides;
  if (first === undefined || second === undefined) return false;
  return inquiry.stems.some((stem) => first.candidate.stems.has(stem) && second.candidate.stems.has(stem));
}

const placeOf = (side: Told): string => `${side.candidate.passage.document.id}:${side.candidate.start}`;

/** Of several sentences for one side, the one that stands alone, is dated and nearest to the question. */
function merit({ candidate, score, statement }: Told): number {
  return score - (candidate.leans === null ? 0 : 0.2) + (statement.published === null ? 0 : 0.1) - candidate.words / 400;
}

function disagreementOf(conflict: Conflict, told: readonly Told[], sources: SourceList): Disagreement | null {
  if (told.length < 2) return null;
  const sides = told.map(({ candidate, statement }): Side => {
    const { text, citations } = cited(attributed(candidate), sources);
    return { text, citations, published: statement.published };
  });
  return { about: aboutOf(conflict, told), sides, note: noteOf(conflict, told) };
}

/** What the sides tell differently, in a few words of their own. */
function aboutOf(conflict: Conflict, sides: readonly Told[]): string {
  const [first, second] = sides;
  if (first === undefined || second === undefined) return conflict.kind;
  const topic = first.statement.outcome?.topic;
  if (conflict.kind === "outcome" && topic !== undefined && topic === second.statement.outcome?.topic) {
    const written = sides.flatMap((side) => side.statement.names.map((name) => name.text));
    const place = written.find((name) => sides.some((side) => side.candidate.text.includes(` in ${name}`)));
    return `how the ${topic}${place === undefined ? "" : ` in ${place}`} went`;
  }
  const shared = first.statement.matter.filter((word) => second.statement.matter.some((other) => other.base === word.base));
  const words = longestRun(first.candidate.text, shared);
  const what = { number: "the number", date: "the date", outcome: "what happened", denial: "whether it is so" }[conflict.kind];
  return words === "" ? what : `${what}: ${words}`;
}

/** The longest stretch of the text from shared word to shared word with nothing but small words between, at most eight words. */
function longestRun(text: string, shared: readonly Span[]): string {
  let best = "";
  shared.forEach((from, index) => {
    let end = from.end;
    for (const next of shared.slice(index + 1)) {
      if (!/^\s+(?:(?:the|a|an|of|off|in|on|at|to|for|and|from|with)\s+){0,2}$/.test(text.slice(end, next.start))) break;
      end = next.end;
    }
    const run = text.slice(from.start, end);
    if (run.length > best.length && run.split(/\s+/).length <= 8) best = run;
  });
  return best;
}

const CORRECTS = /\b(?:correct(?:s|ed|ion)|retract(?:s|ed|ion)|withdr[ae]wn?|error|mistake(?:n|nly)?|not)\b/i;
const BRINGS_NEWS =
  /\b(?:now|has since|have since|since then|later|revised|updated|correct(?:s|ed|ion)|retract(?:s|ed|ion)|withdrawn|by then|in the end|final(?:ly)?|meanwhile|no longer|rose to|risen to|raised (?:the|its))\b/i;

/** "The later report says …" only where the later one plainly brings something new; otherwise who says what, and that it is open. */
function noteOf({ kind }: Conflict, sides: readonly Told[]): string {
  const [before, last] = sides;
  const named = sides.every((side) => wordOf(side) !== "");
  if (before !== undefined && last !== undefined && sides.length === 2 && follows(before, last)) {
    return named && kind !== "denial"
      ? `The later report (${shown(last)}) says “${wordOf(last)}”; the earlier one (${shown(before)}) said “${wordOf(before)}”.`
      : `The later report (${shown(last)}) says otherwise than the earlier one (${shown(before)}).`;
  }
  return `Not settled: ${sides.map((side) => (named ? `“${wordOf(side)}” (${shown(side)})` : shown(side))).join(", ")}.`;
}

/** Two reports, the later of which says that it is news, or comes when weeks have gone by. */
function follows(before: Told, last: Told): boolean {
  const [earlier, later] = [before.statement.published, last.statement.published];
  if (earlier === null || later === null || earlier.slice(0, 10) >= later.slice(0, 10)) return false;
  if (![before, last].every(({ candidate: { passage } }) => isReport(passage))) return false;
  const { title } = last.candidate.passage.document;
  return BRINGS_NEWS.test(`${title ?? ""}.\n${last.candidate.text}`) || daysApart(before.statement, last.statement) > WEEKS;
}

/** Days after which another value is the newer one. */
const WEEKS = 30;

/** A report, or an unlabelled text of a house. */
const isReport = ({ document, speaker }: Passage): boolean =>
  document.genre === "report" || (document.genre === null && document.publisher !== null && speaker === null);

const shown = (side: Told): string => (side.statement.published === null ? "undated" : dateInWords(side.statement.published));

/** The word for it; a title that says the same is put more plainly. */
function wordOf({ candidate, statement, word }: Told): string {
  const kind = statement.outcome?.kind;
  const titled = kind === undefined ? null : outcomeWord(candidate.passage.document.title ?? "", kind);
  return titled === null ? word : titled.toLowerCase();
}
