// What is new, one entry an event: reads the beginning of each document of the period once, groups by event, and composes entries one
// after the other. Holds vectors and words of all documents, never their texts. It posts nothing and remembers nothing.
import { setImmediate as nextTurn } from "node:timers/promises";
import { createSourceList } from "../../answer/citations.ts";
import type { EmbedSentences } from "../../answer/relevance.ts";
import type { Clock } from "../../clock.ts";
import type { Document, Filter, Notice, Passage } from "../../domain.ts";
import { cosineOf } from "../../models/embedder.ts";
import type { Corrections, Digest, DigestItem, DigestOptions, Written } from "../../results.ts";
import { DAY_MS } from "../../text/date-words.ts";
import { contentWords } from "../../text/words.ts";
import { QUOTED, type WriteParts, writtenBy, type WrittenPart } from "../written-parts.ts";
import { correctionsOf } from "./corrections.ts";
import { draftOf, type EntryDraft, entryOf, partOf } from "./event-entry.ts";
import { type EventGroup, groupEvents, isCopy } from "./group-events.ts";
import { type Period, periodOf } from "./period.ts";
import { type Telling, tellingOf } from "./telling.ts";

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
const LEAD_VECTORS = 2;
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
      const groups = groupEvents([...tellings, ...old]).flatMap((group) => splitByTime(group, oldIds));
      const topical = await onTopic(groups, options.topic, embedSentences, signal);
      const order = topical
        .map((group) => ({ ...group, weight: weightOf(group, now) }))
        .sort((a, b) => b.weight - a.weight || (idOf(a) < idOf(b) ? -1 : 1));
      const sources = createSourceList();
      const items: DigestItem[] = [];
      const record: Written & { warnings: string[] } = { ...QUOTED, warnings: [] };
      // the weightiest wait until a model has written of them
      let waiting: { draft: EntryDraft; group: FreshEvent }[] | null = writeParts === undefined ? null : [];
      const tell = (draft: EntryDraft, group: FreshEvent, part: WrittenPart | null): void =>
        void items.push(completed(entryOf(draft, part, sources), group, told));
      const tellWaiting = async (): Promise<void> => {
        const drafts = waiting ?? [];
        waiting = null;
        if (writeParts === undefined || drafts.length === 0) return;
        const { asOf, topic, asker } = options;
        const parts = drafts.map(({ draft }) => partOf(draft));
        const wrote = await writeParts({
          kind: "Digest",
          parts,
          topic: topic?.trim() || null,
          asOf: options.date ?? asOf,
          asker,
          signal,
        });
        Object.assign(record, { ...writtenBy(wrote), warnings: wrote.warnings });
        for (const [at, { draft, group }] of drafts.entries()) tell(draft, group, wrote.parts[at] ?? null);
      };
      for (const [at, group] of order.entries()) {
        signal?.throwIfAborted();
        if (at % SLICE === 0) await nextTurn();
        const draft = draftOf({
          told: await leads(library, apart(group.tellings).slice(0, READ_OF_EVENT)),
          earlier: await leads(library, group.earlier.slice(-EARLIER_READ)),
        });
        if (draft === null) continue;
        if (waiting === null) tell(draft, group, null);
        else if (waiting.push({ draft, group }) === MOST_WRITTEN) await tellWaiting();
      }
      await tellWaiting();
      // a schedule tells corrections apart, as replies to what it told
      const noticed =
        options.told !== undefined
          ? []
          : (await notices(period.filter.since, options.scopes)).filter((notice) => period.noticed(notice));
      const { publisher, genre, scopes, hidden } = options;
      const corrections = await correctionsOf(noticed, library, { publisher, genre, scopes, hidden }, sources);
      return {
        date: period.date,
        zone: period.zone,
        status: items.length > 0 ? "ready" : "nothing_new",
        items,
        corrections,
        sources: sources.list(),
        ...record,
        warnings: [
          ...warningsOf(fresh.filter(({ id }) => items.some(({ documents }) => documents.includes(id)))),
          ...record.warnings,
        ],
      };
    },
  };
}

/** An event with something new, and what was told of it before. */
interface FreshEvent extends EventGroup {
  earlier: Telling[];
}

