// KnowledgeStore over tables. What each database does in its own way (words, vectors, locks, making the tables) is its backend.
import type { KnowledgeStore, VectorHit } from "../knowledge.ts";
import { copyGroups } from "./copies.ts";
import { coverageOf, documentsOf, passagesById, passagesOf, pendingPassages, storedDocument, vectorCounts } from "./documents.ts";
import { checkEmbedder, metaOf } from "./knowledge-tables.ts";
import { createKnowledgeWriter } from "./knowledge-writer.ts";
import { createCatalogue, type Catalogue, type Passing } from "./passage-catalogue.ts";
import { NUMBERS, type StoreDatabase, type Value } from "./sql-database.ts";
import { createTextSearch, type WordIndex } from "./text-search.ts";

export interface Backend {
  database: StoreDatabase;
  /** Version of the tables. */
  schema: number;
  words: WordIndex;
  /** `current` gives the state of the last commit. */
  vectors(current: () => Promise<Catalogue>): VectorTable;
  inspect: KnowledgeStore["inspect"];
}

/** Vectors as a database keeps them, in a table `vectors` of passages and theirs, and finds the nearest. */
export interface VectorTable {
  toValue(vector: Float32Array): Value;
  toVector(value: Value): Float32Array;
  /** SQL of the cosine of `vector` and of a value. */
  cosine: string;
  search(vector: Float32Array, now: Catalogue, passing: Passing | null, k: number): Promise<VectorHit[]>;
  /** So many vectors were written: lets what is made of them follow in the background, so that `settle` has less to do. */
  follow(written: number): void;
  /** What is made of the vectors, to search them faster, is brought up to the truth. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export interface RelationalOptions {
  /** Identity of the embedder that the vectors come from. */
  embedder: string;
  /** How long a run of writes waits for another process's; 3 s by default. */
  lockWaitMs?: number | undefined;
}

/** Throws Failure `index_mismatch`. */
export async function openRelationalStore(
  backend: Backend,
  { embedder, lockWaitMs = 3000 }: RelationalOptions,
): Promise<KnowledgeStore> {
  const { database, words } = backend;
  await checkEmbedder(database, embedder);
  const catalogue = createCatalogue(database, () => checkEmbedder(database, embedder));
  const vectors = backend.vectors(catalogue.current);

  return {
    ...createKnowledgeWriter({ database, words, vectors }, lockWaitMs),
    ...createTextSearch(database, words, catalogue),
    async sources() {
      const rows = await database.all("SELECT source, id, fingerprint FROM documents");
      return new Map(
        rows.map(([source, id, fingerprint]) => [String(source), { documentId: String(id), fingerprint: String(fingerprint) }]),
      );
    },
    vectors: () => vectorCounts(database),
    pendingPassages: (limit) => pendingPassages(database, limit),
    documents: (filter = {}) => catalogue.kept(`documents ${JSON.stringify(filter)}`, () => documentsOf(database, filter)),
    document: (id, scopes = []) => storedDocument(database, id, scopes),
    passages: (ids) => passagesById(database, ids),
    passagesOf: (documentId) => passagesOf(database, documentId),
    async searchVectors(vector, filter, k) {
      const now = await catalogue.current();
      return now.count === 0 || k <= 0 ? [] : vectors.search(vector, now, await catalogue.passing(filter, now), k);
    },
    async cosines(vector, ids) {
      const rows = await database.all(`SELECT ${vectors.cosine}, passage FROM vectors WHERE passage IN ${NUMBERS}`, [
        vectors.toValue(vector),
        JSON.stringify(ids),
      ]);
      const cosines = new Map(rows.map(([cosine, passage]) => [Number(passage), Number(cosine)]));
      return ids.map((id) => cosines.get(id) ?? null);
    },
    async leadVectors(documentId, limit) {
      const rows = await database.all(
        `SELECT v.vector FROM passages p JOIN vectors v ON v.passage = p.id WHERE p.doc = (SELECT doc FROM documents WHERE id = ?)
         ORDER BY p.id LIMIT ?`,
        [documentId, limit],
      );
      return rows.map(([vector = null]) => vectors.toVector(vector));
    },
    generation: async () => Number((await metaOf(database)).generation),
    copies: (filter = {}) => copyGroups(database, filter),
    async coverage(filter = {}) {
      const found = await catalogue.kept(`coverage ${JSON.stringify(filter)}`, () => coverageOf(database, filter));
      return { ...found, publishers: [...found.publishers] };
    },
    async manifest() {
      const { embedder: name, dimension } = await metaOf(database);
      const some = await database.all("SELECT 1 FROM documents LIMIT 1");
      return some.length === 0 ? null : { schema: backend.schema, embedder: name, dimension: Number(dimension) };
    },
    inspect: backend.inspect,
  };
}
