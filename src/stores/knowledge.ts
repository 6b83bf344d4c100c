// Port: what the bot has read. Documents, passages and their vectors; rebuildable from the corpus at any time.
// SQLite is the default (sqlite/knowledge-store). Every method may throw Failure `index_broken` with the command that rebuilds it.
import type { Article, Coverage, Document, Filter, Passage, PassageDraft, StoredDocument } from "../domain.ts";

/** What the index was built with; `dimension` is 0 until the first vector is there. Opening it with another embedder is a Failure `index_mismatch` that names `ingest --rebuild`. */
export interface Manifest {
  schema: number;
  embedder: string;
  dimension: number;
}

export interface IndexedSource {
  documentId: string;
  fingerprint: string;
}

export interface TextHit {
  passage: number;
  /** BM25 (k1 1.2, b 0.75) over the largest score that this query could reach: the sum of its terms' idf times k1 + 1. 0..1 */
  score: number;
}

export interface VectorHit {
  passage: number;
  cosine: number;
}

/** A passage without a vector, with what the embedder is to read: its context and its text. */
export interface PendingPassage {
  id: number;
  input: string;
}

/** A query for the text side: bare words (stemmed by the store as its index is) and phrases that must stand as they are. */
export interface TextQuery {
  words: readonly string[];
  phrases: readonly string[];
}

export interface KnowledgeStore {
  /** Everything indexed, by `Article.source`, for the diff of a run. */
  sources(): Promise<Map<string, IndexedSource>>;
  /** Begins a run of writes, which `flush` ends: waits a little for another process's, then Failure `ingest_running`. Writes begin one by themselves. */
  begin(): Promise<void>;
  /**
   * Puts one document with its passages in one transaction, in place of an earlier version of the same source. `vectors[i]` belongs to
   * `passages[i]`; one that is not there is taken over from a passage of the same context and text, or left for `putVectors`.
   */
  put(article: Article, passages: readonly PassageDraft[], vectors?: readonly (Float32Array | null)[]): Promise<void>;
  /** How many passages there are, and how many of them have no vector yet. */
  vectors(): Promise<{ passages: number; pending: number }>;
  /** At most `limit` passages without a vector, those of the newest documents first, none with the same input as another. */
  pendingPassages(limit: number): Promise<PendingPassage[]>;
  /** Vectors of passages that were pending, and of all others with the same input; ids that are gone are passed over. Needs no run of writes. */
  putVectors(ids: readonly number[], vectors: readonly Float32Array[]): Promise<void>;
  /** For whoever embeds what is pending: null while another does, in this process or another. Releasing brings the vector snapshot up to the truth. */
  holdVectors(): Promise<{ release(): Promise<void> } | null>;
  /** Removes documents with all that hangs on them; unknown ids are passed over. Gives the number removed. */
  remove(documentIds: readonly string[]): Promise<number>;
  /** Newest publication first, undated last. The same list as long as nothing is written. */
  documents(filter?: Filter): Promise<readonly Document[]>;
  /** Null where there is none, or where the scopes do not allow it. */
  document(id: string, scopes?: readonly string[]): Promise<StoredDocument | null>;
  /** In the order of the ids; ids that are gone are left out. */
  passages(ids: readonly number[]): Promise<Passage[]>;
  passagesOf(documentId: string): Promise<Passage[]>;
  searchText(query: TextQuery, filter: Filter, k: number): Promise<TextHit[]>;
  searchVectors(vector: Float32Array, filter: Filter, k: number): Promise<VectorHit[]>;
  /** The exact cosine of each passage's own vector, in the order of the ids; null for an id that is gone. So a passage that only the words found gets its true score. */
  cosines(vector: Float32Array, ids: readonly number[]): Promise<(number | null)[]>;
  /** The vectors of the first passages of a document, in order, at most `limit`; unit length. Empty where there is none. */
  leadVectors(documentId: string, limit: number): Promise<Float32Array[]>;
  /** Words of the text index as it keeps them (folded, stemmed) that begin with `prefix` ('' for all), with the number of passages that hold each. */
  vocabulary(prefix: string): Promise<{ word: string; passages: number }[]>;
  /** Changes when documents came or went, and when the last passage got its vector, also by another process: what was derived from the store holds as long as it stays the same. */
  generation(): Promise<number>;
  /** Number of passages that hold each word (stemmed as the index is), and of all passages. */
  frequencies(words: readonly string[]): Promise<{ passages: number; holding: number[] }>;
  /** What the documents that pass the filter span; `undatedLeftOut` counts those that only lack a date. */
  coverage(filter?: Filter): Promise<Coverage & { undatedLeftOut: number; passages: number }>;
  manifest(): Promise<Manifest | null>;
  /** Reads through the files until `budgetMs` are over: true when all was looked at. Failure `index_broken` where something is damaged. */
  inspect(budgetMs: number): Promise<boolean>;
  /** Ends a run of writes: the vector snapshot is brought up to the truth. */
  flush(): Promise<void>;
  close(): Promise<void>;
}
