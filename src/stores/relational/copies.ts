// Which documents carry the same text, whole or nearly: republished agency copy, one page under two addresses, a file saved twice.
// Documents are linked, never merged: each keeps its own publisher, date and quotations. Links do not depend on the order of arrival.
import type { Filter } from "../../domain.ts";
import { fold } from "../../text/words.ts";
import type { CopyGroup } from "../knowledge.ts";
import { DOCUMENT_COLUMNS, toDocument } from "./documents.ts";
import { conditionOf, publishersOf } from "./filters.ts";
import { NUMBERS, type SqlDatabase } from "./sql-database.ts";

/** Words in a row that are compared. */
const RUN = 5;
/** One shingle in so many is kept for finding candidates, which are then compared whole; of a long text the smallest, which a copy of part of it shares. */
const SAMPLE = 8;
const MOST_KEPT = 48;
/** Shorter texts are copies only when they are the same word for word. */
const FEWEST_RUNS = 40;
/** Beyond this a text is told by its beginning. */
const LOOKED_AT = 200_000;
/** Share of the shorter text's shingles that the longer one must hold; and how much shorter it may be, so that a quoted statement is no copy. */
const SHARED = 0.75;
const SHORTEST = 0.4;
/** A run of words that so many documents have is a phrase of the trade; and so many likely documents are compared. */
const COMMON = 40;
const COMPARED = 12;

/** Links a document that was just inserted; to be called inside its transaction. */
export async function linkCopies(database: SqlDatabase, doc: number, text: string): Promise<void> {
  const { runs, whole } = shinglesOf(text);
  const sample = sampled(runs);
  const likely = new Map<number, number>();
  const holders = await database.all(
    `SELECT (SELECT json_group_array(doc) FROM (SELECT doc FROM shingles WHERE hash = CAST(value AS BIGINT) ORDER BY doc LIMIT ${COMMON}) held)
     FROM json_each(?)`,
    [JSON.stringify(sample)],
  );
  for (const [list] of holders)
    for (const other of JSON.parse(String(list ?? "[]")) as number[]) likely.set(other, (likely.get(other) ?? 0) + 1);
  const near = [...likely]
    .filter(([, shared]) => shared >= Math.max(2, Math.floor(sample.length / 6)))
    .sort((a, b) => b[1] - a[1])
    .slice(0, COMPARED)
    .map(([other]) => other);
  const kin: number[] = [];
  for (const other of near) if (isNear(runs, await textOf(database, other))) kin.push(other);
  const families = await database.all(
    `SELECT DISTINCT family FROM families WHERE doc IN ${NUMBERS}
     OR doc = (SELECT min(doc) FROM families WHERE whole = ?)`,
    [JSON.stringify(kin), whole],
  );
  const joined = families.map(([family]) => Number(family));
  const family = Math.min(doc, ...joined);
  for (const old of joined)
    if (old !== family) await database.run("UPDATE families SET family = ? WHERE family = ?", [family, old]);
  await database.run("INSERT INTO families (doc, family, whole) VALUES (?, ?, ?)", [doc, family, whole]);
  await database.run(
    "INSERT INTO shingles (hash, doc) SELECT CAST(value AS BIGINT), CAST(? AS BIGINT) FROM json_each(?) WHERE true ON CONFLICT DO NOTHING",
    [doc, JSON.stringify(sample)],
  );
}

/** To be called before the document's text goes. */
export async function unlinkCopies(database: SqlDatabase, doc: number): Promise<void> {
  const sample = sampled(shinglesOf(await textOf(database, doc)).runs);
  await database.run(`DELETE FROM shingles WHERE doc = ? AND hash IN ${NUMBERS}`, [doc, JSON.stringify(sample)]);
}

async function textOf(database: SqlDatabase, doc: number): Promise<string> {
  return String((await database.all("SELECT text FROM texts WHERE doc = ?", [doc]))[0]?.[0] ?? "");
}

export async function copyGroups(database: SqlDatabase, filter: Filter): Promise<CopyGroup[]> {
  const { sql, values } = conditionOf(filter);
  const rows = await database.all(
    `SELECT ${DOCUMENT_COLUMNS}, f.family FROM documents d JOIN families f ON f.doc = d.doc
     WHERE f.family IN (SELECT family FROM families GROUP BY family HAVING count(*) > 1) AND ${sql}
     ORDER BY d.day_to NULLS LAST, d.instant NULLS LAST, d.fetched, d.id`,
    values,
  );
  const families = new Map<number, CopyGroup["documents"]>();
  for (const row of rows) {
    const family = Number(row.at(-1));
    families.set(family, [...(families.get(family) ?? []), toDocument(row)]);
  }
  return [...families.values()]
    .filter((documents) => documents.length > 1)
    .map((documents) => ({ documents, outlets: publishersOf(documents) }));
}

function isNear(runs: ReadonlySet<number>, other: string): boolean {
  const theirs = shinglesOf(other).runs;
  const [small, large] = runs.size < theirs.size ? [runs, theirs] : [theirs, runs];
  if (small.size < FEWEST_RUNS || small.size < large.size * SHORTEST) return false;
  let shared = 0;
  for (const run of small) if (large.has(run)) shared += 1;
  return shared >= small.size * SHARED;
}

function sampled(runs: ReadonlySet<number>): number[] {
  if (runs.size < FEWEST_RUNS) return [];
  return [...runs]
    .filter((run) => run % SAMPLE === 0)
    .sort((a, b) => a - b)
    .slice(0, MOST_KEPT);
}

/** Hashes of every run of words, and one of all of them; case, accents and punctuation do not count. */
function shinglesOf(text: string): { runs: Set<number>; whole: number } {
  const words = fold(text.slice(0, LOOKED_AT)).match(/[\p{L}\p{N}]+/gu) ?? [];
  const hashes = words.map(hashOf);
  const runs = new Set<number>();
  for (let at = 0; at + RUN <= hashes.length; at += 1) runs.add(mixed(hashes, at, at + RUN));
  // 53 bits of both halves: equal texts only, as far as anybody will see
  return { runs, whole: mixed(hashes, 0, hashes.length) * 0x10_0000 + (hashOf(words.join("")) & 0xf_ffff) };
}

function hashOf(word: string): number {
  let hash = 2_166_136_261;
  for (let at = 0; at < word.length; at += 1) hash = Math.imul(hash ^ word.charCodeAt(at), 16_777_619);
  return hash >>> 0;
}

function mixed(hashes: readonly number[], from: number, to: number): number {
  let hash = 0x9e37_79b9;
  for (let at = from; at < to; at += 1) {
    hash = Math.imul(hash ^ (hashes[at] ?? 0), 0x85eb_ca6b);
    hash ^= hash >>> 13;
  }
  hash = Math.imul(hash, 0xc2b2_ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
