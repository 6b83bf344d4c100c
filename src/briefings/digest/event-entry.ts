// One event as an entry: a model's checked sentences, or the sentences that say most of what its documents share, each cited; who else says the same
// word for word; what opinion adds; where the sides differ. Quoted, its headline is the title of the report that leads it, or of another that tells it.
import { type Candidate, candidatesOf } from "../../answer/candidates.ts";
import { tellChecked, tellInOrder, tellMatters } from "../../answer/checked-writing.ts";
import { cited, placesOf, quoteOf, type SourceList, type Statement } from "../../answer/citations.ts";
import { contradictionsOf, tellContradictions } from "../../answer/contradictions.ts";
import { framed, framedInOrder, standsAlone } from "../../answer/frame.ts";
import type { Disagreement, Passage, Sentence } from "../../domain.ts";
import type { DigestItem } from "../../results.ts";
import { dateInWords } from "../../text/date-words.ts";
import { fold } from "../../text/words.ts";
import type { PartToWrite, WrittenPart } from "../written-parts.ts";
import { isNews, knownFrom } from "./news.ts";
import { tellersOf } from "./tellers.ts";

export interface EventTexts {
  /** The first passages of each new document, the first to tell it first. */
  told: readonly (readonly Passage[])[];
  /** The same of documents that told it before. */
  earlier: readonly (readonly Passage[])[];
}

const MOST_SENTENCES = 3;
const MOST_OPINIONS = 2;
const MOST_WORDS = 95;
/** Documents of an event that a model reads, and of what was told of it before. */
const MOST_READ = 4;
const MOST_HEARD = 2;
/** Two sentences that share more of their matter say the same. */
const SAME = 0.5;
/** Sentences that are set against each other for one event. */
const COMPARED = 28;
const VIEWS = new Set(["opinion", "analysis", "interview"]);

