// WordIndex: our own terms in a tsvector, found by a GIN index. How often a passage holds a term is read out of `ts_rank`.
import { fold, stemOf } from "../../text/words.ts";
import { numbers } from "../relational/passage-catalogue.ts";
import { insertRows, NUMBERS, type SqlDatabase } from "../relational/sql-database.ts";
import type { WordIndex } from "../relational/text-search.ts";

/** A term is not longer: PostgreSQL keeps none above 2 KB, and nobody types one. */
const LONGEST_TERM = 80;
/** A phrase is told by its beginning. */
const LONGEST_PHRASE = 64;
/** What stands between text and context, so that no phrase reaches over. */
const GAP = 10;

/** PostgreSQL keeps no more places of a term. */
const MOST_TIMES = 256;
/**
 * `ts_rank` of one term with weight 1 is the sum of 1/n² over its n-th places, over π²/6: that is how often it stands there. Times 10⁷, since
 * numbers cross over as whole ones.
 */
const TIMES_BY_RANK = new Map<number, number>();
for (let times = 1, sum = 0; times <= MOST_TIMES; times += 1) {
  sum += 1 / times ** 2;
  // a 32-bit float may lie a little to the side
  for (const off of [-3, -2, -1, 0, 1, 2, 3]) TIMES_BY_RANK.set(Math.round((sum / 1.644_934_066_85) * 1e7) + off, times);
}

export function createTsvectorWords(database: SqlDatabase): WordIndex {
  /** Brings the number of passages that hold each term up to date. */
  const countTerms = (open: SqlDatabase, ids: readonly number[], sign: "+" | "-"): Promise<number> =>
    open.run(
      `INSERT INTO terms (term, passages) SELECT lexeme, ${sign}count(*) FROM words w, unnest(w.terms) WHERE w.passage IN ${NUMBERS}
       GROUP BY lexeme ORDER BY lexeme ON CONFLICT (term) DO UPDATE SET passages = terms.passages + excluded.passages`,
      [JSON.stringify(ids)],
    );

  return {
    countColumn: "passages",
    termsOf: (texts) => texts.map(termsOf),
    async holders(term, since, upTo) {
      // not ordered there, which would sort whole rows; what is added to the number keeps the planner from walking through all passages
      const [[list] = []] = await database.all(
        `SELECT string_agg(passage || ',' || (ts_rank('{1,1,1,1}', terms, ?::tsquery) * 1e7)::bigint, ',')
         FROM words WHERE terms @@ ?::tsquery AND passage + 0 <= ? ${since === 0 ? "" : "AND passage > ?"}`,
        [`'${term}'`, `'${term}'`, upTo, ...(since === 0 ? [] : [since])],
      );
      const pairs = numbers(list);
      const ordered = Float64Array.from(
        { length: pairs.length / 2 },
        (_, at) => (pairs[2 * at] ?? 0) * MOST_TIMES + (TIMES_BY_RANK.get(pairs[2 * at + 1] ?? 0) ?? 1) - 1,
      ).sort();
      const found: number[] = [];
      for (const each of ordered)
        for (let time = each % MOST_TIMES; time >= 0; time -= 1) found.push(Math.floor(each / MOST_TIMES));
      return found;
    },
    async holdersOfPhrase(text) {
      const query = termsOf(text)
        .slice(0, LONGEST_PHRASE)
        .map((term) => `'${term}'`);
      const [[list] = []] = await database.all("SELECT string_agg(passage::text, ',') FROM words WHERE terms @@ ?::tsquery", [
        query.join(" <-> "),
      ]);
      return Float64Array.from(numbers(list)).sort();
    },
    async add(open, passages) {
      const rows = passages.map(({ id, text, context }) => ({ passage: id, terms: termVector(text, context) }));
      await insertRows(open, "words", rows);
      const ids = passages.map(({ id }) => id);
      await countTerms(open, ids, "+");
    },
    // their words go with them
    remove: async (open, ids) => void (await countTerms(open, ids, "-")),
  };
}

/** Words of a text as the index keeps them: folded, without accents, Porter stems. */
const termsOf = (text: string): string[] =>
  (fold(text).match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => stemOf(word).slice(0, LONGEST_TERM));

/** Terms with their places, as PostgreSQL reads a tsvector; those of the context come after those of the text. */
function termVector(text: string, context: string): string {
  const places = new Map<string, number[]>();
  const own = termsOf(text);
  const add = (term: string, at: number): void => void places.set(term, [...(places.get(term) ?? []), at]);
  own.forEach((term, at) => add(term, at + 1));
  termsOf(context).forEach((term, at) => add(term, own.length + GAP + at));
  return [...places].map(([term, at]) => `'${term}':${at.join(",")}`).join(" ");
}
