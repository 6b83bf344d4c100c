// From files into a server's database and back: everything arrives, a run that was stopped goes on, and nothing waits to be embedded again.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { KnowledgeStore } from "../../src/stores/knowledge.ts";
import { openPostgresKnowledge, openPostgresState } from "../../src/stores/postgres/postgres-stores.ts";
import { moveStores } from "../../src/stores/relational/move-stores.ts";
import { openKnowledgeStore } from "../../src/stores/sqlite/knowledge-store.ts";
import { openStateStore } from "../../src/stores/sqlite/state-store.ts";
import { scheduleOf } from "../contracts/digest-contract.ts";
import { receiptOf } from "../contracts/state-contract.ts";
import { article, drafts, vectorOf } from "../support/documents.ts";
import { REAL_URL, serverPlace } from "../support/postgres-places.ts";

const scratch = mkdtempSync(path.join(tmpdir(), "move-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test("without a database there is nothing to move to", async () => {
  await expect(moveStores({ to: "postgres", indexDir: scratch, databaseUrl: null })).rejects.toMatchObject({ code: "usage" });
});

describe.skipIf(REAL_URL === "")("on a server", () => {
  const place = serverPlace(REAL_URL);
  afterAll(() => place.close());

  async function filled(folder: string): Promise<void> {
    const store = await openKnowledgeStore({ folder, embedder: "one" });
    for (let number = 0; number < 12; number += 1) {
      const from = article(`d${number}.md`, `Gull number ${number} — 🚢 was seen.\n\nIt flew on.`, {
        publisher: number % 2 === 0 ? "Port Gazette" : null,
        published: `2024-05-${10 + number}T10:00+02:00`,
        scope: number === 3 ? "guild:1" : null,
        extra: { desk: number },
      });
      const passages = drafts(from, "Birds");
      await store.put(from, passages, number === 5 ? [] : passages.map(({ text }) => vectorOf(text)));
    }
    await store.close();
    const state = await openStateStore({ folder });
    for (let number = 0; number < 700; number += 1)
      await state.saveReceipt(receiptOf(`a${number}`, "discord:1", "half \ud83d of it"));
    await state.setValue("guild:1:settings", "{}");
    await state.digests.saveSchedule(scheduleOf("s1"));
    await state.digests.finish({ scheduleId: "s1", date: "2031-03-02", due: "2031-03-02T07:00:00.000Z" }, "sent");
    await state.close();
  }

  /** What people would find. */
  async function told(store: KnowledgeStore): Promise<object> {
    const hits = await store.searchText({ words: ["gull", "7"], phrases: [] }, {}, 3);
    const passages = await store.passages(hits.map(({ passage }) => passage));
    const near = await store.searchVectors(vectorOf("Gull number 2"), { scopes: ["guild:1"] }, 4);
    return {
      documents: await store.documents({ scopes: ["guild:1"] }),
      hidden: await store.document("d3-md"),
      stored: await store.document("d3-md", ["guild:1"]),
      words: hits.map(({ score }, at) => [score.toFixed(4), passages[at]?.text]),
      near: near.map(({ cosine }) => cosine.toFixed(4)),
      counts: await store.vectors(),
    };
  }

  test("there and back, stopped half-way", async () => {
    const at = place.fresh();
    const [folder, back] = [path.join(scratch, "from"), path.join(scratch, "back")];
    await filled(folder);
    const moving = { indexDir: folder, databaseUrl: at.url };
    const stopped = moveStores({
      ...moving,
      to: "postgres",
      onProgress: (done) => {
        if (done === 7) throw new Error("stopped");
      },
    });
    await expect(stopped).rejects.toThrow("stopped");
    const report = await moveStores({ ...moving, to: "postgres" });
    expect(report).toMatchObject({ documents: 5, already: 7, passages: 24, records: 703, others: 0 });
    expect(await moveStores({ ...moving, to: "postgres" })).toMatchObject({
      documents: 0,
      already: 12,
      checksum: report.checksum,
    });
    const again = await moveStores({ to: "files", indexDir: back, databaseUrl: at.url });
    expect(again).toMatchObject({ documents: 12, records: 703, checksum: report.checksum });

    const stores = [
      await openKnowledgeStore({ folder, embedder: "one" }),
      await openPostgresKnowledge({ ...at, embedder: "one" }),
      await openKnowledgeStore({ folder: back, embedder: "one" }),
    ];
    const [first, ...others] = await Promise.all(stores.map(told));
    expect(first).toMatchObject({ counts: { passages: 24, pending: 1 } });
    for (const other of others) expect(other).toEqual(first);
    for (const store of stores) await store.close();
    for (const state of [await openPostgresState(at), await openStateStore({ folder: back })]) {
      expect(await state.receipt("a699")).toEqual(receiptOf("a699", "discord:1", "half \ud83d of it"));
      expect(await state.digests.schedules()).toEqual([scheduleOf("s1")]);
      expect(await state.digests.runs("s1", 5)).toHaveLength(1);
      expect(await state.value("guild:1:settings")).toBe("{}");
      await state.close();
    }
  });
});
