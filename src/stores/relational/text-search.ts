// BM25 over an index of words in the database. It finds which passages hold a term; the score is counted here, over the postings of the query's
// terms, which stay in memory and are only added to: FTS5's own bm25() takes 60 ms for a ten-word question at 50,000 passages, this takes 2.
import type { Filter } from "../../domain.ts";
import type { KnowledgeStore, TextHit, TextQuery } from "../knowledge.ts";
import { gathered, ranked, tellingTerms, type Postings } from "./bm25.ts";
import type { Catalogue, CatalogueReader } from "./passage-catalogue.ts";
import { TEXTS, type SqlDatabase } from "./sql-database.ts";

/** The words of passages as a database keeps them, in a table `terms` too, of each term and the number of passages that hold it. */
export interface WordIndex {
  /** The terms of each text: folded, without accents, stemmed; none for punctuation. */
  termsOf(texts: readonly string[]): string[][];
  /** Passages that hold the term, ascending, each as often as it does: of those after `since` and up to `upTo`. */
  holders(term: string, since: number, upTo: number): Promise<ArrayLike<number>>;
  /** Passages that hold the words of the text in a row, ascending. */
  holdersOfPhrase(text: string): Promise<ArrayLike<number>>;
  /** The column of `terms` with the number of passages. */
  countColumn: string;
  add(open: SqlDatabase, passages: readonly { id: number; text: string; context: string }[]): Promise<void>;
  /** To be called before the passages go. */
  remove(open: SqlDatabase, ids: readonly number[]): Promise<void>;
}

/** Words that are looked at at all, before the rarest are picked. */
const MOST_WORDS = 2000;
const MOST_PHRASES = 8;
/** Postings kept in memory: 12 bytes each. */
const MOST_POSTINGS = 3_000_000;

interface Held {
  /** Of passages that hold the term, ascending, each as often as it does. */
  ids: Uint32Array;
  /** All passages up to this one were looked at. */
  upTo: number;
  /** For the catalogue that they were counted for. */
  postings: Postings | null;
  of: Catalogue | null;
}

export function createTextSearch(
  database: SqlDatabase,
  words: WordIndex,
  catalogue: CatalogueReader,
): Pick<KnowledgeStore, "searchText" | "frequencies" | "vocabulary"> {
  let held = new Map<string, Held>();
  let [size, store] = [0, ""];

  /** Asks for what is not known yet, or came since. */
  async function postingsOf(term: string, now: Catalogue): Promise<Postings> {
    if (size > MOST_POSTINGS || store !== now.store) {
      held = new Map();
      [size, store] = [0, now.store];
    }
    const last = now.ids[now.count - 1] ?? 0;
    let own = held.get(term) ?? { ids: new Uint32Array(), upTo: 0, postings: null, of: null };
    if (own.upTo < last) {
      const added = await words.holders(term, own.upTo, last);
      const ids = new Uint32Array(own.ids.length + added.length);
      ids.set(own.ids);
      ids.set(added, own.ids.length);
      own = { ids, upTo: last, postings: null, of: null };
      if (store === now.store && (held.get(term)?.upTo ?? 0) < last) {
        size += added.length;
        held.set(term, own);
      }
    }
    if (own.of !== now || own.postings === null) Object.assign(own, { of: now, postings: gathered(own.ids, now) });
    return own.postings ?? gathered([], now);
  }

  const phrasePostings = async (phrase: string, now: Catalogue): Promise<Postings> =>
    gathered(await words.holdersOfPhrase(phrase), now);

  async function counts(terms: readonly string[]): Promise<number[]> {
    const rows = await database.all(`SELECT term, ${words.countColumn} FROM terms WHERE term IN ${TEXTS}`, [
      JSON.stringify(terms),
    ]);
    const known = new Map(rows.map(([term, passages]) => [term, Number(passages)]));
    return terms.map((term) => known.get(term) ?? 0);
  }

  return {
    async searchText(query: TextQuery, filter: Filter, k: number): Promise<TextHit[]> {
      const now = await catalogue.current();
      if (now.count === 0 || k <= 0) return [];
      const phrases = query.phrases.filter((phrase) => words.termsOf([phrase])[0]?.length).slice(0, MOST_PHRASES);
      const wanted = [...new Set(words.termsOf(query.words.slice(0, MOST_WORDS)).flat())];
      const telling = await tellingTerms(wanted, counts);
      const [lists, whole, passing] = await Promise.all([
        Promise.all(telling.map((term) => postingsOf(term, now))),
        Promise.all(phrases.map((phrase) => phrasePostings(phrase, now))),
        catalogue.passing(filter, now),
      ]);
      return ranked(lists, whole, now, passing, k);
    },
    async frequencies(asked) {
      const cut = words.termsOf(asked);
      const now = await catalogue.current();
      const single = await counts(cut.map(([first = ""]) => first));
      const holding = cut.map(async (terms, at) =>
        terms.length > 1 ? (await phrasePostings(asked[at] ?? "", now)).places.length : (single[at] ?? 0),
      );
      return { passages: now.count, holding: await Promise.all(holding) };
    },
    async vocabulary(prefix) {
      // one string: rows would cost ten times as much; no term holds a comma
      const [[list] = []] = await database.all(
        `SELECT string_agg(term || ' ' || ${words.countColumn}, ',') FROM (SELECT * FROM terms WHERE term >= ? AND term < ? ORDER BY term) found
         WHERE ${words.countColumn} > 0`,
        [prefix, `${prefix}\u{10FFFF}`],
      );
      const entries = typeof list === "string" ? list.split(",") : [];
      return entries.map((entry) => {
        const [word = "", passages] = entry.split(" ");
        return { word, passages: Number(passages) };
      });
    },
  };
}
