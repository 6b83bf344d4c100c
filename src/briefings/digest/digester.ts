// What is new, one entry an event: reads the beginning of each document of the period once, groups by event, and composes entries one
// after the other. Holds vectors and words of all documents, never their texts. It posts nothing and remembers nothing.
import { setImmediate as nextTurn } from "node:timers/promises";
import { createSourceList } from "../../answer/citations.ts";
import type { EmbedSentences } from "../../answer/relevance.ts";
import type { Clock } from "../../clock.ts";
import type { Document, Filter, Notice, Passage } from "../../domain.ts";
import { cosineOf } from "../../models/embedder.ts";
import type { Corrections, Digest, DigestItem, DigestOptions } from "../../results.ts";
import { DAY_MS } from "../../text/date-words.ts";
import { baseOf, contentWords, fold } from "../../text/words.ts";
import { type WriteParts, writtenBy, type WrittenPart } from "../written-parts.ts";
import { clusterEvents, isCopy, type Telling, tellingOf } from "./cluster-events.ts";
import { correctionsOf } from "./corrections.ts";
import { draftOf, type EntryDraft, entryOf, partOf } from "./event-entry.ts";
import { type Period, periodOf } from "./period.ts";

/** What the digest reads from; the knowledge store is one. */
export interface DigestLibrary {
  documents(filter: Filter): Promise<readonly Document[]>;
  passagesOf(documentId: string): Promise<Passage[]>;
  leadVectors(documentId: string, limit: number): Promise<Float32Array[]>;
}

export interface DigesterParts {
  clock: Clock;
  /** Only for the topic. */
  embedSentences: EmbedSentences;
  /** What was noticed at this ISO instant or later, for readers with these scopes. */
  notices: (since: string, scopes?: readonly string[]) => Promise<Notice[]>;
  /** Writes the weightiest entries with a language model; without it all are made of quotations. */
  writeParts?: WriteParts | undefined;
}

export interface Digester {
  /** Throws RangeError for an unknown zone, AbortError when the signal fires. */
  digest(library: DigestLibrary, options?: DigestOptions): Promise<Digest>;
  /** Of the filter's documents, noticed at this ISO instant or later, oldest first. */
  corrections(library: DigestLibrary, since: string, filter: Filter): Promise<Corrections>;
}

/** Passages of a document that are looked at: the news stands in front. */
const LEAD_PASSAGES = 3;
/** Documents of an event whose sentences are read; copies of them are counted, not read. */
const READ_OF_EVENT = 12;
const EARLIER_READ = 6;
/** Entries that a model writes. */
const MOST_WRITTEN = 12;
/** Earlier documents that are compared with: the latest. */
const MOST_EARLIER = 1500;
const TOPIC_COSINE = 0.38;
const TOPIC_WORDS = 0.75;
/** Documents between two turns of the event loop. */
const SLICE = 8;
const COPY_WEIGHT = 0.3;