function splitByTime({ tellings }: EventGroup, old: ReadonlySet<string>): FreshEvent[] {
  const isOld = (telling: Telling): boolean => old.has(telling.document.id);
  const fresh = tellings.filter((telling) => !isOld(telling));
  return fresh.length === 0 ? [] : [{ tellings: fresh, earlier: tellings.filter(isOld) }];
}

/** A document without a date counts as one of the day on which it was read, which may be long after it was written. */
function warningsOf(fresh: readonly Document[]): string[] {
  const undated = fresh.filter(({ published }) => published === null || published.length < 10).length;
  if (undated === 0) return [];
  const one = undated === 1;
  return [
    `${undated} of ${fresh.length} documents ${one ? "states" : "state"} no day of publication and ${one ? "is" : "are"} here by the day of being read, so ${one ? "it" : "they"} may be older.`,
  ];
}

const idOf = (group: EventGroup): string => group.tellings[0]?.document.id ?? "";

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
    if (passages.length > 0) tellings.push(tellingOf(document, passages, await library.leadVectors(document.id, LEAD_VECTORS)));
  }
  return tellings;
}

async function leads(library: DigestLibrary, tellings: readonly Telling[]): Promise<Passage[][]> {
  const found: Passage[][] = [];
  for (const { document } of tellings) found.push((await library.passagesOf(document.id)).slice(0, LEAD_PASSAGES));
  return found.filter((passages) => passages.length > 0);
}

/** Tellings of their own first, then copies. */
function apart(tellings: readonly Telling[]): Telling[] {
  const own: Telling[] = [];
  const copies: Telling[] = [];
  for (const telling of tellings) (own.some((other) => isCopy(other, telling)) ? copies : own).push(telling);
  return [...own, ...copies];
}

/** Sources that tell it, copies less; then how new it is. */
function weightOf(group: EventGroup, now: Date): number {
  const seen: Telling[] = [];
  let weight = 0;
  const outlets = new Set<string>();
  for (const telling of group.tellings) {
    const outlet = telling.document.publisher ?? telling.document.url ?? telling.document.id;
    const copy = seen.some((other) => isCopy(other, telling));
    weight += copy ? COPY_WEIGHT : outlets.has(outlet) ? 0.5 : 1;
    outlets.add(outlet);
    seen.push(telling);
  }
  const latest = Math.max(...group.tellings.map((telling) => telling.at));
  const days = Math.max(0, (now.getTime() - latest) / DAY_MS);
  return weight + 0.5 / (1 + days);
}

function completed(entry: DigestItem, group: FreshEvent, told: ReadonlyMap<string, string>): DigestItem {
  const past = group.earlier;
  // an update is one to what was reported, rather than to what somebody thought of it
  const reports = past.filter(({ document }) => document.genre === "report" || document.genre === null);
  const dayOf = ({ document }: Telling): string => told.get(document.id) ?? (document.published ?? document.fetched).slice(0, 10);
  const last = (reports.length > 0 ? reports : past).reduce<Telling | null>(
    (latest, telling) => (latest === null || dayOf(telling) >= dayOf(latest) ? telling : latest),
    null,
  );
  // those of documents that were not read, as they are copies
  const copies = group.tellings.flatMap(({ document: { id, publisher } }) =>
    entry.documents.includes(id) ? [] : (publisher ?? []),
  );
  const known = new Set([...entry.outlets, ...(entry.also ?? [])].map((name) => name.toLowerCase()));
  const outlets = [...entry.outlets, ...new Set(copies.filter((name) => !known.has(name.toLowerCase())))];
  return {
    ...entry,
    outlets,
    documents: group.tellings.map(({ document }) => document.id),
    earlier:
      last === null
        ? null
        : { date: dayOf(last), documents: past.map(({ document }) => document.id), title: last.document.title },
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
    const held = words.filter(({ folded, stem }) => terms.has(`@${folded}`) || terms.has(stem) || terms.has(folded)).length;
    const share = words.length === 0 ? 0 : held / words.length;
    if (share >= TOPIC_WORDS) return true;
    if (vector === undefined || own === null) return false;
    return cosineOf(vector, own) >= TOPIC_COSINE - 0.1 * share;
  };
  return groups.filter((group) => group.tellings.some(isAbout));
}
