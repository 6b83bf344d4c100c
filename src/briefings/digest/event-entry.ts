// One event as an entry: a model's checked sentences, or the sentences that say most of what its documents share, each cited; which outlets stand behind
// them; what opinion adds; where the sides differ. Quoted, its headline is the title of the report that leads it, or of another that tells it.
import { type Candidate, candidatesOf } from "../../answer/candidates.ts";
import { tellChecked, tellInOrder, tellMatters } from "../../answer/checked-writing.ts";
import { cited, type SourceList } from "../../answer/citations.ts";
import { contradictionsOf, tellContradictions } from "../../answer/contradictions.ts";
import { framed, isView, publisherOf, standsAlone, voiceOf } from "../../answer/frame.ts";
import type { Scored } from "../../answer/relevance.ts";
import type { Passage } from "../../domain.ts";
import type { DigestItem } from "../../results.ts";
import { dateInWords } from "../../text/date-words.ts";
import { findNames } from "../../text/names.ts";
import { baseOf, fold } from "../../text/words.ts";
import { carries } from "../../verify/carries.ts";
import { citedFrom } from "../../verify/cited-text.ts";
import { chooseSentences, type Chosen, matterOf, overlap, statementsOf, weighSentences } from "../choose-sentences.ts";
import type { PartToWrite, WrittenPart } from "../written-parts.ts";

export interface EventTexts {
  /** The first passages of each new document, the first to tell it first. */
  told: readonly (readonly Passage[])[];
  /** The same of documents that told it before. */
  earlier: readonly (readonly Passage[])[];
}

const TOLD = { sentences: 3, words: 95 };
const OPINIONS = { sentences: 2, words: 95 };
/** Documents of an event that a model reads, and of what was told of it before. */
const MOST_READ = 4;
const MOST_HEARD = 2;
/** An opinion that shares more of its matter with what was told of the event adds nothing. */
const SAME = 0.5;
/** Share of a sentence's matter that was not said before, from which it is news; where a number or name is among it, less is enough. */
const NEW = { matter: 0.5, fact: 0.25 };
/** Sentences that are set against each other for one event. */
const COMPARED = 28;