export function createDigester({ clock, embedSentences, notices, writeParts }: DigesterParts): Digester {
  return {
    async corrections(library, since, filter) {
      const sources = createSourceList();
      const items = await correctionsOf(await notices(since, filter.scopes), library, filter, sources);
      return { items, sources: sources.list() };
    },
    async digest(library, options = {}) {
      const now = clock.now();
      const period = periodOf(options, now);
      const { signal } = options;
      const found = await library.documents(filterOf(options, period));
      const told = new Map((options.told ?? []).flatMap(({ date, documents }) => documents.map((id) => [id, date] as const)));
      const fresh = found.filter((document) => period.holds(document) && !told.has(document.id));
      // with a memory of what was told, only that is earlier; without one, all that was published before
      const before = found
        .filter((document) => (options.told === undefined ? period.precedes(document) : told.has(document.id)))
        .slice(0, MOST_EARLIER);
      const read = (documents: readonly Document[]): Promise<Telling[]> => readTellings(library, documents, signal);
      const tellings = await read(fresh);
      const old = fresh.length === 0 ? [] : await read(before);
      // an event of today may hang together by what was told of it yesterday
      const oldIds = new Set(old.map(({ document }) => document.id));
      const groups = clusterEvents([...tellings, ...old]).flatMap((group) => splitByTime(group, oldIds));
      const order = (await onTopic(groups, options.topic, embedSentences, signal))
        .map((group) => ({ ...group, weight: weightOf(group, now) }))
        .sort((a, b) => b.weight - a.weight || (idOf(a) < idOf(b) ? -1 : 1));
      const sources = createSourceList();
      const items: DigestItem[] = [];
      const tell = ({ draft, group }: Drafted, part: WrittenPart | null): void =>
        void items.push(completed(entryOf(draft, part, sources), group, told));
      const drafts = drafted(library, order, signal);
      const weightiest: Drafted[] = [];
      const most = writeParts === undefined ? 0 : MOST_WRITTEN;
      while (weightiest.length < most) {
        const { value, done } = await drafts.next();
        if (done === true) break;
        weightiest.push(value);
      }
      const { asOf, topic, asker, date } = options;
      const parts = weightiest.map(({ draft }) => partOf(draft));
      const request = { kind: "Digest", parts, topic: topic?.trim() || null, asOf: date ?? asOf, asker, signal } as const;
      const wrote = parts.length === 0 ? undefined : await writeParts?.(request);
      for (const [at, one] of weightiest.entries()) tell(one, wrote?.parts[at] ?? null);
      for await (const one of drafts) tell(one, null);
      // a schedule tells corrections apart, as replies to what it told
      const noticed = options.told === undefined ? await notices(period.filter.since, options.scopes) : [];
      const { publisher, genre, scopes, hidden } = options;
      const ofPeriod = noticed.filter((notice) => period.noticed(notice));
      const corrections = await correctionsOf(ofPeriod, library, { publisher, genre, scopes, hidden }, sources);
      const shown = new Set(items.flatMap(({ documents }) => documents));
      return {
        date: period.date,
        zone: period.zone,
        status: items.length > 0 ? "ready" : "nothing_new",
        items,
        corrections,
        sources: sources.list(),
        ...writtenBy(wrote),
        warnings: [...warningsOf(fresh.filter(({ id }) => shown.has(id))), ...(wrote?.warnings ?? [])],
      };
    },
  };
}

/** An event with something new, and what was told of it before. */
interface FreshEvent {
  tellings: Telling[];
  earlier: Telling[];
}

interface Drafted {
  draft: EntryDraft;
  group: FreshEvent;
}

/** Of those that hold news, in order, one after the other: texts are read when it is their turn. */
async function* drafted(
  library: DigestLibrary,
  order: readonly FreshEvent[],
  signal: AbortSignal | undefined,
): AsyncGenerator<Drafted, void> {
  for (const [at, group] of order.entries()) {
    signal?.throwIfAborted();
    if (at % SLICE === 0) await nextTurn();
    const { own, copies } = apart(group.tellings);
    const told = await leads(library, [...own, ...copies].slice(0, READ_OF_EVENT));
    const draft = draftOf({ told, earlier: await leads(library, group.earlier.slice(-EARLIER_READ)) });
    if (draft !== null) yield { draft, group };
  }
}

function splitByTime(tellings: readonly Telling[], old: ReadonlySet<string>): FreshEvent[] {
  const isOld = ({ document }: Telling): boolean => old.has(document.id);
  const fresh = tellings.filter((telling) => !isOld(telling));
  return fresh.length === 0 ? [] : [{ tellings: fresh, earlier: tellings.filter(isOld) }];
}

/** A document without a date counts as one of the day on which it was read, which may be long after it was written. */
function warningsOf(shown: readonly Document[]): string[] {
  const undated = shown.filter(({ published }) => published === null || published.length < 10).length;
  const [states, it] =
    undated === 1 ? ["states no day of publication and is", "it"] : ["state no day of publication and are", "they"];
  return undated === 0
    ? []
    : [`${undated} of ${shown.length} documents ${states} here by the day of being read, so ${it} may be older.`];
}

const idOf = (group: FreshEvent): string => group.tellings[0]?.document.id ?? "";

function filterOf(
  { date, since, until, asOf, publisher, genre, scopes, documents, hidden, undated }: DigestOptions,
  period: Period,
): Filter {
  const filter: Filter = { asOf, publisher, genre, scopes, documents, hidden, ...period.filter };
  // a window of the reader's own leaves undated documents out unless they are asked for
  if (date === undefined && (since !== undefined || until !== undefined)) filter.undated = undated;
  if (date !== undefined && until !== undefined && until < date) filter.until = until;
  return filter;
}

