// Which documents and passages there are. In memory: id, document, length of every passage, by position in the order of ids, and what was
// derived from the documents. Follows the database by its generation, also when another process writes.
import type { Document, Filter, Passage, StoredDocument } from "../../domain.ts";
import type { Connection, Row } from "./database.ts";
import { conditionOf } from "./filters.ts";
import { meta } from "./schema.ts";

export interface Catalogue {
  generation: number;
  /** Changes whenever passages went away, not when some were added. */
  removals: number;
  store: string;
  count: number;
  /** Ascending. */
  ids: Uint32Array;
  /** Key of the document of each passage. */
  docs: Uint32Array;
  /** Length of each passage for BM25, in words. */
  weights: Float32Array;
  averageWeight: number;
  /** Position of an id, or -1. */
  placeOf(id: number): number;
}

export interface CatalogueReader {
  /** The state of the last commit. Cheap when nothing was written since. */
  current(): Catalogue;
  /** By position: 1 where the passage's document passes. Null where all pass. */
  allowed(filter: Filter): Uint8Array | null;
  /** Gives what `make` gave for the same key in the same state. What is given is shared: nobody may change it. */
  kept<T>(key: string, make: () => T): T;
}

/** Results that are kept: a bot asks with the same few filters again and again. */
const KEPT = 16;

/** `onChange` runs before the first use of a new state: it may refuse it. */
export function createCatalogue(connection: Connection, onChange: () => void): CatalogueReader {
  let catalogue: Catalogue | null = null;
  let dataVersion: number | null = null;
  const results = new Map<string, unknown>();

  const current = (): Catalogue => {
    // changes with each commit of another connection: ours never writes
    const version = Number(connection.sql("PRAGMA data_version").get()?.[0]);
    if (catalogue !== null && version === dataVersion) return catalogue;
    return connection.snapshot(() => {
      const generation = Number(meta(connection, "generation"));
      const store = meta(connection, "store") ?? "";
      if (catalogue === null || catalogue.generation !== generation || catalogue.store !== store) {
        onChange();
        catalogue = read(connection, generation, store, catalogue);
        results.clear();
      }
      // older than what was read, at worst: then the next call looks again
      dataVersion = version;
      return catalogue;
    });
  };

  const kept = <T>(key: string, make: () => T): T => {
    current();
    if (results.has(key)) return results.get(key) as T;
    const [oldest] = results.keys();
    if (results.size >= KEPT && oldest !== undefined) results.delete(oldest);
    const fresh = make();
    results.set(key, fresh);
    return fresh;
  };

  return {
    current,
    kept,
    allowed: (filter) => kept(`allowed ${JSON.stringify(filter)}`, () => passing(connection, filter, current())),
  };
}

function passing(connection: Connection, filter: Filter, catalogue: Catalogue): Uint8Array | null {
  const { sql, values } = conditionOf(filter);
  const documents = Number(connection.sql("SELECT count(*) FROM documents").get()?.[0]);
  const keys = numbers(connection.sql(`SELECT group_concat(d.doc) FROM documents d WHERE ${sql}`).get(values)?.[0]);
  if (keys.length === documents) return null;
  const pass = new Set(keys);
  const allowed = new Uint8Array(catalogue.count);
  for (let place = 0; place < catalogue.count; place += 1) allowed[place] = pass.has(catalogue.docs[place] ?? 0) ? 1 : 0;
  return allowed;
}

/** Reads only what was added where nothing went away: ids only ever grow. */
function read(connection: Connection, generation: number, store: string, before: Catalogue | null): Catalogue {
  const removals = Number(meta(connection, "removals"));
  const keep = before !== null && before.store === store && before.removals === removals ? before : null;
  const last = keep?.ids[keep.count - 1] ?? 0;
  // one string instead of rows: the rows of 50,000 passages would take ten times as long to cross over
  const flat = numbers(
    connection
      .sql(
        "SELECT group_concat(id || ',' || doc || ',' || CAST(weight * 16 AS INTEGER)) FROM (SELECT id, doc, weight FROM passages WHERE id > ? ORDER BY id)",
      )
      .get([last])?.[0],
  );
  const had = keep?.count ?? 0;
  const count = had + flat.length / 3;
  const ids = new Uint32Array(count);
  const docs = new Uint32Array(count);
  const weights = new Float32Array(count);
  if (keep !== null) {
    ids.set(keep.ids);
    docs.set(keep.docs);
    weights.set(keep.weights);
  }
  for (let at = 0; at < flat.length; at += 3) {
    const place = had + at / 3;
    ids[place] = flat[at] ?? 0;
    docs[place] = flat[at + 1] ?? 0;
    weights[place] = (flat[at + 2] ?? 0) / 16;
  }
  return {
    generation,
    removals,
    store,
    count,
    ids,
    docs,
    weights,
    averageWeight: count === 0 ? 1 : weights.reduce((sum, weight) => sum + weight, 0) / count,
    placeOf: (id) => placeOf(ids, id),
  };
}

function placeOf(ids: Uint32Array, id: number): number {
  let low = 0;
  let high = ids.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const here = ids[middle] ?? 0;
    if (here === id) return middle;
    if (here < id) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** The whole numbers of a list such as `3,17,18`, as group_concat gives it; null for no rows. */
export function numbers(list: unknown): number[] {
  if (typeof list !== "string" || list === "") return [];
  const found: number[] = [];
  let value = 0;
  for (let at = 0; at < list.length; at += 1) {
    const code = list.charCodeAt(at);
    if (code >= 48 && code <= 57) value = value * 10 + code - 48;
    else if (code === 44) {
      found.push(value);
      value = 0;
    }
  }
  found.push(value);
  return found;
}

/** Rows of the documents and passages tables as the shapes of the domain. */
export const DOCUMENT_COLUMNS =
  "d.id, d.title, d.publisher, d.author, d.published, d.updated, d.fetched, d.genre, d.url, d.path, d.language";
const DOCUMENT_WIDTH = 11;

export function toDocument(row: Row): Document {
  const [id, title, publisher, author, published, updated, fetched, genre, url, path, language] = row;
  return { id, title, publisher, author, published, updated, fetched, genre, url, path, language } as Document;
}

export const PASSAGE_COLUMNS = `p.id, p.doc, p.start, p."end", p.text, p.heading, p.speaker, p.role`;

export function toPassage(row: Row, document: Document): Passage {
  const [id, , start, end, text, heading, speaker, role] = row;
  return { id, document, start, end, text, heading, speaker, role } as Passage;
}

export const STORED_COLUMNS = `${DOCUMENT_COLUMNS}, d.scope, t.text, t.blocks, t.evidence, t.extra`;

export function toStoredDocument(row: Row, passages: StoredDocument["passages"]): StoredDocument {
  const [scope, text, blocks, evidence, extra] = row.slice(DOCUMENT_WIDTH);
  return {
    ...toDocument(row),
    text: String(text),
    blocks: JSON.parse(String(blocks)) as StoredDocument["blocks"],
    passages,
    evidence: JSON.parse(String(evidence)) as StoredDocument["evidence"],
    extra: JSON.parse(String(extra)) as StoredDocument["extra"],
    scope: scope as string | null,
  };
}
