// Where the sources tell the same matter differently: each side quoted, dated and cited. It takes no side; a later report is called later
// only where it says that it brings something new. What an opinion thinks of a fact is no disagreement about the fact.
import type { Disagreement, Inquiry, Side, Span } from "../domain.ts";
import { dateInWords } from "../language/date-words.ts";
import { findNames } from "../language/names.ts";
import type { Candidate } from "./candidates.ts";
import { type Conflict, conflictOf, isMereComment } from "./conflict.ts";
import type { VerifyDraft } from "./draft.ts";
import { excerptAround } from "./excerpt.ts";
import { attributed, voiceOf } from "./frame.ts";
import { asksForOutcome, type Outcome, outcomeOf, outcomeWord } from "./outcome.ts";
import { createRecent } from "./recent.ts";
import type { Scored } from "./relevance.ts";
import type { SourceList } from "./sources.ts";
import { readStatement, type Statement } from "./statement.ts";

export interface DisagreementRequest {
  inquiry: Inquiry;
  /** Sentences of all passages at hand, best first. */
  ranked: readonly Scored[];
  /** What the answer says. */
  chosen: readonly Candidate[];
  gate: VerifyDraft;
  sources: SourceList;
  /** Whatever disagrees with a chosen sentence is asked for: a summary. */
  everyMatter?: boolean;
}

interface Told extends Scored {
  statement: Statement;
  /** What it says of the matter, as written. */
  word: string;
}

/** Sentences compared: enough for some twenty passages, and few enough for a few milliseconds. */
const COMPARED = 90;
/** For a summary: all that it is chosen from, so that no side is left out. */
const COMPARED_OF_ALL = 160;
/** Beyond the answer's own sentences, those about as good are looked at for the other side. */
const NEAR_BEST = 0.8;
const MOST = 3;
const LEAST_SHARED = 3;

const statements = createRecent<Statement>(3000);
const outcomes = createRecent<Outcome | null>(6000);
const names = createRecent<string[]>(2000);

export function findDisagreements({
  inquiry,
  ranked,
  chosen,
  gate,
  sources,
  everyMatter = false,
}: DisagreementRequest): Disagreement[] {
  const best = ranked[0]?.score ?? 0;
  const near = ranked.slice(0, everyMatter ? COMPARED_OF_ALL : COMPARED);
  const read = (entry: Scored): Told => {
    const { text, passage } = entry.candidate;
    const { published } = passage.document;
    return { ...entry, statement: statements(`${published}\n${text}`, () => readStatement(text, published)), word: "" };
  };
  const found: { conflict: Conflict; sides: Told[] }[] = [];
  for (const entry of near) {
    if (!chosen.includes(entry.candidate) && (everyMatter || entry.score < NEAR_BEST * best)) continue;
    for (const rival of near) {
      if (voiceOf(entry.candidate.passage) === voiceOf(rival.candidate.passage) || !mayMeet(entry.candidate, rival.candidate))
        continue;
      const [one, other] = [read(entry), read(rival)];
      const around = { a: surroundings(one.candidate), b: surroundings(other.candidate) };
      const conflict = conflictOf(one.statement, other.statement, around);
      const genres = [entry, rival].map(({ candidate }) => candidate.passage.document.genre);
      if (conflict !== null && !isMereComment(conflict, [one.statement, other.statement], genres)) {
        const sides = [
          { ...one, word: conflict.words[0] },
          { ...other, word: conflict.words[1] },
        ];
        found.push({ conflict, sides });
      }
    }
  }
  return grouped(found)
    .filter((group) => everyMatter || isAskedFor(group, inquiry))
    .slice(0, MOST)
    .flatMap(({ conflict, sides }) => disagreementOf(conflict, sides, gate, sources) ?? []);
}

/** Cheap test in front of the comparison: two outcomes, or some matter in common. */
function mayMeet(a: Candidate, b: Candidate): boolean {
  let shared = 0;
  for (const stem of a.stems) if (b.stems.has(stem)) shared += 1;
  return (
    shared >= LEAST_SHARED ||
    (outcomes(a.text, () => outcomeOf(a.text)) !== null && outcomes(b.text, () => outcomeOf(b.text)) !== null)
  );
}

