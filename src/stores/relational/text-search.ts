// BM25 over an index of words in the database. It finds which passages hold a term; the score is counted here, over the postings of the query's
// terms, which stay in memory: FTS5's own bm25() takes 60 ms for a ten-word question at 50,000 passages, this takes 2.
import type { Filter } from "../../domain.ts";
import type { KnowledgeStore, TextHit, TextQuery } from "../knowledge.ts";
import { gathered, ranked, tellingTerms, termsOf, type Postings } from "./bm25.ts";
import type { Catalogue, CatalogueReader } from "./passage-catalogue.ts";
import { TEXTS, type SqlDatabase } from "./sql-database.ts";

/** The terms of passages as a database keeps them; also in a table `terms`, of each with the number of `passages` that hold it. */
export interface WordIndex {
  /** Passages that hold the term, ascending, each as often as it does. */
  holders(term: string): Promise<ArrayLike<number>>;
  /** Passages that hold the terms in a row, ascending. */
  holdersOfPhrase(terms: readonly string[]): Promise<ArrayLike<number>>;
  /** No phrase reaches from the terms of the text into those of the context. */
  add(open: SqlDatabase, passages: readonly { id: number; text: string[]; context: string[] }[]): Promise<void>;
  /** To be called before the passages go. */
  remove(open: SqlDatabase, ids: readonly number[]): Promise<void>;
}

/** Words that are looked at at all, before the rarest are picked. */
const MOST_WORDS = 2000;
const MOST_PHRASES = 8;
/** A phrase is told by its beginning. */
const LONGEST_PHRASE = 64;
/** Postings kept in memory, as long as nothing is written: 8 bytes each. */
const MOST_POSTINGS = 3_000_000;

export function createTextSearch(
  database: SqlDatabase,
  words: WordIndex,
  catalogue: CatalogueReader,
): Pick<KnowledgeStore, "searchText" | "frequencies" | "vocabulary"> {
  let kept: { of: Catalogue | null; size: number; postings: Map<string, Postings> } = { of: null, size: 0, postings: new Map() };

  async function postingsOf(term: string, now: Catalogue): Promise<Postings> {
    if (kept.of !== now || kept.size > MOST_POSTINGS) kept = { of: now, size: 0, postings: new Map() };
    const own = kept;
    const known = own.postings.get(term);
    if (known !== undefined) return known;
    const found = gathered(await words.holders(term), now);
    own.postings.set(term, found);
    own.size += found.places.length;
    return found;
  }

  const phrasePostings = async (terms: readonly string[], now: Catalogue): Promise<Postings> =>
    gathered(await words.holdersOfPhrase(terms.slice(0, LONGEST_PHRASE)), now);

  async function counts(terms: readonly string[]): Promise<number[]> {
    const rows = await database.all(`SELECT term, passages FROM terms WHERE term IN ${TEXTS}`, [JSON.stringify(terms)]);
    const known = new Map(rows.map(([term, passages]) => [term, Number(passages)]));
    return terms.map((term) => known.get(term) ?? 0);
  }

  return {
    async searchText(query: TextQuery, filter: Filter, k: number): Promise<TextHit[]> {
      const now = await catalogue.current();
      if (now.count === 0 || k <= 0) return [];
      const phrases = query.phrases.map(termsOf).filter((terms) => terms.length > 0);
      const wanted = [...new Set(query.words.slice(0, MOST_WORDS).flatMap(termsOf))];
      const telling = await tellingTerms(wanted, counts);
      const [lists, whole, passing] = await Promise.all([
        Promise.all(telling.map((term) => postingsOf(term, now))),
        Promise.all(phrases.slice(0, MOST_PHRASES).map((terms) => phrasePostings(terms, now))),
        catalogue.passing(filter, now),
      ]);
      return ranked(lists, whole, now, passing, k);
    },
    async frequencies(asked) {
      const cut = asked.map(termsOf);
      const now = await catalogue.current();
      const single = await counts(cut.map(([first = ""]) => first));
      const holding = cut.map(async (terms, at) =>
        terms.length > 1 ? (await phrasePostings(terms, now)).places.length : (single[at] ?? 0),
      );
      return { passages: now.count, holding: await Promise.all(holding) };
    },
    async vocabulary(prefix) {
      // one string: rows would cost ten times as much; no term holds a comma
      const [[list] = []] = await database.all(
        `SELECT string_agg(term || ' ' || passages, ',') FROM (SELECT * FROM terms WHERE term >= ? AND term < ? ORDER BY term) found
         WHERE passages > 0`,
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
