// First phase of indexing: new and changed documents are cut into passages and stored with their words, vanished ones removed; from then on
// they can be searched and asked. Vectors come behind (embed-passages). Each document is one transaction, so a run that is killed leaves
// whole documents, and the next run does the rest.
import { createHash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Clock } from "../clock.ts";
import type { Article, Notice, PassageDraft, ReadOutcome } from "../domain.ts";
import { Failure } from "../failure.ts";
import type { IngestProgress, IngestReport } from "../results.ts";
import type { KnowledgeStore } from "../stores/knowledge.ts";
import { chunkArticle } from "./chunk.ts";
import { noticeOfChange, noticeOfRefusal, noticeOfUnlisting } from "./notices.ts";

export interface IndexRun {
  /** Which documents, by `Article.source`, are removed when this run did not meet them. None by default. */
  prune?: ((source: string) => boolean) | undefined;
  /** Number of inputs, as far as it is known by now. */
  total?: (() => number) | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: IngestProgress) => void) | undefined;
}

export interface IndexDeps {
  store: KnowledgeStore;
  clock: Clock;
  /** Told of every document that was corrected or withdrawn. */
  notice?: (notice: Notice) => Promise<void>;
}

/** Documents of which the same is told one by one are fewer. */
const SHARED = 3;
/** The longest stretch of cutting without a turn of the event loop. */
const SLICE_MS = 12;

/**
 * Takes what the ingest stage reads, one outcome an input. Throws what the store throws (Failure `ingest_running`, `disk_full` …) and
 * AbortError; what was put before is kept.
 */
export async function indexArticles(
  { store, clock, notice }: IndexDeps,
  outcomes: AsyncIterable<ReadOutcome> | Iterable<ReadOutcome>,
  options: IndexRun = {},
): Promise<IngestReport> {
  const began = clock.now().getTime();
  const { signal, prune } = options;
  await store.begin();
  const report = { added: 0, updated: 0, unchanged: 0, removed: 0, failed: [], warnings: [] } as Omit<
    IngestReport,
    "documents" | "passages" | "vectors_pending" | "took_ms"
  >;
  const before = await store.sources();
  const seen = new Set<string>();
  /** By their kind: what many documents share is said once. */
  const told = new Map<string, string[]>();
  let [done, written] = [0, 0];

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

  const write = async (input: string, read: Article): Promise<void> => {
    const known = before.get(read.source);
    const article = known?.documentId === spareId(read) ? withId(read, spareId(read)) : read;
    const passages = await passagesOf(article);
    if (passages.length === 0) {
      report.failed.push({ input, code: "empty", reason: "holds no text" });
      return;
    }
    try {
      if (known !== undefined) await tell({ kind: "article", input, article }, known.documentId);
      const kept = await putUnderFreeId(store, article, passages);
      if (kept !== null) report.warnings.push(`${input}: ${kept}`);
      report[known === undefined ? "added" : "updated"] += 1;
      written += passages.length;
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== "document_id_taken") throw error;
      report.failed.push({ input, code: error.code, reason: error.message });
    }
  };

  try {
    for await (const outcome of outcomes) {
      signal?.throwIfAborted();
      const source = outcome.kind === "article" ? outcome.article.source : outcome.source;
      const known = source === null ? undefined : before.get(source);
      // the same document met twice in a run: the first stands
      const again = source !== null && seen.has(source);
      if (source !== null) seen.add(source);
      if (outcome.kind === "refused") {
        report.failed.push({ input: outcome.input, code: outcome.code, reason: outcome.reason });
        if (known !== undefined) await tell(outcome, known.documentId);
      } else {
        for (const warning of outcome.kind === "article" ? outcome.article.warnings : []) {
          const kind = warning.replace(/\d+/g, "#");
          told.set(kind, [...(told.get(kind) ?? []), `${outcome.input}: ${warning}`]);
        }
        if (outcome.kind === "article" && !again && known?.fingerprint !== outcome.article.fingerprint)
          await write(outcome.input, outcome.article);
        else if (!again) report.unchanged += 1;
      }
      done += 1;
      options.onProgress?.({ done, total: Math.max(done, options.total?.() ?? 0), current: outcome.input, passages: written });
    }
    if (prune !== undefined) {
      const gone = [...before].filter(([source]) => !seen.has(source) && prune(source));
      report.removed = await store.remove(gone.map(([, { documentId }]) => documentId));
    }
  } catch (error) {
    // the first trouble is the one to tell of
    await store.flush().catch(() => undefined);
    throw error;
  }
  await store.flush();
  for (const all of told.values())
    report.warnings.push(...(all.length < SHARED ? all : [`${all[0]} The same holds of ${all.length - 1} more documents.`]));
  const { documents, passages } = await store.coverage();
  const { pending } = await store.vectors();
  return { ...report, documents, passages, vectors_pending: pending, took_ms: clock.now().getTime() - began };
}

/** Two files that claim one id are both kept: the later one under an id made from its place, which the note that is given back tells. */
async function putUnderFreeId(
  store: KnowledgeStore,
  article: Article,
  passages: readonly PassageDraft[],
): Promise<string | null> {
  try {
    await store.put(article, passages);
    return null;
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== "document_id_taken") throw error;
    await store.put(withId(article, spareId(article)), passages);
    return `${error.message} This one is kept as ${spareId(article)}.`;
  }
}

const spareId = ({ document, source }: Article): string =>
  `${document.id.slice(0, 80)}-${createHash("sha256").update(source).digest("hex").slice(0, 8)}`;

const withId = (article: Article, id: string): Article => ({ ...article, document: { ...article.document, id } });

async function passagesOf(article: Article): Promise<PassageDraft[]> {
  const passages: PassageDraft[] = [];
  let turn = performance.now();
  for (const passage of chunkArticle(article)) {
    passages.push(passage);
    if (performance.now() - turn < SLICE_MS) continue;
    await nextTurn();
    turn = performance.now();
  }
  return passages;
}
