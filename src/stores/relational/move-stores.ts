// Carries everything from files into PostgreSQL or back: documents with their passages and vectors, so that nothing is embedded again, and the
// memory row by row. Each piece is read back and compared, and a run that was stopped goes on where it was.
import { createHash } from "node:crypto";
import { Failure, misuse } from "../../failure.ts";
import { chooseStores } from "../choose-stores.ts";
import type { Put, RelationalStore } from "./relational-store.ts";
import { replaceIn, type SqlDatabase, type Value } from "./sql-database.ts";
import { STATE_TABLES } from "./state-tables.ts";

export interface MoveOptions {
  to: "postgres" | "files";
  indexDir: string;
  databaseUrl: string | null;
  onProgress?: ((done: number, total: number) => void) | undefined;
}

export interface MoveReport {
  /** Carried over now, and found there already. */
  documents: number;
  already: number;
  passages: number;
  vectors: number;
  /** Of the memory: receipts, settings, digests and so on. */
  records: number;
  /** Documents that were there before and come from elsewhere: left as they are. */
  others: number;
  /** Of everything that was carried over, the same on both sides. */
  checksum: string;
}

const BATCH = 500;

/** The place that was moved from stays as it is. Failure `move_differs` where something is not the same when it is read back. */
export async function moveStores({ to, indexDir, databaseUrl, onProgress }: MoveOptions): Promise<MoveReport> {
  if (databaseUrl === null)
    throw misuse("usage", "DATABASE_URL is not set: there is no database to move to or from.", "Set it, or put it into .env.");
  const sides = [chooseStores({ indexDir, databaseUrl: null }), chooseStores({ indexDir, databaseUrl })] as const;
  const [source, target] = to === "postgres" ? sides : [sides[1], sides[0]];
  const opened: { close(): Promise<void> }[] = [];
  const open = async <S extends { close(): Promise<void> }>(opening: Promise<S>): Promise<S> => {
    const store = await opening;
    opened.push(store);
    return store;
  };
  try {
    const from = await open(source.knowledge({ embedder: null, create: false }));
    const into = await open(target.knowledge({ embedder: (await from.manifest())?.embedder ?? null }));
    // nobody writes meanwhile, on either side
    await from.begin();
    await into.begin();
    const checksum = createHash("sha256");
    const report = await moveKnowledge(from, into, checksum, onProgress);
    const states = [await open(source.state({ create: true })), await open(target.state({ create: true }))] as const;
    const records = await moveState(states[0].tables, states[1].tables, checksum);
    await into.flush();
    return { ...report, records, checksum: checksum.digest("hex").slice(0, 16) };
  } finally {
    await Promise.all(opened.map((store) => store.close()));
  }
}

type Checksum = ReturnType<typeof createHash>;

async function moveKnowledge(
  from: RelationalStore,
  into: RelationalStore,
  checksum: Checksum,
  onProgress: MoveOptions["onProgress"],
): Promise<Pick<MoveReport, "documents" | "already" | "passages" | "vectors" | "others">> {
  const sources = [...(await from.sources()).keys()].sort();
  const there = await into.sources();
  const report = {
    documents: 0,
    already: 0,
    passages: 0,
    vectors: 0,
    others: [...there.keys()].filter((key) => !sources.includes(key)).length,
  };
  for (const [at, key] of sources.entries()) {
    const given = await from.given(key);
    if (given === null) continue;
    const { article, passages, vectors } = given;
    const wanted = hashOf(given, vectors);
    const same = async (): Promise<boolean> => {
      const found = await into.given(key);
      // one that was pending may have taken that of another passage with the same text
      const kept = found?.vectors.map((vector, place) => vectors[place] && vector) ?? [];
      return found !== null && hashOf(found, kept) === wanted;
    };
    if (there.has(key) && (await same())) report.already += 1;
    else {
      await into.put(article, passages, vectors);
      report.documents += 1;
      if (!(await same())) throw differs(`the document ${article.document.id}`);
    }
    checksum.update(wanted);
    report.passages += passages.length;
    report.vectors += vectors.filter((vector) => vector !== null).length;
    onProgress?.(at + 1, sources.length);
  }
  return report;
}

/** Of everything that is stored of a document, and these vectors. */
function hashOf({ article, passages }: Put, vectors: readonly (Float32Array | null | undefined)[]): string {
  const hash = createHash("sha256").update(JSON.stringify([article, passages]));
  for (const vector of vectors) hash.update(vector ? Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength) : "none");
  return hash.digest("hex");
}

async function moveState(from: SqlDatabase, into: SqlDatabase, checksum: Checksum): Promise<number> {
  let records = 0;
  for (const { name, keys, others } of STATE_TABLES) {
    const columns = [...keys, ...others];
    const read = `SELECT ${columns.join(", ")} FROM ${name}`;
    const put = replaceIn(name, keys, others);
    const one = `${read} WHERE ${keys.map((key) => `${key} = ?`).join(" AND ")}`;
    for (let offset = 0; ; offset += BATCH) {
      const rows = await from.all(`${read} ORDER BY ${keys.join(", ")} LIMIT ? OFFSET ?`, [BATCH, offset]);
      await into.transaction(async (open) => {
        for (const row of rows) await open.run(put, row);
      });
      for (const row of rows) {
        const [found] = await into.all(one, row.slice(0, keys.length));
        if (textOf(found) !== textOf(row)) throw differs(`a row of ${name}`);
        checksum.update(textOf(row));
      }
      records += rows.length;
      if (rows.length < BATCH) break;
    }
  }
  return records;
}

const textOf = (row: readonly Value[] | undefined): string => JSON.stringify(row ?? null);

function differs(what: string): Failure {
  return new Failure(
    "move_differs",
    `What was moved is not the same when it is read back: ${what}.`,
    "Nothing was lost: what was moved from is as it was. Run the command again.",
  );
}