/** What a document says of its own earlier version is no news of the event; corrections are told apart. */
const ABOUT_ITSELF = /^(?:corrections?|clarification|editor['’]?s['’]? note|erratum)\b[^.]{0,40}?[:(—–]/i;

/** What an entry can be made of. */
export interface EntryDraft extends EventTexts {
  /** Sentences that are news, best first: of reports, or of views where nothing else tells it. */
  ranked: readonly Scored[];
  chosen: readonly Chosen[];
  /** Of texts with a voice of their own; empty where they are all that tells it. */
  views: readonly Scored[];
}

/** Null where the event was told before and nothing is news. */
export function draftOf({ told, earlier }: EventTexts): EntryDraft | null {
  const known = new Set(earlier.flat().flatMap(({ document, text }) => matterOf(`${document.title ?? ""}\n${text}`)));
  const news = weighSentences(told.flatMap(sentencesOf), null).filter(
    ({ candidate }) => known.size === 0 || isNews(candidate.text, known),
  );
  const views = news.filter(({ candidate }) => isView(candidate.passage));
  const reports = news.filter(({ candidate }) => !isView(candidate.passage));
  const ranked = reports.length > 0 ? reports : news;
  const chosen = chooseSentences(ranked, TOLD);
  return chosen.length === 0 ? null : { told, earlier, ranked, chosen, views: reports.length > 0 ? views : [] };
}

function sentencesOf(passages: readonly Passage[]): Candidate[] {
  const all = candidatesOf(passages.map((passage) => ({ passage, score: 1, cosine: null, lexical: null })));
  return all.filter(({ text }) => !ABOUT_ITSELF.test(text));
}

/** Whether the sentence says something that the known words do not. */
function isNews(sentence: string, known: ReadonlySet<string>): boolean {
  const own = new Set(matterOf(sentence));
  const fresh = [...own].filter((word) => !known.has(word));
  const named = new Set(findNames(sentence).flatMap((name) => (name.certain ? name.words.map(baseOf) : [])));
  const facts = fresh.some((word) => /\d/.test(word) || named.has(word));
  return own.size > 0 && fresh.length / own.size >= (facts ? NEW.fact : NEW.matter);
}

/** What a model reads of an event: the beginnings of its first documents, then what readers know. */
export function partOf({ told, earlier }: EntryDraft): PartToWrite {
  const heard = earlier.slice(-MOST_HEARD).flatMap((passages) => passages.slice(0, 1));
  const fresh = told.slice(0, MOST_READ).flatMap((passages) => passages.slice(0, 2));
  return { passages: [...fresh, ...heard], known: heard.length };
}

/** `written`: what a model wrote of it. */
export function entryOf(draft: EntryDraft, written: WrittenPart | null, sources: SourceList): DigestItem {
  const { told, chosen } = draft;
  const headline = written?.headline ? tellChecked(written.headline, [], sources) : null;
  const sentences =
    written === null
      ? statementsOf(chosen).map((statement) => cited(statement, sources))
      : tellInOrder(written.sentences, sources);
  const opinions = opinionsOf(draft).map((candidate) => cited(framed(candidate, []), sources));
  const disagreements =
    written === null ? tellContradictions(contradictionsIn(draft), sources) : tellMatters(written.matters, sources);
  return {
    headline: headline === null ? headlineOf(chosen) : headline.text.replace(/\.$/, ""),
    ...(headline === null ? {} : { headline_citations: headline.citations }),
    sentences,
    ...outletsOf(told, { sentences, opinions, disagreements }, sources),
    documents: told.flatMap(([first]) => (first === undefined ? [] : [first.document.id])),
    earlier: null,
    disagreements,
    opinions,
  };
}

/** The title of the leading report, else of another; a voice is not left off, as what an opinion says is no fact. Without a title who tells it, and when. */
function headlineOf(chosen: readonly Chosen[]): string {
  const titled = chosen.find(({ candidate }) => candidate.passage.document.title !== null) ?? chosen[0];
  if (titled === undefined) return "Untitled";
  const { passage, text } = titled.candidate;
  const { title, author, publisher, path, published, genre } = passage.document;
  const who = passage.speaker ?? author ?? publisher;
  if (title === null)
    return `${publisher ?? who ?? path?.replace(/^.*\//, "") ?? "Untitled"}${published === null ? "" : `, ${dateInWords(published)}`}`;
  if (standsAlone(passage, text)) return title;
  return who === null ? `Unsigned ${genre ?? "text"}: “${title}”` : `${who} (${genre ?? "text"}): “${title}”`;
}

/** One of each voice; what an opinion tells of the event itself is no opinion of it, and has been told. */
function opinionsOf({ views, chosen }: EntryDraft): Candidate[] {
  const voices = new Set<string>();
  const apart = views.filter(({ candidate }) => {
    const voice = voiceOf(candidate.passage);
    if (candidate.leans !== null || voices.has(voice)) return false;
    if (chosen.some((one) => overlap(candidate, one.candidate) > SAME)) return false;
    voices.add(voice);
    return true;
  });
  return chooseSentences(apart, OPINIONS).map(({ candidate }) => candidate);
}

/** What only the earlier texts tell differently was told with them: they are looked at as the other side alone. */
function contradictionsIn({ told, earlier, ranked, chosen, views }: EntryDraft) {
  if (told.length + earlier.length < 2) return [];
  const own = [...ranked, ...views].slice(0, COMPARED).map(({ candidate }) => candidate);
  const old = earlier.flatMap(sentencesOf).slice(0, COMPARED / 2);
  return contradictionsOf([...new Set([...chosen.map(({ candidate }) => candidate), ...own])], [...own, ...old]);
}

/** `outlets` carry a sentence of the entry or are cited for one; `also` tell of the event and are on no side of a dispute. */
function outletsOf(
  told: EventTexts["told"],
  { sentences, opinions, disagreements }: Pick<DigestItem, "sentences" | "opinions" | "disagreements">,
  sources: SourceList,
): Required<Pick<DigestItem, "outlets" | "also">> {
  const citing = (numbers: readonly number[]): Set<string> =>
    new Set(sources.list().flatMap(({ n, document }) => (numbers.includes(n) ? [document.id] : [])));
  const behind = citing([...sentences, ...opinions].flatMap(({ citations }) => citations));
  const sided = citing(disagreements.flatMap(({ sides }) => sides.flatMap(({ citations }) => citations)));
  const tells = ([first, ...rest]: readonly Passage[]): boolean => {
    if (first === undefined) return false;
    const source = citedFrom(first, [first, ...rest].map(({ text }) => text).join("\n\n"));
    return sentences.some(({ text }) => carries(text, source));
  };
  const outlets = new Map<string, string>();
  const also = new Map<string, string>();
  for (const passages of told) {
    const document = passages[0]?.document;
    const name = document === undefined ? null : publisherOf(document);
    if (document === undefined || name === null) continue;
    const carrying = behind.has(document.id) || (!sided.has(document.id) && tells(passages));
    if (carrying) outlets.set(fold(name), outlets.get(fold(name)) ?? name);
    else if (!sided.has(document.id)) also.set(fold(name), also.get(fold(name)) ?? name);
    else also.delete(fold(name));
  }
  return { outlets: [...outlets.values()], also: [...also].flatMap(([key, name]) => (outlets.has(key) ? [] : [name])) };
}
