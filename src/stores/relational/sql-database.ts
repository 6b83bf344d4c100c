// What the tables that both databases keep are written against: plain SQL with `?` for values, in SQLite's words where the two differ; the
// PostgreSQL side puts those few into its own.

export type Value = string | number | Buffer | null;
/** A row as the columns stand in the query. */
export type Row = Value[];

export interface SqlDatabase {
  all(sql: string, values?: readonly Value[]): Promise<Row[]>;
  /** Gives the number of rows that were changed. */
  run(sql: string, values?: readonly Value[]): Promise<number>;
  /** Runs `work` in one transaction, with nobody else's statements in it. */
  transaction<T>(work: (database: SqlDatabase) => Promise<T>): Promise<T>;
}

/** Neither database keeps NUL and half of a surrogate pair: each becomes U+FFFD, so that every position stays where it is. */
export function storable(text: string): string {
  return text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]|\u0000/g, "\uFFFD");
}
