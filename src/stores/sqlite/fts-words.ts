// WordIndex: FTS5 over our own terms.
import { numbers } from "../relational/passage-catalogue.ts";
import type { SqlDatabase } from "../relational/sql-database.ts";
import type { WordIndex } from "../relational/text-search.ts";

export const createFtsWords = (database: SqlDatabase): WordIndex => ({
  async holders(term) {
    const sql = "SELECT group_concat(doc) FROM (SELECT doc FROM places WHERE term = ? ORDER BY doc)";
    const [[list] = []] = await database.all(sql, [term]);
    return numbers(list);
  },
  async holdersOfPhrase(terms) {
    const [[list] = []] = await database.all(
      "SELECT group_concat(rowid) FROM (SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid)",
      [`"${terms.join(" ")}"`],
    );
    return numbers(list);
  },
  // row by row: a statement of many has FTS5 write out what it holds back
  async add(open, passages) {
    for (const { id, text, context } of passages)
      await open.run("INSERT INTO words (rowid, text, context) VALUES (?, ?, ?)", [id, text.join(" "), context.join(" ")]);
  },
  async remove(open, ids) {
    for (const id of ids) await open.run("DELETE FROM words WHERE rowid = ?", [id]);
  },
});
