// BM25 over the FTS5 index. FTS5 finds which passages hold a term; the score is counted here, over the postings of the query's terms,
// kept in memory until the next write: its own bm25() takes 60 ms for a ten-word question at 50,000 passages, this takes 2.
import { plainLetters } from "../../text/words.ts";
import type { TextHit, TextQuery } from "../knowledge.ts";
import { gathered, MOST_PHRASES, MOST_POSTINGS, MOST_WORDS, ranked, tellingTerms, type Postings } from "../relational/bm25.ts";
import { numbers, type Catalogue } from "../relational/passage-catalogue.ts";
import { storable } from "../relational/sql-database.ts";
import type { Connection } from "./database.ts";
import type { TermReader } from "./terms.ts";

export interface TextSearch {
  search(query: TextQuery, catalogue: Catalogue, allowed: Uint8Array | null, k: number): TextHit[];
  /** Number of passages that hold each word, all its terms where it has several. */
  holding(words: readonly string[], catalogue: Catalogue): number[];
  vocabulary(prefix: string): { word: string; passages: number }[];
}

export function createTextSearch(connection: Connection, terms: TermReader): TextSearch {
  let cache = new Map<string, Postings>();
  let cached = 0;
  let cacheOf: Catalogue | null = null;

  const postingsOf = (term: string, catalogue: Catalogue): Postings => {
    if (cacheOf !== catalogue || cached > MOST_POSTINGS) {
      cache = new Map();
      cached = 0;
      cacheOf = catalogue;
    }
    const known = cache.get(term);
    if (known !== undefined) return known;
    // one string, ascending: rows would cost ten times as much
    const found = connection
      .sql("SELECT group_concat(doc) FROM (SELECT doc FROM places WHERE term = ? ORDER BY doc)")
      .get([term]);
    const postings = gathered(numbers(found?.[0]), catalogue);
    cache.set(term, postings);
    cached += postings.places.length;
    return postings;
  };

  const phrasePostings = (phrase: string, catalogue: Catalogue): Postings => {
    const ids = numbers(
      connection
        .sql("SELECT group_concat(rowid) FROM (SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid)")
        .get([asPhrase(phrase)])?.[0],
    );
    return gathered(ids, catalogue);
  };

  const frequency = (term: string): number =>
    Number(connection.sql("SELECT doc FROM terms WHERE term = ?").get([term])?.[0] ?? 0);

  return {
    search(query, catalogue, allowed, k) {
      if (catalogue.count === 0 || k <= 0) return [];
      const phrases = query.phrases
        .filter((phrase) => terms.termsOf([phrase])[0]?.length)
        .slice(0, MOST_PHRASES)
        .map((phrase) => phrasePostings(phrase, catalogue));
      const wanted = [...new Set(terms.termsOf(query.words.slice(0, MOST_WORDS)).flat())];
      const telling = tellingTerms(wanted, (all) => all.map(frequency)).map((term) => postingsOf(term, catalogue));
      return ranked(telling, phrases, catalogue, allowed, k);
    },
    holding(words, catalogue) {
      return terms.termsOf(words).map((cut, at) => {
        if (cut.length === 0) return 0;
        return cut.length === 1 ? frequency(cut[0] ?? "") : phrasePostings(words[at] ?? "", catalogue).places.length;
      });
    },
    vocabulary(prefix) {
      // terms are folded: the prefix is cut like a word, but not stemmed
      const list = connection
        .sql(
          "SELECT group_concat(term || ' ' || doc, char(10)) FROM (SELECT term, doc FROM terms WHERE term >= ? AND term < ? ORDER BY term)",
        )
        .get([prefix, `${prefix}\u{10FFFF}`])?.[0];
      if (typeof list !== "string") return [];
      return list.split("\n").map((line) => {
        const gap = line.lastIndexOf(" ");
        return { word: line.slice(0, gap), passages: Number(line.slice(gap + 1)) };
      });
    },
  };
}

/** In FTS5's syntax everything between double quotes is text; a quote is doubled. */
function asPhrase(text: string): string {
  return `"${plainLetters(storable(text)).replaceAll('"', '""')}"`;
}
