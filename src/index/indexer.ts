// Brings the knowledge store up to what was read: new and changed documents are split, embedded and put, vanished ones removed.
// Each document is one transaction, so a run that is killed leaves whole documents, and the next run does the rest.
import { createHash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { IngestProgress, IngestReport } from "../results.ts";
import type { Clock } from "../clock.ts";
import type { Article, Notice, PassageDraft, ReadOutcome } from "../domain.ts";
import { Failure } from "../failure.ts";
import type { Embedder } from "../models/embedder.ts";
import type { KnowledgeStore } from "../stores/knowledge.ts";
import { noticeOfChange, noticeOfRefusal, noticeOfUnlisting } from "./notices.ts";
import { splitArticle } from "./split.ts";

export interface IndexRun {
  /** Which documents, by `Article.source`, are removed when this run did not meet them. None by default. */
  prune?: ((source: string) => boolean) | undefined;
  /** Number of inputs, as far as it is known by now. */
  total?: (() => number) | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: IngestProgress) => void) | undefined;
}

export interface Indexer {
  /**
   * Takes what the ingest stage reads, one outcome an input. Throws what the store or the embedder throws (Failure `ingest_running`,
   * `embeddings_failed`, `disk_full` …) and AbortError; what was put before is kept.
   */
  run(outcomes: AsyncIterable<ReadOutcome> | Iterable<ReadOutcome>, options?: IndexRun): Promise<IngestReport>;
}

/** Documents that are read and embedded ahead of the one being written. */
const AHEAD = 4;
/** Texts given to the embedder at once. */
const BATCH = 64;
/** The longest stretch of splitting without a turn of the event loop. */
const SLICE_MS = 12;

interface Prepared {
  article: Article;
  passages: PassageDraft[];
  vectors: Float32Array[];
}

export interface IndexerDeps {
  store: KnowledgeStore;
  embedder: Embedder;
  clock: Clock;
  /** Told of every document that changed or was withdrawn. */
  notice?: (notice: Notice) => Promise<void>;
}

export function createIndexer(deps: IndexerDeps): Indexer {
  const { store, embedder, clock, notice } = deps;

  /** Told before the new version takes the old one's place. */
  const tell = async (outcome: ReadOutcome, documentId: string): Promise<void> => {
    if (notice === undefined || outcome.kind === "unchanged") return;
    const scope =
      outcome.kind === "article" ? outcome.article.scope : (/^((?:guild|role):[^|]+)\|/.exec(outcome.source ?? "")?.[1] ?? null);
    const stored = await store.document(documentId, scope === null ? [] : [scope]);
    if (stored === null) return;
    const at = clock.now().toISOString();
    const found =
      outcome.kind === "article"
        ? [noticeOfChange(stored, outcome.article, at), noticeOfUnlisting(stored, outcome.article, at)]
        : [noticeOfRefusal(outcome, stored, at)];
    for (const each of found) if (each !== null) await notice(each);
  };

  return {
    async run(outcomes, options = {}) {
      const began = clock.now().getTime();
      const { signal } = options;
      await store.begin();
      const report = { added: 0, updated: 0, unchanged: 0, removed: 0, failed: [], warnings: [], documents: 0, passages: 0 } as Omit<
        IngestReport,
        "took_ms"
      >;
      const before = await store.sources();
      const seen = new Set<string>();
      let done = 0;
      let written = 0;
      const ahead: { input: string; work: Promise<Prepared> }[] = [];

      const progress = (current: string): void => {
        done += 1;
        options.onProgress?.({ done, total: Math.max(done, options.total?.() ?? 0), current, passages: written });
      };

      const writeNext = async (): Promise<void> => {
        const next = ahead.shift();
        if (next === undefined) return;
        const { article: read, passages, vectors } = await next.work;
        const known = before.get(read.source);
        const article = known?.documentId === spareId(read) ? withId(read, spareId(read)) : read;
        if (passages.length === 0) {
          report.failed.push({ input: next.input, code: "empty", reason: "holds no text" });
        } else {
          try {
            if (known !== undefined) await tell({ kind: "article", input: next.input, article }, known.documentId);
            const kept = await putUnderFreeId(store, article, passages, vectors);
            if (kept !== null) report.warnings.push(`${next.input}: ${kept}`);
            report[known === undefined ? "added" : "updated"] += 1;
            written += passages.length;
          } catch (error) {
            if (!(error instanceof Failure) || error.code !== "document_id_taken") throw error;
            report.failed.push({ input: next.input, code: error.code, reason: error.message });
          }
        }
        progress(next.input);
      };

      try {
        for await (const outcome of outcomes) {
          signal?.throwIfAborted();
          const source = outcome.kind === "article" ? outcome.article.source : outcome.source;
          // the same document met twice in a run: the first stands
          const again = source !== null && seen.has(source);
          if (source !== null) seen.add(source);
          if (outcome.kind === "refused") {
            report.failed.push({ input: outcome.input, code: outcome.code, reason: outcome.reason });
            const gone = source === null ? undefined : before.get(source);
            if (gone !== undefined) await tell(outcome, gone.documentId);
          } else if (outcome.kind === "article") {
            report.warnings.push(...outcome.article.warnings.map((warning) => `${outcome.input}: ${warning}`));
          }
          const known = source === null ? undefined : before.get(source);
          if (outcome.kind === "article" && !again && known?.fingerprint !== outcome.article.fingerprint) {
            const work = prepare(outcome.article, store, embedder, signal);
            // whoever awaits it hears of it; until then it is nobody's surprise
            work.catch(() => undefined);
            ahead.push({ input: outcome.input, work });
            if (ahead.length > AHEAD) await writeNext();
            continue;
          }
          if (outcome.kind !== "refused" && !again) report.unchanged += 1;
          progress(outcome.input);
        }
        while (ahead.length > 0) await writeNext();
        const { prune } = options;
        if (prune !== undefined) {
          const gone = [...before].filter(([source]) => !seen.has(source) && prune(source));
          report.removed = await store.remove(gone.map(([, { documentId }]) => documentId));
        }
      } catch (error) {
        await Promise.allSettled(ahead.map(({ work }) => work));
        // the first trouble is the one to tell of
        await store.flush().catch(() => undefined);
        throw error;
      }
      await store.flush();
      const { documents, passages } = await store.coverage();
      return { ...report, documents, passages, took_ms: clock.now().getTime() - began };
    },
  };
}