/** Names in a passage and its title. */
function surroundings({ passage }: Candidate): string[] {
  const text = `${passage.document.title ?? ""}.\n${passage.text}`;
  return names(text, () => [...new Set(findNames(text).map((name) => name.text))]);
}

/** One disagreement a matter: outcomes of one topic together, one side for each thing said; other conflicts by their kind and first sentence. */
function grouped(found: readonly { conflict: Conflict; sides: Told[] }[]): { conflict: Conflict; sides: Told[] }[] {
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
    .map(({ conflict, sides }) => ({ conflict, sides: [...sides.values()] }))
    .filter(({ sides }) => {
      // one sentence takes part in one disagreement
      const places = sides.map(placeOf);
      if (places.some((place) => spoken.has(place))) return false;
      places.forEach((place) => spoken.add(place));
      return true;
    });
}

/** The question is about what the sides tell differently, not only about the same people. */
function isAskedFor({ conflict, sides }: { conflict: Conflict; sides: Told[] }, inquiry: Inquiry): boolean {
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

function disagreementOf(conflict: Conflict, told: readonly Told[], gate: VerifyDraft, sources: SourceList): Disagreement | null {
  const sorted = [...told].sort((a, b) => (a.statement.published ?? "").localeCompare(b.statement.published ?? ""));
  const kept: Told[] = [];
  const sides: Side[] = [];
  for (const side of sorted) {
    const { passage, start, end } = side.candidate;
    const draft = attributed(passage, start, end, saidOfIt(side, conflict.kind, told));
    if (!gate(draft).supported) continue;
    kept.push(side);
    sides.push({
      text: draft.text,
      citations: draft.citations.map((citation) => sources.cite(citation)),
      published: side.statement.published,
    });
  }
  return sides.length < 2 ? null : { about: aboutOf(conflict, kept), sides, note: noteOf(kept) };
}

/** The clause of a long sentence that differs, where it still says so on its own. */
function saidOfIt({ candidate, statement, word }: Told, kind: Conflict["kind"], told: readonly Told[]): string {
  const { text } = candidate;
  const differs = word.replace(/^not /, "");
  const at = text.indexOf(differs);
  if (at === -1) return text;
  const { start, end } = excerptAround(text, at, at + differs.length);
  const part = text.slice(start, end);
  const alone = readStatement(part, statement.published);
  const around = surroundings(candidate);
  const holds = told.some(
    (other) =>
      other.candidate !== candidate &&
      conflictOf(alone, other.statement, { a: around, b: surroundings(other.candidate) })?.kind === kind,
  );
  return holds ? part : text;
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

const BRINGS_NEWS =
  /\b(?:now|has since|have since|since then|later|revised|updated|corrected|by then|in the end|final(?:ly)?|meanwhile|no longer|rose to|risen to|raised (?:the|its))\b/i;

/** "The later report says …" only for two reports of which the later one says that it is news; otherwise who says what, and that it is open. */
function noteOf(sides: readonly Told[]): string {
  const last = sides.at(-1);
  const before = sides.at(-2);
  const reports = sides.every((side) => side.candidate.passage.document.genre === "report");
  if (last !== undefined && before !== undefined && sides.length === 2 && reports && follows(before, last)) {
    return `The later report (${shown(last)}) says “${wordOf(last)}”; the earlier one (${shown(before)}) said “${wordOf(before)}”.`;
  }
  return `Not settled: ${sides.map((side) => `“${wordOf(side)}” (${shown(side)})`).join(", ")}.`;
}

function follows(before: Told, last: Told): boolean {
  const [earlier, later] = [before.statement.published, last.statement.published];
  return earlier !== null && later !== null && earlier.slice(0, 10) < later.slice(0, 10) && BRINGS_NEWS.test(last.candidate.text);
}

const shown = (side: Told): string => (side.statement.published === null ? "undated" : dateInWords(side.statement.published));

/** The word for it; a title that says the same is put more plainly. */
function wordOf({ candidate, statement, word }: Told): string {
  const kind = statement.outcome?.kind;
  const titled = kind === undefined ? null : outcomeWord(candidate.passage.document.title ?? "", kind);
  return titled === null ? word : titled.toLowerCase();
}
