// Words as the text index keeps them. FTS5 itself cuts and stems them, in a table of one's own in memory: a second stemmer, however
// alike, would look for terms that the index does not hold.
import { plainLetters } from "../../text/words.ts";
import { storable } from "../relational/sql-database.ts";
import { openDatabase } from "./database.ts";
import { TOKENIZER } from "./schema.ts";

export interface TermReader {
  /** The terms of each text, in order; none for punctuation. */
  termsOf(texts: readonly string[]): string[][];
  close(): void;
}

const KEPT_WORDS = 20_000;

export function createTermReader(): TermReader {
  const memory = openDatabase(":memory:", { wal: false });
  memory.script(`
    CREATE VIRTUAL TABLE cut USING fts5(text, content='', tokenize='${TOKENIZER}');
    CREATE VIRTUAL TABLE cut_places USING fts5vocab('cut', 'instance');
  `);
  const known = new Map<string, string[]>();

  const learn = (texts: readonly string[]): void => {
    const fresh = [...new Set(texts)].filter((text) => !known.has(text));
    if (fresh.length === 0) return;
    if (known.size + fresh.length > KEPT_WORDS) known.clear();
    for (const text of fresh) known.set(text, []);
    memory.transaction(() => {
      fresh.forEach((text, at) =>
        memory.sql("INSERT INTO cut (rowid, text) VALUES (?, ?)").run([at + 1, plainLetters(storable(text))]),
      );
      for (const [at, term] of memory.sql("SELECT doc, term FROM cut_places ORDER BY doc, offset").all()) {
        known.get(fresh[Number(at) - 1] ?? "")?.push(String(term));
      }
      memory.script("INSERT INTO cut (cut) VALUES ('delete-all')");
    });
  };

  return {
    termsOf(texts) {
      learn(texts);
      return texts.map((text) => known.get(text) ?? []);
    },
    close: () => memory.close(),
  };
}
