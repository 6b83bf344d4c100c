// WordIndex: FTS5. Words of a question are cut and stemmed by FTS5 too, in a table of one's own in memory: a second stemmer, however alike, would
// look for terms that the index does not hold.
import { plainLetters } from "../../text/words.ts";
import { numbers } from "../relational/passage-catalogue.ts";
import type { SqlDatabase } from "../relational/sql-database.ts";
import type { WordIndex } from "../relational/text-search.ts";
import { openDatabase } from "./database.ts";
import { TOKENIZER } from "./schema.ts";

const KEPT_WORDS = 20_000;

export function createFtsWords(database: SqlDatabase): WordIndex & { close(): void } {
  const memory = openDatabase(":memory:", { wal: false });
  memory.script(`
    CREATE VIRTUAL TABLE cut USING fts5(text, content='', tokenize='${TOKENIZER}');
    CREATE VIRTUAL TABLE cut_places USING fts5vocab('cut', 'instance');
  `);
  const known = new Map<string, string[]>();

  function learn(texts: readonly string[]): void {
    if (known.size + texts.length > KEPT_WORDS) known.clear();
    const fresh = [...new Set(texts)].filter((text) => !known.has(text));
    if (fresh.length === 0) return;
    memory.transaction(() => {
      fresh.forEach((text, at) => {
        known.set(text, []);
        memory.sql("INSERT INTO cut (rowid, text) VALUES (?, ?)").run([at + 1, plainLetters(text)]);
      });
      for (const [at, term] of memory.sql("SELECT doc, term FROM cut_places ORDER BY doc, offset").all())
        known.get(fresh[Number(at) - 1] ?? "")?.push(String(term));
      memory.script("INSERT INTO cut (cut) VALUES ('delete-all')");
    });
  }

  return {
    countColumn: "doc",
    termsOf(texts) {
      learn(texts);
      return texts.map((text) => known.get(text) ?? []);
    },
    async holders(term, since, upTo) {
      const [[list] = []] = await database.all(
        "SELECT group_concat(doc) FROM (SELECT doc FROM places WHERE term = ? AND doc > ? AND doc <= ? ORDER BY doc)",
        [term, since, upTo],
      );
      return numbers(list);
    },
    async holdersOfPhrase(text) {
      // in FTS5's syntax everything between double quotes is text; a quote is doubled
      const [[list] = []] = await database.all(
        "SELECT group_concat(rowid) FROM (SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid)",
        [`"${plainLetters(text).replaceAll('"', '""')}"`],
      );
      return numbers(list);
    },
    // row by row: a statement of many has FTS5 write out what it holds back
    async add(open, passages) {
      for (const { id, text, context } of passages)
        await open.run("INSERT INTO words (rowid, text, context) VALUES (?, ?, ?)", [
          id,
          plainLetters(text),
          plainLetters(context),
        ]);
    },
    async remove(open, ids) {
      for (const id of ids) await open.run("DELETE FROM words WHERE rowid = ?", [id]);
    },
    close: () => memory.close(),
  };
}