/** What a document says of its own earlier version is no news of the event; corrections are told apart. */
const ABOUT_ITSELF = /^(?:corrections?|clarification|editor['’]?s['’]? note|erratum)\b[^.]{0,40}?[:(—–]/i;

interface Weighed {
  candidate: Candidate;
  weight: number;
}

/** What an entry can be made of. */
export interface EntryDraft extends EventTexts {
  /** Sentences that are news, best first: of reports, or of views where nothing else tells it. */
  ranked: readonly Weighed[];
  chosen: readonly Candidate[];
  /** Of texts with a voice of their own; empty where they are all that tells it. */
  views: readonly Weighed[];
}

/** Null where the event was told before and nothing is news. */
export function draftOf({ told, earlier }: EventTexts): EntryDraft | null {
  const candidates = told.map((passages) => sentencesOf(passages));
  const all = candidates.flat();
  const before = earlier.flat();
  const known =
    before.length === 0 ? null : knownFrom(before.map((passage) => `${passage.document.title ?? ""}\n${passage.text}`));
  const news = known === null ? all : all.filter(({ text }) => isNews(text, known));
  const views = news.filter(({ passage }) => VIEWS.has(passage.document.genre ?? "") || passage.speaker !== null);
  const reports = news.filter((candidate) => !views.includes(candidate));
  const ranked = rank(reports.length > 0 ? reports : views, candidates);
  const chosen = choose(ranked, MOST_SENTENCES);
  if (chosen.length === 0) return null;
  return { told, earlier, ranked, chosen, views: reports.length > 0 ? rank(views, candidates) : [] };
}

/** What a model reads of an event: the beginnings of its first documents, then what readers know. */
export function partOf({ told, earlier }: EntryDraft): PartToWrite {
  const heard = earlier.slice(-MOST_HEARD).flatMap((passages) => passages.slice(0, 1));
  const fresh = told.slice(0, MOST_READ).flatMap((passages) => passages.slice(0, 2));
  return { passages: [...fresh, ...heard], known: heard.length };
}

/** `written`: what a model wrote of it. */
export function entryOf(draft: EntryDraft, written: WrittenPart | null, sources: SourceList): DigestItem {
  const { told, earlier, ranked, chosen, views } = draft;
  const all = told.flatMap((passages) => sentencesOf(passages));
  const headline = written?.headline ? tellChecked(written.headline, [], sources) : null;
  const sentences =
    written === null
      ? framedInOrder(chosen).map((statement) => cited(withCopies(statement, all), sources))
      : tellInOrder(written.sentences, sources);
  const opinions = opinionsOf(views, chosen, sources);
  const documents = told.flatMap(([first]) => (first === undefined ? [] : [first.document]));
  const disagreements =
    written !== null
      ? tellMatters(written.matters, sources)
      : told.length + earlier.length < 2
        ? []
        : disputes([...ranked, ...views], earlier.flat(), chosen, sources);
  return {
    headline: headline === null ? headlineOf(chosen[0] as Candidate, chosen) : headline.text.replace(/\.$/, ""),
    ...(headline === null ? {} : { headline_citations: headline.citations }),
    sentences,
    ...tellersOf(told, { sentences, opinions, disagreements }, sources),
    documents: documents.map(({ id }) => id),
    earlier: null,
    disagreements,
    opinions,
  };
}

/** An event of which no sentence can be quoted keeps its place under what its first document begins with. */
function sentencesOf(passages: readonly Passage[]): Candidate[] {
  const all = candidatesOf(passages.map((passage, at) => ({ passage, score: 1 / (at + 1), cosine: null, lexical: null })));
  return all.filter(({ text }) => !ABOUT_ITSELF.test(text));
}

/** Matter that several documents share weighs most, then the place in the text. */
function rank(candidates: readonly Candidate[], byDocument: readonly (readonly Candidate[])[]): Weighed[] {
  const holding = new Map<string, number>();
  for (const one of byDocument)
    for (const stem of new Set(one.flatMap(({ stems }) => [...stems]))) holding.set(stem, (holding.get(stem) ?? 0) + 1);
  const most = byDocument.length;
  return candidates
    .map((candidate) => {
      const shared = [...candidate.stems].reduce((sum, stem) => sum + (holding.get(stem) ?? 0) / most, 0);
      const place = candidate.rank === 0 ? Math.max(0, 0.5 - 0.12 * candidate.position) : -0.2;
      const weight =
        shared / Math.max(6, candidate.stems.size) +
        place -
        (candidate.leans === null ? 0 : candidate.leans === "missing" ? 0.8 : 0.35) -
        (candidate.words > 45 ? 0.2 : 0) -
        (candidate.words < 8 ? 0.15 : 0);
      return { candidate, weight };
    })
    .sort((a, b) => b.weight - a.weight);
}

function choose(ranked: readonly Weighed[], most: number): Candidate[] {
  const chosen: Candidate[] = [];
  let words = 0;
  for (const { candidate } of ranked) {
    if (chosen.length >= most) break;
    if (candidate.leans !== null && chosen.length === 0 && ranked.some((other) => other.candidate.leans === null)) continue;
    // what leans on a sentence stands behind that sentence or not at all
    if (candidate.leans !== null && chosen.length > 0 && candidate.leans !== chosen.at(-1)) continue;
    if (chosen.length > 0 && words + candidate.words > MOST_WORDS) continue;
    if (chosen.some((other) => overlap(candidate, other) > SAME)) continue;
    chosen.push(candidate);
    words += candidate.words;
  }
  return chosen;
}

function overlap(a: Candidate, b: Candidate): number {
  let same = 0;
  for (const stem of a.stems) if (b.stems.has(stem)) same += 1;
  return same / Math.max(1, Math.min(a.stems.size, b.stems.size));
}

/** The same sentence in another document is cited beside it. */
function withCopies(statement: Statement, all: readonly Candidate[]): Statement {
  const [first] = placesOf(statement);
  if (first === undefined) return statement;
  const words = folded(quoteOf(first));
  const seen = new Set([first.passage.document.id]);
  const copies = all.filter(({ passage, text }) => {
    if (seen.has(passage.document.id) || folded(text) !== words) return false;
    seen.add(passage.document.id);
    return true;
  });
  return { ...statement, beside: copies };
}

const folded = (text: string): string => fold(text).replace(/\s+/g, " ").trim();

/** The title of the leading report, else of another; a voice is not left off, as what an opinion says is no fact. Without a title who tells it, and when. */
function headlineOf(lead: Candidate, chosen: readonly Candidate[]): string {
  const titled = [lead, ...chosen].find(({ passage }) => passage.document.title !== null) ?? lead;
  const { document, speaker } = titled.passage;
  const who = speaker ?? document.author ?? document.publisher;
  if (document.title === null)
    return `${document.publisher ?? who ?? document.path ?? "Untitled"}${document.published === null ? "" : `, ${dateInWords(document.published)}`}`;
  if (standsAlone(titled.passage, titled.text)) return document.title;
  const genre = document.genre ?? "text";
  return who === null ? `Unsigned ${genre}: “${document.title}”` : `${who} (${genre}): “${document.title}”`;
}

/** What an opinion tells of the event itself is no opinion of it, and has been told. */
function opinionsOf(ranked: readonly Weighed[], told: readonly Candidate[], sources: SourceList): Sentence[] {
  const voices = new Set<string>();
  const apart = ranked.filter(({ candidate }) => {
    const { passage, leans } = candidate;
    if (told.some((other) => overlap(candidate, other) > SAME)) return false;
    const voice = `${passage.document.id} ${passage.speaker}`;
    if (leans !== null || voices.has(voice)) return false;
    voices.add(voice);
    return true;
  });
  return choose(apart, MOST_OPINIONS).map((candidate) => cited(framed(candidate, []), sources));
}

function disputes(
  ranked: readonly Weighed[],
  before: readonly Passage[],
  chosen: readonly Candidate[],
  sources: SourceList,
): Disagreement[] {
  // what only the earlier texts tell differently was told with them: they are looked at as the other side alone
  const old = sentencesOf(before).slice(0, COMPARED / 2);
  const own = ranked.slice(0, COMPARED).map(({ candidate }) => candidate);
  return tellContradictions(contradictionsOf([...new Set([...chosen, ...own])], [...own, ...old]), sources);
}
