// KnowledgeStore over tables. What each database does in its own way (words, vectors, locks, making the tables) is its backend.
import type { Article, PassageDraft } from "../../domain.ts";
import type { KnowledgeStore, VectorHit } from "../knowledge.ts";
import { coverageOf, createDocumentReader, documentsOf } from "./documents.ts";
import { asksForDates } from "./filters.ts";
import { checkEmbedder, metaOf } from "./knowledge-tables.ts";
import { createKnowledgeWriter } from "./knowledge-writer.ts";
import { createCatalogue, type Catalogue, type Passing } from "./passage-catalogue.ts";
import type { StoreDatabase, Value } from "./sql-database.ts";
import { createTextSearch, type WordIndex } from "./text-search.ts";

export interface Backend {
  database: StoreDatabase;
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
  /** Identity of the embedder that the vectors come from; null for whichever it is. */
  embedder: string | null;
  /** How long a run of writes waits for another process's; 3 s by default. */
  lockWaitMs?: number | undefined;
}

export interface Put {
  article: Article;
  passages: PassageDraft[];
  vectors: (Float32Array | null)[];
}

export interface RelationalStore extends KnowledgeStore {
  /** What `put` was given for one source; null where there is none. */
  given(source: string): Promise<Put | null>;
}

export async function openRelationalStore(
  backend: Backend,
  { embedder, lockWaitMs = 3000 }: RelationalOptions,
): Promise<RelationalStore> {
  const { database, words } = backend;
  await checkEmbedder(database, embedder);
  const catalogue = createCatalogue(database, () => checkEmbedder(database, embedder));
  const vectors = backend.vectors(catalogue.current);

  const documents: KnowledgeStore["documents"] = (filter = {}) =>
    catalogue.kept(`documents ${JSON.stringify(filter)}`, () => documentsOf(database, filter));

  return {
    ...createKnowledgeWriter({ database, words, vectors }, lockWaitMs),
    ...createDocumentReader(database, vectors),
    ...createTextSearch(database, words, catalogue),
    documents,
    async searchVectors(vector, filter, k) {
      const now = await catalogue.current();
      return now.count === 0 || k <= 0 ? [] : vectors.search(vector, now, await catalogue.passing(filter, now), k);
    },
    generation: async () => Number((await metaOf(database)).generation),
    coverage: (filter = {}) =>
      catalogue.kept(`coverage ${JSON.stringify(filter)}`, async () => {
        const now = await catalogue.current();
        const passages = (await catalogue.passing(filter, now))?.left ?? now.count;
        const undated = asksForDates(filter) && filter.undated !== true;
        const others = undated ? await documents({ ...filter, since: undefined, until: undefined, asOf: undefined }) : [];
        const undatedLeftOut = others.filter(({ published }) => published === null).length;
        return { ...coverageOf(await documents(filter)), passages, undatedLeftOut };
      }),
    async manifest() {
      const { embedder: name, dimension } = await metaOf(database);
      const some = await database.all("SELECT 1 FROM documents LIMIT 1");
      return some.length === 0 ? null : { schema: backend.schema, embedder: name, dimension: Number(dimension) };
    },
    inspect: backend.inspect,
  };
}
