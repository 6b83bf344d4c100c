// What both stores promise, kept in PostgreSQL: on PGlite everywhere, on a real server where TEST_DATABASE_URL names one.
import { Client } from "pg";
import { afterAll, expect, test, vi } from "vitest";
import type { Filter } from "../../src/domain.ts";
import { openPostgresKnowledge, openPostgresState } from "../../src/stores/postgres/postgres-stores.ts";
import { digestContract } from "../contracts/digest-contract.ts";
import { knowledgeContract } from "../contracts/knowledge-contract.ts";
import { stateContract } from "../contracts/state-contract.ts";
import { clusteredVectors } from "../contracts/vector-index-contract.ts";
import { article, drafts } from "../support/documents.ts";
import { allPlaces, type PostgresPlace } from "../support/postgres-places.ts";

// PostgreSQL in WebAssembly takes its time on a machine that is busy
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const places = await allPlaces();
afterAll(async () => {
  for (const place of places) await place.close();
});

for (const place of places) {
  knowledgeContract(place.name, () => openPostgresKnowledge({ ...place.fresh(), embedder: "test" }));
  stateContract(place.name, () => openPostgresState(place.fresh()));
  digestContract(place.name, async () => (await openPostgresState(place.fresh())).digests);
  // PGlite's pgvector goes on looking by itself; that of the server looks at a thousand at most, and what asks for more is compared one by one
  test(`${place.name}: the graph finds what exact search finds, with and without filters`, async () => {
    const at = place.fresh();
    const vectors = clusteredVectors(1500, 24);
    const store = await openPostgresKnowledge({ ...at, embedder: "test", exactUpTo: 200 });
    for (let number = 0; number < 30; number += 1) {
      const text = Array.from({ length: 50 }, (_, line) => `Line ${number}-${line}.`).join("\n");
      const from = article(`d${number}`, text, { publisher: number % 3 === 0 ? "Third" : "Other" });
      await store.put(from, drafts(from), vectors.slice(number * 50, number * 50 + 50));
    }
    await store.flush();
    expect(await indexesOf(at)).toContain("vectors_graph");
    const exact = await openPostgresKnowledge({ ...at, embedder: "test", exactUpTo: 1e9 });
    const searches: [Filter, number][] = [
      [{}, 10],
      [{ publisher: "Third" }, 10],
      [{ publisher: "Other" }, 10],
      [{ documents: ["d3"] }, 10],
      [{ hidden: ["d0"] }, 10],
      [{ publisher: "Third" }, 300],
    ];
    for (const [filter, k] of searches) {
      let same = 0;
      for (const query of vectors.slice(0, 20)) {
        const truth = new Set((await exact.searchVectors(query, filter, k)).map(({ passage }) => passage));
        expect(truth.size).toBe(Math.min(k, 500));
        same += (await store.searchVectors(query, filter, k)).filter(({ passage }) => truth.has(passage)).length;
      }
      expect(same / (20 * k)).toBeGreaterThan(0.95);
    }
    await exact.close();
    await store.close();
  });
}

/** Names of the indexes in the schema of a place. */
async function indexesOf(at: ReturnType<PostgresPlace["fresh"]>): Promise<unknown[]> {
  const sql = (schema: string): string => `SELECT indexname FROM pg_indexes WHERE schemaname = '${schema}'`;
  if ("database" in at) return (await at.database.all(sql(at.database.schema))).flat();
  const client = new Client(at.url);
  await client.connect();
  try {
    return (
      await client.query({ text: sql(new URL(at.url ?? "").searchParams.get("schema") ?? ""), rowMode: "array" })
    ).rows.flat();
  } finally {
    await client.end();
  }
}