/** Two files that claim one id are both kept: the later one under an id made from its place, which the note that is given back tells. */
async function putUnderFreeId(
  store: KnowledgeStore,
  article: Article,
  passages: readonly PassageDraft[],
  vectors: readonly Float32Array[],
): Promise<string | null> {
  try {
    await store.put(article, passages, vectors);
    return null;
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== "document_id_taken") throw error;
    await store.put(withId(article, spareId(article)), passages, vectors);
    return `${error.message} This one is kept as ${spareId(article)}.`;
  }
}

const spareId = ({ document, source }: Article): string =>
  `${document.id.slice(0, 80)}-${createHash("sha256").update(source).digest("hex").slice(0, 8)}`;

const withId = (article: Article, id: string): Article => ({ ...article, document: { ...article.document, id } });

/** Splits and embeds one article; vectors that the store knows already are taken from there. */
async function prepare(
  article: Article,
  store: KnowledgeStore,
  embedder: Embedder,
  signal: AbortSignal | undefined,
): Promise<Prepared> {
  const passages: PassageDraft[] = [];
  let turn = performance.now();
  for (const passage of splitArticle(article)) {
    passages.push(passage);
    if (performance.now() - turn < SLICE_MS) continue;
    await nextTurn();
    turn = performance.now();
  }
  const vectors: Float32Array[] = [];
  for (let at = 0; at < passages.length; at += BATCH) {
    signal?.throwIfAborted();
    const batch = passages.slice(at, at + BATCH);
    const known = await store.knownVectors(batch);
    const missing = batch.filter((_, index) => known[index] === null);
    const fresh = missing.length === 0 ? [] : await embedder.embed(missing.map(embedderInput), "passage", signal);
    if (missing.length > 0 && passages.length > BATCH) await store.keepVectors(missing, fresh);
    let next = 0;
    for (const vector of known) vectors.push(vector ?? (fresh[next++] as Float32Array));
  }
  return { article, passages, vectors };
}

function embedderInput({ context, text }: PassageDraft): string {
  return context === "" ? text : `${context}\n${text}`;
}