async function readTellings(library: DigestLibrary, documents: readonly Document[], signal?: AbortSignal): Promise<Telling[]> {
  const tellings: Telling[] = [];
  for (const [at, document] of documents.entries()) {
    signal?.throwIfAborted();
    if (at % SLICE === 0) await nextTurn();
    const passages = (await library.passagesOf(document.id)).slice(0, LEAD_PASSAGES);
    const [vector = null] = passages.length === 0 ? [] : await library.leadVectors(document.id, 1);
    if (passages.length > 0) tellings.push(tellingOf(document, passages, vector));
  }
  return tellings;
}

async function leads(library: DigestLibrary, tellings: readonly Telling[]): Promise<Passage[][]> {
  const found: Passage[][] = [];
  for (const { document } of tellings) found.push((await library.passagesOf(document.id)).slice(0, LEAD_PASSAGES));
  return found.filter((passages) => passages.length > 0);
}

/** Tellings of their own, and copies of one of them. */
function apart(tellings: readonly Telling[]): { own: Telling[]; copies: Telling[] } {
  const [own, copies]: [Telling[], Telling[]] = [[], []];
  for (const telling of tellings) (own.some((other) => isCopy(other, telling)) ? copies : own).push(telling);
  return { own, copies };
}

/** Outlets that tell it, further texts of theirs less, copies least; then how new it is. */
function weightOf({ tellings }: FreshEvent, now: Date): number {
  const { own, copies } = apart(tellings);
  const outlets = new Set(own.map(({ document: { publisher, url, id } }) => publisher ?? url ?? id)).size;
  const days = Math.max(0, (now.getTime() - Math.max(...tellings.map(({ at }) => at))) / DAY_MS);
  return outlets + 0.5 * (own.length - outlets) + COPY_WEIGHT * copies.length + 0.5 / (1 + days);
}

function completed(entry: DigestItem, { tellings, earlier: past }: FreshEvent, told: ReadonlyMap<string, string>): DigestItem {
  // an update is one to what was reported, rather than to what somebody thought of it
  const reports = past.filter(({ document }) => document.genre === "report" || document.genre === null);
  const dayOf = ({ document }: Telling): string => told.get(document.id) ?? (document.published ?? document.fetched).slice(0, 10);
  const last = (reports.length > 0 ? reports : past).toSorted((a, b) => dayOf(a).localeCompare(dayOf(b))).at(-1);
  const idsOf = (some: readonly Telling[]): string[] => some.map(({ document }) => document.id);
  // those of documents that were not read, as they are copies
  const unread = tellings.filter(({ document }) => !entry.documents.includes(document.id));
  const known = new Set([...entry.outlets, ...(entry.also ?? [])].map(fold));
  const copies = unread.flatMap(({ document: { publisher } }) =>
    publisher === null || known.has(fold(publisher)) ? [] : publisher,
  );
  return {
    ...entry,
    outlets: [...entry.outlets, ...new Set(copies)],
    documents: idsOf(tellings),
    earlier: last === undefined ? null : { date: dayOf(last), documents: idsOf(past), title: last.document.title },
  };
}

/** Events of which a document is about the topic: by its words, or by its meaning. */
async function onTopic(
  groups: FreshEvent[],
  topic: string | undefined,
  embed: EmbedSentences,
  signal: AbortSignal | undefined,
): Promise<FreshEvent[]> {
  const asked = topic?.trim() ?? "";
  if (asked === "" || groups.length === 0) return groups;
  const [vector] = await embed([asked], signal);
  const words = contentWords(asked);
  const isAbout = ({ terms, vector: own }: Telling): boolean => {
    const held = words.filter(({ folded }) => terms.has(baseOf(folded))).length;
    const share = held / Math.max(1, words.length);
    return share >= TOPIC_WORDS || (own !== null && cosineOf(vector, own) >= TOPIC_COSINE - 0.1 * share);
  };
  return groups.filter(({ tellings }) => tellings.some(isAbout));
}
