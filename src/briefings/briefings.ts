// What is asked of many documents at once: check, summary, timeline, changes. Fetches what each needs from retriever and store and hands it
// to the answer stage; decides nothing itself.
import type { Asked } from "../answer/answerer.ts";
import type { WriterParts } from "../answer/checked-writing.ts";
import { createGenerate, type Generate } from "../answer/generative.ts";
import type { EmbedSentences } from "../answer/relevance.ts";
import type { Clock } from "../clock.ts";
import type { Dated, Filter, Passage, Retrieval, StoredDocument } from "../domain.ts";
import type { Changes, CheckReport, OnAccount, SummaryOptions, Timeline } from "../results.ts";
import { leftOut, readingOf } from "../retrieve/coverage.ts";
import { findCopies, republished } from "../retrieve/dedupe.ts";
import { findDocument } from "../retrieve/find-document.ts";
import type { Retriever } from "../retrieve/retriever.ts";
import type { KnowledgeStore } from "../stores/knowledge.ts";
import { dayNumber, firstDay, isoDay } from "../text/date-words.ts";
import type { Verifier } from "../verify/verifier.ts";
import { changesSince } from "./changes.ts";
import { checkText } from "./check.ts";
import { createSplitClaims, type SplitClaims } from "./split-claims.ts";
import { summarize } from "./summary.ts";
import { timelineOf } from "./timeline.ts";
import { createWriteParts, type KeepWritten, type WriteParts } from "./written-parts.ts";

export interface BriefingsParts extends BriefingWriters {
  store: KnowledgeStore;
  retriever: Retriever;
  embedSentences: EmbedSentences;
  clock: Clock;
  /** Of claims that are checked. */
  verifier: Verifier;
}

/** What a language model does for briefings; without one they are made of quotations. */
export interface BriefingWriters {
  generate?: Generate | undefined;
  writeParts?: WriteParts | undefined;
  splitClaims?: SplitClaims | undefined;
}

export const briefingWriters = (parts: WriterParts & { keepWritten: KeepWritten }): BriefingWriters => ({
  generate: createGenerate({ ...parts, prompt: "summary" }),
  writeParts: createWriteParts(parts),
  splitClaims: createSplitClaims(parts),
});

export interface Briefings {
  check(text: string, filter: Filter): Promise<CheckReport>;
  timeline(topic: string, filter: Filter & OnAccount): Promise<Timeline>;
  changes(since: Dated, topic: string | null, filter: Filter & OnAccount): Promise<Changes>;
  /** With what was read for it, for the receipt. Failure `document_unknown`. */
  summarize(options: SummaryOptions): Promise<Asked>;
}

/** Passages read for one claim, and for a topic. */
export const FOR_A_CLAIM = 12;
const FOR_A_TOPIC = 60;
const FOR_A_TIMELINE = 80;
const FOR_A_SENTENCE = 8;
/** Newest documents read where no topic narrows them, and least passages of each; of few documents more. */
const NEWEST = 120;
const BEGINNING = 3;
const WITHOUT_TOPIC = NEWEST * BEGINNING;
/** Documents looked at to find them. */
const LOOKED_AT = 1500;

export function createBriefings({
  store,
  retriever,
  embedSentences,
  clock,
  verifier,
  generate,
  writeParts,
  splitClaims,
}: BriefingsParts): Briefings {
  return {
    check: (text, filter) =>
      checkText(text, { retrieve: (query) => retriever.retrieve(query, { filter, k: FOR_A_CLAIM }), verifier, splitClaims }),
    async timeline(topic, { asker, ...filter }) {
      const retrieval = await retriever.retrieve(topic, { filter, k: FOR_A_TIMELINE });
      const timeline = await timelineOf(topic, retrieval, embedSentences, writeParts, asker);
      timeline.warnings.push(...(await findCopies(store, timeline.sources, filter)).map(republished));
      return timeline;
    },
    async changes(since, topic, { asker, ...filter }) {
      const { since: _since, until: _until, ...rest } = filter;
      const within = { ...filter, since };
      const earlier = { ...rest, until: isoDay(dayNumber(firstDay(since)) - 1) };
      const known = (await store.coverage(earlier)).documents > 0;
      const fresh =
        topic === null ? await everything(within, null) : await retriever.retrieve(topic, { filter: within, k: FOR_A_TOPIC });
      const before = async (sentence: string) =>
        known ? (await retriever.retrieve(sentence, { filter: earlier, k: FOR_A_SENTENCE })).passages : [];
      const changes = await changesSince({ since, topic, fresh, before, embed: embedSentences, writeParts, asker });
      changes.warnings.push(...(await findCopies(store, changes.sources, filter)).map(republished));
      return changes;
    },
    async summarize({ topic: asked = null, document: id, length = "medium", asker: _asker, signal, onProgress, ...given }) {
      const document = id === undefined ? null : await findDocument(store, id, given.scopes ?? []);
      const topic = asked === null || asked.trim() === "" ? null : asked.trim();
      const filter = document === null ? given : { ...given, undated: true, documents: [document.id] };
      const retrieval =
        topic === null ? await everything(filter, document) : await retriever.retrieve(topic, { filter, k: FOR_A_TOPIC, signal });
      if (generate !== undefined && retrieval.passages.length > 0) await onProgress?.(readingOf(retrieval.passages));
      const question = topic ?? (document === null ? windowOf(filter) : `Summary of ${document.title ?? document.id}`);
      const draft = await summarize({ question, topic, length, retrieval, signal }, { clock, embedSentences, generate });
      draft.warnings.push(...(await findCopies(store, draft.sources, given)).map(republished));
      return { draft, retrieval };
    },
  };

  /** Without a topic: the document, or the beginnings of the newest documents in the window. */
  async function everything(filter: Filter, document: StoredDocument | null): Promise<Retrieval> {
    const { undatedLeftOut, passages: _passages, ...coverage } = await store.coverage(filter);
    const warnings = leftOut(undatedLeftOut);
    const ids = document === null ? (await store.documents(filter)).map(({ id }) => id) : [document.id];
    const each = Math.max(BEGINNING, Math.floor(WITHOUT_TOPIC / Math.max(1, ids.length)));
    const passages: Passage[] = [];
    const seen = new Set<string>();
    for (const id of ids.slice(0, LOOKED_AT)) {
      const all = await store.passagesOf(id);
      // a wire text that many outlets carry is read once
      const text = all[0]?.text ?? "";
      if (seen.has(text) || seen.size >= NEWEST) continue;
      seen.add(text);
      passages.push(...(document === null ? all.slice(0, each) : all));
    }
    if (ids.length > LOOKED_AT || seen.size >= NEWEST)
      warnings.push(`Of ${ids.length} documents the newest ${seen.size} different ones were read: name a topic to narrow it.`);
    const inquiry = { text: "", stems: [], phrases: [], names: [], parts: [], period: null, wantsLatest: false };
    const ranked = passages.map((passage) => ({ passage, score: 1, cosine: null, lexical: null }));
    return { inquiry, passages: ranked, filter, coverage, warnings };
  }
}

function windowOf({ since, until, asOf }: Filter): string {
  const last = until ?? asOf;
  return `Summary of what was published${since === undefined ? "" : ` since ${since}`}${last === undefined ? "" : ` until ${last}`}`;
}
