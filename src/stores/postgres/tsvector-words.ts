// WordIndex: our own terms in a tsvector, found by a GIN index. How often a passage holds a term is read out of `ts_rank`.
import { numbers } from "../relational/passage-catalogue.ts";
import { insertRows, NUMBERS, type SqlDatabase } from "../relational/sql-database.ts";
import type { WordIndex } from "../relational/text-search.ts";

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
  const countTerms = (open: SqlDatabase, ids: readonly number[], sign: "+" | "-"): Promise<number> =>
    open.run(
      `INSERT INTO terms (term, passages) SELECT lexeme, ${sign}count(*) FROM words w, unnest(w.terms) WHERE w.passage IN ${NUMBERS}
       GROUP BY lexeme ORDER BY lexeme ON CONFLICT (term) DO UPDATE SET passages = terms.passages + excluded.passages`,
      [JSON.stringify(ids)],
    );

  return {
    async holders(term) {
      // not ordered there, which would sort whole rows
      const [[list] = []] = await database.all(
        `SELECT string_agg(passage || ',' || (ts_rank('{1,1,1,1}', terms, ?::tsquery) * 1e7)::bigint, ',') FROM words WHERE terms @@ ?::tsquery`,
        [`'${term}'`, `'${term}'`],
      );
      const pairs = numbers(list);
      const times = new Map<number, number>();
      for (let at = 0; at < pairs.length; at += 2) times.set(pairs[at] ?? 0, TIMES_BY_RANK.get(pairs[at + 1] ?? 0) ?? 1);
      const found: number[] = [];
      for (const passage of Float64Array.from(times.keys()).sort())
        for (let time = times.get(passage) ?? 0; time > 0; time -= 1) found.push(passage);
      return found;
    },
    async holdersOfPhrase(terms) {
      const query = terms.map((term) => `'${term}'`).join(" <-> ");
      const [[list] = []] = await database.all("SELECT string_agg(passage::text, ',') FROM words WHERE terms @@ ?::tsquery", [
        query,
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

/** Terms with their places, as PostgreSQL reads a tsvector; those of the context come after those of the text. */
function termVector(text: readonly string[], context: readonly string[]): string {
  const places = new Map<string, number[]>();
  const add = (term: string, at: number): void => void places.set(term, [...(places.get(term) ?? []), at]);
  text.forEach((term, at) => add(term, at + 1));
  context.forEach((term, at) => add(term, text.length + GAP + at));
  return [...places].map(([term, at]) => `'${term}':${at.join(",")}`).join(" ");
}
