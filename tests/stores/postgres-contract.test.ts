// What both stores promise, kept in PostgreSQL: on PGlite everywhere, on a real server where TEST_DATABASE_URL names one.
import { afterAll, vi } from "vitest";
import { openPostgresKnowledge, openPostgresState } from "../../src/stores/postgres/postgres-stores.ts";
import { digestContract } from "../contracts/digest-contract.ts";
import { knowledgeContract } from "../contracts/knowledge-contract.ts";
import { stateContract } from "../contracts/state-contract.ts";
import { allPlaces } from "../support/postgres-places.ts";

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
}
